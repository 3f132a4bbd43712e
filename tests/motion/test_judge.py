"""All measures of an exercise at once: the same values as reading one after the other and putting it to the neutral."""

import math
from dataclasses import replace

import pytest

from tests.clips.replaying import clip_of
from uncrick.files.library import read_library
from uncrick.motion import neutral
from uncrick.motion.judge import judge_of
from uncrick.motion.measure import Layout, Measure, Raw, Sight, reader, sight_of

MEASURES = tuple(read_library().measures.values())
LAYOUTS = [Layout(near, facing) for near in ("left", "right") for facing in (1.0, -1.0)]


@pytest.fixture(scope="module")
def seen() -> list[Sight]:
    """Some frames of a twist to both sides, the first ones at rest; in one of them an arm and a hip are hidden."""
    frames = clip_of("chair_spinal_twist_both_sides").frames()
    sights = [sight_of(f, 0.5) for i, f in enumerate(frames) if i < 20 or i % 40 == 0]
    hidden = (math.nan, math.nan, math.nan)
    image = [hidden if i in (13, 15, 23) else point for i, point in enumerate(sights[-1].image)]
    return [*sights, Sight(image, sights[-1].world)]


def rests_of(measures: tuple[Measure, ...], layout: Layout, sights: list[Sight]) -> list[neutral.Rest]:
    """Return the neutral of each measure, from the first of *sights*."""
    still = sights[:20]
    body_deg = neutral.body_turn_deg(still)
    return [neutral.rest_of(m, [reader(m, layout)(s) for s in still], body_deg) for m in measures]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_measure_is_judged_as_it_is_read_and_put_to_the_neutral(layout: Layout, seen: list[Sight]):
    """Judged together with all others, each measure of the library gives `value_of` what its reader reads."""
    rests = rests_of(MEASURES, layout, seen)
    judge = judge_of(MEASURES, layout)

    for sight in seen:
        expected = [
            neutral.value_of(m, reader(m, layout)(sight), rest) for m, rest in zip(MEASURES, rests, strict=True)
        ]
        assert judge(sight, rests) == pytest.approx(expected, nan_ok=True, abs=1e-9)


def test_two_turns_of_one_line_keep_their_own_share_of_the_room(seen: list[Sight]):
    """Measures of the same line differ by what they take from the room; one of another gain is another line."""
    turn = next(m for m in MEASURES if m.name == "trunk_rotation")
    measures = (turn, replace(turn, room_share=0.0), replace(turn, gain=2 * turn.gain))
    rests = rests_of(measures, LAYOUTS[0], seen)

    judged = max((judge_of(measures, LAYOUTS[0])(s, rests) for s in seen), key=lambda values: abs(values[0]))

    assert len({round(value, 3) for value in judged}) == 3


def test_what_is_not_seen_is_no_number(seen: list[Sight]):
    """A measure of a hidden point is NaN, the others are not."""
    measures = tuple(m for m in MEASURES if m.name in ("elbow_gap", "trunk_rotation"))
    rests = rests_of(measures, LAYOUTS[0], seen)

    values = dict(zip([m.name for m in measures], judge_of(measures, LAYOUTS[0])(seen[-1], rests), strict=True))

    assert math.isnan(values["elbow_gap"])
    assert not math.isnan(values["trunk_rotation"])


def test_a_divisor_of_the_neutral_is_not_read_again():
    """Where the neutral gives the divisor, points that fall together now do not matter."""
    made = next(m for m in MEASURES if m.name == "elbow_gap")
    nothing = Sight([(1.0, 1.0, 0.0)] * 43, [])
    rest = neutral.rest_of(made, [Raw(50.0, 100.0)] * 5, 0.0)

    assert judge_of([made], LAYOUTS[0])(nothing, [rest]) == (0.0,)
