"""What a guided session asks for: sets one after the other, and how much time is given around them."""

from collections.abc import Iterable
from dataclasses import dataclass

from uncrick.exercise.definition import Exercise, Side, View

SIDES: tuple[Side, ...] = ("left", "right")


@dataclass(frozen=True, slots=True)
class Asked:
    """One set that is asked for.

    n_reps : repetitions, of each side where there are sides. hold_s : s of a hold, 0 for a movement without one.
    easier_hold_s : s of a hold in the easier form. move_s : s of the way into the stretch, and of the way out.
    rest_s : s between two repetitions. tracked : whether a camera can follow it.
    floor : whether it is done lying or kneeling, so that coming to it takes longer.
    duration_s : s, where time alone counts, as in walking. only : the one side that is asked for, empty for all it has.
    depth, speed : parts of the own range and of the speed limits. eased : less was wished than the plan asks.
    """

    exercise: str
    n_reps: int
    hold_s: float
    easier_hold_s: float
    move_s: float
    rest_s: float
    both_sides: bool
    view: View
    equipment: tuple[str, ...]
    tracked: bool
    floor: bool
    duration_s: float = 0.0
    only: Side = ""
    depth: float = 1.0
    speed: float = 1.0
    eased: bool = False

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides a repetition has, the one that goes first in front."""
        if self.only:
            return (self.only,)
        return SIDES if self.both_sides else ("",)

    @property
    def moving_s(self) -> float:
        """Time that all of a movement without a hold takes: once there and once back each, or as long as is asked."""
        return self.duration_s or self.n_reps * 2 * self.move_s


@dataclass(frozen=True, slots=True)
class Timing:
    """Time given around the movements, s. Source: ours, to be tried (EXPERIENCE 1); all but the holds can be stretched.

    ready_s, floor_s : to get into position, and to do so on the floor. show_s : to watch the figure once.
    place_s : to sit still until the camera knows the person. patience_s : how long the way in may take longer when a
    camera watches, before the session goes by the clock. grace_s : to come back into a hold that was left early.
    change_s : to come to the other side. between_s : rest between two sets. stop_s : rest after a stop.
    extend_s : what one press of "more time" adds. ease_s : how long a correction stays on the light.
    """

    ready_s: float = 8.0
    floor_s: float = 20.0
    show_s: float = 8.0
    place_s: float = 12.0
    patience_s: float = 10.0
    grace_s: float = 4.0
    change_s: float = 8.0
    between_s: float = 15.0
    stop_s: float = 20.0
    extend_s: float = 10.0
    ease_s: float = 4.0


@dataclass(frozen=True, slots=True)
class Program:
    """One session: the settings of the player."""

    sets: tuple[Asked, ...]
    timing: Timing = Timing()


def ask(exercise: Exercise) -> Asked:
    """Return one set of *exercise* with its own default dose."""
    dose = exercise.dose
    levels = dict(exercise.attributes)
    return Asked(
        exercise=exercise.id,
        n_reps=dose.reps,
        hold_s=dose.hold_s,
        easier_hold_s=min(dose.hold_s, dose.hold_range_s[0]),
        move_s=dose.move_s,
        rest_s=dose.rest_s,
        both_sides=dose.both_sides,
        view=exercise.view,
        equipment=exercise.equipment,
        tracked=bool(exercise.phases),
        floor=levels.get("floor_transfer", 0) > 0,
        duration_s=dose.duration_s,
    )


def program_of(exercises: Iterable[Exercise], timing: Timing | None = None) -> Program:
    """Return the session that asks for *exercises* in their order, each as often as its dose has sets."""
    sets = [ask(exercise) for exercise in exercises for _ in range(exercise.dose.sets)]
    return Program(tuple(sets), timing or Timing())
