"""Learning an exercise from a recording, and using what was learned."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.clips.replaying import clip_of
from uncrick.app.learning import learn_exercise
from uncrick.app.looking import Wanted
from uncrick.app.replaying import replay_clip
from uncrick.errors import ProblemsError
from uncrick.files.clip_file import read_clip, write_clip
from uncrick.pose.clip import Clip


def twice(clip: Clip) -> Clip:
    """Return the clip, and after it the clip again."""
    step_s = float(np.median(np.diff(clip.t_s)))
    return replace(
        clip,
        t_s=np.concatenate([clip.t_s, clip.t_s + clip.t_s[-1] + step_s]),
        image_px=np.concatenate([clip.image_px] * 2),
        world_m=np.concatenate([clip.world_m] * 2),
        visibility=np.concatenate([clip.visibility] * 2),
    )


@pytest.mark.parametrize("proof", ["butterfly_stretch_two", "rounded_back_stretch_two"])
def test_what_is_learned_counts_what_was_shown(proof: str, tmp_path: Path):
    """From four repetitions a file is written that reads without a problem and counts four in its own recording."""
    source = tmp_path / "shown.parquet"
    write_clip(twice(clip_of(proof)), source)

    shown = learn_exercise(source, "mine", 4, tmp_path)
    replayed = replay_clip(Wanted(source, str(tmp_path / "mine.yaml")), None, None, lambda _: None)

    assert shown.counted == 4
    assert replayed.summary is not None
    assert (replayed.summary.exercise, replayed.summary.n_reps) == ("mine", 4)
    assert {path.name for path in shown.written} == {"mine.yaml", "mine_shown.parquet", "mine_shown.events.jsonl"}


def test_the_proof_clip_is_what_was_shown(tmp_path: Path):
    """The landmarks that were shown are kept beside the file, unchanged."""
    source = tmp_path / "shown.parquet"
    write_clip(twice(clip_of("butterfly_stretch_two")), source)

    learn_exercise(source, "mine", None, tmp_path)

    assert np.array_equal(
        read_clip(tmp_path / "mine_shown.parquet").clip.image_px, read_clip(source).clip.image_px, equal_nan=True
    )


def test_a_swing_that_goes_to_both_sides_is_learned(tmp_path: Path):
    """Rocking, which goes up and down from its middle, is learned without stumbling over the way back."""
    source = tmp_path / "shown.parquet"
    write_clip(clip_of("rocking_floor_stretch_five"), source)

    shown = learn_exercise(source, "mine", None, tmp_path)
    said = learn_exercise(source, "mine", 5, tmp_path)

    assert shown.counted == said.counted == said.learned.n_reps == 5
    assert said.learned.tempo_s == pytest.approx(3.0, abs=0.1)


def test_a_bad_name_is_told_before_the_recording_is_read(tmp_path: Path):
    """Nobody waits for a video to be watched in order to hear that the name will not do."""
    with pytest.raises(ProblemsError, match=r"--name +found 'My-Rock', wanted small letters"):
        learn_exercise(tmp_path / "no such video.mp4", "My-Rock", None, tmp_path)


def test_too_few_repetitions_are_said_and_nothing_is_written(tmp_path: Path):
    """Two repetitions are not enough, and a wrong number is said with what was found."""
    source = tmp_path / "shown.parquet"
    write_clip(clip_of("butterfly_stretch_two"), source)

    with pytest.raises(ProblemsError, match="found 2 repetitions, wanted at least 3"):
        learn_exercise(source, "mine", None, tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["shown.parquet"]
