"""TRC marker files (Motion Analysis; OpenSim, OpenCap, Pose2Sim, Sports2D) as clips."""

import math
from pathlib import Path
from typing import Final

import numpy as np

from uncrick.errors import Problem, ProblemsError
from uncrick.files.clip_check import MAX_FRAMES, ReadClip, few, time_problems
from uncrick.files.marker_clip import Markers, clip_from_markers
from uncrick.pose.frame import Floats
from uncrick.pose.room import UNITS

MAGIC: Final = "PathFileType"
Y_UP: Final = 1
"""TRC files of OpenSim and of video programs have y up."""
HEADER_HINT: Final = (
    "a TRC file has PathFileType, a line of names like NumMarkers, their values, marker names, X1 Y1 Z1"
)
UNIT_NAMES: Final = {
    "meters": "m",
    "metres": "m",
    "millimeters": "mm",
    "millimetres": "mm",
    "pixels": "px",
    "pixel": "px",
}


def read_trc(path: Path, yaw_deg: float | None = None) -> ReadClip:
    """Read a clip from a TRC file; yaw_deg as in marker_clip. Raises ProblemsError with everything wrong, by line."""
    name = str(path)
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    lines = text.splitlines()
    if not lines or not lines[0].lstrip().startswith(MAGIC):
        raise ProblemsError([Problem(f"{name}:1", f"does not begin with {MAGIC}", HEADER_HINT)])
    if len(lines) < 5:
        raise ProblemsError([Problem(name, f"has {len(lines)} lines, wanted a header of 5", HEADER_HINT)])
    said = dict(zip(_cells(lines[1]), _cells(lines[2]), strict=False))
    names = marker_names(lines[3])
    unit, problems = _unit(said.get("Units"), name)
    if not names:
        problems.append(Problem(f"{name}:4", "names no marker", HEADER_HINT))
    numbers, line_numbers, row_problems, notes = _rows(lines, len(names), name)
    problems += row_problems
    problems += time_problems(numbers[:, 0], lambda i: f"{name}:{line_numbers[i] if i < len(line_numbers) else 6}")
    if problems:
        raise ProblemsError(few(problems, name))
    notes += _count_notes(said, len(numbers), len(names))
    points = numbers[:, 1:].reshape(len(numbers), len(names), 3)
    read = clip_from_markers(Markers(numbers[:, 0], points, names, unit, Y_UP, "trc"), name, yaw_deg)
    return ReadClip(read.clip, [*notes, *read.notes])


def marker_names(line: str) -> tuple[str, ...]:
    """Return the marker names of a TRC file's fourth line: one for three columns, or three with _X, _Y and _Z."""
    names = [cell for cell in _cells(line)[2:] if cell]
    triples = [names[i : i + 3] for i in range(0, len(names), 3)]
    if names and all([name[-2:].lower() for name in triple] == ["_x", "_y", "_z"] for triple in triples):
        return tuple(triple[0][:-2] for triple in triples)
    return tuple(names)


def _cells(line: str) -> list[str]:
    """Return the cells of a line: between tabs where there are any, else between blanks."""
    return [cell.strip() for cell in line.split("\t")] if "\t" in line else line.split()


def _unit(said: str | None, name: str) -> tuple[str | None, list[Problem]]:
    """Return the unit as we name it, None where none is said."""
    if not said:
        return None, []
    unit = UNIT_NAMES.get(said.lower(), said.lower())
    if unit in UNITS or unit == "px":
        return unit, []
    return None, [Problem(f"{name}:3  Units", f"unknown unit '{said}'", f"wanted one of {', '.join(UNITS)}, px")]


def _rows(lines: list[str], n_markers: int, name: str) -> tuple[Floats, list[int], list[Problem], list[str]]:
    """Return (T, 1 + 3 n) of times and coordinates, the line of each row, every problem, and notes.

    A last row that is cut off is left out with a note; a cell that is empty is a marker not seen.
    """
    width = 2 + 3 * n_markers
    rows: list[list[float]] = []
    kept: list[int] = []
    problems: list[Problem] = []
    notes: list[str] = []
    last = max((i for i, line in enumerate(lines) if line.strip()), default=0)
    for i, line in enumerate(lines[5:], 5):
        cells = _cells(line) if line.strip() else []
        while len(cells) > width and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(cells) < width and "\t" in line and i != last:
            cells += [""] * (width - len(cells))
        wrong = f"has {len(cells)} columns, wanted {width}" if len(cells) != width else ""
        values = [] if wrong else [_number(cell) for cell in cells[1:]]
        if not wrong and None in values:
            wrong = f"found '{cells[1 + values.index(None)]}', wanted a number"
        if not wrong:
            rows.append([math.nan if value is None else value for value in values])
            kept.append(i + 1)
        elif i == last and rows and len(cells) < width:
            notes.append(f"the last line ({i + 1}) is cut off and was left out: the clip is partial")
        else:
            problems.append(Problem(f"{name}:{i + 1}", wrong, "frame, time, then x y z of each marker"))
        if len(rows) > MAX_FRAMES:
            problems.append(Problem(f"{name}:{i + 1}", f"holds more than {MAX_FRAMES:,} frames", "cut it"))
            break
    return np.array(rows).reshape(len(rows), width - 1), kept, problems, notes


def _number(cell: str) -> float | None:
    """Return the number in a cell, NaN for an empty one, None for what is no finite number."""
    if not cell:
        return math.nan
    try:
        value = float(cell)
    except ValueError:
        return None
    return None if math.isinf(value) else value


def _count_notes(said: dict[str, str], n_frames: int, n_markers: int) -> list[str]:
    """Return a note for each count of the header that the rows do not bear out."""
    notes = []
    for key, found, what in (("NumFrames", n_frames, "frames"), ("NumMarkers", n_markers, "markers")):
        if said.get(key, str(found)) not in (str(found), f"{found}.0"):
            notes.append(f"the header says {said[key]} {what}, the file has {found}")
    return notes
