"""Listening for pops, in a recording or live; nothing that is heard is kept."""

import queue
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from uncrick.app.compiling import COMPILED_FOLDER  # noqa: F401  # first: it says where compiled code is kept
from uncrick.crack.compiled import Floats
from uncrick.crack.hearing import Crack, group_pops, within
from uncrick.crack.pop import DEAF_S, Hearing, Pop, PopState, silence_to_finish, step
from uncrick.errors import Problem, ProblemsError
from uncrick.files.sound_file import opened_sound

if TYPE_CHECKING:
    import sounddevice

MICROPHONE_RATE_HZ: Final = 48_000
CLIPPED: Final = 0.999
SILENT: Final = 1e-5


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a recording: the cracks, its length, and what a person should know about its quality."""

    cracks: list[Crack]
    duration_s: float
    remarks: list[str]


def moments_from(texts: Iterable[str]) -> list[tuple[float, float]]:
    """Return the watched moments written as ``from-to`` in seconds. Raises ProblemsError with every problem."""
    moments, problems = [], []
    for text in texts:
        start, _, end = text.partition("-")
        try:
            moment = (float(start), float(end))
        except ValueError:
            problems.append(Problem("--during", f"'{text}' is not FROM-TO in seconds", "e.g. --during 12.5-18"))
            continue
        if not 0.0 <= moment[0] < moment[1]:
            problems.append(Problem("--during", f"'{text}' ends before it starts", "e.g. --during 12.5-18"))
        moments.append(moment)
    if problems:
        raise ProblemsError(problems)
    return moments


class _Quality:
    """How loud and how clipped a stream of sound was."""

    def __init__(self, n_channels: int, rate_hz: int) -> None:
        self.rate_hz = rate_hz
        self.n_channels, self.n_samples, self.n_clipped, self.peak = n_channels, 0, 0, 0.0

    def watch(self, piece: Floats) -> None:
        """Take the next samples (N,)."""
        size = np.abs(piece)
        self.n_samples += len(piece)
        self.n_clipped += int(np.count_nonzero(size >= CLIPPED))
        self.peak = max(self.peak, float(size.max(initial=0.0)))

    def remarks(self) -> list[str]:
        """Return what a person should know, a sentence each."""
        said = []
        if self.peak < SILENT:
            said.append("the recording is silent: check the microphone")
        if self.n_clipped > max(20, 1e-4 * self.n_samples):
            said.append(
                f"{self.n_clipped} samples are clipped: loud pops may be taken for something else; record quieter"
            )
        if self.n_samples <= DEAF_S * self.rate_hz:
            lasts = f"the recording lasts {self.n_samples / self.rate_hz:.1f} s"
            said.append(f"{lasts}: a pop in its first {DEAF_S:.1f} s cannot be told; record more of the room before it")
        if self.n_channels > 1:
            said.append(f"{self.n_channels} channels were averaged to one")
        return said


def _pops(hearing: Hearing, pieces: Iterable[Floats]) -> Iterator[list[Pop]]:
    """Yield the pops decided after each piece, and at the end those still open."""
    state: PopState | None = None
    for piece in pieces:
        state, pops = step(hearing, state, piece)
        yield pops
    yield step(hearing, state, silence_to_finish(hearing))[1]


def listen_to_file(
    path: Path, moments_s: Sequence[tuple[float, float]], after_piece: Callable[[float, float], None]
) -> Heard:
    """Return what is heard in a sound file; *after_piece* is told the seconds done and the seconds in all."""
    with opened_sound(path) as (info, pieces):
        quality = _Quality(info.n_channels, info.rate_hz)

        def watched() -> Iterator[Floats]:
            for piece in pieces:
                quality.watch(piece)
                yield piece
                after_piece(quality.n_samples / info.rate_hz, info.duration_s)

        pops = [pop for found in _pops(Hearing(rate_hz=info.rate_hz), watched()) for pop in found]
    cracks = group_pops(within(pops, moments_s))
    return Heard(cracks, quality.n_samples / info.rate_hz, quality.remarks())


def _sound_device() -> "sounddevice":
    """Return the microphone library, which needs a system library that may be missing."""
    try:
        import sounddevice
    except (ImportError, OSError):
        says = "the microphone needs the package sounddevice and the system's PortAudio"
        raise ProblemsError([Problem("MICROPHONE", says, "pip install 'uncrick[microphone]'")]) from None
    return sounddevice


def listen_to_microphone(seconds: float) -> Iterator[Pop]:
    """Yield pops as they are heard for *seconds*; nothing is kept. Raises ProblemsError without a microphone."""
    device = _sound_device()
    arrived: queue.SimpleQueue[Floats] = queue.SimpleQueue()

    def take(samples: Floats, n_samples: int, at: object, status: object) -> None:
        arrived.put(np.nan_to_num(samples[:, 0], nan=0.0, posinf=0.0, neginf=0.0).astype(np.float64))

    try:
        stream = device.InputStream(samplerate=MICROPHONE_RATE_HZ, channels=1, dtype="float32", callback=take)
        stream.start()
    except (device.PortAudioError, ValueError) as error:
        raise ProblemsError([Problem("MICROPHONE", f"cannot be opened: {error}", "is one plugged in?")]) from None

    def pieces() -> Iterator[Floats]:
        n_left = round(seconds * MICROPHONE_RATE_HZ)
        while n_left > 0:
            piece = arrived.get()[:n_left]
            n_left -= len(piece)
            yield piece

    with stream:
        for pops in _pops(Hearing(rate_hz=MICROPHONE_RATE_HZ), pieces()):
            yield from pops
