"""Counting repetitions: both sides in any order, swings from wherever they start, and nothing twice."""

import itertools
from dataclasses import replace

import pytest

from tests.coach.paths import sampled
from uncrick.coach import count, phases
from uncrick.coach.count import Counting, Tick
from uncrick.coach.phases import Values
from uncrick.exercise.definition import Condition, Phase
from uncrick.files.library import read_library

TWIST = Counting(("left", "right"), "middle", ("left", "right"))
CLOSING = Counting(("closed",), "open", ("",))
SWING = Counting(("up", "down"), "", ("", ""))


def counted(settings: Counting, ticks: list[Tick]) -> list[float]:
    """Return when repetitions were counted; their numbers must be 1, 2, 3 ..."""
    state, times = None, []
    for tick in ticks:
        state, whole = count.step(settings, state, tick)
        times += [tick.t_s] if whole else []
        assert state.n == len(times)
    return times


def visits(*names: str) -> list[Tick]:
    """Enter these phases one after the other, a second each; ``left!`` is held, ``left`` only entered."""
    ticks = []
    for i, name in enumerate(names):
        phase, held = name.rstrip("!"), name.endswith("!")
        ticks += [Tick(float(i), entered=phase), Tick(i + 0.5, held=phase if held else "")]
    return ticks


@pytest.mark.parametrize("order", list(itertools.permutations(["left!", "right!"])))
def test_both_sides_count_in_any_order(order):
    """One hold to each side, whichever comes first, and back to the middle is one repetition."""
    first, second = order

    assert counted(TWIST, visits("middle", first, "middle", second, "middle")) == [4.0]


def test_the_same_side_twice_is_half_a_repetition():
    """Two holds to the left wait for one to the right."""
    assert counted(TWIST, visits("middle", "left!", "middle", "left!", "middle")) == []
    assert counted(TWIST, visits("middle", "left!", "middle", "left!", "middle", "right!", "middle")) == [6.0]


def test_entering_a_phase_without_holding_it_does_not_count():
    """A side that was only passed through was not stretched."""
    assert counted(TWIST, visits("middle", "left", "middle", "right!", "middle")) == []


def test_after_a_repetition_counting_begins_anew():
    """Coming back to rest again, or once more to one side, adds nothing."""
    course = ("left!", "right!", "middle", "middle", "left!", "middle", "right!", "middle")

    assert counted(TWIST, visits(*course)) == [2.0, 7.0]


def test_a_one_sided_repetition_is_its_hold_and_back():
    """Three closings are three repetitions."""
    assert len(counted(CLOSING, visits("open", *["closed!", "open"] * 3))) == 3


@pytest.mark.parametrize(
    ("sides", "expected"), [(("left", "right"), ""), (("",), ""), (("left",), "left"), (("right",), "right")]
)
def test_only_a_one_sided_repetition_has_a_side(sides, expected):
    """A repetition that takes both sides is done on none of them."""
    assert count.repetition_side(Counting(("x",) * len(sides), "rest", sides)) == expected


def swing_ticks(*knots: tuple[float, float], fps: float = 30.0) -> list[Tick]:
    """Return what the counter hears of a swing through these (t_s, value), each way entered after 10 deg of it."""

    up, down = (Phase(n, ((Condition("a", op, 10.0),),)) for n, op in (("up", "rises"), ("down", "falls")))
    rocking = replace(read_library().exercises["rocking_floor_stretch"], phases=(up, down))
    settings, state, ticks = phases.compile_phases(rocking, {"a": 0}), None, []
    for t_s, value in sampled(knots, fps):
        state, new = phases.step(settings, state, Values((value,)))
        ticks.append(Tick(t_s, settings.names[state.phase] if new else "", value=value))
    return ticks


def rocks(n: int, start: str, period_s: float = 3.0) -> list[tuple[float, float]]:
    """Return *n* rocks of 20 deg each way, starting in the middle, at the top or at the bottom, and a rest of 2 s."""
    courses = {"middle": (20.0, -20.0, 0.0), "top": (-20.0, 20.0), "bottom": (20.0, -20.0)}
    first = {"middle": 0.0, "top": 20.0, "bottom": -20.0}[start]
    knots = [(0.0, first), (1.0, first)]
    for i in range(n):
        course = courses[start]
        for k, value in enumerate(course):
            knots.append((1.0 + i * period_s + (k + 1) * period_s / len(course), value))
    return [*knots, (knots[-1][0] + 2.0, knots[-1][1])]


@pytest.mark.parametrize("start", ["middle", "top", "bottom"])
@pytest.mark.parametrize("n", [1, 5])
@pytest.mark.parametrize("fps", [15, 30, 60])
def test_swings_count_wherever_they_start(start, n, fps):
    """Rocks that begin in the middle or at either end are counted exactly, the last one when they have stopped."""
    times = counted(SWING, swing_ticks(*rocks(n, start), fps=fps))

    assert len(times) == n
    assert times[-1] > 1.0 + 3.0 * n - 1.5


def test_half_a_swing_is_no_repetition():
    """Rising once and staying up is half a rock, however long one waits."""
    assert counted(SWING, swing_ticks((0, 0), (1, 0), (2.5, 20), (12, 20))) == []


def test_a_swing_that_stops_counts_once():
    """A whole rock counts a second after the rocking stopped, and waiting longer counts nothing more."""
    times = counted(SWING, swing_ticks((0, 0), (1, 0), (2, 20), (3, 0), (20, 0)))

    assert len(times) == 1
    assert 3.0 < times[0] < 4.6


def test_the_time_of_a_repetition_is_between_two_like_moments():
    """Rocks of 3 s read 3 s from the second time the same way is entered on, and nothing before."""
    state = None
    for tick in swing_ticks(*rocks(4, "top", 3.0)):
        state, _ = count.step(SWING, state, tick)
        if tick.t_s < 4.0:
            assert state.repetition_s != state.repetition_s

    assert state.repetition_s == pytest.approx(3.0, abs=0.1)


def test_a_phase_without_a_hold_is_visited_by_entering_it():
    """Out and back to rest is a repetition though nothing is held; back at rest without having been out is none."""
    nodding = Counting(("out",), "rest", ("",), passed=("out",))
    ticks = [Tick(float(i), entered=name) for i, name in enumerate(("rest", "out", "rest", "rest", "out", "rest"))]

    assert counted(nodding, ticks) == [2.0, 5.0]
