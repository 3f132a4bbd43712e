"""Sessions with their sets, holds, stops, pain and pops: saved in one go, as often as wanted, and never doubled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, Final, get_args

from sqlalchemy import Column, Connection, Index, Select, Table, bindparam, select

from uncrick.coach.played import Ending, Outcome
from uncrick.coach.record import (
    HoldRecord,
    HurtRecord,
    Kind,
    PopRecord,
    SessionRecord,
    SessionState,
    SetRecord,
    StopRecord,
    StopSource,
    Watched,
)
from uncrick.exercise.definition import Side
from uncrick.store.columns import (
    METADATA,
    choice,
    day,
    key,
    level,
    link,
    loose_link,
    moment,
    number,
    offset,
    tree,
    truth,
    whole,
    words,
)
from uncrick.store.rows import put, put_all_of, row_of


@dataclass(frozen=True, slots=True)
class SetSummaryTree:
    """What is kept together of a set as JSON holds it: fields of `SetRecord`."""

    ranges: tuple[tuple[str, float, float], ...]
    cues: tuple[tuple[str, int], ...]
    unseen: tuple[tuple[str, str], ...]


SESSIONS = Table(
    "sessions",
    METADATA,
    key(),
    link("person", "people.id"),
    loose_link("plan", "plans.id"),
    choice("kind", Kind),
    moment("started_at"),
    moment("ended_at", empty=True),
    day("on_day"),
    offset(),
    choice("state", SessionState),
    choice("ending", (*get_args(Ending), "")),
    level("pain_before"),
    level("pain_after"),
    words("felt_right"),
    words("note"),
    choice("watched", Watched),
    Index(None, "person", "on_day"),
    Index(None, "plan", "id"),
    Index(None, "person", "kind", "on_day", "started_at", "utc_offset_min"),
)
"""The second index tells an evening which sessions of a plan it has not seen, the third which days there were, without
reading a session: those are two of the questions whose number of rows grows with the years."""

SETS = Table(
    "sets",
    METADATA,
    link("session", "sessions.id", in_key=True),
    whole("n", in_key=True),
    whole("at"),
    words("exercise"),
    words("prescription"),
    whole("n_asked"),
    whole("n_done"),
    number("hold_asked_s"),
    choice("outcome", Outcome),
    words("reason"),
    truth("easier"),
    truth("seen"),
    number("seen_fraction", empty=True),
    whole("n_seen"),
    tree("summary", SetSummaryTree),
)

HOLDS = Table(
    "holds",
    METADATA,
    link("session", "sessions.id", in_key=True),
    whole("set_n", in_key=True),
    whole("n", in_key=True),
    choice("side", Side),
    number("hold_s"),
    number("asked_s"),
    truth("seen"),
    truth("completed"),
    number("peak", empty=True),
    words("measure"),
    words("unit"),
)


def _within() -> tuple[Column[Any], ...]:
    """Return the columns of what happened at a moment of a session: which session, which of its kind, set and when."""
    session = link("session", "sessions.id", in_key=True)
    return session, whole("n", in_key=True), whole("set_n", -1), number("at_s"), words("exercise")


STOPS = Table(
    "stops",
    METADATA,
    *_within(),
    words("reason"),
    choice("side", Side),
    choice("source", StopSource),
)

HURTS = Table(
    "hurts",
    METADATA,
    *_within(),
    words("stage"),
    choice("side", Side),
    words("place"),
    level("level"),
    tree("kinds", tuple[str, ...]),
    words("action"),
)

POPS = Table(
    "pops",
    METADATA,
    *_within(),
    truth("hurt"),
)

PARTS: Final[Mapping[str, tuple[Table, type[Any]]]] = {
    "sets": (SETS, SetRecord),
    "holds": (HOLDS, HoldRecord),
    "stops": (STOPS, StopRecord),
    "hurts": (HURTS, HurtRecord),
    "pops": (POPS, PopRecord),
}
"""What a session consists of: the field of `SessionRecord`, its table, and the value a row stands for."""

SUMMARY = ("ranges", "cues", "unseen")
"""The last fields of a set, kept together as one small tree: nobody asks for a row by them."""

FEW = 200
"""So many sessions are asked for by their ids; more, by asking again which they are."""


def save_session(c: Connection, record: SessionRecord) -> None:
    """Keep a session as it is now; what was kept of it before, at an earlier set, gives way."""
    put(c, SESSIONS, [row_of(SESSIONS, record) | {"plan": record.plan or None}])
    for name, (table, _) in PARTS.items():
        rows = ({"session": record.id} | _row(table, value) for value in getattr(record, name))
        put_all_of(c, table, {"session": record.id}, rows)


def load_session(c: Connection, id_: str) -> SessionRecord | None:
    """Return one session whole, None when there is none of that id."""
    found = sessions_of(c, select(SESSIONS).where(SESSIONS.c.id == id_), PARTS)
    return found[0] if found else None


def load_sessions(
    c: Connection,
    person: str,
    since: date | None = None,
    until: date | None = None,
    parts: Iterable[str] = tuple(PARTS),
) -> tuple[SessionRecord, ...]:
    """Return somebody's sessions, the oldest first.

    since, until : the first and the last day that count. parts : which of `PARTS` are wanted; the others stay empty,
    which is quicker over years.
    """
    found = select(SESSIONS).where(SESSIONS.c.person == person)
    if since is not None:
        found = found.where(SESSIONS.c.on_day >= since)
    if until is not None:
        found = found.where(SESSIONS.c.on_day <= until)
    return sessions_of(c, found.order_by(SESSIONS.c.on_day, SESSIONS.c.started_at, SESSIONS.c.id), parts)


def sessions_of(c: Connection, found: Select[Any], parts: Iterable[str] = tuple(PARTS)) -> tuple[SessionRecord, ...]:
    """Return the sessions that *found*, a selection of whole rows of `SESSIONS`, comes to. parts : as above."""
    heads = [row._asdict() for row in c.execute(found).all()]
    if not heads:
        return ()
    if len(heads) <= FEW:
        few = {"few": [head["id"] for head in heads]}
        rows = {name: c.execute(_question(name, few=True), few).all() for name in parts}
    else:
        ids = found.with_only_columns(SESSIONS.c.id).order_by(None).scalar_subquery()
        rows = {name: c.execute(_question(name).where(PARTS[name][0].c.session.in_(ids))).all() for name in parts}
    values = {name: _values(name, some) for name, some in rows.items()}
    return tuple(
        SessionRecord(
            **head
            | {"plan": head["plan"] or ""}
            | {name: tuple(of_session.get(head["id"], ())) for name, of_session in values.items()}
        )
        for head in heads
    )


def _row(table: Table, value: object) -> dict[str, Any]:
    row = row_of(table, value)
    if "summary" in table.columns:
        row["summary"] = {name: [list(one) for one in getattr(value, name)] for name in SUMMARY}
    return row | ({"kinds": list(row["kinds"])} if "kinds" in row else {})


@cache
def _question(name: str, *, few: bool = False) -> Select[Any]:
    """Return the question for one part: columns in the order of its value's fields. few : of the sessions ``few``."""
    table, kind = PARTS[name]
    columns = [table.c[field.name] for field in fields(kind) if field.name in table.c]
    summed = [table.c.summary] if "summary" in table.c else []
    found = select(table.c.session, *columns, *summed).order_by(*table.primary_key.columns)
    return found.where(table.c.session.in_(bindparam("few", expanding=True))) if few else found


def _values(name: str, rows: Iterable[Sequence[Any]]) -> dict[str, list[Any]]:
    """Return the values of one part, by their session."""
    kind = PARTS[name][1]
    values: dict[str, list[Any]] = {}
    for row in rows:
        plain = row[1:]
        if kind is SetRecord:
            plain = (*plain[:-1], *(tuple(map(tuple, plain[-1][one])) for one in SUMMARY))
        elif kind is HurtRecord:
            plain = tuple(tuple(one) if isinstance(one, list) else one for one in plain)
        values.setdefault(row[0], []).append(kind(*plain))
    return values
