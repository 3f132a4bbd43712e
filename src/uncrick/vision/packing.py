"""Coded pictures taken out of one video and put into another, each at its own time."""

from pathlib import Path
from typing import Final

import cv2
import numpy as np

from uncrick.vision import ffmpeg

FINEST_HZ: Final = 1000.0
"""Times are kept to a millisecond, as Matroska keeps them."""
EVEN_S: Final = 0.002
"""Pictures that come this evenly are given a rate, so that players can name it."""
HEADED: Final = "FMP4"
"""MPEG-4 part 2, which is only understood with its header before the first picture."""


def pack(source: Path, target: Path, times_s: list[float]) -> int:
    """Write the coded pictures of *source* to *target*, the i-th at times_s[i]; return how many can be read there.

    times_s : strictly increasing. What is left over of either is left out. The format is known by target's ending.
    """
    packets = ffmpeg.open_packets(source)
    if packets is None or not times_s:
        return 0
    rate_hz, ticks = counted(times_s)
    packer = ffmpeg.open_packer(target, packets, rate_hz)
    if packer is None:
        return 0
    headed = int(packets.get(cv2.CAP_PROP_FOURCC)) == cv2.VideoWriter.fourcc(*HEADED)
    for i, tick in enumerate(ticks):
        taken, packet = packets.read()
        if not taken:
            break
        if i == 0 and headed:
            _, header = packets.retrieve(flag=int(packets.get(cv2.CAP_PROP_CODEC_EXTRADATA_INDEX)))
            packet = np.hstack([header, packet])
        packer.set(cv2.VIDEOWRITER_PROP_KEY_FLAG, packets.get(cv2.CAP_PROP_LRF_HAS_KEY_FRAME))
        packer.set(cv2.VIDEOWRITER_PROP_PTS, tick)
        packer.set(cv2.VIDEOWRITER_PROP_DTS_DELAY, i - tick)  # decoded when shown: it counts from i
        packer.write(packet)
    packer.release()
    packets.release()
    return n_packets(target)


def n_packets(path: Path) -> int:
    """Return how many coded pictures can be read from a file; 0 when it is no video."""
    packets = ffmpeg.open_packets(path)
    if packets is None:
        return 0
    n = 0
    while packets.grab():
        n += 1
    packets.release()
    return n


def counted(times_s: list[float]) -> tuple[float, list[int]]:
    """Return a rate and for each time the number of its tick: 0 for the first, and every tick later than the last.

    The rate is that of the pictures when they come evenly, some perhaps left out, and FINEST_HZ when they do not.
    """
    from_first_s = [t_s - times_s[0] for t_s in times_s]
    rate_hz = even_rate_hz(times_s)
    ticks = rising([round(t_s * rate_hz) for t_s in from_first_s])
    if all(abs(tick / rate_hz - t_s) <= EVEN_S for tick, t_s in zip(ticks, from_first_s, strict=True)):
        return rate_hz, ticks
    return FINEST_HZ, rising([round(t_s * FINEST_HZ) for t_s in from_first_s])


def even_rate_hz(times_s: list[float]) -> float:
    """Return how many pictures a second there are where none is left out; 30 for a single one, FINEST_HZ below 1."""
    if len(times_s) < 2:
        return 30.0
    steps_s = np.diff(times_s)
    n_steps = np.round(steps_s / np.median(steps_s)).sum()
    rate_hz = round(float(n_steps / steps_s.sum()), 3)
    return rate_hz if 1 <= rate_hz <= FINEST_HZ else FINEST_HZ


def rising(ticks: list[int]) -> list[int]:
    """Return the ticks, each that is not later than the one before moved to the next."""
    out: list[int] = []
    for tick in ticks:
        out.append(max(tick, out[-1] + 1) if out else tick)
    return out
