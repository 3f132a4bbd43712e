"""Values to keep, made by hand or by chance: one strategy for each kind of record."""

import string
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from uncrick.care.assessment import Clearance
from uncrick.care.pain import PainRecord
from uncrick.care.screening import Answer
from uncrick.care.urge import Swap, Urge
from uncrick.coach.record import HoldRecord, HurtRecord, PopRecord, SessionRecord, SetRecord, StopRecord
from uncrick.plan.progress import Decision, Standing
from uncrick.plan.record import Amount
from uncrick.store.answers import KeptClearance, KeptCondition
from uncrick.store.people import Person, Settings
from uncrick.store.plans import KeptPlan, KnownKey
from uncrick.store.urges import KeptUrge

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
DAY = date(2026, 11, 28)

ids = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=12)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
levels = st.none() | st.integers(0, 10)
counts = st.integers(0, 2**31 - 1)
numbers = st.floats(allow_nan=False, allow_infinity=False, width=64)
days = st.dates(date(1970, 1, 1), date(2199, 12, 31))
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1971, 1, 1), datetime(2199, 12, 31), timezones=zones)
sides = st.sampled_from(["", "left", "right"])

amounts = st.builds(Amount, ids, counts, counts, numbers, numbers)
standings = st.builds(
    Standing, amounts, st.lists(amounts, max_size=3).map(tuple), counts, counts, *[st.none() | days] * 3
)
inputs = st.lists(st.tuples(ids, numbers | texts), max_size=3).map(tuple)
decisions = st.builds(
    Decision, ids, st.sampled_from(["harder", "same", "easier", "pause", "resume"]), amounts, amounts, ids, inputs
)
settings_ = st.builds(
    Settings,
    texts,
    texts,
    st.none() | st.lists(ids, max_size=3).map(tuple),
    ids,
    numbers,
    st.none() | counts,
    st.dictionaries(ids, texts, max_size=3),
)
people = st.builds(Person, ids, texts, moments, settings_, texts, counts, st.none() | moments)
answers = st.builds(
    Answer, ids, st.sampled_from(["yes", "no", "not_sure", "skipped"]), moments, texts, st.booleans(), texts
)
conditions = st.builds(KeptCondition, ids, ids, texts, days, st.none() | days)
clearances = st.builds(KeptClearance, ids, st.builds(Clearance, ids, texts, days, texts), moments)
urges = st.builds(
    KeptUrge,
    ids,
    st.builds(Urge, moments, st.integers(0, 10), st.integers(0, 10), levels),
    st.builds(Swap, st.lists(st.tuples(ids, counts), max_size=2).map(tuple), numbers),
)
pains = st.builds(
    PainRecord,
    ids,
    moments,
    days,
    st.sampled_from(["before", "during", "after", "next_morning", "rest"]),
    levels,
    st.none(),
    texts,
    st.lists(ids, max_size=3).map(tuple),
    texts,
    texts,
)
sets = st.builds(
    SetRecord,
    counts,
    counts,
    ids,
    ids,
    counts,
    counts,
    numbers,
    st.sampled_from(["done", "skipped", "stopped", "pain", "left"]),
    texts,
    st.booleans(),
    st.booleans(),
    st.none() | numbers,
    counts,
    st.lists(st.tuples(ids, numbers, numbers), max_size=2).map(tuple),
    st.lists(st.tuples(ids, counts), max_size=2).map(tuple),
    st.lists(st.tuples(ids, texts), max_size=2).map(tuple),
)
holds = st.builds(
    HoldRecord,
    counts,
    counts,
    sides,
    numbers,
    numbers,
    st.booleans(),
    st.booleans(),
    st.none() | numbers,
    texts,
    texts,
)
places = st.integers(-1, 1000)
stops = st.builds(StopRecord, counts, places, numbers, ids, ids, sides, st.sampled_from(["camera", "person"]))
hurts = st.builds(
    HurtRecord,
    counts,
    places,
    numbers,
    ids,
    sides,
    st.sampled_from(["hold", "moving", "rest"]),
    texts,
    levels,
    st.lists(ids, max_size=2).map(tuple),
    ids,
)
pops = st.builds(PopRecord, counts, places, numbers, ids, st.booleans())


def in_order(values, key):
    """A tuple of *values* as they come back: each key once, in the order of the keys."""
    return st.lists(values, max_size=3, unique_by=key).map(lambda found: tuple(sorted(found, key=key)))


sessions = st.builds(
    SessionRecord,
    ids,
    st.just("kim"),
    st.just(""),
    st.sampled_from(["session", "break", "swap"]),
    moments,
    st.none() | moments,
    days,
    st.integers(-840, 840),
    st.sampled_from(["running", "finished", "left"]),
    st.sampled_from(["done", "pain", "clinician", "emergency", ""]),
    levels,
    levels,
    texts,
    texts,
    st.sampled_from(["camera", "self_reported", "both"]),
    in_order(sets, lambda s: s.n),
    in_order(holds, lambda h: (h.set_n, h.n)),
    in_order(stops, lambda s: s.n),
    in_order(hurts, lambda h: h.n),
    in_order(pops, lambda p: p.n),
)


def a_person(id_: str = "kim", name: str = "Kim") -> Person:
    """Somebody with an emergency number and two props."""
    return Person(id_, name, NOON, Settings("112", "06:30", ("chair", "mat"), choices={"theme": "dark"}))


def a_plan(id_: str = "plan-1", person: str = "kim") -> KeptPlan:
    """A plan that Ann Lee signed."""
    return KeptPlan(
        id_, person, "gentle", "id: gentle\n", "0" * 64, "Gentle start", "Ann Lee", "therapist", "key", True, NOON
    )


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
