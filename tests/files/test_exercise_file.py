"""Exercise files: read as an exercise, or refused with every problem at its line."""

import pytest

from uncrick.exercise.definition import Condition, Cue, Exercise, Hold, Phase, Repetition
from uncrick.files.exercise_file import check_exercise
from uncrick.files.library import read_library
from uncrick.files.marked_yaml import read_marked

BOOK = read_library().measures
GOOD = """\
id: side_turn
kind: stretch
view: front
regions: [thoracic]
equipment: [chair]
attributes: {spine_rotation: 2}
source: [article]
start: {trunk_upright: {above: -20, below: 20}}
speed: shoulder_yaw
hold: {measure: trunk_rotation, deep: 30, within: 5, least_s: 2}
phases:
  middle: {when: {trunk_rotation: {above: -12, below: 12}}}
  left:
    when: [{trunk_rotation: {above: 18}}, {ankle_rise: {above: 2}, trunk_rotation: {above: 16}}]
    side: left
    hold: true
repetition: {each: [left], rest: middle}
cues:
  abrupt:
    when: {shoulder_yaw: {moves: 35}}
    for_s: 0
    severity: stop
  slump:
    in: [left]
    when: {trunk_side_lean: {above: 20}}
    severity: correct
    rank: 2
dose:
  sets: 1
  reps: 2
  hold_s: 15
  rest_s: 10
  move_s: 3
  both_sides: false
  times_per_day: 1
  reps_range: [1, 4]
  hold_range_s: [5, 30]
  source: [article]
unjudged: [pain]
"""


def checked(text: str) -> tuple[Exercise | None, list[str]]:
    """Return the exercise of a text and its problems as they are printed."""
    exercise, problems = check_exercise(read_marked(text, "turn.yaml"), BOOK)
    return exercise, [str(problem) for problem in problems]


def with_(*changes: tuple[str, str]) -> str:
    """Return the good file with each old part replaced by the new one."""
    text = GOOD
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_a_good_file_is_the_exercise_it_says():
    """Every part of a file without problems arrives in the exercise."""
    exercise, problems = checked(GOOD)

    assert problems == []
    assert exercise is not None
    assert (exercise.id, exercise.view, exercise.speed) == ("side_turn", "front", "shoulder_yaw")
    assert exercise.start == ((Condition("trunk_upright", "above", -20), Condition("trunk_upright", "below", 20)),)
    assert exercise.hold == Hold("trunk_rotation", within=5, deep=30, least_s=2)
    assert exercise.repetition == Repetition(("left",), "middle")
    turned = (Condition("trunk_rotation", "above", 18),)
    stepped = (Condition("ankle_rise", "above", 2), Condition("trunk_rotation", "above", 16))
    assert exercise.phases[1] == Phase("left", (turned, stepped), "left", hold=True)
    assert exercise.cues[0] == Cue("abrupt", ((Condition("shoulder_yaw", "moves", 35),),), "stop", (), 0, 5)
    assert exercise.cues[1].phases == ("left",) and exercise.cues[1].for_s == 1.2
    assert exercise.dose.reps_range == (1, 4)
    assert exercise.is_tracked


ONE_EACH = {
    "unknown measure": (
        ("{trunk_side_lean: {above: 20}}", "{trunk_side_laen: {above: 20}}"),
        "turn.yaml:25  cues.slump.when  no measure 'trunk_side_laen'; did you mean 'trunk_side_lean'?"
        " (uncrick measures)",
    ),
    "unknown measure at the start": (
        ("start: {trunk_upright:", "start: {trunk_upwright:"),
        "turn.yaml:8  start  no measure 'trunk_upwright'; did you mean 'trunk_upright'? (uncrick measures)",
    ),
    "unknown held measure": (
        ("hold: {measure: trunk_rotation", "hold: {measure: trunk_rotatoin"),
        "turn.yaml:10  hold.measure  no measure 'trunk_rotatoin'; did you mean 'trunk_rotation'? (uncrick measures)",
    ),
    "unknown measure of speed": (
        ("speed: shoulder_yaw", "speed: sholder_yaw"),
        "turn.yaml:9  speed  no measure 'sholder_yaw'; did you mean 'shoulder_yaw'? (uncrick measures)",
    ),
    "unknown phase of a repetition": (
        ("each: [left]", "each: [lefd]"),
        "turn.yaml:17  repetition.each  no phase 'lefd'; did you mean 'left'? (see 'phases' above)",
    ),
    "unknown resting phase": (
        ("rest: middle}", "rest: midle}"),
        "turn.yaml:17  repetition.rest  no phase 'midle'; did you mean 'middle'? (see 'phases' above)",
    ),
    "unknown phase of a cue": (
        ("in: [left]", "in: [rihgt]"),
        "turn.yaml:24  cues.slump.in  no phase 'rihgt' (see 'phases' above)",
    ),
    "unknown attribute": (
        ("{spine_rotation: 2}", "{spine_rotatoin: 2}"),
        "turn.yaml:6  attributes.spine_rotatoin  no attribute 'spine_rotatoin'; did you mean 'spine_rotation'?"
        " (see docs/care.md)",
    ),
    "an attribute beyond its highest level": (
        ("{spine_rotation: 2}", "{spine_rotation: 4}"),
        "turn.yaml:6  attributes.spine_rotation  found 4, wanted 0 to 3",
    ),
    "held without a hold": (
        ("hold: {measure: trunk_rotation, deep: 30, within: 5, least_s: 2}", "# no hold"),
        "turn.yaml:16  phases.left.hold  held, but the file has no 'hold' (add hold:)",
    ),
    "held by another measure": (
        ("hold: {measure: trunk_rotation", "hold: {measure: elbow_gap"),
        "turn.yaml:14  phases.left.when  held, but 'elbow_gap' is not in its 'when'"
        " (the hold's measure must open the phase)",
    ),
    "moves without speed": (
        ("speed: shoulder_yaw", "# no speed"),
        "turn.yaml:18  cues  a cue asks what 'moves', but the file has no 'speed' (add speed:)",
    ),
    "repetitions that run backwards": (
        ("reps_range: [1, 4]", "reps_range: [4, 1]"),
        "turn.yaml:36  dose.reps_range  from 4 to 1 runs backwards (least first)",
    ),
    "holds that run backwards": (
        ("hold_range_s: [5, 30]", "hold_range_s: [30, 5]"),
        "turn.yaml:37  dose.hold_range_s  from 30 to 5 runs backwards (least first)",
    ),
    "a comparison of nothing": (
        ("{trunk_side_lean: {above: 20}}", "{trunk_side_lean: {}}"),
        "turn.yaml:25  cues.slump.when  says nothing to compare (one of above, below, moves, pushes, rises, falls)",
    ),
    "movement unjudged with phases": (
        ("unjudged: [pain]", "unjudged: [pain, movement]"),
        "turn.yaml:39  unjudged  'movement' stands in 'unjudged' exactly when there are no phases"
        " (timer and voice only must be said)",
    ),
}


@pytest.mark.parametrize(("change", "problem"), ONE_EACH.values(), ids=ONE_EACH)
def test_what_cannot_work_is_told_with_its_line(change, problem):
    """A file that reads well but names what is not there, or contradicts itself, is refused at the very line."""
    exercise, problems = checked(with_(change))

    assert exercise is None
    assert problem in problems


def test_all_problems_are_told_at_once_in_the_order_of_the_lines():
    """Seven mistakes in one file are seven problems, first line first."""
    exercise, problems = checked(
        with_(
            ("start: {trunk_upright:", "start: {trunk_upwright:"),
            ("speed: shoulder_yaw", "# no speed"),
            ("rest: middle}", "rest: midle}"),
            ("{trunk_side_lean: {above: 20}}", "{trunk_side_laen: {above: 20}}"),
            ("reps_range: [1, 4]", "reps_range: [4, 1]"),
            ("in: [left]", "in: [rihgt]"),
            ("{spine_rotation: 2}", "{spine_rotation: 4}"),
        )
    )

    lines = [int(problem.split(":")[1].split(" ")[0]) for problem in problems]
    assert exercise is None
    assert lines == [6, 8, 17, 18, 24, 25, 36]


SHAPE = {
    "unknown key": (("speed: shoulder_yaw", "sped: shoulder_yaw"), "turn.yaml:9  sped  ", "did you mean 'speed'"),
    "wrong severity": (("severity: correct", "severity: wrong"), "turn.yaml:26  cues.slump.severity  ", "correct"),
    "wrong kind": (("kind: stretch", "kind: streching"), "turn.yaml:2  kind  ", "stretch"),
    "wrong view": (("view: front", "view: above"), "turn.yaml:3  view  ", "front"),
    "a word for a number": (("{above: 20}}", "{above: much}}"), "turn.yaml:25  cues.slump.when", "a number"),
    "an id with a space": (("id: side_turn", "id: side turn"), "turn.yaml:1  id  ", "form"),
    "a hold of no depth": (("deep: 30", "deep: 0"), "turn.yaml:10  hold.deep  ", "more than 0"),
    "no dose source": (("  source: [article]\n", "  source: []\n"), "turn.yaml:38  dose.source  ", "at least 1"),
    "a missing key": (
        ("repetition: {each: [left], rest: middle}", "repetition: {rest: middle}"),
        "turn.yaml:17  ",
        "each",
    ),
}


@pytest.mark.parametrize(("change", "where", "says"), SHAPE.values(), ids=SHAPE)
def test_what_is_not_of_the_form_is_told_with_its_line(change, where, says):
    """A key that does not exist or a value that cannot be is refused at its line, with what was wanted."""
    exercise, problems = checked(with_(change))

    assert exercise is None
    assert len([p for p in problems if p.startswith(where) and says in p]) == 1, problems


def test_all_that_is_not_of_the_form_is_told_at_once():
    """Four values that cannot be are four problems, in the order of the lines."""
    _, problems = checked(
        with_(
            ("kind: stretch", "kind: streching"),
            ("speed: shoulder_yaw", "sped: shoulder_yaw"),
            ("severity: correct", "severity: wrong"),
            ("deep: 30", "deep: 0"),
        )
    )

    assert [p.split("  ")[0] for p in problems] == ["turn.yaml:2", "turn.yaml:9", "turn.yaml:10", "turn.yaml:26"]


def test_names_and_forms_are_told_together():
    """A wrong severity does not hide an unknown measure."""
    _, problems = checked(
        with_(("severity: correct", "severity: wrong"), ("{trunk_side_lean: {above: 20}}", "{laen: {above: 20}}"))
    )

    assert [p.split("  ")[0] for p in problems] == ["turn.yaml:25", "turn.yaml:26"]


def test_a_key_written_twice_is_told():
    """The second of two equal keys is a problem that names the line of the first, and nothing is chosen in silence."""
    exercise, problems = checked(with_(("unjudged: [pain]", "unjudged: [pain]\nunjudged: [chair]")))

    assert exercise is None
    assert problems == ["turn.yaml:40  the key 'unjudged' is written twice, first in line 39 (keep one of the two)"]


LED = """\
id: hum
kind: motor_control
view: none
regions: [lumbar]
equipment: []
attributes: {}
source: [article]
dose: {sets: 1, reps: 5, hold_s: 2, rest_s: 1, move_s: 2, both_sides: false, times_per_day: 1, reps_range: [1, 9],
  hold_range_s: [1, 5], source: [article]}
unjudged: [movement]
"""


def test_an_exercise_without_phases_is_led_by_timer_and_voice():
    """Without phases nothing is tracked, and the file must say that the movement itself is not judged."""
    exercise, problems = checked(LED)
    _, silent = checked(LED.replace("[movement]", "[pain]"))
    _, half = checked(LED + "repetition: {each: [up]}\n")

    assert problems == [] and exercise is not None and not exercise.is_tracked
    assert any("'movement' stands in 'unjudged' exactly when there are no phases" in p for p in silent)
    assert any("'phases' and 'repetition' go together" in p for p in half)


@pytest.mark.parametrize("id_", sorted(read_library().exercises))
def test_every_exercise_that_ships_names_what_there_is(id_):
    """Each exercise of the library is under its own name, with phases that its repetition names."""
    exercise = read_library().exercises[id_]

    assert exercise.id == id_
    assert set(exercise.repetition.each) <= {phase.name for phase in exercise.phases}
    assert all(exercise.phase(name).name == name for name in exercise.repetition.each)


@pytest.mark.parametrize("value", ["[]", "{}", "12", "text", "[[]]", "{a: {b: [1]}}"])
@pytest.mark.parametrize("key", ["phases", "cues", "repetition", "hold", "start", "attributes", "speed"])
def test_names_are_looked_for_in_whatever_stands_there(key, value):
    """A part of any form at all gives problems, never an exception."""
    exercise, problems = checked(f"id: turn\n{key}: {value}\n")

    assert exercise is None and problems
