"""Where in the exercise the person is: conditions, hysteresis, and swings from turning point to turning point."""

import math
from dataclasses import replace

import pytest

from uncrick.coach import phases
from uncrick.coach.phases import Phases, Values, compile_when
from uncrick.exercise.definition import Condition, Phase
from uncrick.files.library import read_library

INDEX = {"a": 0, "b": 1}
NAN = math.nan


def met(values: Values, *conditions: tuple[str, str, float]) -> bool:
    """Whether one group of conditions is fulfilled."""
    return compile_when((tuple(Condition(*c) for c in conditions),), INDEX)(values)


@pytest.mark.parametrize(
    ("op", "value", "expected"),
    [("above", 4.9, True), ("above", 5.0, False), ("below", 5.1, True), ("below", 5.0, False)],
)
def test_above_and_below_compare_the_value_itself(op, value, expected):
    """A value that only equals the limit is neither above nor below it."""
    assert met(Values((5.0, 0.0)), ("a", op, value)) is expected


@pytest.mark.parametrize(("moved", "expected"), [(28.0, True), (-28.0, True), (27.9, False), (NAN, False)])
def test_moves_compares_displacement_either_way(moved, expected):
    """A fast turn is fast to the left and to the right."""
    assert met(Values((0.0, 0.0), moved=moved), ("a", "moves", 28.0)) is expected


@pytest.mark.parametrize(("pushed", "expected"), [(7.0, True), (6.9, False), (-9.0, False)])
def test_pushes_compares_the_push_outward(pushed, expected):
    """A push counts from its limit on, and only outward."""
    assert met(Values((0.0, 0.0), pushed=pushed), ("a", "pushes", 7.0)) is expected


def test_rises_and_falls_compare_with_the_last_turning_point():
    """A rise is against the least since the last turn, a fall against the greatest."""
    values = Values((5.0, 0.0), low=(-5.0, 0.0), high=(12.0, 0.0))

    assert met(values, ("a", "rises", 10.0))
    assert not met(values, ("a", "rises", 10.1))
    assert met(values, ("a", "falls", 7.0))
    assert not met(values, ("a", "falls", 7.1))


@pytest.mark.parametrize("op", ["above", "below", "moves", "pushes", "rises", "falls"])
def test_what_is_not_seen_fulfils_nothing(op):
    """No comparison with an unseen value is true, whatever it is."""
    unseen = Values((NAN, NAN), NAN, NAN, (NAN, NAN), (NAN, NAN))

    assert not met(unseen, ("a", op, 0.0))
    assert not met(unseen, ("a", op, -1e9))


def test_all_of_a_group_and_any_of_the_groups():
    """Conditions of one group must all be true; one true group is enough."""
    holds = compile_when(
        ((Condition("a", "above", 1.0), Condition("b", "above", 1.0)), (Condition("a", "below", -1.0),)), INDEX
    )

    assert holds(Values((2.0, 2.0)))
    assert not holds(Values((2.0, 0.0)))
    assert holds(Values((-2.0, 0.0)))
    assert not compile_when((), INDEX)(Values((2.0, 2.0)))


def table(*made: tuple[str, tuple[Condition, ...]]) -> Phases:
    """Compile the phases of an exercise that has these."""
    twist = read_library().exercises["chair_spinal_twist"]
    return phases.compile_phases(replace(twist, phases=tuple(Phase(name, (group,)) for name, group in made)), INDEX)


MIDDLE_LEFT = table(
    ("middle", (Condition("a", "above", -12.0), Condition("a", "below", 12.0))),
    ("left", (Condition("a", "above", 18.0),)),
)
SWING = table(("up", (Condition("a", "rises", 10.0),)), ("down", (Condition("a", "falls", 10.0),)))


def entered(settings: Phases, *course: float) -> list[str]:
    """Return the phases entered while the first measure takes these values."""
    state, names = None, []
    for value in course:
        state, new = phases.step(settings, state, Values((value, 0.0)))
        names += [settings.names[state.phase]] if new else []
    return names


def test_a_phase_is_left_only_by_entering_another():
    """Between 12 and 18 deg, coming from either side, the person stays in the phase they were in."""
    assert entered(MIDDLE_LEFT, 0, 15, 17.9, 18.1, 15, 12.1, 11.9, 15) == ["middle", "left", "middle"]


def test_trembling_in_the_gap_enters_nothing():
    """Values that jump about within the hysteresis change no phase."""
    assert entered(MIDDLE_LEFT, 0, *[12.5, 17.5] * 20) == ["middle"]


def test_before_the_first_condition_holds_there_is_no_phase():
    """Somebody who is first seen in the gap, or not at all, is in no phase yet."""
    assert entered(MIDDLE_LEFT, 15, NAN, 15) == []


def test_an_unseen_value_changes_no_phase():
    """Out of sight, the person stays where they were."""
    assert entered(MIDDLE_LEFT, 20, NAN, NAN, 20) == ["left"]


@pytest.mark.parametrize(
    ("start", "expected"),
    [(0.0, ["up", "down", "up", "down"]), (-20.0, ["up", "down", "up", "down"]), (20.0, ["down", "up", "down", "up"])],
)
def test_a_swing_is_cut_at_its_turning_points_wherever_it_starts(start, expected):
    """A rock of 20 deg each way that starts in the middle, or at one end, enters each way once, after 10 deg of it."""
    course = [start, *range(int(start), 21, 2), *range(20, -21, -2), *range(-20, 21, 2), *range(20, -21, -2)]
    course += [*range(-20, 21, 2)] if start == 20 else []

    assert entered(SWING, *(float(x) for x in course)) == expected


def test_a_swing_smaller_than_asked_enters_nothing():
    """Trembling by 9 deg, where 10 make a swing, is rest."""
    assert entered(SWING, *[0.0, 4.5, 9.0, 4.5] * 10) == []


def test_a_swing_is_found_on_a_slow_drift():
    """The turning points move with the body: 20 deg rocks count wherever their middle has come to."""
    course = [drift + x for drift in range(0, 100, 25) for x in (0.0, 10.0, 20.0, 10.0, 0.0)]

    assert entered(SWING, *course) == ["up", "down"] * 4


def test_a_swing_goes_on_through_a_gap():
    """Unseen values are left out of the turning points."""
    assert entered(SWING, NAN, 0.0, NAN, 12.0, NAN, 20.0, NAN, 9.0) == ["up", "down"]
