"""Learning an exercise from being shown it, and counting by what was learned."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import yaml

from tests.coach.moving_body import body, raises
from uncrick.app.browsing import all_measures
from uncrick.coach import engine, learn
from uncrick.coach.events import HoldCompleted, RepetitionCounted
from uncrick.coach.watch import compile_watch
from uncrick.exercise.content import content_of
from uncrick.files.exercise_file import check_exercise
from uncrick.files.marked_yaml import read_marked
from uncrick.files.uiprmd_file import parts_of, recorded, session_of

BOOK = {measure.name: measure for measure in all_measures()}
DATA = Path(__file__).parent / "data"


def events_of(exercise, clip):
    watch, state, events = compile_watch(exercise, BOOK), None, []
    for frame in clip.frames():
        state, seen = engine.step(watch, state, frame)
        events += seen.events
    return [*events, *engine.finish(watch, state, float(clip.t_s[-1]))]


def counted(exercise, clip):
    return sum(isinstance(e, RepetitionCounted) for e in events_of(exercise, clip))


def holding(n, hold_s=3.0, top_deg=90.0):
    """A clip of *n* repetitions of raising the right arm: 1.5 s rest, 1 s up, hold, 1 s down."""
    ease = (1 - np.cos(np.linspace(0, np.pi, 30))) / 2
    one = np.concatenate([np.zeros(45), ease, np.ones(round(30 * hold_s)), ease[::-1]])
    out = np.concatenate([*[one] * n, np.zeros(45)])
    return body(np.arange(len(out)) / 30, top_deg * out, jitter_m=0.003)


def shown(clip, **how):
    learned, problems = learn.learn(clip, BOOK, **how)
    assert problems == []
    return learned


@pytest.mark.parametrize(
    ("limbs", "side"), [(("arm_right",), "right"), (("leg_left",), "left"), (("arm_left", "arm_right"), "")]
)
def test_what_is_shown_three_times_is_counted(limbs, side):
    """Learned from three repetitions, an exercise counts eight of another height and tempo; the side is known."""
    learned = shown(raises(3, limbs, period_s=4, rest=0.5))
    exercise = learn.exercise_of(learned, "shown")

    assert learned.side == side
    assert counted(exercise, raises(8, limbs, period_s=4, rest=0.5)) == 8
    assert counted(exercise, raises(8, limbs, period_s=6, rest=0.4, top_deg=75)) == 8


def test_the_way_and_the_tempo():
    """Tempo and way are those shown; a movement without staying is no hold."""
    learned = shown(raises(4, period_s=4, rest=0.5))

    assert learned.view == "front"
    assert learned.n_reps == 4
    assert learned.tempo_s == pytest.approx(4, abs=0.3)
    assert 0.2 < learned.way_s < 1.0
    assert learned.hold_s == 0


def test_a_hold_is_learned():
    """Staying at the far end for three seconds is learned as a hold, and one as long is completed."""
    learned = shown(holding(3))
    exercise = learn.exercise_of(learned, "held")
    events = events_of(exercise, holding(4))

    assert learned.hold_s == pytest.approx(3.5, abs=0.5)
    assert sum(isinstance(e, RepetitionCounted) for e in events) == 4
    assert sum(isinstance(e, HoldCompleted) for e in events) == 4


def test_what_was_learned_can_be_written_and_read():
    """The content of the file is a valid exercise, the same one."""
    for learned in (shown(raises(3, period_s=4)), shown(holding(3))):
        exercise = learn.exercise_of(learned, "shown")

        text = yaml.safe_dump(content_of(exercise), sort_keys=False)
        read, problems = check_exercise(read_marked(text, "shown.yaml"), BOOK)

        assert problems == []
        assert read == exercise


def test_nothing_is_claimed_about_what_it_asks_of_a_body():
    """Attributes stay empty: no screening may take a learned exercise for harmless because nobody looked."""
    assert learn.exercise_of(shown(raises(3, period_s=4)), "shown").attributes == ()


def test_too_few_repetitions():
    """Two repetitions, or another number than was said, cannot be learned from, and the problem says what was found."""
    learned, problems = learn.learn(raises(2, period_s=4), BOOK)
    _, other = learn.learn(raises(4, period_s=4), BOOK, n_reps=5)

    assert learned is None
    assert "found 2 repetitions, wanted at least 3" in str(problems[0])
    assert "found 4 repetitions, wanted 5" in str(other[0])


def test_a_movement_no_measure_sees():
    """When nothing the book can read moves beyond its error, that is said."""
    narrow = {"shoulder_breadth": BOOK["shoulder_breadth"], "nose_aside": BOOK["nose_aside"]}

    learned, problems = learn.learn(raises(3, ("leg_left",), period_s=4), narrow)

    assert learned is None
    assert "moves beyond its error" in str(problems[0])


def test_learned_from_a_recorded_person():
    """Three recorded repetitions of standing up are enough to count the ten of the whole session."""
    with np.load(DATA / "uiprmd_m05.npz") as file:
        arrays = recorded({key: file[key] for key in file.files}, "uiprmd")
    ((subject, correct),) = parts_of(arrays)
    session = session_of(arrays, subject, correct, "uiprmd")
    clip, n = session.read.clip, int(session.bounds[2, 1])
    first = dataclasses.replace(
        clip, t_s=clip.t_s[:n], image_px=clip.image_px[:n], world_m=clip.world_m[:n], visibility=clip.visibility[:n]
    )

    exercise = learn.exercise_of(shown(first), "stand_up")

    assert counted(exercise, standing_first(clip)) == 10


def standing_first(clip, n=36):
    """The recording with its first frame held for 1.2 s, as a person who begins stands still."""
    longer = {k: np.concatenate([np.repeat(getattr(clip, k)[:1], n, axis=0), getattr(clip, k)])
              for k in ("image_px", "world_m", "visibility")}  # fmt: skip
    return dataclasses.replace(clip, t_s=np.arange(len(clip) + n) / 30, **longer)
