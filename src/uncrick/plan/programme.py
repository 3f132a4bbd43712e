"""A programme that ships: exercises for one need, from which somebody without a therapist can start."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Place = Literal["floor", "chair"]
Part = Literal["upper", "lower"]


@dataclass(frozen=True, slots=True)
class Portion:
    """One exercise of a programme; what is None is as the exercise's own dose has it."""

    exercise: str
    reps: int | None = None
    hold_s: float | None = None
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """Exercises for one need. minutes : about how long. place : floor when any of it is done lying or kneeling.

    regions : the part of the back it is about. for_everybody : false for one that is
    made for a condition. source : keys of library/sources.yaml.
    """

    id: str
    name: str
    says: str
    minutes: int
    regions: tuple[Part, ...]
    place: Place
    for_everybody: bool
    portions: tuple[Portion, ...]
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody without a therapist says of themselves: the part of the back, how long, and floor or chair."""

    part: Part
    minutes: int
    place: Place


def choose_programme(programmes: Iterable[Programme], wish: Wish, excluded: frozenset[str]) -> Programme | None:
    """Return the programme that fits *wish* and keeps most of its exercises; of alikes the one nearest in length.

    excluded : exercises that conditions leave out, or that need what is not at hand. Those made for a condition are not
    chosen by a wish. Returns None when nothing of any would be left.
    """
    fitting = [p for p in programmes if wish.part in p.regions and p.for_everybody]
    fitting = [p for p in fitting if wish.place == "floor" or p.place == "chair"]
    left = {p.id: [x for x in p.portions if x.exercise not in excluded] for p in fitting}
    fitting = [p for p in fitting if left[p.id]]
    if not fitting:
        return None
    return max(fitting, key=lambda p: (len(left[p.id]) / len(p.portions), -abs(p.minutes - wish.minutes)))


def exercises_of(programmes: Mapping[str, Programme]) -> dict[str, frozenset[str]]:
    """Return the exercises of every programme, by its id."""
    return {id_: frozenset(x.exercise for x in p.portions) for id_, p in programmes.items()}
