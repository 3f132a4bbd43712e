"""What comes in: pictures with their times, and what is known of where they come from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from uncrick.vision.picture import Picture


class Shot(NamedTuple):
    """One picture and when it was taken, s since the first."""

    t_s: float
    picture: Picture


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What is known before the first shot. width_px, height_px : upright. None : the source does not say."""

    name: str
    width_px: int
    height_px: int
    fps: float | None
    n_frames: int | None
    duration_s: float | None


class Video(Protocol):
    """A recording or a camera: facts, pictures one after the other, and whether something was missing."""

    facts: VideoFacts
    missing: str
    """One sentence on what could not be read, once `shots` has ended; empty when all was read."""

    @property
    def is_live(self) -> bool:
        """Whether pictures come when they come: a late reader misses some."""
        ...

    def shots(self) -> Iterator[Shot]:
        """Yield every picture with its time, starting at 0 and strictly increasing."""
        ...
