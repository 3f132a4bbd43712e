"""One watching as it goes on: what it looks for, what it keeps, and how it ends."""

from pathlib import Path

import pytest

from tests.clips.replaying import clip_of
from uncrick.app.looking import Look, Wanted, interruptible, line_for, written_words
from uncrick.coach.events import NeutralSet
from uncrick.errors import Problem, ProblemsError
from uncrick.files.library import read_library

LIBRARY = read_library()
FRAMES = list(clip_of("chair_spinal_twist_both_sides").frames())
ANY = Wanted(Path("any.parquet"))


def wanted(exercise: str) -> Wanted:
    """Return what is wanted of a clip."""
    return Wanted(Path("any.parquet"), exercise)


def test_without_an_exercise_those_known_by_sight_are_looked_for():
    """Nobody said what is done: every exercise that nothing else looks like is a candidate, none is asked for."""
    line = line_for(LIBRARY, ANY, "")

    assert {w.exercise.id for w in line.watches} == {id_ for id_, e in LIBRARY.exercises.items() if e.by_sight}
    assert line.asked == -1


def test_the_asked_exercise_is_among_those_looked_for():
    """An exercise that is not known by sight is looked for when it is asked for, beside the others."""
    id_ = next(id_ for id_, e in LIBRARY.exercises.items() if e.is_tracked and not e.by_sight)

    line = line_for(LIBRARY, wanted(id_), "")

    assert line.watches[line.asked].exercise.id == id_
    assert len(line.watches) == len(line_for(LIBRARY, ANY, "").watches) + 1


def test_the_asked_hold_is_handed_to_every_watch():
    """A prescribed hold counts for whichever exercise is done."""
    line = line_for(LIBRARY, Wanted(Path("any.parquet"), hold_s=12.0), "")

    assert {w.asked_hold_s for w in line.watches} == {12.0}


@pytest.mark.parametrize(
    ("id_", "says"),
    [
        ("chair_spinal_twits", "no exercise 'chair_spinal_twits'; did you mean 'chair_spinal_twist'?"),
        ("pelvic_tilt", "the camera cannot judge pelvic_tilt: it is led by timer and voice"),
    ],
)
def test_what_cannot_be_looked_for_is_one_sentence(id_, says):
    """An unknown exercise is told with the nearest name, one that no camera can judge with the reason."""
    with pytest.raises(ProblemsError) as caught:
        line_for(LIBRARY, wanted(id_), "")

    assert [str(p) for p in caught.value.problems] == [f"--exercise  {says} (uncrick exercises)"]


@pytest.mark.parametrize("keeps", [True, False])
def test_frames_are_kept_only_when_they_are_needed(keeps):
    """Landmarks are kept for a report or a clip, and else forgotten at once; what is counted stays the same."""
    look, told = Look(line_for(LIBRARY, wanted("chair_spinal_twist"), ""), keeps), []
    for frame in FRAMES:
        look.take(frame, told.append)
    summary = look.end(told.append)

    assert (len(look.frames), len(look.readings)) == ((len(FRAMES),) * 2 if keeps else (0, 0))
    assert (look.n_frames, look.n_with_body) == (len(FRAMES), len(FRAMES))
    assert look.events == told and any(isinstance(e, NeutralSet) for e in told)
    assert summary is not None and summary.n_reps == 1
    assert look.end_s == FRAMES[-1].t_s


def test_nothing_seen_ends_at_nothing():
    """A watching without a frame has no time and no summary."""
    look = Look(line_for(LIBRARY, ANY, ""), keeps=False)

    assert look.end_s == 0.0
    assert look.end(print) is None


def test_ctrl_c_ends_the_watching_and_not_the_program():
    """What came before the interruption is there, and it is remembered that there was one."""
    look = Look(line_for(LIBRARY, ANY, ""), keeps=False)

    with interruptible(look):
        look.take(FRAMES[0], print)
        raise KeyboardInterrupt

    assert look.interrupted
    assert look.n_frames == 1


def test_other_errors_are_not_swallowed():
    """A mistake in the program is not taken for Ctrl-C."""
    look = Look(line_for(LIBRARY, ANY, ""), keeps=False)

    with pytest.raises(ZeroDivisionError), interruptible(look):
        raise ZeroDivisionError

    assert not look.interrupted


def test_only_written_files_are_said_to_be_written():
    """A file that failed is not among those that are told as written."""
    outputs = Wanted(Path("x"), report=Path("a.html"), annotate=Path("b.mp4"), clip=Path("c.parquet"))

    said = written_words(outputs, [Problem("b.mp4", "cannot be written")])

    assert said == ["Written: a.html", "Written: c.parquet"]
