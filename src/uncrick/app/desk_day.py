"""The desk's day and week, from the journal; the companion need not run for it."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from uncrick.app.desk_control import ask
from uncrick.desk.day import DayFacts, Fact, SpellFact, day_of
from uncrick.errors import ProblemsError
from uncrick.files.desk_journal import days_kept, facts_of
from uncrick.files.journal_file import state_folder

WEEK_DAYS = 7


def facts_around(on: date, folder: Path | None = None) -> tuple[Fact, ...]:
    """Return what was found on a date and the next, where a spell across midnight is written."""
    home = folder or state_folder()
    return (*facts_of(home, on), *facts_of(home, on + timedelta(days=1)))


def day_facts(on: date, folder: Path | None = None) -> DayFacts:
    """Return the facts of a date, with the spell that goes on now if it is today's and the companion runs."""
    return day_of(on, facts_around(on, folder), sitting_now(folder) if on == date.today() else None)


def week_facts(last: date, folder: Path | None = None, n_days: int = WEEK_DAYS) -> list[DayFacts]:
    """Return the facts of the days that end with *last*, oldest first."""
    return [day_facts(last - timedelta(days=i), folder) for i in reversed(range(n_days))]


def all_days(folder: Path | None = None) -> list[DayFacts]:
    """Return the facts of every date that was written, oldest first."""
    return [day_facts(on, folder) for on in days_kept(folder or state_folder())]


def sitting_now(folder: Path | None = None) -> SpellFact | None:
    """Return the spell that goes on now, None when nobody sits or no companion runs."""
    try:
        status = ask({"do": "status"}, folder, 1.0)
    except ProblemsError:
        return None
    if not status.get("since") or not status.get("at"):
        return None
    unseen_s = float(status["unseen_min"] or 0.0) * 60
    sat_s = float(status["spell_min"] or 0.0) * 60 - unseen_s
    return SpellFact(
        datetime.fromisoformat(status["since"]), datetime.fromisoformat(status["at"]), sat_s, unseen_s, None
    )


def day_record(day: DayFacts) -> dict[str, Any]:
    """Return a day's sums as one JSON object; minutes, and how sure: seen and timed apart."""
    return {
        "on": day.on.isoformat(),
        "sat_min": round(day.sat_s / 60, 1),
        "unseen_min": round(day.unseen_s / 60, 1),
        "n_spells": len(day.spells),
        "longest_min": round(day.longest_s / 60, 1),
        "n_shown": day.n_shown,
        "n_owed": len(day.owed),
        "n_taken": day.n_taken,
        "n_skipped": day.n_skipped,
        "n_changes": len(day.changes),
    }


def day_rows(day: DayFacts) -> list[dict[str, Any]]:
    """Return everything of a day in the order of time, one JSON object a thing."""
    rows: list[tuple[datetime, dict[str, Any]]] = [
        (s.began, {
            "what": "sitting", "from": _at(s.began), "to": _at(s.ended), "sat_min": round(s.sat_s / 60, 1),
            "unseen_min": round(s.unseen_s / 60, 1), "ended_by": s.why,
        })
        for s in day.spells
    ]  # fmt: skip
    rows += [
        (o.at, {"what": "owed", "from": _at(o.at), "became": o.became, "offered": o.offered, "held": o.held or None})
        for o in day.owed
    ]
    rows += [
        (b.began, {"what": "break", "from": _at(b.began), "to": _at(b.ended), "of": list(b.what), "ending": b.ending})
        for b in day.breaks
    ]
    rows += [(c.at, {"what": "position", "from": _at(c.at), "to_position": c.to, "by": c.by}) for c in day.changes]
    return [row for _, row in sorted(rows, key=lambda r: r[0])]


def _at(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
