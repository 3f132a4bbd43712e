"""Five years of daily sessions in the records: how long tonight's sheet and the history take, and how large it gets.

    python benchmarks/five_years.py [--days 1825] [--rounds 15] [--database URL] [--json]

One person, a plan of five exercises, a session with five sets and twenty holds every evening, pain before, after and
the next morning, the short questions every day and all of them each month, a stop a fortnight, an urge a week. Made up;
nothing follows from it about real people. Each time is the median of several rounds as a part of its limit, all in one
run: by the clock, and in processor time, which a machine that is shared with others stretches less. --database builds
the same in another database: an empty PostgreSQL, say.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from uncrick.app.answering import answer_now
from uncrick.app.evening import evening_of
from uncrick.app.history import history
from uncrick.app.people import new_person
from uncrick.app.plans import KeptPlan, made_plan, plan_in_force
from uncrick.app.taking_out import export_records, import_records
from uncrick.care.pain import PainRecord
from uncrick.care.urge import Urge
from uncrick.coach.record import HoldRecord, SessionRecord, SetRecord, StopRecord
from uncrick.exercise.definition import Side
from uncrick.files.screening_file import read_rulebook
from uncrick.plan.programme import Wish
from uncrick.plan.progress import Decision, begin
from uncrick.plan.record import Plan
from uncrick.store.answers import save_answers
from uncrick.store.database import Database, open_database
from uncrick.store.ids import new_id
from uncrick.store.pain import save_pain
from uncrick.store.plans import save_decisions, save_plan, save_standings
from uncrick.store.sessions import save_session
from uncrick.store.settled import save_settled
from uncrick.store.urges import KeptUrge, save_urge

TONIGHT_S: Final = 0.020
HISTORY_S: Final = 0.200
"""What issue 4 asks for."""

END: Final = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)


def main() -> int:
    """Build, measure, and print each time as a part of its limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=5 * 365)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--database", default="", help="another database, which must hold nobody")
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of columns")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        database = open_database(wanted.database or folder / "uncrick.db")
        began = time.perf_counter()
        person, n_rows = build(database, wanted.days)
        built_s = time.perf_counter() - began
        rows = [*measured(database, person, wanted.rounds), *sizes(database, folder, wanted.days)]
        rows += [("rows", n_rows, "rows"), ("rows put in a second", round(n_rows / built_s), "1/s")]
        database.close()
    for name, value, unit in rows:
        print(
            json.dumps({"what": name, "value": value, "unit": unit}) if wanted.json else f"{name:44}{value:>14,} {unit}"
        )
    return 0


def measured(database: Database, person: str, rounds: int) -> Iterator[tuple[str, float, str]]:
    """Yield how long what a person waits for takes, as a part of its limit."""
    tomorrow = END + timedelta(days=1)

    waits: list[tuple[str, Callable[[], object], float]] = [
        ("tonight's sheet", lambda: evening_of(database, person, tomorrow), TONIGHT_S),
        ("history, 12 weeks", lambda: history(database, person, END.date()), HISTORY_S),
        ("history, all of it", lambda: history(database, person, END.date(), None), HISTORY_S),
    ]
    for name, do, limit_s in waits:
        by_clock, by_processor = medians_s(do, rounds)
        yield f"{name} / {1000 * limit_s:.0f} ms", round(by_clock / limit_s, 3), "of its limit"
        yield f"{name}, processor time", round(by_processor / limit_s, 3), "of its limit"


def medians_s(do: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the median of several rounds, s, by the clock and in processor time; the first one fills caches."""
    times, spent = [], []
    for _ in range(rounds + 1):
        began, began_here = time.perf_counter(), time.process_time()
        do()
        times.append(time.perf_counter() - began)
        spent.append(time.process_time() - began_here)
    return statistics.median(times[1:]), statistics.median(spent[1:])


def sizes(database: Database, folder: Path, days: int) -> Iterator[tuple[str, float, str]]:
    """Yield how much disk it takes, and what it takes to take it out and put it in."""
    if database.path is not None:
        with database.engine.connect() as c:
            c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        yield "database", database.path.stat().st_size, "bytes"
        yield "database, a year", round(database.path.stat().st_size / days * 365), "bytes"
    began = time.perf_counter()
    export_records(database, folder / "out.zip")
    yield "export", round(time.perf_counter() - began, 2), "s"
    yield "export, zip", (folder / "out.zip").stat().st_size, "bytes"
    began = time.perf_counter()
    other = open_database(folder / "other.db")
    import_records(other, folder / "out.zip")
    other.close()
    yield "import", round(time.perf_counter() - began, 2), "s"


def build(database: Database, days: int) -> tuple[str, int]:
    """Keep all of it; return the person and how many rows there are."""
    chance = random.Random(4)
    person = new_person(database, "Kim")
    kept = made_plan(database, person.id, "Kim", Wish("lower", 8, "floor"))
    first = END.date() - timedelta(days=days - 1)
    n_rows = 2
    with database.writing() as c:
        save_plan(c, replace(kept, added_at=END - timedelta(days=days)))
        plan = plan_in_force(kept, "Kim", first)
        for n in range(days):
            n_rows += keep_day(c, kept, plan, (first + timedelta(days=n), n), chance)
        save_standings(c, person.id, kept.id, begin(plan))
    return person.id, n_rows


def keep_day(c: Connection, kept: KeptPlan, plan: Plan, day: tuple[date, int], chance: random.Random) -> int:
    """Keep one day: the morning's rating, the questions, the session with its pain, what was decided."""
    on, n = day
    at = datetime.combine(on, END.timetz())
    session = a_session(kept, plan, at, chance)
    save_session(c, session)
    questions = [q.id for q in read_rulebook().questions.values() if q.short_set or n % 30 == 0]
    save_answers(c, kept.person, [answer_now(q, "no", at - timedelta(minutes=5)) for q in questions])
    pains = (("next_morning", -12, chance.randint(0, 3)), ("before", 0, 2), ("after", 1, chance.randint(1, 3)))
    for moment, hours, level in pains:
        when = at + timedelta(hours=hours)
        save_pain(c, kept.person, PainRecord(f"{session.id}.{moment}", when, on, moment, level, session.id))  # type: ignore[arg-type]
    same = [Decision(p.id, "same", p.amount, p.amount, "at_most", ()) for p in plan.prescriptions]
    save_decisions(c, kept.id, on, same)
    save_settled(c, kept.id, [session.id])
    if n % 7 == 0:
        save_urge(c, kept.person, KeptUrge(new_id(), Urge(at, chance.randint(2, 8), chance.randint(2, 8), 2)))
    n_session = 1 + len(session.sets) + len(session.holds) + len(session.stops)
    return n_session + len(questions) + len(pains) + len(same) + 1 + (n % 7 == 0)


def a_session(kept: KeptPlan, plan: Plan, at: datetime, chance: random.Random) -> SessionRecord:
    """Make up a session: five sets with four holds each, a stop a fortnight."""
    sets, holds = [], []
    for n in range(5):
        asked = plan.prescriptions[n % len(plan.prescriptions)]
        ranges = (("trunk_turn", -chance.uniform(20, 45), chance.uniform(20, 45)), ("knee_angle", 80.0, 95.0))
        sets.append(
            SetRecord(
                n, n, asked.amount.exercise, asked.id, 4, 4, 5.0, "done", "", False, True,
                chance.uniform(0.8, 1), 4, ranges, (("feet_flat", 1),),
            )
        )  # fmt: skip
        sides: tuple[Side, Side] = ("left", "right")
        holds += [
            HoldRecord(
                n, i, sides[i % 2], chance.uniform(5, 7), 5.0, True, True, chance.uniform(20, 45), "trunk_turn", "deg"
            )
            for i in range(4)
        ]  # fmt: skip
    stopped = chance.random() < 1 / 14
    stops = (StopRecord(0, 4, 400.0, sets[-1].exercise, "too_fast", "left", "camera"),) if stopped else ()
    return SessionRecord(
        id=new_id(), person=kept.person, plan=kept.id, kind="session", started_at=at,
        ended_at=at + timedelta(minutes=9), on_day=at.date(), utc_offset_min=0, state="finished", ending="done",
        pain_before=2, pain_after=2, felt_right="right", note="", watched="camera", sets=tuple(sets),
        holds=tuple(holds), stops=stops,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
