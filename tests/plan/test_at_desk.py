"""Tonight's sheet at a desk: by the same rules, and nothing that a condition excludes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plan.evenings import BOOK, EXERCISES, ON, body, plan_of, scene
from uncrick.plan.at_desk import break_of
from uncrick.plan.progress import begin
from uncrick.plan.scene import Now
from uncrick.plan.tonight import tonight

EVERYTHING = plan_of(*sorted(EXERCISES))


def offered(plan=EVERYTHING, who=None, now=None):
    at = scene(plan, who, now)
    return break_of(at, tonight(at, begin(plan)))


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(BOOK.questions)), st.sampled_from(["yes", "no", "not_sure"]), max_size=2),
    st.lists(st.sampled_from(sorted(BOOK.conditions)), unique=True, max_size=4).map(tuple),
    st.none() | st.floats(0, 10),
    st.none() | st.integers(0, 10),
)
def test_no_break_ever_has_what_is_excluded(said, conditions, hours_up, pain):
    """Whatever is answered, declared and felt, at any hour: nothing that is excluded, and nothing on the floor."""
    who = body(conditions, said)

    found = offered(EVERYTHING, who, Now(ON, hours_up, rest_pain=pain))

    if who.assessment.level == "emergency":
        assert found is None
        return
    assert found is not None
    for part in found.parts:
        verdict = who.verdicts.get(part.exercise)
        assert verdict is None or verdict.ruling != "exclude"
        assert not dict(EXERCISES[part.exercise].attributes).get("floor_transfer")
        assert pain is None or pain < 7


@pytest.mark.parametrize(
    ("now", "why"),
    [(Now(ON, rest_pain=8), "pain"), (Now(ON, hours_up=1.0), "walked")],
)
def test_what_closes_the_sheet_leaves_a_walk(now, why):
    """Pain at rest, or strong bending in the first two hours after rising, leave a walk, and the walk says why."""
    found = offered(plan_of("rounded_back_stretch"), None, now)

    assert found is not None
    if why == "walked" and found.parts:
        assert "rounded_back_stretch" not in found.what
    else:
        assert (found.what, found.why) == (("walking",), why)


def test_a_plan_for_the_floor_alone_is_said_to_fit_no_chair():
    """A plan with nothing for a chair offers a walk and says so."""
    found = offered(plan_of("rocking_floor_stretch", "glute_bridge"))

    assert found is not None
    assert (found.what, found.why) == (("walking",), "nothing_for_chair")
