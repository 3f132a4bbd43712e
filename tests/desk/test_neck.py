"""How somebody sits, seen once every few seconds, against true angles of rendered people."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.desk.activity import CameraPosture
from uncrick.desk.neck import Look, neck_settings, step
from uncrick.files.clip_file import read_clip
from uncrick.files.library import read_library
from uncrick.pose.clip import mirrored_clip
from uncrick.pose.frame import Frame, empty_frame
from uncrick.pose.landmark import INDEX
from uncrick.step import run

CLIPS = Path(__file__).parents[1] / "clips"
LIBRARY = read_library()
SETTINGS = neck_settings(LIBRARY.measures)
SIDE = read_clip(CLIPS / "rounded_back_stretch_two.parquet").clip
FRONT = read_clip(CLIPS / "chair_spinal_twist_both_sides.parquet").clip
EVERY_S = 15.0


def truth():
    """Return the true angles of the side clip: t_s, hip to ear, trunk."""
    with (Path(__file__).parent / "data" / "rounded_male_side.csv").open(encoding="utf-8") as file:
        return [tuple(map(float, row.values())) for row in csv.DictReader(file)]


def look(clip, number, start, n=3):
    """Return a look at *n* neighbouring frames of *clip*, as look *number* of a day."""
    return Look(EVERY_S * number, tuple(clip.frames())[start : start + n])


def looks(clip, starts):
    return [look(clip, number, start) for number, start in enumerate(starts)]


def told(inputs, settings=SETTINGS):
    return list(run(step, settings, inputs))


NEUTRAL = [0, 3, 6]
"""Looks into the first second, in which the person sits still."""


def test_head_and_trunk_are_within_their_stated_errors_from_the_side():
    """Of twenty looks into a rounded back, head and trunk are as far from the neutral as the joints truly are."""
    rows = truth()
    rest = np.mean([row[1:] for row in rows[:3]], axis=0)
    starts = list(range(15, 285, 13))

    postures = told(looks(SIDE, [*NEUTRAL, *starts]))[3:]

    for start, posture in zip(starts, postures, strict=True):
        t_s = SIDE.t_s[start + 1]
        true = [np.interp(t_s, [r[0] for r in rows], [r[i] for r in rows]) - rest[i - 1] for i in (1, 2)]
        assert posture.view == "side"
        assert abs(posture.head_forward_deg - true[0]) <= LIBRARY.measures["head_forward"].error, t_s
        assert abs(posture.lean_deg - true[1]) <= LIBRARY.measures["trunk_inclination"].error, t_s
    assert max(posture.head_forward_deg for posture in postures) > 24


def test_the_neutral_is_ones_own():
    """Who sits rounded at the start has that for a neutral, and upright is then backwards: there is no right way."""
    rounded = [60, 63, 66]

    postures = told(looks(SIDE, [*rounded, 63, 3]))

    assert [math.isnan(posture.head_forward_deg) for posture in postures] == [True, True, False, False, False]
    assert abs(postures[3].head_forward_deg) < 2
    assert postures[4].head_forward_deg < -20
    assert "not known yet" in postures[0].limit


def test_from_the_front_the_head_is_not_told():
    """From the front the trunk's lean to a side is told, and that the head's way forward cannot be."""
    postures = told(looks(FRONT, [*NEUTRAL, 9]))

    assert postures[3].view == "front"
    assert math.isnan(postures[3].head_forward_deg)
    assert abs(postures[3].lean_deg) < 3
    assert "cannot be told from there" in postures[3].limit


def without(clip, *stems):
    """Return frames of *clip* in which some landmarks are hidden."""
    hidden = [INDEX[f"{stem}_{side}"] for stem in stems for side in ("left", "right")]
    found = []
    for frame in clip.frames():
        visibility = frame.visibility.copy()
        visibility[hidden] = 0.0
        found.append(Frame(frame.t_s, frame.image_px, frame.world_m, visibility))
    return found


def test_hips_below_the_desk_leave_positions():
    """Where the desk hides the hips no angle is told, and changes of position still are."""
    frames = without(SIDE, "hip", "knee", "ankle", "heel", "foot_index")
    inputs = [Look(EVERY_S * i, tuple(frames[at : at + 3])) for i, at in enumerate([*NEUTRAL, 60])]

    postures = told(inputs)

    assert all(math.isnan(posture.lean_deg) for posture in postures)
    assert "hips" in postures[3].limit
    assert [posture.moved for posture in postures] == [False, False, False, True]


def test_a_change_of_position_is_counted_once():
    """Rounding the back is one change, staying so none, and straightening up another."""
    postures = told(looks(SIDE, [*NEUTRAL, 60, 63, 66, 150, 153]))

    assert [posture.moved for posture in postures] == [False, False, False, True, False, False, True, False]
    assert postures[-1].n_moved == 2
    assert postures[5].still_s == 2 * EVERY_S


def test_a_slow_drift_adds_up():
    """A position that shifts a little each time is another one when it has shifted far enough."""
    base = look(SIDE, 0, 0).frames

    def shifted(px):
        return tuple(Frame(f.t_s, f.image_px + np.array([px, 0.0, 0.0]), f.world_m, f.visibility) for f in base)

    postures = told([Look(EVERY_S * i, shifted(4.0 * i)) for i in range(30)])

    assert not any(posture.moved for posture in postures[:5])
    assert postures[-1].n_moved >= 1


def test_long_stillness_is_counted_once_a_position():
    """Twenty minutes in one position are a long stillness; an hour in it is still one, and moving begins anew."""
    n = int(3600 / EVERY_S)
    inputs = looks(SIDE, [*NEUTRAL, *[6] * n, *[60] * n])

    postures = told(inputs)

    assert [posture.n_still for posture in postures[:70]] == [0] * 70
    assert postures[3 + n - 1].n_still == 1
    assert postures[-1].n_still == 2


def test_who_is_unseen_once_is_not_gone():
    """One look without a body says nothing, two say that nobody is there, and no picture says nothing at all."""
    nobody, nothing = (empty_frame(0.0),) * 3, ()
    inputs = [look(SIDE, 0, 0), *(Look(EVERY_S * i, f) for i, f in enumerate((nobody, nobody, nothing, nobody), 1))]

    postures = told([*inputs, look(SIDE, 5, 0)])

    assert [posture.present for posture in postures] == [True, None, False, None, False, True]
    assert not any(posture.moved for posture in postures)


def test_a_short_way_keeps_the_neutral_and_a_long_one_renews_it():
    """Back after a minute the neutral holds; after a quarter of an hour it is taken again."""

    def back_after(away_s):
        before = looks(SIDE, NEUTRAL)
        away = [Look(50.0 + i, (empty_frame(0.0),)) for i in range(2)]
        return told([*before, *away, Look(50.0 + away_s, look(SIDE, 0, 60).frames)])[-1]

    assert back_after(60).head_forward_deg > 20
    assert math.isnan(back_after(900).head_forward_deg)


@given(st.integers(0, 10))
def test_cutting_the_day_changes_nothing(at):
    """State kept at any look and gone on from gives the same."""
    inputs = looks(SIDE, [*NEUTRAL, 20, 40, 60, 80, 100, 150, 200])
    state = None
    for each in inputs[:at]:
        state, _ = step(SETTINGS, state, each)
    rest = list(run(step, SETTINGS, inputs[at:], state))

    assert repr(told(inputs)[at:]) == repr(rest)


def test_a_mirrored_person_is_told_the_same():
    """Facing the other way, head, lean and positions are what they were."""
    starts = [*NEUTRAL, 30, 60, 90, 150]

    here, there = told(looks(SIDE, starts)), told(looks(mirrored_clip(SIDE), starts))

    for a, b in zip(here, there, strict=True):
        assert a.moved == b.moved
        assert a.head_forward_deg == pytest.approx(b.head_forward_deg, abs=1e-6, nan_ok=True)
        assert a.lean_deg == pytest.approx(b.lean_deg, abs=1e-6, nan_ok=True)


def test_the_companion_is_told_what_was_seen():
    """A posture becomes the news that the companion takes."""
    posture = told(looks(SIDE, [*NEUTRAL, 60]))[-1]

    news = posture.news()

    assert news == CameraPosture(45.0, True, posture.head_forward_deg, posture.lean_deg, True)


def test_nothing_is_called_what_it_is_not():
    """No limit that is told speaks of a clinical angle or of how one ought to sit."""
    limits = {p.limit for clip in (SIDE, FRONT) for p in told(looks(clip, [*NEUTRAL, 60]))}

    assert not any(word in limit for limit in limits for word in ("craniovertebral", "bad", "posture"))
    assert len(limits) > 2
