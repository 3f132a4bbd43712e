"""How much of an exercise: sets, repetitions, hold, rest, and the range a plan may move in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dose:
    """The default dose of an exercise and where it comes from.

    hold_s, rest_s, move_s : s. *move_s* is the time the way into the stretch should take.
    duration_s : of an exercise that is counted by time alone, such as walking; 0 where repetitions count.
    days_per_week : how often, 7 for daily.
    sets_range, reps_range, hold_range_s, duration_range_s : least and most a plan may ask for.
    source : why this much, with its certainty.
    """

    sets: int
    reps: int
    hold_s: float
    rest_s: float
    move_s: float
    both_sides: bool
    times_per_day: int
    reps_range: tuple[int, int]
    hold_range_s: tuple[float, float]
    source: tuple[str, ...]
    sets_range: tuple[int, int] = (1, 1)
    duration_s: float = 0.0
    duration_range_s: tuple[float, float] = (0.0, 0.0)
    days_per_week: int = 7
