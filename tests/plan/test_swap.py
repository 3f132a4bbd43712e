"""A minute from tonight's sheet."""

from tests.plan.evenings import EXERCISES, body, plan_of, scene
from uncrick.care.urge import choose_swap
from uncrick.plan.progress import begin
from uncrick.plan.swap import offers_of
from uncrick.plan.tonight import tonight

PLAN = plan_of("rocking_floor_stretch", "chair_spinal_twist", "butterfly_stretch", "walking")


def offered(*conditions: str, said: dict[str, str] | None = None):
    found = tonight(scene(PLAN, body(conditions, said)), begin(PLAN))
    return offers_of(found, EXERCISES)


def test_a_minute_is_filled_from_the_chair():
    """Of a plan with floor and chair the swap takes what the chair allows, about a minute of it."""
    swap = choose_swap(offered())

    assert [exercise for exercise, _ in swap.parts] == ["chair_spinal_twist", "butterfly_stretch"]
    assert 40 <= swap.lasts_s <= 60


def test_swap_never_offers_what_a_condition_excludes():
    """With thin bones the turn is not offered, not even for a minute."""
    assert "chair_spinal_twist" not in {o.exercise for o in offered("osteoporosis")}


def test_an_emergency_offers_nothing():
    """At an emergency there is no swap."""
    assert offered(said={"ces_saddle": "yes"}) == ()
