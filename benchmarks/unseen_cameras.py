"""The rendered recordings as other cameras bring them: rates, sizes, codings, light; long holds, a real walker."""

import csv
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from unseen_figure import Bytes
from unseen_moves import Ways
from unseen_pictures import CLIPS, FPS, Edit, pictures_of, played
from unseen_scenes import Recording, Wanted

EXACT = (0.2, 4.0)
"""How far a hold, s, and its depth, deg, may be off where only the camera is another one."""
PARTS = (("left", "shoulder"), ("right", "shoulder"), ("right", "hip"), ("left", "hip"))
CODINGS = (("mp4v", ".mp4"), ("MJPG", ".avi"), ("XVID", ".avi"))


def other_cameras(data: Path) -> Iterator[Recording]:
    """Yield every recording through other cameras, and what only other rooms have."""
    for name, wanted in CLIPS.items():
        path = data / "clips" / f"{name}.mp4"
        wanted = replace(wanted, within=EXACT)
        end_s = len(pictures_of(path)) / FPS
        whole = [(0.0, 0.0), (end_s, end_s)]
        for what, edit in LENSES.items():
            yield Recording(f"{name} {what}", end_s, played(path, whole, edit), wanted)
        for fps in (10.0, 30.0, 60.0):
            yield Recording(f"{name} at {fps:.0f} a second", end_s, blended(path), wanted, fps=fps)
        for coding, kind in CODINGS:
            yield Recording(f"{name} as {coding}", end_s, shown(partial(coded, path, coding, kind)), wanted)
        if wanted.holds:
            yield from long_holds(path, name, wanted)
    yield from passed(data)


def long_holds(path: Path, name: str, wanted: Wanted) -> Iterator[Recording]:
    """Holds of other lengths: the pictures of each hold are walked through to and fro, by chance, until it is over."""
    spans = tuple((h["start"], h["end"]) for h in json.loads(path.with_suffix(".json").read_text())["holds"])
    for hold_s in (3.0, 8.0, 25.0, 60.0):
        times = walked(spans, hold_s)
        holds = tuple((side, hold_s) for side, _ in wanted.holds or ())
        yield Recording(f"{name} holds {hold_s:.0f} s", times[-1][0], played(path, times), replace(wanted, holds=holds))


def walked(holds: tuple[tuple[float, float], ...], hold_s: float) -> Ways:
    """Return which second is shown when: each hold stays within its pictures, a picture to and fro at a time."""
    chance = np.random.default_rng(5)
    knots, t = [(0.0, 0.0)], 0.0
    for start, end in holds:
        t += start - knots[-1][1]
        knots.append((t, start))
        first, last, at = round(start * FPS), round(end * FPS), round(start * FPS)
        for i in range(round(hold_s * FPS)):
            left = round(hold_s * FPS) - i
            at = max(at + int(chance.choice((-1, 1, 1))), first) if at < last - left else at + 1
            at = min(at, last) if left > 1 else last
            knots.append((t + (i + 1) / FPS, at / FPS))
        t += hold_s
    return [*knots, (t + 2.2, holds[-1][1] + 2.2)]


def blended(path: Path) -> Callable[[float], Bytes]:
    """Return the pictures at any rate: between two there is a mixture of both, as a slow shutter makes it."""

    def picture(t_s: float) -> Bytes:
        every = pictures_of(path)
        i, u = min(int(t_s * FPS), len(every) - 2), min(t_s * FPS, len(every) - 1.0)
        return np.asarray(cv2.addWeighted(every[i], 1 - (u - i), every[i + 1], u - i, 0), np.uint8)

    return picture


def shown(pictures: Callable[[], tuple[Bytes, ...]]) -> Callable[[float], Bytes]:
    """Return the pictures by their times."""
    return lambda t_s: pictures()[min(round(t_s * FPS), len(pictures()) - 1)]


@cache
def coded(path: Path, coding: str, kind: str) -> tuple[Bytes, ...]:
    """Return the pictures after they were written in another coding and read again."""
    first = pictures_of(path)[0]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"coded{kind}"
        writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*coding), FPS, (first.shape[1], first.shape[0]))
        for picture in pictures_of(path):
            writer.write(picture)
        writer.release()
        return pictures_of.__wrapped__(file)


def passed(data: Path) -> Iterator[Recording]:
    """A real woman, cut out of another recording, walks past the one who turns: behind, and in front."""
    real = data / "real" / "sports2d_demo.mp4"
    for name in ("twist_male_front", "twist_plain_front"):
        path, table = data / "clips" / f"{name}.mp4", data / "clips" / f"{name}.csv"
        end_s = len(pictures_of(path)) / FPS
        hidden, seen = replace(CLIPS[name], n_reps=None, holds=None), replace(CLIPS[name], within=(0.4, 6))
        for first_s in (0.5, 4.0):
            for what, height, behind in (("behind", 300, True), ("in front", 430, False)):
                walk = partial(_with_walker, path, table if behind else None, real, (first_s, height))
                yield Recording(f"{name} walker {what} at {first_s} s", end_s, walk, seen if behind else hidden)


def _with_walker(path: Path, table: Path | None, real: Path, way: tuple[float, int], t_s: float) -> Bytes:
    """Return a picture with the walker in it, who crosses it in 4 s. table : joints of who hides her, if anybody."""
    first_s, height = way
    i = min(round(t_s * FPS), len(pictures_of(path)) - 1)
    out = pictures_of(path)[i].copy()
    steps = walker(real)
    step = round((t_s - first_s) * 30)
    if not 0 <= step < len(steps):
        return out
    cut, mask = steps[step]
    scale = height / cut.shape[0]
    size = (max(2, round(cut.shape[1] * scale)), height)
    cut, mask = (np.asarray(cv2.resize(a, size, interpolation=cv2.INTER_AREA), np.uint8) for a in (cut, mask))
    x = round(out.shape[1] * (1.1 - 1.3 * step / len(steps)) - size[0] / 2)
    y = out.shape[0] - height - (60 if table else 10)
    left, right = max(0, x), min(out.shape[1], x + size[0])
    if left >= right:
        return out
    there = mask[:, left - x : right - x] > 127
    if table:
        there &= ~_body(table, out.shape, i)[y : y + height, left:right]
    out[y : y + height, left:right][there] = cut[:, left - x : right - x][there]
    return out


@cache
def walker(real: Path) -> tuple[tuple[Bytes, Bytes], ...]:
    """Return the walking woman, cut out: for each picture hers, and where she is in it (255)."""
    every = [np.asarray(cv2.resize(p, None, fx=0.5, fy=0.5), np.uint8)[250:] for p in pictures_of.__wrapped__(real)]
    empty = np.median(np.array(every[::8]), axis=0).astype(np.int16)
    steps = []
    for picture in every[95:225]:
        moved = (np.abs(picture.astype(np.int16) - empty).max(axis=2) > 25).astype(np.uint8)
        whole = np.asarray(cv2.morphologyEx(moved, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), np.uint8)
        n, marks, stats, _ = cv2.connectedComponentsWithStats(whole)
        best = max(range(1, n), key=lambda k: stats[k, cv2.CC_STAT_AREA], default=0)
        x, y, w, h = stats[best, :4]
        mask = ((marks == best) * 255).astype(np.uint8)[y : y + h, x : x + w]
        if best and h > 100 and w < h:
            steps.append((picture[y : y + h, x : x + w], mask))
    return tuple(steps)


@cache
def _rows(table: Path) -> tuple[dict[str, str], ...]:
    with table.open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def _body(table: Path, shape: tuple[int, ...], i: int) -> NDArray[np.bool_]:
    """Return where the sitting body is in picture *i*, as thick limbs between its true joints."""
    row, mask = _rows(table)[i], np.zeros(shape[:2], np.uint8)

    def at(name: str) -> tuple[int, int]:
        return round(float(row[f"{name}_u"])), round(float(row[f"{name}_v"]))

    trunk = [at(f"{side}_{part}") for side, part in PARTS]
    cv2.fillPoly(mask, [np.array(trunk)], 1)
    cv2.polylines(mask, [np.array(trunk)], True, 1, 26)
    cv2.circle(mask, at("nose"), 34, 1, -1)
    for side in ("left", "right"):
        limbs = (("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("knee", "ankle"))
        for a, b in limbs:
            cv2.line(mask, at(f"{side}_{a}"), at(f"{side}_{b}"), 1, 36 if a in ("hip", "knee") else 24)
    return mask.astype(bool)


def _far(picture: Bytes) -> Bytes:
    """Half as large, in the middle of a wall and a floor of the picture's own colours."""
    h, w = picture.shape[:2]
    small = cv2.resize(picture, (w // 2, h // 2), interpolation=cv2.INTER_AREA)
    sides = (h // 4, h - h // 2 - h // 4, w // 4, w - w // 2 - w // 4)
    return np.asarray(cv2.copyMakeBorder(small, *sides, cv2.BORDER_REPLICATE), np.uint8)


def _dim(picture: Bytes) -> Bytes:
    """An evening lamp: a quarter of the light, warm, with the grain of a sensor that has to make do."""
    grain = np.random.default_rng(int(picture[::31, ::43].sum())).normal(0, 6, picture.shape)
    return np.asarray(np.clip(picture * np.array([0.18, 0.24, 0.3]) + grain, 0, 255), np.uint8)


def _pressed(picture: Bytes) -> Bytes:
    """As a cheap camera presses its pictures together."""
    pressed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 12])[1]
    return np.asarray(cv2.imdecode(pressed, cv2.IMREAD_COLOR), np.uint8)


LENSES: dict[str, Edit] = {
    "low contrast": lambda p: (p * 0.35 + 90).astype(np.uint8),
    "dim": _dim,
    "half as large": _far,
    "320 x 240": lambda p: np.asarray(cv2.resize(p, (320, 240), interpolation=cv2.INTER_AREA), np.uint8),
    "160 x 120": lambda p: np.asarray(cv2.resize(p, (160, 120), interpolation=cv2.INTER_AREA), np.uint8),
    "grey": lambda p: np.asarray(cv2.cvtColor(cv2.cvtColor(p, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8),
    "pressed": _pressed,
}
