"""Clips as JSON lines: a line about the recording, then one frame a line (docs/schemas/clip_frame.schema.json)."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from uncrick.errors import Problem, ProblemsError, nearest
from uncrick.files.clip_check import MAX_FRAMES, ReadClip, Rows, clip_from_rows, few, time_problems
from uncrick.files.clip_meta import ClipMeta, read_meta, written_meta
from uncrick.files.coco_clip import clip_from_coco
from uncrick.files.whole_file import whole_file
from uncrick.pose.clip import Clip
from uncrick.pose.frame import Floats, Frame
from uncrick.pose.landmark import N_LANDMARKS
from uncrick.pose.skeleton import COCO_17_NAMES

MAX_LINE_BYTES: Final = 100_000
"""A frame of 33 landmarks at full precision has under 5,000."""
FRAME_KEYS: Final = ("t_s", "image_px", "world_m", "visibility", "keypoints", "person")
HINT: Final = "see docs/schemas/clip_frame.schema.json"


class Row(NamedTuple):
    """One frame as read: line counts from 1; body is (33, 7) of image, world, visibility, or (17, 3) key points."""

    line: int
    t_s: float
    person: str | None
    body: Floats


@dataclass(slots=True)
class Gathered:
    """What the lines have given so far."""

    header: dict[str, object] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def write_jsonl(clip: Clip, path: Path) -> None:
    """Write *clip* as a header line and one line a frame. Raises ProblemsError where the disk does not take it."""
    with whole_file(path) as new, new.open("w", encoding="utf-8") as file:
        file.write(json.dumps(written_meta(clip)) + "\n")
        for frame in clip.frames():
            file.write(json.dumps(frame_line(frame), allow_nan=False) + "\n")


def frame_line(frame: Frame) -> dict[str, object]:
    """Return *frame* as its line's object: a landmark, or all of them, not seen is null."""
    image_px, world_m = _or_null(frame.image_px), _or_null(frame.world_m)
    seen_m = any(point is not None for point in world_m)
    return {
        "t_s": frame.t_s,
        "image_px": image_px,
        "world_m": world_m if seen_m else None,
        "visibility": frame.visibility.tolist(),
    }


def read_jsonl(path: Path, part: str | None = None) -> ReadClip:
    """Read a clip from JSON lines of our own frames or of COCO key points.

    part : the person, where lines name several. A last line that is cut off is left out, with a note.
    Raises ProblemsError with everything wrong, each with its line.
    """
    name = str(path)
    found = _gather(path)
    rows = _one_person(found, part, name)
    kinds = {row.body.shape for row in rows}
    if len(kinds) > 1:
        found.problems.append(Problem(name, "mixes frames of 33 landmarks with frames of 17 key points", HINT))
    places = lambda i: f"{name}:{rows[i].line}" if i < len(rows) else name  # noqa: E731
    t_s = np.array([row.t_s for row in rows])
    is_coco = kinds == {(len(COCO_17_NAMES), 3)}
    meta, meta_problems = read_meta(found.header, lambda key: f"{name}:1  {key}")
    if is_coco and not {"width_px", "height_px"} & set(found.header):
        meta_problems = [problem for problem in meta_problems if not problem.says.startswith("is missing")]
    if found.problems or meta_problems:
        jumps = time_problems(t_s, places) if rows else []
        raise ProblemsError(few([*meta_problems, *found.problems, *jumps], name))
    if not is_coco:
        read = clip_from_rows(_stacked(rows, t_s), meta, name, places)
    else:
        read = _coco(rows, t_s * meta.s_per_t, meta, name)
    return ReadClip(read.clip, [*found.notes, *read.notes])


def _coco(rows: list[Row], t_s: Floats, meta: ClipMeta, name: str) -> ReadClip:
    problems = time_problems(t_s, lambda i: f"{name}:{rows[i].line}" if i < len(rows) else name)
    if problems:
        raise ProblemsError(few(problems, name))
    size_px = (meta.width_px, meta.height_px) if meta.width_px else None
    return clip_from_coco(t_s, np.stack([row.body for row in rows]), size_px, name)


def _stacked(rows: list[Row], t_s: Floats) -> Rows:
    body = np.stack([row.body for row in rows]) if rows else np.zeros((0, N_LANDMARKS, 7))
    return Rows(t_s, body[..., :3], body[..., 3:6], body[..., 6])


def _gather(path: Path) -> Gathered:
    """Read every line, keeping all problems."""
    found = Gathered()
    name = str(path)
    for line, raw in _lines(path):
        where = f"{name}:{line}"
        if len(found.rows) > MAX_FRAMES:
            found.problems.append(Problem(where, f"holds more than {MAX_FRAMES:,} frames", "cut it into shorter clips"))
            break
        if not raw.strip():
            continue
        parsed = _parsed(raw)
        if isinstance(parsed, str):
            if not raw.endswith(b"\n") and found.rows:
                found.notes.append(f"the last line ({line}) is cut off and was left out: the clip is partial")
            else:
                found.problems.append(Problem(where, parsed, "wanted one JSON object a line"))
        elif set(parsed) & {"t_s", "image_px", "keypoints"}:
            found.problems += _add_row(found.rows, parsed, where, line)
        elif found.header or found.rows:
            found.problems.append(
                Problem(where, f"is no frame: {_listed(parsed)}", "wanted t_s and image_px or keypoints")
            )
        else:
            found.header = parsed
    return found


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file with their numbers from 1, each cut off beyond MAX_LINE_BYTES."""
    with path.open("rb") as file:
        line = 0
        while raw := file.readline(MAX_LINE_BYTES):
            line += 1
            yield line, raw
            while len(raw) == MAX_LINE_BYTES and not raw.endswith(b"\n"):
                raw = file.readline(MAX_LINE_BYTES)


def _parsed(raw: bytes) -> dict[str, object] | str:
    """Return the object of a line, or what is wrong with it."""
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return "is not UTF-8 text"
    except json.JSONDecodeError as error:
        return f"is not JSON: {error.msg} at column {error.colno}"
    except (RecursionError, ValueError):
        return "is not JSON that anyone writes: nested too deep, or a number too long"
    return value if isinstance(value, dict) else f"is JSON but no object: {str(value)[:30]}"


def _add_row(rows: list[Row], frame: dict[str, object], where: str, line: int) -> list[Problem]:
    """Add the frame of one line to *rows*, or return what is wrong with it."""
    problems: list[Problem] = []
    for key in set(frame) - set(FRAME_KEYS):
        near = nearest(key, FRAME_KEYS)
        if near:
            problems.append(Problem(f"{where}  {key}", f"no such key '{key}'{near}", HINT))
    t_s = frame.get("t_s")
    if isinstance(t_s, bool) or not isinstance(t_s, int | float):
        says = "is missing" if t_s is None else f"found {str(t_s)[:30]!r}, wanted seconds"
        problems.append(Problem(f"{where}  t_s", says, "give every frame its time"))
    columns: list[Floats] = []
    fields = (("keypoints", 17, 3),) if "keypoints" in frame else _OWN_FIELDS
    for key, n, width in fields:
        value = _block(frame.get(key), n, width, optional=key in ("world_m", "visibility"))
        if isinstance(value, str):
            problems.append(Problem(f"{where}  {key}", value, HINT))
        else:
            columns.append(value)
    if not problems:
        person = frame.get("person")
        seconds = float(t_s) if isinstance(t_s, int | float) else math.nan
        rows.append(Row(line, seconds, None if person is None else str(person), np.hstack(columns)))
    return problems


_OWN_FIELDS: Final = (("image_px", N_LANDMARKS, 3), ("world_m", N_LANDMARKS, 3), ("visibility", N_LANDMARKS, 1))


def _block(value: object, n: int, width: int, optional: bool) -> Floats | str:
    """Return *value* as (n, width) with NaN for null, or what is wrong with it."""
    if value is None and optional:
        return np.full((n, width), np.nan)
    if not isinstance(value, list):
        return "is missing" if value is None else f"found {str(value)[:30]}, wanted a list of {n}"
    if width > 1 and len(value) == n * width and not any(isinstance(item, list) for item in value):
        value = [value[i : i + width] for i in range(0, n * width, width)]
    if len(value) != n:
        return f"has {len(value)} points, wanted {n}"
    out = np.full((n, width), np.nan)
    for i, point in enumerate(value):
        numbers = point if isinstance(point, list) else [point] * width if point is None else [point]
        if len(numbers) != width:
            return f"point {i} has {len(numbers)} numbers, wanted {width}"
        for k, number in enumerate(numbers):
            if isinstance(number, bool) or not isinstance(number, int | float | None):
                return f"point {i} holds {str(number)[:30]!r}, wanted a number or null"
            if isinstance(number, int) and abs(number) > 1e15:
                return f"point {i} holds {str(number)[:30]}, which is no place in a picture"
            out[i, k] = math.nan if number is None else number
    return "holds infinite numbers" if np.isinf(out).any() else out


def _one_person(found: Gathered, part: str | None, name: str) -> list[Row]:
    """Return the rows of the person named *part*, all rows where nobody is named."""
    persons = list(dict.fromkeys(row.person for row in found.rows))
    names = ["unnamed" if person is None else person for person in persons]
    if part is None and len(persons) > 1:
        found.problems.append(Problem(name, f"holds {len(persons)} persons", f"choose a part: {', '.join(names)}"))
    elif part is not None and part not in names:
        says = f"no person '{part}'{nearest(part, names)}"
        found.problems.append(Problem(name, says, f"the parts are {', '.join(names)}"))
    chosen = persons[names.index(part)] if part in names else persons[0] if persons else None
    return [row for row in found.rows if row.person == chosen]


def _or_null(points: Floats) -> list[list[float | None] | None]:
    """Return (n, 3) as lists, null for a number that is NaN and for a point that is all NaN."""
    return [
        None if all(map(math.isnan, point)) else [None if math.isnan(x) else x for x in point]
        for point in points.tolist()
    ]


def _listed(parsed: dict[str, object]) -> str:
    return ", ".join(list(parsed)[:5]) or "an empty object"
