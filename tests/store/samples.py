"""Values to keep, made by hand: a person, a plan, a key, a session."""

import hashlib
from datetime import UTC, date, datetime, timedelta

from uncrick.coach.record import HoldRecord, HurtRecord, PopRecord, SessionRecord, SetRecord, StopRecord
from uncrick.store.people import Person, Settings
from uncrick.store.plans import KeptPlan, KnownKey

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
DAY = date(2026, 11, 28)


def a_person(id_: str = "kim", name: str = "Kim") -> Person:
    """Somebody with an emergency number and two props."""
    return Person(id_, name, NOON, Settings("112", "06:30", ("chair", "mat"), choices={"theme": "dark"}))


def a_plan(id_: str = "plan-1", person: str = "kim") -> KeptPlan:
    """A plan that Ann Lee signed."""
    text, by = "id: gentle\n", "Ann Lee"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return KeptPlan(id_, person, "gentle", text, sha256, "Gentle start", by, "therapist", "key", True, NOON)


def a_key(person: str = "kim") -> KnownKey:
    """Ann Lee's key."""
    return KnownKey(person, "ed25519 AAAA", "Ann Lee", NOON)


def a_session(id_: str = "s1", person: str = "kim", at: datetime = NOON, plan: str = "") -> SessionRecord:
    """Two sets, one of them stopped by pain, with a pop."""
    done = SetRecord(0, 0, "butterfly_stretch", "p1", 5, 5, 5.0, "done", "", False, True, 0.97, 5, (("gap", 0.1, 1.2),))
    left = SetRecord(1, 1, "chair_spinal_twist", "p2", 2, 1, 10.0, "pain", "sharp", True, False)
    return SessionRecord(
        id=id_,
        person=person,
        plan=plan,
        kind="session",
        started_at=at,
        ended_at=at + timedelta(minutes=9),
        on_day=at.date(),
        utc_offset_min=0,
        state="finished",
        ending="pain",
        pain_before=2,
        pain_after=3,
        felt_right="right",
        note="warm room",
        watched="both",
        sets=(done, left),
        holds=(
            HoldRecord(0, 0, "", 5.1, 5.0, True, True, 0.12, "gap", ""),
            HoldRecord(1, 0, "left", 4, 10, False, False),
        ),
        stops=(StopRecord(0, 1, 301.2, "chair_spinal_twist", "pain", "left", "person"),),
        hurts=(
            HurtRecord(0, 1, 301.2, "chair_spinal_twist", "left", "hold", "low back", 5, ("sharp",), "stop_exercise"),
        ),
        pops=(PopRecord(0, 0, 100.0, "butterfly_stretch", False),),
    )
