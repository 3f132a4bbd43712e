"""One pose at one time: the 33 landmarks a camera gave, in the picture and in the room."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uncrick.pose.landmark import N_LANDMARKS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One pose at one time; every landmark that was not seen is NaN, never 0.

    t_s : seconds on the stream's own clock.
    image_px : (33, 3) px. x to the right of the picture, y down, z away from the camera in the same scale, 0 at hips.
    world_m : (33, 3) m, origin midway between the hips, axes as in *image_px*. All NaN where the source gives none.
    visibility : (33,) 0..1, the model's guess that the point is in sight. Never a proof: see pose/quality.
    """

    t_s: float
    image_px: Floats
    world_m: Floats
    visibility: Floats

    @property
    def has_body(self) -> bool:
        """Whether any landmark was seen at all."""
        return bool(np.isfinite(self.image_px[:, 0]).any())


def empty_frame(t_s: float) -> Frame:
    """Return the frame of a moment in which nobody was seen."""
    nothing = np.full((N_LANDMARKS, 3), np.nan)
    return Frame(t_s, nothing, nothing, np.zeros(N_LANDMARKS))
