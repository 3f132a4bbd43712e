"""A minute or so of tonight's sheet, right here: for a first stretch, and instead of a pop."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from uncrick.app.evening import EveningSheet
from uncrick.app.session import Book, Wish
from uncrick.app.shelf import Card, card
from uncrick.app.whose import chosen
from uncrick.care.urge import Swap, choose_swap
from uncrick.plan.swap import offers_of
from uncrick.plan.tonight import Item
from uncrick.report.plan_sheet import how_much

FIRST_S: Final = 90.0
"""How long the first stretch is. Source: ours (docs/web.md)."""


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part of the minute: what, how much, and how to begin."""

    card: Card
    how_much: str
    start: str


def minute_of(book: Book, evening: EveningSheet, lasts_s: float) -> Swap:
    """Choose what fills *lasts_s* from tonight's sheet."""
    return choose_swap(offers_of(evening.sheet.tonight, book.library.exercises), lasts_s)


def swap_wishes(swap: Swap, evening: EveningSheet) -> tuple[Wish, ...]:
    """Return the parts of a chosen minute as a session wants them; what is not on tonight's sheet is left out."""
    wanted = tuple(Wish(id_, n_reps=n, n_sets=1) for id_, n in swap.parts)
    on_sheet = {item.amount.exercise for item in evening.sheet.tonight.items}
    return chosen(evening, tuple(wish for wish in wanted if wish.exercise in on_sheet))


def parts_shown(book: Book, wishes: Iterable[Wish], evening: EveningSheet) -> tuple[PartShown, ...]:
    """Return what a minute is made of, with pictures and words."""
    items = {item.amount.exercise: item for item in evening.sheet.tonight.items}
    return tuple(_shown(book, wish, items[wish.exercise]) for wish in wishes)


def _shown(book: Book, wish: Wish, item: Item) -> PartShown:
    exercise = book.library.exercises[wish.exercise]
    amount = item.amount._replace(reps=wish.n_reps or item.amount.reps, sets=1)
    said = how_much(amount, exercise, wish.only or "own")
    return PartShown(card(book, exercise), said[:1].upper() + said[1:], book.words.exercises[exercise.id].start)
