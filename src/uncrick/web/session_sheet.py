"""What a session asks for: tonight's sheet of whoever is here, a first stretch, or a minute instead of a pop."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from uncrick.app.evening import EveningSheet
from uncrick.app.session import Book, Wish
from uncrick.app.urge import kept_urge
from uncrick.app.whose import wishes_of
from uncrick.coach.record import Kind
from uncrick.web.evening_view import limits_of
from uncrick.web.minute import FIRST_S, minute_of, swap_wishes
from uncrick.web.visitor import Visitors

Of = Literal["tonight", "first", "swap"]

KINDS: Final[dict[Of, Kind]] = {"tonight": "session", "first": "break", "swap": "swap"}
"""How the records call each. A first stretch is a short break: the evening's own session is still to come."""


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """A session as it was asked for. of : which; urge : the id of the urge it stands in for, empty for none."""

    of: Of
    urge: str = ""

    @property
    def kind(self) -> Kind:
        """How the records call it."""
        return KINDS[self.of]

    @property
    def query(self) -> str:
        """The same as part of an address."""
        return f"?of={self.of}&urge={self.urge}" if self.urge else f"?of={self.of}"


def sheet_asked(of: str, urge: str) -> SheetAsked:
    """Return which session an address asks for; what is not known is tonight's."""
    if of == "swap":
        return SheetAsked("swap", urge if urge.replace("-", "").isalnum() else "")
    return SheetAsked("first" if of == "first" else "tonight")


def wishes_for(visitors: Visitors, book: Book, evening: EveningSheet, asked: SheetAsked) -> tuple[Wish, ...]:
    """Return the stretches of a session; never more than tonight's sheet leaves open."""
    if asked.of == "first":
        return swap_wishes(minute_of(book, evening, FIRST_S), evening)
    if asked.of == "swap":
        kept = kept_urge(visitors.records, evening.person.id, asked.urge)
        return swap_wishes(kept.swap, evening) if kept is not None else ()
    return wishes_of(evening)


def wishes_shown(book: Book, wishes: Iterable[Wish]) -> str:
    """Return the stretches for the session screen, as JSON."""
    return json.dumps([_shown(book, wish) for wish in wishes])


def _shown(book: Book, wish: Wish) -> dict[str, object]:
    return {
        "exercise": wish.exercise,
        "n_reps": wish.n_reps or 1,
        "hold_s": wish.hold_s or 0,
        "n_sets": wish.n_sets or 1,
        "duration_s": wish.duration_s or 0,
        "only": wish.only,
        "says": list(limits_of(book, wish.exercise, wish.depth, wish.speed)),
    }
