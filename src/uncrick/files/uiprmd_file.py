"""UI-PRMD recordings (vakanski2018): ten movements by healthy subjects before a Kinect v2, a session at a time."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from uncrick.errors import Problem, ProblemsError, nearest
from uncrick.files.clip_check import ReadClip
from uncrick.files.marker_clip import Markers, clip_from_markers
from uncrick.pose.frame import Floats

Ints = NDArray[np.int64]

FRAMES_PER_S: Final = 30.0
KEYS: Final = ("pos_mm", "episodes", "joints")


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """A file's arrays: pos_mm (T, 22, 3) mm, episodes (n, 6) of movement, subject, episode, correct, start, end."""

    pos_mm: Floats
    episodes: Ints
    joints: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """About ten repetitions of one movement by one subject, all done right or all done wrong, joined in time.

    bounds : (n, 2) first frame and frame after the last of each repetition, within the clip.
    """

    movement: int
    subject: int
    correct: bool
    read: ReadClip
    bounds: Ints

    @property
    def part(self) -> str:
        """The session's name within its file, such as ``3-correct``."""
        return part_name(self.subject, self.correct)


def part_name(subject: int, correct: bool) -> str:
    """Return the name of a session within its file: ``3-correct``, ``3-incorrect``."""
    return f"{subject}-{'correct' if correct else 'incorrect'}"


def recorded(arrays: dict[str, NDArray[np.generic]], name: str) -> Recorded:
    """Return the arrays of a file as Recorded. Raises ProblemsError with everything wrong with them."""
    pos, episodes, joints = (arrays[key] for key in KEYS)
    problems: list[Problem] = []
    if pos.ndim != 3 or pos.shape[1:] != (joints.size, 3) or not np.issubdtype(pos.dtype, np.number):
        says = f"has shape {pos.shape} of {pos.dtype}, wanted (T, {joints.size}, 3) numbers"
        problems.append(Problem(f"{name}  pos_mm", says, "one position in mm for each of the joints"))
    if episodes.ndim != 2 or episodes.shape[1:] != (6,) or not np.issubdtype(episodes.dtype, np.integer):
        says = f"has shape {episodes.shape} of {episodes.dtype}, wanted (n, 6) whole numbers"
        problems.append(Problem(f"{name}  episodes", says, "movement, subject, episode, correct, start, end"))
    else:
        starts, ends = episodes[:, 4].astype(int), episodes[:, 5].astype(int)
        for i in np.flatnonzero((starts < 0) | (ends <= starts) | (ends > len(pos))).tolist():
            says = f"runs from {starts[i]} to {ends[i]}, wanted a stretch of the {len(pos)} frames"
            problems.append(Problem(f"{name}  episodes[{i}]", says))
    if problems:
        raise ProblemsError(problems)
    return Recorded(pos.astype(float), episodes.astype(np.int64), tuple(str(joint) for joint in joints.tolist()))


def parts_of(file: Recorded) -> list[tuple[int, bool]]:
    """Return the sessions of a file as subject and whether they were done right, in order."""
    return sorted({(int(subject), bool(correct)) for subject, correct in file.episodes[:, [1, 3]].tolist()}, key=_order)


def session_of(file: Recorded, subject: int, correct: bool, name: str, yaw_deg: float | None = None) -> Session:
    """Join the episodes of one session, in the order they were done, into a clip of 30 frames a second."""
    rows = file.episodes[(file.episodes[:, 1] == subject) & (file.episodes[:, 3] == int(correct))]
    rows = rows[np.argsort(rows[:, 2], kind="stable")]
    frames = np.concatenate([np.arange(start, end) for start, end in rows[:, 4:6].tolist()])
    ends = np.cumsum(rows[:, 5] - rows[:, 4])
    markers = Markers(np.arange(len(frames)) / FRAMES_PER_S, file.pos_mm[frames], file.joints, "mm", 1, "kinect-22")
    read = clip_from_markers(markers, name, yaw_deg)
    return Session(int(rows[0, 0]), subject, correct, read, np.column_stack([ends - (rows[:, 5] - rows[:, 4]), ends]))


def chosen_session(file: Recorded, part: str | None, name: str, yaw_deg: float | None) -> Session:
    """Return the session named *part*, the only one where no part is named. Raises ProblemsError with the names."""
    known = {part_name(subject, correct): (subject, correct) for subject, correct in parts_of(file)}
    if not known:
        raise ProblemsError([Problem(f"{name}  episodes", "holds no episode")])
    if part is None and len(known) == 1:
        part = next(iter(known))
    if part is None:
        raise ProblemsError([Problem(name, f"holds {len(known)} sessions", f"choose a part: {', '.join(known)}")])
    if part not in known:
        hint = f"the parts are {', '.join(known)}"
        raise ProblemsError([Problem(name, f"no part '{part}'{nearest(part, known)}", hint)])
    subject, correct = known[part]
    return session_of(file, subject, correct, name, yaw_deg)


def _order(part: tuple[int, bool]) -> tuple[int, bool]:
    return part[0], not part[1]
