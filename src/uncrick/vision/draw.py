"""A body and a caption drawn on a picture: left and right in two colours, the joint in question ringed."""

from dataclasses import dataclass
from typing import Final, Literal

import cv2
import numpy as np

from uncrick.pose.frame import Floats, Frame
from uncrick.pose.landmark import BONES, INDEX, NAMES
from uncrick.vision.picture import Bytes

Severity = Literal["none", "good", "cue", "stop"]
Colour = tuple[int, int, int]

LEFT: Final[Colour] = (245, 170, 72)
RIGHT: Final[Colour] = (60, 150, 255)
MIDDLE: Final[Colour] = (245, 245, 245)
DARK: Final[Colour] = (32, 28, 24)
RING: Final[Colour] = (60, 230, 255)
STRIP: Final[dict[Severity, Colour]] = {
    "none": (190, 190, 190), "good": (120, 200, 90), "cue": (60, 200, 255), "stop": (60, 60, 230)
}  # fmt: skip
"""Blue, green, red. Left is blue and right is orange, as in the report. Orange and sky blue stay apart for every common
kind of colour blindness. Source: wong2011."""
SURE: Final = 0.5
"""Points the model thinks hidden (visibility below this) are drawn thin and pale."""
FINE: Final = 4
"""Binary digits of a pixel that lines are placed to, so that they glide instead of jumping."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What is written on one picture. phase : a few words. says : one sentence. joints : landmark names to ring."""

    phase: str = ""
    says: str = ""
    severity: Severity = "none"
    joints: frozenset[str] = frozenset()


def drawn(bgr: Bytes, frame: Frame, caption: Caption) -> Bytes:
    """Return the picture (height, width, 3) with the body on it, and under it a band with the caption.

    frame : its points in the pixels of the picture. The band is there even when it says nothing, and never hides feet.
    """
    unit = min(bgr.shape[:2]) / 480
    if frame.has_body:
        draw_body(bgr, frame, caption.joints, unit)
    draw_legend(bgr, frame.t_s, unit)
    if caption.severity == "stop":
        height, width = bgr.shape[:2]
        cv2.rectangle(bgr, (0, 0), (width - 1, height - 1), STRIP["stop"], round(10 * unit))
    return np.vstack([bgr, band(bgr.shape[1], caption, unit)])


def draw_body(bgr: Bytes, frame: Frame, joints: frozenset[str], unit: float) -> None:
    """Draw bones, joints and rings; *unit* is 1 on a picture 480 px high."""
    sure = frame.visibility >= SURE
    draw_neck(bgr, frame, unit)
    bones = [(a, b) for a, b in BONES if np.isfinite(frame.image_px[[a, b], :2]).all()]
    guessed = [bone for bone in bones if not sure[list(bone)].all()]
    pale = bgr.copy()
    for bone in guessed:
        draw_line(pale, frame.image_px[list(bone)], side_colour(bone), 2 * unit)
    cv2.addWeighted(pale, 0.5, bgr, 0.5, 0, dst=bgr)
    seen = [bone for bone in bones if sure[list(bone)].all()]
    for bone in seen:
        draw_line(bgr, frame.image_px[list(bone)], DARK, 6.5 * unit)
    for bone in seen:
        draw_line(bgr, frame.image_px[list(bone)], side_colour(bone), 3.5 * unit)
    for i in sorted({i for bone in seen for i in bone}):
        draw_dot(bgr, frame.image_px[i], 4.5 * unit, DARK)
        draw_dot(bgr, frame.image_px[i], 3 * unit, side_colour((i, i)))
    for name in sorted(joints & set(NAMES)):
        if np.isfinite(frame.image_px[INDEX[name]]).all():
            draw_ring(bgr, frame.image_px[INDEX[name]], 13 * unit, unit)


def draw_neck(bgr: Bytes, frame: Frame, unit: float) -> None:
    """Draw the line from midway between the shoulders to midway between the ears."""
    shoulders, ears = (frame.image_px[[INDEX[f"{name}_left"], INDEX[f"{name}_right"]]] for name in ("shoulder", "ear"))
    neck = np.stack([shoulders.mean(axis=0), ears.mean(axis=0)])[:, :2]
    if not np.isfinite(neck).all():
        return
    for colour, width_px in ((DARK, 6.5 * unit), (MIDDLE, 3.5 * unit)):
        draw_line(bgr, neck, colour, width_px)
        draw_dot(bgr, neck[1], width_px, colour)


def side_colour(bone: tuple[int, int]) -> Colour:
    """Return the colour of a bone or point: of its side, or neither where it joins the two."""
    sides = {NAMES[i].rpartition("_")[2] for i in bone}
    return LEFT if sides == {"left"} else RIGHT if sides == {"right"} else MIDDLE


def draw_line(bgr: Bytes, ends: Floats, colour: Colour, width_px: float) -> None:
    """Draw an anti-aliased line between the two points (2, >=2) px."""
    a, b = (fine(end) for end in ends)
    cv2.line(bgr, a, b, colour, max(1, round(width_px)), cv2.LINE_AA, shift=FINE)


def draw_dot(bgr: Bytes, point: Floats, radius_px: float, colour: Colour) -> None:
    """Draw a filled circle."""
    cv2.circle(bgr, fine(point), round(radius_px * 2**FINE), colour, -1, cv2.LINE_AA, shift=FINE)


def draw_ring(bgr: Bytes, point: Floats, radius_px: float, unit: float) -> None:
    """Draw the ring that says: this one."""
    for colour, width_px in ((DARK, 5 * unit), (RING, 2.5 * unit)):
        width = max(1, round(width_px))
        cv2.circle(bgr, fine(point), round(radius_px * 2**FINE), colour, width, cv2.LINE_AA, shift=FINE)


def fine(point: Floats) -> tuple[int, int]:
    """Return x, y in the fixed-point pixels OpenCV draws with; points far outside stay within what it can take."""
    x, y = np.clip(np.round((point[:2] - 0.5) * 2**FINE), -(2**28), 2**28)
    return int(x), int(y)


def draw_legend(bgr: Bytes, t_s: float, unit: float) -> None:
    """Write which colour is which side of the person, and the time."""
    x, y, size = round(14 * unit), round(24 * unit), round(15 * unit)
    for word, colour in (("left", LEFT), ("right", RIGHT)):
        draw_line(bgr, np.array([[x, y - 5 * unit], [x + 18 * unit, y - 5 * unit]]), DARK, 6 * unit)
        draw_line(bgr, np.array([[x, y - 5 * unit], [x + 18 * unit, y - 5 * unit]]), colour, 3.5 * unit)
        x = write(bgr, word, (x + round(26 * unit), y), size) + round(18 * unit)
    clock = f"{t_s:.1f} s"
    write(bgr, clock, (bgr.shape[1] - round(14 * unit) - text_width(clock, size, 400), y), size)


def band(width_px: int, caption: Caption, unit: float) -> Bytes:
    """Return the band under the picture: a few words, the sentence below them, the colour of its weight at the left."""
    margin = round(20 * unit)
    room = width_px - 2 * margin
    out = np.full((round(40 * unit) * 2, width_px, 3), DARK, np.uint8)
    if caption.severity == "stop":
        out[:] = STRIP["stop"]
    elif caption.phase or caption.says:
        out[:, : round(7 * unit)] = STRIP[caption.severity]
    says = lines(caption.says, round(20 * unit), room)
    rows = [(caption.phase, 17 if says else 24, 500)] if caption.phase else []
    rows += [(line, 26 if len(says) == 1 else 20, 600) for line in says]
    for i, (text, size, weight) in enumerate(rows):
        size_px = fitting(text, round(size * unit), weight, room)
        middle = out.shape[0] * (i + 0.5) / len(rows)
        at = (margin, round(middle + 0.35 * size_px))
        cv2.putText(out, text, at, (255, 255, 255), cv2.FontFace("sans"), size_px, weight)
    return out


def lines(text: str, least_px: int, room_px: int) -> list[str]:
    """Return the text in one line, or in two of like length when it would have to be smaller than *least_px*."""
    if text_width(text, least_px, 600) <= room_px:
        return [text] if text else []
    gaps = [i for i, letter in enumerate(text) if letter == " "]
    if not gaps:
        return [text]
    middle = min(gaps, key=lambda i: abs(i - len(text) / 2))
    return [text[:middle], text[middle + 1 :]]


def write(bgr: Bytes, text: str, at: tuple[int, int], size_px: int) -> int:
    """Write *text* in white with a dark rim, readable on any picture; return the x where it ends."""
    face = cv2.FontFace("sans")
    for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1), (1, 1)):
        cv2.putText(bgr, text, (at[0] + dx, at[1] + dy), DARK, face, size_px, 500)
    end, _ = cv2.putText(bgr, text, at, (255, 255, 255), face, size_px, 500)
    return int(end[0])


def fitting(text: str, size_px: int, weight: int, room_px: int) -> int:
    """Return the largest size up to *size_px* at which *text* fits into the room."""
    return max(8, min(size_px, int(size_px * room_px / max(1, text_width(text, size_px, weight)))))


def text_width(text: str, size_px: int, weight: int) -> int:
    """Return how wide *text* becomes, px."""
    return int(cv2.getTextSize((8192, 8192), text, (0, 100), cv2.FontFace("sans"), size_px, weight)[2])
