"""C3D motion capture files (Vicon, Qualisys and others) as clips."""

import warnings
from pathlib import Path
from typing import Final

import c3d
import numpy as np

from uncrick.errors import Problem, ProblemsError
from uncrick.files.clip_check import MAX_FRAMES, ReadClip
from uncrick.files.marker_clip import Markers, clip_from_markers
from uncrick.pose.frame import Floats

Z_UP: Final = 2
"""The usual vertical axis of C3D files, where POINT:Y_SCREEN does not name another."""


def read_c3d(path: Path, yaw_deg: float | None = None) -> ReadClip:
    """Read a clip from the points of a C3D file; yaw_deg as in marker_clip.

    Points that the file marks as invalid are NaN; forces and other analog channels are left out. A file that ends
    early gives the frames it has, with a note. Raises ProblemsError where it cannot be read or shows nobody.
    """
    name = str(path)
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = c3d.Reader(file)
            markers, notes = _markers(reader, name)
    except ProblemsError:
        raise
    except Exception as error:  # what the reader raises on a damaged file, down to a NameError, is no closed list
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        hint = "it may be cut off or not C3D at all; export it again"
        raise ProblemsError([Problem(name, f"is not a whole C3D file: {why}", hint)]) from None
    read = clip_from_markers(markers, name, yaw_deg)
    return ReadClip(read.clip, [*notes, *read.notes])


def _markers(reader: c3d.Reader, name: str) -> tuple[Markers, list[str]]:
    """Return the points of an opened file. Raises ProblemsError where it has none, too many, or no rate."""
    rate_hz = float(reader.point_rate)
    n_said = int(reader.last_frame) - int(reader.first_frame) + 1
    problems: list[Problem] = []
    if not (np.isfinite(rate_hz) and 0 < rate_hz <= 10_000):
        problems.append(Problem(f"{name}  POINT:RATE", f"found {rate_hz:g} frames a second, wanted a number above 0"))
    if n_said > MAX_FRAMES:
        problems.append(Problem(name, f"says it has {n_said:,} frames, wanted at most {MAX_FRAMES:,}", "cut it"))
    names = _labels(reader)
    if not names:
        problems.append(Problem(f"{name}  POINT:LABELS", "names no point", "export it with labelled markers"))
    if problems:
        raise ProblemsError(problems)
    points = _points(reader, len(names))
    if not len(points):
        raise ProblemsError([Problem(name, "holds no frame", "export it again")])
    n_found = len(points)
    notes = [] if n_found == n_said else [f"the file says {n_said} frames but has {n_found}: the clip is partial"]
    unit = reader.get("POINT:UNITS")
    said = str(unit.string_value).strip().lower() if unit is not None else ""
    t_s = np.arange(n_found) / rate_hz
    return Markers(t_s, points, names, said or None, _up(reader), "c3d"), notes


def _labels(reader: c3d.Reader) -> tuple[str, ...]:
    """Return the names of the points, from POINT:LABELS and, past 255 of them, LABELS2 and so on."""
    labels: list[str] = []
    for key in ("POINT:LABELS", "POINT:LABELS2", "POINT:LABELS3"):
        parameter = reader.get(key)
        if parameter is not None:
            labels += [str(label).strip() for label in np.ravel(parameter.string_array)]
    n_points = int(reader.point_used)
    return tuple(labels[:n_points]) + tuple(f"unnamed{i}" for i in range(len(labels), n_points if labels else 0))


def _points(reader: c3d.Reader, n_points: int) -> Floats:
    """Return (T, N, 3) in the file's unit, NaN where a point is marked as invalid (residual below 0)."""
    frames: list[Floats] = []
    for _, points, _analog in reader.read_frames():
        xyz = points[:n_points, :3].astype(float)
        xyz[(points[:n_points, 3] < 0) | ~np.isfinite(xyz).all(axis=1)] = np.nan
        frames.append(xyz)
    return np.array(frames).reshape(len(frames), n_points, 3)


def _up(reader: c3d.Reader) -> int:
    """Return the vertical axis (0, 1, 2): the one that runs up the screen, z where the file does not say."""
    parameter = reader.get("POINT:Y_SCREEN")
    said = str(parameter.string_value).strip().upper() if parameter is not None else ""
    return "XYZ".find(said[-1:]) if said[-1:] in ("X", "Y", "Z") else Z_UP
