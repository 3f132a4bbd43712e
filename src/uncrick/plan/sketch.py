"""A plan while somebody writes it: every field as it was typed, so that nothing typed is lost before it is right."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from uncrick.plan.record import WEEKDAYS, Plan, Prescription

Kind = Literal["relax", "cleared"]

MOST_ROWS: Final = 50
"""As many as a plan file may hold (files/plan_written)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One exercise as typed. key : its own name on the page. What is empty is as the exercise has it.

    days, at, instead : words as typed. fixed : whether it stays as it is.
    """

    key: str
    exercise: str
    id: str = ""
    sets: str = ""
    reps: str = ""
    hold_s: str = ""
    duration_s: str = ""
    sides: str = "own"
    days: tuple[str, ...] = WEEKDAYS
    at: tuple[str, ...] = ("any",)
    most_reps: str = ""
    most_hold_s: str = ""
    most_duration_s: str = ""
    depth: str = ""
    fixed: bool = False
    instead: tuple[str, ...] = ()
    pain_rule: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """A rule to relax or a cause to clear, as typed. what : the rule's or cause's id. to : of a rule alone.

    by : of a cause alone, empty for the author.
    """

    key: str
    kind: Kind
    what: str = ""
    to: str = "caution"
    by: str = ""
    on: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A whole plan as typed. id : empty for one made from name and day."""

    id: str = ""
    title: str = ""
    written_by: str = ""
    author: str = "person"
    written_on: str = ""
    for_person: str = ""
    from_on: str = ""
    until: str = ""
    goals: tuple[str, ...] = ()
    notes: str = ""
    pain_rule: str = "seed_strict"
    openings: tuple[Opening, ...] = ()
    rows: tuple[Row, ...] = ()


def sketch_of(plan: Plan) -> Sketch:
    """Return *plan* as if it had been typed: a start for the next one."""
    relaxed = [
        Opening(f"o{i}", "relax", r.rule, r.to, "", r.on.isoformat(), r.reason) for i, r in enumerate(plan.relaxations)
    ]
    cleared = [
        Opening(f"c{i}", "cleared", c.cause, "", c.by, c.on.isoformat(), c.reason)
        for i, c in enumerate(plan.clearances)
    ]
    return Sketch(
        id=plan.id,
        title=plan.title,
        written_by=plan.written_by,
        author=plan.author,
        written_on=plan.written_on.isoformat(),
        for_person=plan.for_person,
        from_on=plan.from_on.isoformat(),
        until=plan.until.isoformat() if plan.until else "",
        goals=plan.goals,
        notes=plan.notes,
        pain_rule=plan.pain_rule,
        openings=(*relaxed, *cleared),
        rows=tuple(_row(f"r{i}", p) for i, p in enumerate(plan.prescriptions)),
    )


def added(sketch: Sketch, row: Row) -> Sketch:
    """Return *sketch* with one more exercise at its end; one that is there already gets an id of its own."""
    names = {r.id or r.exercise for r in sketch.rows}
    n, id_ = 2, row.id or row.exercise
    while id_ in names:
        n, id_ = n + 1, f"{row.exercise}_{n}"
    named = replace(row, key=_free(r.key for r in sketch.rows), id="" if id_ == row.exercise else id_)
    return replace(sketch, rows=(*sketch.rows, named))


def moved(sketch: Sketch, key: str, by: int) -> Sketch:
    """Return *sketch* with the exercise *key* so many places further down (up, where negative), as far as it goes."""
    rows = list(sketch.rows)
    at = next((i for i, row in enumerate(rows) if row.key == key), None)
    if at is not None:
        row = rows.pop(at)
        rows.insert(min(max(at + by, 0), len(rows)), row)
    return replace(sketch, rows=tuple(rows))


def without(sketch: Sketch, key: str) -> Sketch:
    """Return *sketch* without the exercise or opening called *key*."""
    return replace(
        sketch,
        rows=tuple(r for r in sketch.rows if r.key != key),
        openings=tuple(o for o in sketch.openings if o.key != key),
    )


def opened(sketch: Sketch, kind: Kind, what: str, on: str) -> Sketch:
    """Return *sketch* with one more rule to relax or cause to clear."""
    key = _free((o.key for o in sketch.openings), "o")
    return replace(sketch, openings=(*sketch.openings, Opening(key, kind, what, on=on)))


def _free(keys: Iterable[str], letter: str = "r") -> str:
    taken = set(keys)
    n = 0
    while f"{letter}{n}" in taken:
        n += 1
    return f"{letter}{n}"


def _row(key: str, p: Prescription) -> Row:
    amount, limits = p.amount, p.limits
    return Row(
        key=key,
        exercise=amount.exercise,
        id="" if p.id == amount.exercise else p.id,
        sets=str(amount.sets),
        reps=str(amount.reps),
        hold_s=_typed(amount.hold_s),
        duration_s=_typed(amount.duration_s) if amount.duration_s else "",
        sides=p.sides,
        days=p.days,
        at=p.at,
        most_reps=_typed(limits.most_reps),
        most_hold_s=_typed(limits.most_hold_s),
        most_duration_s=_typed(limits.most_duration_s),
        depth=_typed(limits.depth) if limits.depth != 1 else "",
        fixed=not limits.may_progress,
        instead=p.instead,
        pain_rule=p.pain_rule,
        note=p.note,
    )


def _typed(number: float | None) -> str:
    """Return a number as somebody types it, exactly; None as nothing."""
    if number is None:
        return ""
    return str(int(number)) if number == int(number) else repr(number)
