"""The rendered recordings themselves, with their pictures re-timed, cut, moved, darkened: real pixels all the same."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from unseen_figure import Bytes
from unseen_moves import Ways
from unseen_scenes import BUTTERFLY, NOTHING, ROCKING, ROUNDED, TWIST, Recording, Wanted

FPS = 15.0
CLIPS = {
    "twist_male_front": Wanted(TWIST, 1, (("left", 5.0), ("right", 5.0)), 40, (0.3, 6), may=("moving_fast",)),
    "twist_plain_front": Wanted(TWIST, 1, (("left", 5.0), ("right", 5.0)), 40, (0.3, 6), may=("moving_fast",)),
    "butterfly_female_front": Wanted(BUTTERFLY, 2, (("", 5.0),) * 2, within=(0.3, 6)),
    "rounded_male_side": Wanted(ROUNDED, 2, (("", 5.0),) * 2, within=(0.3, 6)),
    "rocking_female_side": Wanted(ROCKING, 5),
}
Edit = Callable[[Bytes], Bytes]


@cache
def pictures_of(path: Path) -> tuple[Bytes, ...]:
    """Decode a video."""
    capture, out = cv2.VideoCapture(str(path)), []
    while (read := capture.read())[0]:
        out.append(np.asarray(read[1], dtype=np.uint8))
    capture.release()
    return tuple(out)


def played(path: Path, times: Ways, edit: Edit | None = None) -> Callable[[float], Bytes]:
    """Return the pictures of a video: *times* says which second of it is shown when."""

    def picture(t_s: float) -> Bytes:
        shown = pictures_of(path)
        at_s = float(np.interp(t_s, [t for t, _ in times], [s for _, s in times]))
        one = shown[min(round(at_s * FPS), len(shown) - 1)]
        return edit(one) if edit else one

    return picture


def edited_recordings(data: Path) -> Iterator[Recording]:
    """Yield the rendered recordings, each in other clothes."""
    folder = data / "clips"
    yield from retimed(folder)
    for name, wanted in CLIPS.items():
        path = folder / f"{name}.mp4"
        end_s = len(pictures_of(path)) / FPS
        for what, edit in EDITS.items():
            yield Recording(f"{name} {what}", end_s, played(path, [(0, 0), (end_s, end_s)], edit), wanted)
        flipped = replace(wanted, holds=tuple((_OTHER[side], s) for side, s in wanted.holds or ()))
        yield Recording(f"{name} mirrored", end_s, played(path, [(0, 0), (end_s, end_s)], _mirrored), flipped)


def retimed(folder: Path) -> Iterator[Recording]:
    """The rendered recordings at other paces: holds longer and shorter, turns quicker, nothing at all."""
    twist, rocking = folder / "twist_male_front.mp4", folder / "rocking_female_side.mp4"

    def held(hold_s: float) -> Ways:
        """Go to and fro in the middle of each hold until it has lasted."""
        knots, t = [(0.0, 0.0)], 0.0
        for start, end in ((2.5, 7.5), (11.25, 16.25)):
            t += start - knots[-1][1]
            knots.append((t, start))
            left = hold_s
            while left > 3.0:
                knots += [(t + 1.0, start + 1.0), (t + 2.0, start)]
                t, left = t + 2.0, left - 2.0
            knots += [(t + left / 2, start + 1.0), (t + left, end)]
            t += left
        return [*knots, (t + 2.2, 18.45)]

    for hold_s in (3.0, 10.0, 20.0):
        times = held(hold_s)
        wanted = replace(CLIPS["twist_male_front"], holds=(("left", hold_s), ("right", hold_s)))
        yield Recording(f"pixels twist held {hold_s:.0f} s", times[-1][0], played(twist, times), wanted)
    slow = replace(CLIPS["twist_male_front"], holds=(("left", 10.0), ("right", 10.0)), may=())
    yield Recording("pixels twist half as fast", 36.8, played(twist, [(0, 0), (36.8, 18.4)]), slow)
    quick = [(0, 0), (1.0, 1.0), (1.5, 2.5), (6.5, 7.5), (8.0, 9.0)]
    stopped = Wanted(TWIST, 0, None, stops=("abrupt",))
    yield Recording("pixels twist three times as fast", 8, played(twist, quick), stopped)
    for pace in (2.0, 2.6):
        end_s = 1 + 15.0 / pace + 1
        fast = Wanted(ROCKING, 5, cues=("fast_rock",))
        times = [(0, 0), (1, 1), (1 + 15 / pace, 16.0), (end_s, 16.9)]
        yield Recording(f"pixels rocking {pace} times as fast", end_s, played(rocking, times), fast)
    for name in CLIPS:
        to_and_fro = [(t, 0.8 * (t / 0.8 % 2 if t / 0.8 % 2 <= 1 else 2 - t / 0.8 % 2)) for t in np.arange(0, 21, 0.8)]
        yield Recording(f"pixels {name} still", 20, played(folder / f"{name}.mp4", to_and_fro), NOTHING)


def _mirrored(picture: Bytes) -> Bytes:
    return np.ascontiguousarray(picture[:, ::-1])


def _noisy(picture: Bytes) -> Bytes:
    grain = np.random.default_rng(int(picture[::37, ::41].sum())).normal(0, 18, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def _squeezed(picture: Bytes) -> Bytes:
    """As a wall poster seen from 20 deg aside: only the picture is turned, not the person in it."""
    h, w = picture.shape[:2]
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    shown = np.array([[12, 0], [w - 12, 28], [w - 12, h - 28], [12, h]], np.float32)
    return np.asarray(cv2.warpPerspective(picture, cv2.getPerspectiveTransform(corners, shown), (w, h)), np.uint8)


def _scaled(picture: Bytes, scale: float) -> Bytes:
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _upright(picture: Bytes) -> Bytes:
    """In the middle of a tall picture, as a telephone takes it."""
    h, w = picture.shape[:2]
    out = np.full((w * 4 // 3, w * 3 // 4, 3), 90, np.uint8)
    cut = picture[:, w // 8 : w // 8 + out.shape[1]]
    top = (out.shape[0] - h) // 2
    out[top : top + h] = cut
    return out


EDITS: dict[str, Edit] = {
    "dark": lambda p: (p * 0.3).astype(np.uint8),
    "bright": lambda p: np.clip(p * 1.6 + 30, 0, 255).astype(np.uint8),
    "blurred": lambda p: np.asarray(cv2.GaussianBlur(p, (0, 0), 3), np.uint8),
    "noisy": _noisy,
    "small": lambda p: _scaled(p, 0.4),
    "tall": _upright,
    "seen aside": _squeezed,
}
_OTHER = {"left": "right", "right": "left", "": ""}
