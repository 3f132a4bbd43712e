"""What every clip file is asked before it counts: a real file, rising times, whole arrays, one person, fit units."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from uncrick.errors import Problem, ProblemsError
from uncrick.files.clip_meta import ClipMeta
from uncrick.pose.clip import Clip
from uncrick.pose.frame import Floats
from uncrick.pose.landmark import N_LANDMARKS
from uncrick.pose.room import HIPS, SHOULDERS, TRUNK_M, UNITS, trunk_length

MAX_BYTES: Final = 2_000_000_000
MAX_FRAMES: Final = 400_000
"""Almost four hours at 30 frames a second, 0.7 GB in memory."""
MAX_TOLD: Final = 20
"""Problems of one kind that are told one by one; more of them are counted."""
OWN_CAMERA: Final = "the recording has its own camera, which was not moved"
MIN_ALTERNATING: Final = 12
"""Frames needed before two bodies taking turns are told from one that moves."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadClip:
    """A clip as read, with a note for everything that was chosen, turned, filled in or left out on the way."""

    clip: Clip
    notes: list[str]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The numbers of a clip as they stand in a file, not yet asked anything.

    t_s : (T,); image_px, world_m : (T, 33, 3); visibility : (T, 33), NaN where not said. In the file's own units.
    """

    t_s: Floats
    image_px: Floats
    world_m: Floats
    visibility: Floats


def checked_file(path: Path) -> Path:
    """Return *path* if it is a file that may be opened. Raises ProblemsError: missing, a folder, empty, too large."""
    says = hint = ""
    try:
        n_bytes = path.stat().st_size
        if path.is_dir():
            says = "is a folder, wanted a clip file"
        elif not path.is_file():
            says = "is not a file"
        elif n_bytes == 0:
            says, hint = "is empty", "record the clip again"
        elif n_bytes > MAX_BYTES:
            says, hint = f"has {n_bytes:,} bytes, wanted at most {MAX_BYTES:,}", "cut it into shorter clips"
        else:
            with path.open("rb"):
                return path
    except FileNotFoundError:
        says, hint = "there is no such file", "check the path"
    except (OSError, ValueError) as error:
        says = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    raise ProblemsError([Problem(str(path), says, hint)])


def no_parts(name: str, part: str) -> Problem:
    """Return the problem of somebody who chose a *part* of a file that has none."""
    return Problem(name, f"has no parts, so '{part}' cannot be chosen", "leave the part out")


def few(problems: list[Problem], name: str) -> list[Problem]:
    """Return *problems* of the file *name* with at most MAX_TOLD of each kind, and a line that counts the rest.

    Two problems are of one kind where their hints are the same.
    """
    told: list[Problem] = []
    count: dict[str, int] = {}
    for problem in problems:
        count[problem.hint] = count.get(problem.hint, 0) + 1
        if count[problem.hint] <= MAX_TOLD:
            told.append(problem)
    rest = sum(max(0, n - MAX_TOLD) for n in count.values())
    return [*told, Problem(name, f"and {rest} more problems like these")] if rest else told


def time_problems(t_s: Floats, where: Callable[[int], str]) -> list[Problem]:
    """Return what is wrong with (T,) times in s: none, not a number, twice the same, going back.

    where : the place of the i-th time in its file.
    """
    if len(t_s) == 0:
        return [Problem(where(0), "holds no frame, wanted at least one", "record the clip again")]
    problems: list[Problem] = []
    last = -np.inf
    for i, t in enumerate(t_s.tolist()):
        if not np.isfinite(t):
            problems.append(Problem(where(i), f"the time is {t}, wanted seconds", "give every frame its time"))
        elif t == last:
            hint = "two persons? give each frame its person, or drop one of the two frames"
            problems.append(Problem(where(i), f"the time {t:g} s comes twice", hint))
        elif t < last:
            hint = "sort the frames by time, or cut the recording where its clock jumped"
            problems.append(Problem(where(i), f"the time goes back from {last:g} s to {t:g} s", hint))
        last = t if np.isfinite(t) else last
    return problems


def shape_problems(rows: Rows, where: Callable[[str], str]) -> list[Problem]:
    """Return what is wrong with the shapes and the values of a clip's arrays."""
    whole = (len(rows.t_s), N_LANDMARKS, 3)
    problems: list[Problem] = []
    for name, array, shape in (
        ("image_px", rows.image_px, whole),
        ("world_m", rows.world_m, whole),
        ("visibility", rows.visibility, whole[:2]),
    ):
        if array.shape != shape:
            says = f"has shape {array.shape}, wanted {shape}"
            problems.append(Problem(where(name), says, "frames first, then the 33 landmarks"))
        elif np.isinf(array).any():
            problems.append(Problem(where(name), "holds infinite numbers", "write NaN where a landmark was not seen"))
        elif name == "visibility" and bool((np.abs(array - 0.5) > 0.5).any()):
            problems.append(Problem(where(name), "holds values outside 0 to 1", "visibility is a share of 1"))
    return problems


def clip_from_rows(rows: Rows, meta: ClipMeta, name: str, places: Callable[[int], str]) -> ReadClip:
    """Make the clip of a file's numbers, in seconds and metres. Raises ProblemsError with everything wrong.

    name : the file's name as problems give it. places : the place of the i-th frame. A visibility not said is 0.
    """
    problems = time_problems(rows.t_s, places) if rows.t_s.ndim == 1 else [_times_shape(rows.t_s, name)]
    problems += shape_problems(rows, lambda key: f"{name}  {key}")
    if problems:
        raise ProblemsError(few(problems, name))
    visibility = np.nan_to_num(rows.visibility, nan=0.0)
    clip = Clip(
        rows.t_s * meta.s_per_t, rows.image_px, rows.world_m * meta.m_per_world, visibility,
        meta.width_px, meta.height_px, meta.source,
    )  # fmt: skip
    if two_persons(clip):
        hint = "write each person into a clip of its own, or give each frame its person"
        raise ProblemsError([Problem(name, "two persons take turns, one frame each", hint)])
    if not meta.units_said:
        return righted(clip)
    exact = (meta.s_per_t, meta.m_per_world) == (1.0, 1.0)
    return ReadClip(clip, [] if exact else ["times and world points were brought to seconds and metres"])


def righted(clip: Clip) -> ReadClip:
    """Put right the units and the axes of a clip whose file does not say them, as far as the body tells; note it."""
    notes: list[str] = []
    world_m = clip.world_m
    length = trunk_length(world_m)
    fits = [name for name, metres in UNITS.items() if TRUNK_M[0] <= length * metres <= TRUNK_M[1]]
    if fits and "m" not in fits:
        world_m = world_m * UNITS[fits[0]]
        notes.append(f"world points were read as {fits[0]}: the trunk is {length * UNITS[fits[0]]:.2f} m long")
    elif np.isfinite(length) and not fits:
        notes.append(f"world points make the trunk {length:.3g} m long: their unit is not known")
    for axis, name in enumerate("xyz"):
        if _opposed(clip.image_px[..., axis], world_m[..., axis]):
            world_m = world_m * np.where(np.arange(3) == axis, -1.0, 1.0)
            notes.append(f"the {name} axis of the world points was turned over to agree with the picture")
    if len(clip) > 2 and float(np.median(np.diff(clip.t_s))) >= 1.0:
        notes.append("frames are a second or more apart: are the times in milliseconds?")
    return ReadClip(replace(clip, world_m=world_m), notes)


def two_persons(clip: Clip) -> bool:
    """Whether two bodies take turns: the hips jump by half a trunk every frame and are back a frame later."""
    if len(clip) < MIN_ALTERNATING:
        return False
    hips = clip.image_px[:, HIPS, :2].mean(axis=1)
    trunk = np.linalg.norm(clip.image_px[:, SHOULDERS, :2].mean(axis=1) - hips, axis=1)
    there, back = np.linalg.norm(hips[1:] - hips[:-1], axis=1), np.linalg.norm(hips[2:] - hips[:-2], axis=1)
    if not all(np.isfinite(lengths).any() for lengths in (trunk, there, back)):
        return False
    return bool(np.nanmedian(there) > 0.5 * np.nanmedian(trunk) and np.nanmedian(back) < 0.2 * np.nanmedian(there))


def _times_shape(t_s: Floats, name: str) -> Problem:
    return Problem(f"{name}  t_s", f"has shape {t_s.shape}, wanted one time a frame")


def _opposed(picture: Floats, world: Floats) -> bool:
    """Whether (T, 33) offsets from the hips run clearly against each other in the picture and in the world."""
    a = (picture - picture[:, HIPS].mean(axis=1, keepdims=True)).ravel()
    b = (world - world[:, HIPS].mean(axis=1, keepdims=True)).ravel()
    both = np.isfinite(a) & np.isfinite(b)
    if both.sum() < 8 or not a[both].any() or not b[both].any():
        return False
    cosine = float(a[both] @ b[both] / np.linalg.norm(a[both]) / np.linalg.norm(b[both]))
    return cosine < -0.5
