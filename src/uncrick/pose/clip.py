"""Many frames, recorded: time-first arrays with the size of the picture they came from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from uncrick.pose.frame import Floats, Frame
from uncrick.pose.landmark import MIRROR, N_LANDMARKS


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A recording of landmarks.

    t_s : (T,) s, strictly increasing.
    image_px : (T, 33, 3) px and world_m : (T, 33, 3) m, as in Frame. NaN where not seen.
    visibility : (T, 33) 0..1.
    width_px, height_px : size of the picture, upright.
    source : what made the landmarks, e.g. ``blazepose-full`` or ``kinect-22``.
    """

    t_s: Floats
    image_px: Floats
    world_m: Floats
    visibility: Floats
    width_px: int
    height_px: int
    source: str

    def __len__(self) -> int:
        return len(self.t_s)

    def __iter__(self) -> Iterator[Frame]:
        return self.frames()

    def frames(self) -> Iterator[Frame]:
        """Yield the frames one after the other, as a camera would."""
        for t_s, image_px, world_m, visibility in zip(
            self.t_s.tolist(), self.image_px, self.world_m, self.visibility, strict=True
        ):
            yield Frame(t_s, image_px, world_m, visibility)

    @property
    def duration_s(self) -> float:
        """Time from the first frame to the last."""
        return float(self.t_s[-1] - self.t_s[0]) if len(self.t_s) else 0.0


def clip_from_frames(frames: Iterable[Frame], width_px: int, height_px: int, source: str) -> Clip:
    """Stack *frames* into a clip."""
    kept = list(frames)
    n = len(kept)
    return Clip(
        t_s=np.array([frame.t_s for frame in kept], dtype=float),
        image_px=np.array([frame.image_px for frame in kept], dtype=float).reshape(n, N_LANDMARKS, 3),
        world_m=np.array([frame.world_m for frame in kept], dtype=float).reshape(n, N_LANDMARKS, 3),
        visibility=np.array([frame.visibility for frame in kept], dtype=float).reshape(n, N_LANDMARKS),
        width_px=width_px,
        height_px=height_px,
        source=source,
    )


def mirrored_clip(clip: Clip) -> Clip:
    """Return the clip as seen in a mirror: the picture is flipped and left and right change names."""
    image_px = clip.image_px[:, MIRROR].copy()
    image_px[..., 0] = clip.width_px - image_px[..., 0]
    world_m = clip.world_m[:, MIRROR] * np.array([-1.0, 1.0, 1.0])
    return replace(clip, image_px=image_px, world_m=world_m, visibility=clip.visibility[:, MIRROR])
