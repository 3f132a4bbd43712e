"""Laws of the whole engine, on recorded people: what must not change what is seen, and what must change it how."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clips.replaying import clip_of, replayed
from uncrick.coach import engine
from uncrick.coach.events import Event, HoldBroken, HoldCompleted, RepetitionCounted, StopRaised, event_name
from uncrick.coach.watch import compile_watch
from uncrick.files.library import read_library
from uncrick.pose.clip import Clip, mirrored_clip

RECORDINGS = {
    "chair_spinal_twist_both_sides": "chair_spinal_twist",
    "butterfly_stretch_two": "butterfly_stretch",
    "rounded_back_stretch_two": "rounded_back_stretch",
    "rocking_floor_stretch_five": "rocking_floor_stretch",
}
CLIPS = {name: clip_of(name) for name in RECORDINGS}
recordings = st.sampled_from(sorted(RECORDINGS))
few = settings(max_examples=12)


def told(events: list[Event]) -> list[tuple[str, object]]:
    """Reduce events to what happened, without the times: kind, and phase, side, number or reason."""
    what = {"phase", "side", "n", "reason", "cue"}
    return [(event_name(e), tuple(getattr(e, k) for k in sorted(what) if hasattr(e, k))) for e in events]


def holds(events: list[Event]) -> list[HoldCompleted | HoldBroken]:
    """Pick the holds."""
    return [e for e in events if isinstance(e, HoldCompleted | HoldBroken)]


def retimed(clip: Clip, factor: float) -> Clip:
    """Play the clip slower by *factor*, at the same frame rate, by interpolating between its frames."""
    fine = np.arange(clip.t_s[0], clip.t_s[-1], np.median(np.diff(clip.t_s)) / factor)
    right = np.clip(np.searchsorted(clip.t_s, fine), 1, len(clip) - 1)
    part = ((fine - clip.t_s[right - 1]) / (clip.t_s[right] - clip.t_s[right - 1]))[:, None, None]

    def between(track: np.ndarray) -> np.ndarray:
        return track[right - 1] * (1 - part) + track[right] * part

    return replace(
        clip,
        t_s=fine * factor,
        image_px=between(clip.image_px),
        world_m=between(clip.world_m),
        visibility=clip.visibility[right],
    )


@given(recordings, st.floats(0.01, 0.99), st.floats(0.01, 0.99))
@few
def test_cut_anywhere_the_events_are_the_same(name: str, first: float, second: float):
    """A state can be kept and gone on from, twice if need be, and the events are those of one run."""
    clip, library = CLIPS[name], read_library()
    watch = compile_watch(library.exercises[RECORDINGS[name]], library.measures)
    frames = list(clip)
    at = sorted((int(first * len(frames)), int(second * len(frames))))
    state, events = None, []
    for frame in frames[: at[0]]:
        state, seen = engine.step(watch, state, frame)
        events += seen.events
    kept = state
    for frame in frames[at[0] : at[1]]:  # a run that is thrown away
        state, _ = engine.step(watch, state, frame)

    for frame in frames[at[0] :]:
        kept, seen = engine.step(watch, kept, frame)
        events += seen.events
    events += engine.finish(watch, kept, frames[-1].t_s)

    assert events == replayed(clip, RECORDINGS[name])[0]


@pytest.mark.parametrize("name", RECORDINGS)
def test_in_a_mirror_left_and_right_swap_and_nothing_else(name: str):
    """The mirrored recording gives the same events with the sides exchanged, and turns of the other sign."""
    swap = {"left": "right", "right": "left"}
    events, plain = replayed(CLIPS[name], RECORDINGS[name])

    mirrored, other = replayed(mirrored_clip(CLIPS[name]), RECORDINGS[name])

    swapped = [(kind, tuple(swap.get(x, x) if isinstance(x, str) else x for x in rest)) for kind, rest in told(events)]
    assert told(mirrored) == swapped
    assert other.n_reps == plain.n_reps
    if plain.unit == "deg":
        signs = -1 if RECORDINGS[name] == "chair_spinal_twist" else 1
        assert [h.peak for h in other.holds] == pytest.approx([signs * h.peak for h in plain.holds], abs=0.01)


@given(recordings, st.floats(-200, 200), st.floats(-200, 200), st.floats(0.3, 4))
@few
def test_moved_and_scaled_the_angles_are_the_same(name: str, dx: float, dy: float, scale: float):
    """Nearer, further or elsewhere in the picture, events, angles and ratios stay what they were."""
    clip = CLIPS[name]
    image_px = clip.image_px * scale
    image_px[..., :2] += (dx, dy)

    moved = replayed(replace(clip, image_px=image_px), RECORDINGS[name])[1]

    plain = replayed(clip, RECORDINGS[name])[1]
    assert (moved.n_reps, moved.cues, moved.stops) == (plain.n_reps, plain.cues, plain.stops)
    assert [h.hold_s for h in moved.holds] == pytest.approx([h.hold_s for h in plain.holds], abs=1e-6)
    assert [h.peak for h in moved.holds] == pytest.approx([h.peak for h in plain.holds], abs=1e-6)


@given(recordings, st.floats(1.0, 2.5))
@few
def test_slower_the_count_is_the_same(name: str, factor: float):
    """Played slower, the same repetitions and holds are found, each as much longer to 0.2 s and 5 %."""
    plain = replayed(CLIPS[name], RECORDINGS[name])[1]

    events, slow = replayed(retimed(CLIPS[name], factor), RECORDINGS[name])

    assert slow.n_reps == plain.n_reps
    assert [h.side for h in slow.holds] == [h.side for h in plain.holds]
    lengths = [h.hold_s * factor for h in plain.holds]
    for hold, length_s in zip(slow.holds, lengths, strict=True):
        assert hold.hold_s == pytest.approx(length_s, abs=0.2 + 0.05 * length_s)
    assert not [e for e in events if isinstance(e, StopRaised)]


@given(recordings, st.integers(0, 32), st.floats(0.1, 0.9))
@few
def test_one_landmark_hidden_for_a_fifth_of_a_second_changes_nothing(name: str, landmark: int, when: float):
    """A landmark that flickers brings no event and takes none away."""
    clip = CLIPS[name]
    start_s = clip.t_s[0] + when * clip.duration_s
    gone = (clip.t_s >= start_s) & (clip.t_s < start_s + 0.2)
    visibility = clip.visibility.copy()
    visibility[gone, landmark] = 0
    image_px, world_m = clip.image_px.copy(), clip.world_m.copy()
    image_px[gone, landmark] = np.nan
    world_m[gone, landmark] = np.nan

    hidden = replayed(replace(clip, visibility=visibility, image_px=image_px, world_m=world_m), RECORDINGS[name])[0]

    assert told(hidden) == told(replayed(clip, RECORDINGS[name])[0])


@pytest.mark.parametrize("name", RECORDINGS)
@pytest.mark.parametrize("every", [2, 3])
def test_at_a_lower_frame_rate_the_count_is_the_same(name: str, every: int):
    """At 7.5 and 5 frames a second the same repetitions are counted and no stop is raised."""
    clip = CLIPS[name]
    thin = replace(
        clip,
        t_s=clip.t_s[::every],
        image_px=clip.image_px[::every],
        world_m=clip.world_m[::every],
        visibility=clip.visibility[::every],
    )

    events, summary = replayed(thin, RECORDINGS[name])

    assert summary.n_reps == replayed(clip, RECORDINGS[name])[1].n_reps
    assert not [e for e in events if isinstance(e, StopRaised)]


@given(recordings, st.floats(0.2, 2.0), st.integers(0, 2**32 - 1))
@few
def test_jitter_brings_no_stop_and_loses_no_repetition(name: str, sd_px: float, seed: int):
    """White jitter of up to 2 px (2 % of the trunk) on every landmark raises no stop and costs no repetition."""
    clip, chance = CLIPS[name], np.random.default_rng(seed)
    image_px = clip.image_px + chance.normal(0, sd_px, clip.image_px.shape)
    world_m = clip.world_m + chance.normal(0, sd_px / 250, clip.world_m.shape)

    events, summary = replayed(replace(clip, image_px=image_px, world_m=world_m), RECORDINGS[name])

    assert summary.n_reps == replayed(clip, RECORDINGS[name])[1].n_reps
    assert not [e for e in events if isinstance(e, StopRaised)]
    assert len([e for e in events if isinstance(e, RepetitionCounted)]) == summary.n_reps
