"""Ninety seconds from what is open now: in the chair or standing, two different movements, or a walk."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

BREAK_S: Final = 90.0
"""How long a break is. Source: CLINICAL 7, breaks of 60 to 90 s; which length is best is not known."""

WALK_LEAST_S: Final = 60.0

Why = Literal[
    "from_plan", "no_plan", "answers_missing", "clinician", "pain", "nothing_for_chair", "walked", "no_records"
]
"""Where the offer comes from: the person's plan, what ships for somebody without one, or a walk, because questions are
open, a clinician comes first, it hurts, nothing of the plan can be done at a desk, nothing of it is open
now, or the records cannot be opened."""


@dataclass(frozen=True, slots=True)
class Move:
    """A movement that is open now. once_s : one repetition with its ways, both sides. most_reps : what the plan asks.

    on_floor : done lying or kneeling. needs_other : needs more than a chair and a wall. hold_s : 0 without a hold.
    """

    exercise: str
    once_s: float
    most_reps: int
    hold_s: float
    on_floor: bool
    needs_other: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A movement of a break, how often, and how long each is held."""

    exercise: str
    n_reps: int
    hold_s: float


@dataclass(frozen=True, slots=True)
class Break:
    """What is offered. walk_s : a walk of so long, 0 for none. why : where it comes from. left_out : not for a desk.

    Without parts and walk it is rest: another position, and the eyes off the screen.
    """

    parts: tuple[Part, ...]
    walk_s: float
    why: Why
    left_out: tuple[str, ...] = ()

    @property
    def what(self) -> tuple[str, ...]:
        """The exercises, or walking, or resting."""
        return tuple(p.exercise for p in self.parts) or (("walking",) if self.walk_s else ("resting",))


@dataclass(frozen=True, slots=True)
class Around:
    """Time that a guided break needs besides the movements, s: to get ready and be shown each, and between two."""

    lead_s: float = 16.0
    between_s: float = 15.0


def choose_break(
    moves: Iterable[Move], recent: tuple[str, ...] = (), why: Why = "from_plan", around: Around | None = None
) -> Break:
    """Return a break of at most two of *moves*, those first that were not in the *recent* breaks; a walk if none fits.

    Nothing on the floor, nothing that needs more than is at hand.
    """
    around = around or Around()
    known = list(moves)
    fitting = [m for m in known if not m.on_floor and not m.needs_other]
    left_out = tuple(m.exercise for m in known if m not in fitting)
    if not fitting:
        return Break((), BREAK_S, "nothing_for_chair" if known else "walked", left_out)
    fitting.sort(key=lambda m: recent[::-1].index(m.exercise) if m.exercise in recent else len(recent), reverse=True)
    parts: list[Part] = []
    left_s = BREAK_S
    for i, move in enumerate(fitting[:2]):
        left_s -= around.lead_s + (around.between_s if i else 0.0)
        share_s = left_s / 2 if i == 0 and len(fitting) > 1 else left_s
        if parts and move.once_s > share_s:
            break
        n_reps = max(1, min(move.most_reps, int(share_s // move.once_s)))
        parts.append(Part(move.exercise, n_reps, move.hold_s))
        left_s -= n_reps * move.once_s
    return Break(tuple(parts), 0.0, why, left_out)


def walk(why: Why) -> Break:
    """Return a walk of a break's length; what is open when everything else is not."""
    return Break((), BREAK_S, why)
