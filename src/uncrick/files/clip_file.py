"""A recorded clip on disk: the right door for each kind of file, and writing one that reads back the same."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from uncrick.errors import Problem, ProblemsError, nearest
from uncrick.files.c3d_file import read_c3d
from uncrick.files.clip_check import OWN_CAMERA, ReadClip, checked_file, no_parts
from uncrick.files.jsonl_clip import read_jsonl, write_jsonl
from uncrick.files.npz_clip import read_npz, write_npz
from uncrick.files.parquet_clip import read_parquet, write_parquet
from uncrick.files.trc_file import read_trc
from uncrick.pose.clip import Clip

__all__ = ["KINDS", "ReadClip", "read_clip", "write_clip"]

KINDS: Final = (".parquet", ".npz", ".jsonl", ".trc", ".c3d")
WRITERS: Final[dict[str, Callable[[Clip, Path], None]]] = {
    ".parquet": write_parquet,
    ".npz": write_npz,
    ".jsonl": write_jsonl,
}
ALIKE: Final = {".pq": ".parquet", ".json": ".jsonl", ".ndjson": ".jsonl"}
VIDEOS: Final = (".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v")


def read_clip(path: Path, part: str | None = None, yaw_deg: float | None = None) -> ReadClip:
    """Read a clip from a file of any kind in KINDS, told by what is in it, then by its ending.

    part : which person of a file with several, or which session of a UI-PRMD file (``3-correct``).
    yaw_deg : for sources that are points in a room, where the camera stands: 0 in front, 90 at the person's left side.
    Raises ProblemsError with everything that is wrong with the file.
    """
    checked_file(path)
    ending = ALIKE.get(path.suffix.lower(), path.suffix.lower())
    kind = _kind(path, ending)
    if part is not None and kind in (".parquet", ".trc", ".c3d"):
        raise ProblemsError([no_parts(str(path), part)])
    notes = [f"the name ends in {ending}, but inside it is {kind}: read as {kind}"] if ending not in (kind, "") else []
    try:
        match kind:
            case ".parquet":
                read = read_parquet(path)
            case ".npz":
                read = read_npz(path, part, yaw_deg)
            case ".trc":
                read = read_trc(path, yaw_deg)
            case ".c3d":
                read = read_c3d(path, yaw_deg)
            case _:
                read = read_jsonl(path, part)
    except OSError as error:
        raise ProblemsError([Problem(str(path), f"cannot be read: {error.strerror or error}")]) from None
    if yaw_deg is not None and np.isnan(read.clip.image_px[..., 2]).all():
        notes.append("a flat recording is seen as it was taken: the camera cannot be moved")
    elif yaw_deg is not None and kind in (".parquet", ".jsonl"):
        notes.append(OWN_CAMERA)
    return ReadClip(read.clip, [*notes, *read.notes])


def write_clip(clip: Clip, path: Path) -> None:
    """Write *clip* whole or not at all, as Parquet, NumPy archive or JSON lines by the ending of *path*.

    Reading it again gives the same clip. Raises ProblemsError for another ending or where the disk does not take it.
    """
    ending = ALIKE.get(path.suffix.lower(), path.suffix.lower())
    if ending not in WRITERS:
        says = f"clips are not written as '{path.suffix}'{nearest(path.suffix, WRITERS)}"
        raise ProblemsError([Problem(str(path), says, f"use one of {', '.join(WRITERS)}")])
    WRITERS[ending](clip, path)


def _kind(path: Path, ending: str) -> str:
    """Tell the kind of a file by its first bytes, else by its *ending*. Raises ProblemsError where neither tells."""
    with path.open("rb") as file:
        head = file.read(512)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"PAR1"):
        return ".parquet"
    if head.startswith(b"PK"):
        return ".npz"
    if text.startswith(b"PathFileType"):
        return ".trc"
    if text.startswith(b"{"):
        return ".jsonl"
    if len(head) == 512 and head[1] == 0x50 and ending in (".c3d", ""):
        return ".c3d"
    if ending in KINDS:
        return ending
    hint = "a video is for 'uncrick watch'" if ending in VIDEOS else f"wanted one of {', '.join(KINDS)}"
    raise ProblemsError([Problem(str(path), "is no clip of landmarks that can be read here", hint)])
