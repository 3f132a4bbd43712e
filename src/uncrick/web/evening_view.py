"""Tonight's sheet as the page shows it: pictures and words in place of ids, and every reason told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from uncrick.app.reason_words import Told, cause_words, reason_told, rule_told
from uncrick.app.screening import rulebook
from uncrick.app.session import Book, Wish, program_for
from uncrick.app.shelf import Card, card, source_sentences
from uncrick.coach.gentle import sees_part
from uncrick.coach.screen import screen_of
from uncrick.coach.stages import PlayerState
from uncrick.plan.progress import Decision
from uncrick.plan.record import Amount
from uncrick.plan.sheet import Sheet
from uncrick.plan.tonight import Item, LeftOut
from uncrick.report.plan_sheet import how_much

URGENT: Final = {
    "same_day": "Today, please.", "days": "Within days, please.", "routine": "At the next visit.",
    "if_new": "Soon, if it is the first time or getting worse.", "": "",
}  # fmt: skip
"""How soon somebody should look at it."""


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """What became of a prescription since the last evening. kind : harder, easier or same."""

    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class ItemShown:
    """Something to do tonight. limits : how far and how fast, where less than usual."""

    card: Card
    how_much: str
    instead_of: str
    limits: tuple[str, ...]
    change: ChangeShown | None
    reasons: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class LeftShown:
    """Something that is not for tonight, why, and what may be done instead."""

    card: Card
    reason: Told
    offers: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class CauseShown:
    """One thing that raised the level. short : for a list to choose from."""

    id: str
    says: str
    short: str
    urgent: str
    sources: tuple[str, ...]


def items_shown(book: Book, sheet: Sheet) -> list[ItemShown]:
    """Return what is to be done tonight, in order, with what changed and why."""
    decided = {d.prescription: d for turn in sheet.turns[-1:] for d in turn.decisions if turn.on == sheet.on}
    return [_item(book, sheet, item, decided) for item in sheet.tonight.items]


def left_shown(book: Book, sheet: Sheet) -> list[LeftShown]:
    """Return what is not for tonight."""
    return [_left(book, left) for left in sheet.tonight.left_out]


def causes_shown(sheet: Sheet) -> list[CauseShown]:
    """Return what the level comes from, the most urgent first."""
    rules = rulebook()
    return [
        CauseShown(c.id, _capital(cause_words(rules, c.id)), _short(cause_words(rules, c.id)), URGENT[c.urgent],
                   source_sentences(c.source))
        for c in sheet.assessment.causes
    ]  # fmt: skip


def minutes_of(book: Book, wishes: Iterable[Wish]) -> int:
    """Return about how many minutes a session takes, by its own sums; 0 for none."""
    program = program_for(book, wishes)
    return screen_of(program, PlayerState(outcomes=tuple("" for _ in program.sets))).minutes_left


def _item(book: Book, sheet: Sheet, item: Item, decided: Mapping[str, Decision]) -> ItemShown:
    exercise = book.library.exercises[item.amount.exercise]
    prescription = sheet.scene.plan.prescription(item.prescription)
    decision = decided.get(item.prescription)
    reasons = tuple(map(reason_told, item.reasons))
    if decision is not None:
        reasons = (rule_told(decision.rule, decision.inputs), *reasons)
    return ItemShown(
        card=card(book, exercise),
        how_much=_capital(how_much(item.amount, exercise, prescription.sides)),
        instead_of=book.words.exercises[item.instead_of].name if item.instead_of else "",
        limits=tuple(limits_of(book, item.amount.exercise, item.depth, item.speed)),
        change=_change(decision),
        reasons=reasons,
    )


def limits_of(book: Book, id_: str, depth: float, speed: float) -> Iterable[str]:
    """Yield how far and how fast an exercise is done where that is less than usual, and where no camera can tell it."""
    if depth >= 1:
        return
    part = "half" if depth == 0.5 else f"{round(depth * 100)} %"
    yield f"Go {part} of the way that you could{', and slower than usual' if speed < 1 else ''}."
    exercise = book.library.exercises[id_]
    if exercise.phases and not sees_part(exercise, book.library.measures):
        yield f"A camera cannot tell {part} of this one: what it does not count, the clock does."


def _change(decision: Decision | None) -> ChangeShown | None:
    if decision is None or decision.change == "same":
        return None
    return ChangeShown(decision.change, f"{'Harder' if decision.change == 'harder' else 'Easier'}: {_step(decision)}")


def _step(decision: Decision) -> str:
    before, after = decision.before, decision.after
    if before.exercise != after.exercise:
        return "another form"
    told = [f"{name(before)} → {name(after)}" for name in (_reps, _hold, _duration) if name(before) != name(after)]
    return ", ".join(told) or "paused"


def _reps(amount: Amount) -> str:
    return f"{amount.reps} times"


def _hold(amount: Amount) -> str:
    return f"{amount.hold_s:g} s held"


def _duration(amount: Amount) -> str:
    return f"{amount.duration_s / 60:g} minutes"


def _left(book: Book, left: LeftOut) -> LeftShown:
    exercises = book.library.exercises
    offers = tuple(card(book, exercises[id_]) for id_ in left.offer)
    return LeftShown(card(book, exercises[left.exercise]), reason_told(left.reason), offers)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:67].rstrip() + " …"
