"""What is done to recordings to see what the counter can bear."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from uncrick.pose.clip import Clip, mirrored_clip

Change = Callable[[Clip], Clip]


def at_rate(fps: float) -> Change:
    """Resample to *fps* frames a second, by interpolation."""

    def change(clip: Clip) -> Clip:
        at_s = np.arange(clip.t_s[0], clip.t_s[-1] + 1e-9, 1 / fps)
        i = np.clip(np.searchsorted(clip.t_s, at_s, side="right") - 1, 0, len(clip) - 2)
        part = ((at_s - clip.t_s[i]) / (clip.t_s[i + 1] - clip.t_s[i]))[:, None, None]
        image, world = (x[i] * (1 - part) + x[i + 1] * part for x in (clip.image_px, clip.world_m))
        return replace(clip, t_s=at_s, image_px=image, world_m=world, visibility=clip.visibility[i])

    return change


def dropped(clip: Clip) -> Clip:
    """Drop one frame in ten, by chance (seed 1)."""
    return _only(clip, np.random.default_rng(1).random(len(clip)) > 0.1)


def gaps(clip: Clip) -> Clip:
    """Take out half a second every five."""
    return _only(clip, (clip.t_s - clip.t_s[0]) % 5 < 4.5)


def begun_late(clip: Clip) -> Clip:
    """Take out the first half second, so that the stream begins on the way out."""
    return _only(clip, clip.t_s - clip.t_s[0] >= 0.5)


def jittered(clip: Clip) -> Clip:
    """Move every point by 26 mm (one standard deviation an axis): 5 degrees of a segment 0.3 m long."""
    return replace(clip, world_m=clip.world_m + np.random.default_rng(2).normal(0.0, 0.026, clip.world_m.shape))


def at_tempo(factor: float) -> Change:
    """Play *factor* times as slowly."""
    return lambda clip: replace(clip, t_s=clip.t_s * factor)


def scaled(factor: float) -> Change:
    """Make the person *factor* times as large."""
    return lambda clip: replace(clip, world_m=clip.world_m * factor)


def picture_only(clip: Clip) -> Clip:
    """Keep only what a picture shows."""
    return replace(clip, world_m=np.full_like(clip.world_m, np.nan))


def stamps_wrong(clip: Clip) -> Clip:
    """Repeat every eleventh time stamp and set every twenty-third back by 0.1 s."""
    t_s = clip.t_s.copy()
    t_s[5::11] = t_s[4:-1:11][: len(t_s[5::11])]
    t_s[7::23] -= 0.1
    return replace(clip, t_s=t_s)


FAULTS: dict[str, Change] = {
    "as recorded": lambda clip: clip,
    "mirrored": mirrored_clip,
    "5 frames/s": at_rate(5),
    "10 frames/s": at_rate(10),
    "15 frames/s": at_rate(15),
    "60 frames/s": at_rate(60),
    "240 frames/s": at_rate(240),
    "one frame in ten dropped": dropped,
    "0.5 s missing every 5 s": gaps,
    "begun half a second late": begun_late,
    "5 deg of jitter": jittered,
    "half as slow": at_tempo(0.5),
    "twice as slow": at_tempo(2.0),
    "four times as slow": at_tempo(4.0),
    "half as large": scaled(0.5),
    "twice as large": scaled(2.0),
    "picture only": picture_only,
    "time stamps repeated and set back": stamps_wrong,
}


def _only(clip: Clip, which: NDArray[np.bool_]) -> Clip:
    return replace(
        clip,
        t_s=clip.t_s[which],
        image_px=clip.image_px[which],
        world_m=clip.world_m[which],
        visibility=clip.visibility[which],
    )
