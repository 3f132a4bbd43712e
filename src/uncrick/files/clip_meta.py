"""What a clip file says about itself beside its numbers: version, size of the picture, source, units."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from uncrick.errors import Problem, nearest
from uncrick.pose.clip import Clip
from uncrick.pose.room import MAX_SIZE_PX, UNITS

VERSION: Final = 1
SECONDS: Final = {"s": 1.0, "ms": 0.001, "us": 1e-6}
UNITS_WRITTEN: Final = {"t": "s", "image": "px", "world": "m"}

Where = Callable[[str], str]
"""From a key to its place, as a problem names it."""


@dataclass(frozen=True, slots=True)
class ClipMeta:
    """What a file says about itself.

    s_per_t, m_per_world : what one of the file's units of time and of world points is in seconds and metres.
    units_said : whether the file names its units; if not, the body is asked (see clip_check.righted).
    """

    width_px: int
    height_px: int
    source: str
    s_per_t: float
    m_per_world: float
    units_said: bool


def written_meta(clip: Clip) -> dict[str, object]:
    """Return what is written beside the numbers of *clip*."""
    return {
        "uncrick_clip": VERSION,
        "width_px": clip.width_px,
        "height_px": clip.height_px,
        "source": clip.source,
        "units": dict(UNITS_WRITTEN),
    }


def read_meta(found: Mapping[str, object], where: Where) -> tuple[ClipMeta, list[Problem]]:
    """Return what a file says about itself and everything wrong with it; sizes are 0 where they are wrong."""
    problems: list[Problem] = []
    version = found.get("uncrick_clip", VERSION)
    if version != VERSION:
        says = f"found version {version}, wanted {VERSION}"
        problems.append(Problem(where("uncrick_clip"), says, "was it written by a newer program?"))
    sizes: list[int] = []
    for name in ("width_px", "height_px"):
        size = found.get(name)
        good = isinstance(size, int) and not isinstance(size, bool) and 0 < size <= MAX_SIZE_PX
        sizes.append(size if good and isinstance(size, int) else 0)
        if size is None:
            problems.append(Problem(where(name), "is missing", "give the size of the picture in pixels"))
        elif not good:
            problems.append(Problem(where(name), f"found {size}, wanted a whole number from 1 to {MAX_SIZE_PX:,}"))
    units = found.get("units", {})
    if not isinstance(units, Mapping):
        problems.append(Problem(where("units"), "wanted an object like {'t': 's', 'world': 'm'}"))
        units = {}
    s_per_t, unit_problems = _factor(units, "t", SECONDS, where)
    m_per_world, world_problems = _factor(units, "world", UNITS, where)
    _, image_problems = _factor(units, "image", {"px": 1.0}, where)
    problems += [*unit_problems, *world_problems, *image_problems]
    source = str(found.get("source", "unknown"))
    return ClipMeta(sizes[0], sizes[1], source, s_per_t, m_per_world, "world" in units), problems


def _factor(
    units: Mapping[str, object], key: str, known: Mapping[str, float], where: Where
) -> tuple[float, list[Problem]]:
    """Return what one of the named unit is, 1 and a problem where it is unknown, 1 where none is named."""
    if key not in units:
        return 1.0, []
    unit = str(units[key])
    if unit in known:
        return known[unit], []
    says = f"unknown unit '{unit}', wanted one of {', '.join(known)}{nearest(unit, known)}"
    return 1.0, [Problem(where(f"units.{key}"), says)]
