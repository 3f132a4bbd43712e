"""Sessions, mornings and nights made up for tests."""

from datetime import UTC, date, datetime, timedelta

from uncrick.care.pain import PainRecord
from uncrick.coach.record import HoldRecord, SessionRecord, SetRecord, StopRecord

MONDAY = date(2026, 11, 23)


def at(on: date, hour: int = 18, minute: int = 0) -> datetime:
    """Return a moment of a day, UTC."""
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=UTC)


def done_set(n: int, prescription: str, **changed: object) -> SetRecord:
    """Return a set that was done whole."""
    plain = {
        "n": n, "at": n, "exercise": prescription, "prescription": prescription, "n_asked": 5, "n_done": 5,
        "hold_asked_s": 5.0, "outcome": "done", "reason": "", "easier": False, "seen": False,
    }  # fmt: skip
    return SetRecord(**(plain | changed))


def session(on: date, *sets: SetRecord, stopped: tuple[str, ...] = (), **changed: object) -> SessionRecord:
    """Return a finished evening session; *stopped* are exercises that a stop ended."""
    stops = tuple(StopRecord(i, 0, 60.0, name, "stop_pain", "", "person") for i, name in enumerate(stopped))
    plain = {
        "id": f"s{on}", "person": "kim", "plan": "p", "kind": "session", "started_at": at(on),
        "ended_at": at(on) + timedelta(minutes=8), "on_day": on, "utc_offset_min": 0, "state": "finished",
        "ending": "done", "pain_before": 3, "pain_after": 3, "felt_right": "yes", "note": "",
        "watched": "self_reported", "sets": sets, "stops": stops,
    }  # fmt: skip
    return SessionRecord(**(plain | changed))


def short_hold(set_n: int) -> HoldRecord:
    """Return a hold that was left early."""
    return HoldRecord(set_n, 0, "", 2.0, 5.0, False, False)


def morning(on: date, level: int, hour: int = 8, moment: str = "next_morning") -> PainRecord:
    """Return a rating of a morning."""
    return PainRecord(f"m{on}{hour}", at(on, hour), on, moment, level)
