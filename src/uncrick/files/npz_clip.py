"""Clips as NumPy archives: our own arrays, UI-PRMD sessions, bare Kinect joints, and COCO key points."""

import zipfile
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from uncrick.errors import Problem, ProblemsError
from uncrick.files import uiprmd_file
from uncrick.files.clip_check import (
    MAX_BYTES,
    OWN_CAMERA,
    ReadClip,
    Rows,
    clip_from_rows,
    few,
    no_parts,
    time_problems,
)
from uncrick.files.clip_meta import UNITS_WRITTEN, VERSION, read_meta
from uncrick.files.coco_clip import clip_from_coco
from uncrick.files.marker_clip import Markers, clip_from_markers
from uncrick.files.whole_file import whole_file
from uncrick.pose.clip import Clip
from uncrick.pose.frame import Floats
from uncrick.pose.skeleton import KINECT_22_NAMES, KINECT_25_NAMES

Arrays = dict[str, NDArray[np.generic]]

OWN: Final = ("t_s", "image_px", "world_m", "visibility")
KINECT_NAMES: Final = {22: KINECT_22_NAMES, 25: KINECT_25_NAMES}
FRAMES_PER_S: Final = 30.0
"""Of a Kinect v2 and of most cameras: taken where a file says neither times nor rate, and said so."""


def write_npz(clip: Clip, path: Path) -> None:
    """Write *clip* as a compressed archive of its arrays. Raises ProblemsError where the disk does not take it."""
    with whole_file(path) as new, new.open("wb") as file:
        np.savez_compressed(
            file, t_s=clip.t_s, image_px=clip.image_px, world_m=clip.world_m, visibility=clip.visibility,
            width_px=clip.width_px, height_px=clip.height_px, source=clip.source, uncrick_clip=VERSION,
            units=[f"{key}={unit}" for key, unit in UNITS_WRITTEN.items()],
        )  # fmt: skip


def read_npz(path: Path, part: str | None = None, yaw_deg: float | None = None) -> ReadClip:
    """Read a clip from the arrays of a NumPy archive, whichever of the four kinds they are.

    part : the session of a UI-PRMD file. yaw_deg : see marker_clip. Raises ProblemsError with everything wrong.
    """
    name = str(path)
    arrays = load_arrays(path)
    if set(uiprmd_file.KEYS) <= set(arrays):
        return uiprmd_file.chosen_session(uiprmd_file.recorded(arrays, name), part, name, yaw_deg).read
    if part is not None:
        raise ProblemsError([no_parts(name, part)])
    if set(arrays) & {"image_px", "world_m"}:
        read = _own(arrays, name)
        return read if yaw_deg is None else ReadClip(read.clip, [*read.notes, OWN_CAMERA])
    bodies = [key for key, array in arrays.items() if array.ndim == 3 and array.shape[2] == 3]
    if len(bodies) != 1:
        found = ", ".join(f"{key} {array.shape}" for key, array in arrays.items()) or "nothing"
        hint = "wanted t_s, image_px, world_m, visibility, or one array (T, 22, 3), (T, 25, 3) or (T, 17, 3)"
        raise ProblemsError([Problem(name, f"holds {found}", hint)])
    return _body(arrays, bodies[0], name, yaw_deg)


def load_arrays(path: Path) -> Arrays:
    """Return the arrays of a NumPy archive, none of them executable. Raises ProblemsError where it cannot be read."""
    name = str(path)
    try:
        with zipfile.ZipFile(path) as archive:
            n_bytes = sum(member.file_size for member in archive.infolist())
        if n_bytes > MAX_BYTES:
            says = f"unpacks to {n_bytes:,} bytes, wanted at most {MAX_BYTES:,}"
            raise ProblemsError([Problem(name, says, "cut it into shorter clips")])
        with np.load(path, allow_pickle=False) as loaded:
            return {key: np.asarray(loaded[key]) for key in loaded.files}
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        hint = "it may be cut off or not NumPy at all; copy or record it again"
        raise ProblemsError([Problem(name, f"is not a whole .npz archive: {error}", hint)]) from None
    except ProblemsError:
        raise
    except Exception as error:  # what a damaged archive raises, from zlib to the tokenizer, is no closed list
        says = f"holds an array that cannot be read: {str(error) or type(error).__name__}"
        raise ProblemsError([Problem(name, says, "save plain arrays of numbers, not objects")]) from None


def _own(arrays: Arrays, name: str) -> ReadClip:
    """Make a clip of our own arrays. Raises ProblemsError with everything missing or wrong."""
    hint = "wanted t_s, image_px, world_m, visibility, width_px, height_px, source"
    problems = [Problem(f"{name}  {key}", "the array is missing", hint) for key in OWN if key not in arrays]
    texts = [key for key in OWN if key in arrays and arrays[key].dtype.kind not in "fiu"]
    problems += [Problem(f"{name}  {key}", f"holds {arrays[key].dtype}, wanted numbers") for key in texts]
    plain: dict[str, object] = {key: arrays[key].item() for key in _META if key in arrays and arrays[key].size == 1}
    units = arrays["units"].tolist() if "units" in arrays else []
    plain["units"] = dict(str(unit).partition("=")[::2] for unit in np.atleast_1d(np.asarray(units)).tolist())
    meta, meta_problems = read_meta(plain, lambda key: f"{name}  {key}")
    problems += meta_problems
    if problems:
        raise ProblemsError(few(problems, name))
    rows = Rows(*(arrays[key].astype(float) for key in OWN))
    return clip_from_rows(rows, meta, name, lambda i: f"{name}  t_s[{i}]")


_META: Final = ("width_px", "height_px", "source", "uncrick_clip")


def _body(arrays: Arrays, key: str, name: str, yaw_deg: float | None) -> ReadClip:
    """Make a clip of one array of joints or key points. Raises ProblemsError with everything wrong."""
    body = arrays[key]
    n_points = body.shape[1]
    said = next((arrays[label] for label in ("joints", "names", "markers") if label in arrays), None)
    names = tuple(str(joint) for joint in said.ravel().tolist()) if said is not None else KINECT_NAMES.get(n_points, ())
    problems = []
    if body.dtype.kind not in "fiu":
        problems.append(Problem(f"{name}  {key}", f"holds {body.dtype}, wanted numbers"))
    if n_points != 17 and len(names) != n_points:
        hint = "wanted 17 key points, 22 or 25 Kinect joints, or an array 'joints' with the names"
        problems.append(Problem(f"{name}  {key}", f"has {n_points} points and {len(names)} names", hint))
    t_s, notes = _times(arrays, len(body), name)
    problems += time_problems(t_s, lambda i: f"{name}  t_s[{i}]")
    if len(t_s) != len(body):
        problems.append(Problem(f"{name}  t_s", f"has {len(t_s)} times for {len(body)} frames"))
    if problems:
        raise ProblemsError(few(problems, name))
    points = body.astype(float)
    if n_points == 17 and said is None:
        size = tuple(int(arrays[label].item()) for label in ("width_px", "height_px") if label in arrays)
        read = clip_from_coco(t_s, points, (size[0], size[1]) if len(size) == 2 else None, f"{name}  {key}")
    else:
        unit = next((unit for unit in ("mm", "cm", "m") if key.endswith(f"_{unit}")), None)
        points[~np.isfinite(points).all(axis=2)] = np.nan
        read = clip_from_markers(Markers(t_s, points, names, unit, 1, "joints"), name, yaw_deg)
    return ReadClip(read.clip, [*notes, *read.notes])


def _times(arrays: Arrays, n_frames: int, name: str) -> tuple[Floats, list[str]]:
    """Return the frames' times: said, from the said rate, or at 30 frames a second with a note."""
    if "t_s" in arrays and arrays["t_s"].dtype.kind in "fiu":
        return arrays["t_s"].astype(float).ravel(), []
    rate = next((arrays[key] for key in ("fps", "rate_hz", "frames_per_s") if key in arrays), None)
    if rate is None or rate.dtype.kind not in "fiu" or rate.size != 1:
        note = f"the file says no times: taken as {FRAMES_PER_S:g} frames a second"
        return np.arange(n_frames) / FRAMES_PER_S, [note]
    if not 0 < float(rate.item()) <= 10_000:
        raise ProblemsError([Problem(name, f"found {rate.item()} frames a second, wanted a number above 0")])
    return np.arange(n_frames) / float(rate.item()), []
