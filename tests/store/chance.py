"""Values to keep, made by chance: one strategy for each kind of record."""

import string
from datetime import date, datetime, timedelta, timezone
from typing import get_args

from hypothesis import strategies as st

from uncrick.care.assessment import Clearance
from uncrick.care.pain import PainRecord
from uncrick.care.screening import Answer
from uncrick.care.urge import Swap, Urge
from uncrick.coach.record import HoldRecord, HurtRecord, PopRecord, SessionRecord, SetRecord, StopRecord
from uncrick.desk.day import BreakFact, ChangeFact, OwedFact, SpellFact
from uncrick.desk.found import Became, Held, Why
from uncrick.plan.progress import Decision, Standing
from uncrick.plan.record import Amount
from uncrick.store.answers import KeptClearance, KeptCondition
from uncrick.store.people import Person, Settings
from uncrick.store.urges import KeptUrge

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
spells = st.builds(SpellFact, moments, moments, st.floats(0, 1e5), st.floats(0, 1e5), st.sampled_from(get_args(Why)))
owed = st.builds(OwedFact, moments, st.sampled_from(get_args(Became)), st.booleans(), st.sampled_from(get_args(Held)))
desk_breaks = st.builds(
    BreakFact, moments, moments, st.lists(ids, max_size=3).map(tuple), st.sampled_from(["done", "left", "pain"])
)
changes = st.builds(ChangeFact, moments, st.sampled_from(["standing", "sitting", "moved"]), ids)
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
