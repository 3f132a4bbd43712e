"""Named points of any motion capture made into a clip: which point is which, unit, up, camera, and a note for each."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from uncrick.errors import Problem, ProblemsError
from uncrick.files.clip_check import ReadClip
from uncrick.pose.frame import Floats
from uncrick.pose.room import (
    MAX_REACH_M,
    PX_PER_M,
    TRUNK_M,
    UNITS,
    clip_from_picture,
    clip_from_room,
    front_axes,
    kinect_axes,
    scaled,
    toes_point_back,
    trunk_length,
    turned_axes,
    up_axis,
    without_strays,
)
from uncrick.pose.skeleton import Part, landmarks_from, skeleton_of

NEEDED: Final = ("shoulder_left", "shoulder_right", "hip_left", "hip_right")
"""Without these four there is no trunk, and nothing can be measured."""


@dataclass(frozen=True, slots=True, eq=False)
class Markers:
    """Named points as they stand in a file.

    t_s : (T,) s, rising. points : (T, N, 3) in *unit*, NaN where not seen; names : N of them.
    unit : as the file says it, None where it does not. up : the axis (0, 1, 2) that is up in files of this kind.
    """

    t_s: Floats
    points: Floats
    names: tuple[str, ...]
    unit: str | None
    up: int
    source: str


def clip_from_markers(markers: Markers, name: str, yaw_deg: float | None = None) -> ReadClip:
    """Make a clip of named points.

    name : the file's name as problems give it.
    yaw_deg : where the camera stands, 0 in front of the person at the start, 90 at the left side. None is where the
    recording Kinect stood, in front for other sources. A source all in one plane is seen straight on.
    Raises ProblemsError where shoulders or hips are missing, never seen, or of no person's size.
    """
    label, skeleton, names = skeleton_of(markers.names)
    points, used = landmarks_from(markers.points, names, skeleton)
    problems = _body_problems(points, used, markers, name)
    if problems:
        raise ProblemsError(problems)
    notes = part_notes(used)
    depth = points[..., 2]
    if not np.any(depth[np.isfinite(depth)] != 0):
        read = _flat(markers, points)
        return ReadClip(read.clip, [*notes, *read.notes])
    unit = scaled(points, markers.unit)
    if unit is None:
        length = trunk_length(points)
        says = f"from hips to shoulders it is {length:.4g} {markers.unit or 'units'}, which is no person in any unit"
        raise ProblemsError([Problem(name, says, f"wanted one of {', '.join(UNITS)}")])
    points_m, n_strays = without_strays(points * unit.metres)
    axes, axes_notes = _camera(points_m, label, markers.up, yaw_deg)
    if n_strays:
        axes_notes.append(f"{n_strays} points more than {MAX_REACH_M:g} m away were left out")
    source = markers.source if label == "markers" else label
    clip = clip_from_room(markers.t_s, points_m, axes, source)
    return ReadClip(clip, [*notes, *([unit.note] if unit.note else []), *axes_notes])


def part_notes(used: dict[str, Part]) -> list[str]:
    """Return one note that names every landmark for which another point stands in, none where none does."""
    stand_ins = [f"{' and '.join(part.names)} for {landmark}" for landmark, part in used.items() if part.stands_in]
    return [f"standing in: {', '.join(stand_ins)}"] if stand_ins else []


def _body_problems(points: Floats, used: dict[str, Part], markers: Markers, name: str) -> list[Problem]:
    """Return a problem for each shoulder or hip that the file does not have, or one if they are never seen together."""
    listed = ", ".join(markers.names[:12]) + (", ..." if len(markers.names) > 12 else "")
    hint = f"the file has {len(markers.names)} points: {listed}"
    missing = [Problem(name, f"no point for {landmark}", hint) for landmark in NEEDED if landmark not in used]
    if missing or np.isfinite(trunk_length(points)):
        return missing
    return [Problem(name, "shoulders and hips are never seen together", "is it a recording of a whole person?")]


def _camera(points_m: Floats, label: str, up: int, yaw_deg: float | None) -> tuple[Floats, list[str]]:
    """Choose the camera's axes (rows: right, down, away) and say how."""
    own = kinect_axes(points_m) if label.startswith("kinect") else None
    if own is not None:
        return turned_axes(own, yaw_deg or 0.0), []
    chosen = up_axis(points_m, up)
    axes = front_axes(points_m, chosen.axis)
    notes = [chosen.note] if chosen.note else []
    if toes_point_back(points_m, axes):
        notes.append("the toes point backwards: left and right, or two axes, may be swapped")
    where = "in front of the person" if not yaw_deg else f"{yaw_deg:g} deg round from the front"
    notes.append(f"the file has no camera: seen from {where}, without perspective")
    return turned_axes(axes, yaw_deg or 0.0), notes


def _flat(markers: Markers, points: Floats) -> ReadClip:
    """Make a clip of points in one plane, as Sports2D writes them: pixels with y down, or metres with y up."""
    length = trunk_length(points)
    unit = markers.unit
    in_metres = unit in UNITS and TRUNK_M[0] <= length * UNITS[str(unit)] <= TRUNK_M[1]
    scale = UNITS[str(unit)] * PX_PER_M if in_metres else 1.0
    flat = points[..., :2] * scale
    seen = flat[np.isfinite(flat).all(axis=2)]
    if in_metres:
        low, high = seen[:, 0].min(), seen[:, 1].max()
        flat = np.stack([flat[..., 0] - low, high - flat[..., 1]], axis=2)
        notes = [f"all points lie in one plane: read as a flat picture, {PX_PER_M:g} px to the metre"]
    else:
        notes = ["all points lie in one plane and their size is not a person's in metres: read as pixels, y down"]
        flat = flat - np.minimum(seen.min(axis=0), 0.0)
    visibility = np.isfinite(flat).all(axis=2).astype(float)
    return ReadClip(clip_from_picture(markers.t_s, flat, visibility, None, markers.source), notes)
