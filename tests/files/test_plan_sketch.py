"""A plan as typed becomes the file's text, and a right one the same plan again."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.files.test_plan_file import SHELF, plans
from uncrick.files.marked_yaml import read_marked
from uncrick.files.plan_file import check_plan, plan_text
from uncrick.files.plan_sketch import sketch_text
from uncrick.plan.sketch import Opening, Row, Sketch, added, moved, opened, sketch_of, without

TODAY = date(2026, 11, 28).isoformat()
HEAD = Sketch("for_kim", "Two things", "Ann Lee, PT", "therapist", TODAY, "Kim", TODAY)


def problems_of(sketch: Sketch) -> list[str]:
    return [str(p) for p in check_plan(read_marked(sketch_text(sketch), "plan"), SHELF)[1]]


@given(plans)
def test_a_plan_taken_up_again_is_the_same_plan(plan):
    """Whatever plan there is, its fields typed out again give the very same plan, and the same text."""
    again, problems = check_plan(read_marked(sketch_text(sketch_of(plan)), "plan"), SHELF)

    assert problems == []
    assert again == plan
    assert plan_text(again) == plan_text(plan)


@given(st.text(max_size=12), st.text(max_size=12), st.lists(st.text(max_size=5), max_size=3))
def test_whatever_is_typed_is_text_or_a_problem(reps, title, days):
    """No text in any field breaks the file: it is read back, or told as a problem."""
    row = Row("r0", "cat_cow", reps=reps, hold_s=title, days=tuple(days), note=title)
    sketch = replace(HEAD, title=title, until=reps, rows=(row,))

    try:
        marked = read_marked(sketch_text(sketch), "plan")
    except Exception as error:
        assert type(error).__name__ == "ProblemsError"
        return
    assert marked.value["title"].split() == title.split()


def test_wrong_fields_are_told_by_the_files_own_checker():
    """An unknown exercise, a negative and a wordy dose, no day, a day that is none: each with its line."""
    rows = (
        Row("r0", "cat_cow", reps="-3"),
        Row("r1", "cat_crow", sets="two"),
        Row("r2", "glute_bridge", days=()),
        Row("r3", "glute_bridge", depth="50"),
    )

    told = problems_of(replace(HEAD, until="2026-02-30", rows=rows))

    assert sorted(t.split("  ")[1] for t in told) == [
        "exercises[0].reps", "exercises[1].exercise", "exercises[1].sets", "exercises[2].days", "exercises[3].depth",
        "exercises[3].exercise", "until",
    ]  # fmt: skip
    assert all(t.startswith("plan:") for t in told)
    told = problems_of(replace(HEAD, rows=(rows[2], Row("r1", "cat_crow"), Row("r2", "glute_bridge"))))
    assert len(told) == 3


def test_exercises_come_move_and_go():
    """The same exercise twice gets a name of its own; up and down stop at the ends; removing removes one."""
    sketch = added(added(added(HEAD, Row("", "cat_cow")), Row("", "glute_bridge")), Row("", "cat_cow"))

    assert [(r.key, r.exercise, r.id) for r in sketch.rows] == [
        ("r0", "cat_cow", ""), ("r1", "glute_bridge", ""), ("r2", "cat_cow", "cat_cow_2"),
    ]  # fmt: skip
    assert [r.key for r in moved(sketch, "r2", -1).rows] == ["r0", "r2", "r1"]
    assert [r.key for r in moved(sketch, "r0", -5).rows] == ["r0", "r1", "r2"]
    assert [r.key for r in moved(sketch, "r0", 9).rows] == ["r1", "r2", "r0"]
    assert moved(sketch, "nobody", 1) == sketch
    assert [r.key for r in added(without(sketch, "r0"), Row("", "cat_cow")).rows] == ["r1", "r2", "r0"]
    assert problems_of(sketch) == []


def test_a_relaxation_needs_its_reason():
    """An opening is written with its day; without a reason the checker names the line."""
    sketch = replace(added(HEAD, Row("", "cat_cow")), openings=())
    sketch = opened(sketch, "relax", "osteoporosis.spine_rotation>=3", TODAY)

    assert [p.split("  ")[1] for p in problems_of(sketch)] == ["relax[0].reason"]
    reasoned = replace(sketch, openings=(replace(sketch.openings[0], reason="turns well"),))
    assert problems_of(reasoned) == []
    assert sketch.openings == (Opening("o0", "relax", "osteoporosis.spine_rotation>=3", on=TODAY),)
