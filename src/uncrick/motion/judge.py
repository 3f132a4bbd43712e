"""From a sight to the values that are judged: all measures of an exercise against the person's neutral, in one go."""

from collections.abc import Callable, Sequence

from uncrick.motion import angle
from uncrick.motion.measure import Layout, Measure, Sight, point_index, reader, value_reader
from uncrick.motion.neutral import Rest, settler, turn_deg, with_room

Judge = Callable[[Sight, Sequence[Rest]], tuple[float, ...]]
"""All measures of one sight, in their order, in their units; NaN where not seen. Same values as `neutral.value_of`."""

Turns = list[tuple[float, float]]
"""Of each line whose turn is judged: the turn in the picture and in the room, against the neutral, deg."""

_One = Callable[[Sight, Rest, Turns], float]


def judge_of(measures: Sequence[Measure], layout: Layout) -> Judge:
    """Compile *measures* for a person seen as *layout* says.

    A line is looked at once, however many measures judge its turn; the neutral of all of them knows it alike.
    """
    lines = {_line(m): i for i, m in reversed([*enumerate(measures)]) if m.kind == "turn"}
    looks = [(i, _look_of(measures[i], layout)) for i in lines.values()]
    places = list(lines)
    judges = [_turn_judge(m, places.index(_line(m))) if m.kind == "turn" else _judge(m, layout) for m in measures]

    def judge(sight: Sight, rests: Sequence[Rest]) -> tuple[float, ...]:
        turns = [look(sight, rests[i]) for i, look in looks]
        return tuple([one(sight, rest, turns) for one, rest in zip(judges, rests, strict=True)])

    return judge


def _line(measure: Measure) -> tuple[tuple[str, ...], float]:
    return measure.points, measure.gain


def _look_of(measure: Measure, layout: Layout) -> Callable[[Sight, Rest], tuple[float, float]]:
    left, right = (point_index(p, layout.near) for p in measure.points)
    gain = measure.gain

    def look(s: Sight, rest: Rest) -> tuple[float, float]:
        a, b = s.image[left], s.image[right]
        room = angle.wrapped_deg(angle.yaw_deg(s.world[right], s.world[left]) - rest.room)
        return turn_deg(gain, a[0] - b[0], angle.yaw_deg(b, a), rest), room

    return look


def _turn_judge(measure: Measure, place: int) -> _One:
    mixed = with_room(measure)
    return lambda _sight, _rest, turns: mixed(*turns[place])


def _judge(measure: Measure, layout: Layout) -> _One:
    """Compile a measure that is no turn; a divisor is read only where the neutral does not give it."""
    settle = settler(measure)
    if not measure.over or (measure.over_neutral and measure.zero != "ratio"):
        value = value_reader(measure, layout)
        return lambda sight, rest, _turns: settle(value(sight), 1.0, rest)
    read = reader(measure, layout)

    def judge_divided(sight: Sight, rest: Rest, _turns: Turns) -> float:
        raw = read(sight)
        return settle(raw.value, raw.over, rest)

    return judge_divided
