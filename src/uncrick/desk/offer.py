"""Ninety seconds from what is open now: in the chair or standing, two different movements, or a walk."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

BREAK_S: Final = 90.0
"""How long a break is. Source: CLINICAL 7, breaks of 60 to 90 s; which length is best is not known."""

WALK_LEAST_S: Final = 15.0
"""What is left after the movements is walked, if it is at least this. Our default."""

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
    """What is offered. walk_s : a walk of so long at its end, 0 for none. why : where it comes from.

    left_out : what of it is not for a desk.

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
    """Return a break of at most two of *moves*, those first that were not in the *recent* breaks, and a walk.

    The walk fills what is left of the time, or all of it where nothing fits.

    Nothing on the floor, nothing that needs more than is at hand.
    """
    around = around or Around()
    known = list(moves)
    fitting = [m for m in known if not m.on_floor and not m.needs_other]
    left_out = tuple(m.exercise for m in known if m not in fitting)
    if not fitting:
        return Break((), BREAK_S, "nothing_for_chair" if known else "walked", left_out)
    fitting.sort(key=lambda m: recent[::-1].index(m.exercise) if m.exercise in recent else len(recent), reverse=True)
    first, left_s = fitting[0], BREAK_S - around.lead_s
    need_s = around.lead_s + around.between_s
    second = next((m for m in fitting[1:] if first.once_s + need_s + m.once_s <= left_s), None)
    share_s = left_s if second is None else min((left_s - need_s) / 2, left_s - need_s - second.once_s)
    n_reps = {first: max(1, min(first.most_reps, int(share_s // first.once_s)))}
    left_s -= n_reps[first] * first.once_s
    if second is not None:
        left_s -= need_s
        n_reps[second] = max(1, min(second.most_reps, int(left_s // second.once_s)))
        left_s -= n_reps[second] * second.once_s
        more = max(0, min(first.most_reps - n_reps[first], int(left_s // first.once_s)))
        n_reps[first] += more
        left_s -= more * first.once_s
    walk_s = left_s - need_s
    parts = tuple(Part(m.exercise, n, m.hold_s) for m, n in n_reps.items())
    return Break(parts, round(walk_s) if walk_s >= WALK_LEAST_S else 0.0, why, left_out)


def walk(why: Why) -> Break:
    """Return a walk of a break's length; what is open when everything else is not."""
    return Break((), BREAK_S, why)
