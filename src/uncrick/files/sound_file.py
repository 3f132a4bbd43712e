"""Sound on disk: read piece by piece whatever its length, written as 16-bit WAV; what is wrong is a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import soundfile
from numpy.typing import NDArray

from uncrick.errors import Problem, ProblemsError
from uncrick.files.whole_file import whole_file

Floats = NDArray[np.float64]
LOWEST_RATE_HZ: Final = 16_000
HIGHEST_RATE_HZ: Final = 192_000
BLOCK_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class SoundInfo:
    """What a sound file is: its rate, its length and its channels."""

    rate_hz: int
    n_samples: int
    n_channels: int

    @property
    def duration_s(self) -> float:
        """How long it lasts."""
        return self.n_samples / self.rate_hz


def _refuse(path: Path, says: str, hint: str = "") -> ProblemsError:
    return ProblemsError([Problem(str(path), says, hint)])


@contextmanager
def opened_sound(path: Path) -> Iterator[tuple[SoundInfo, Iterator[Floats]]]:
    """Open a sound file: its info, and its samples (N,) in -1..1 in pieces, channels averaged, non-numbers as 0.

    Raises ProblemsError when it is missing, no sound, empty, broken, or too coarse to hear a pop in.
    """
    if path.is_dir():
        raise _refuse(path, "is a folder, not a sound file")
    if not path.exists():
        raise _refuse(path, "is not there", "give the path of a WAV, FLAC, OGG or MP3 file, or MICROPHONE")
    try:
        sound = soundfile.SoundFile(path)
    except (soundfile.LibsndfileError, OSError, TypeError):
        raise _refuse(path, "is not a sound file that can be read", "WAV, FLAC, OGG and MP3 can") from None
    with sound:
        info = SoundInfo(sound.samplerate, sound.frames, sound.channels)
        if info.n_samples == 0:
            raise _refuse(path, "has no samples")
        if info.rate_hz < LOWEST_RATE_HZ:
            says = f"has {info.rate_hz} samples a second, too few to tell a pop from a thud"
            raise _refuse(path, says, f"record at {LOWEST_RATE_HZ} or more, best 48000")
        if info.rate_hz > HIGHEST_RATE_HZ:
            raise _refuse(path, f"has {info.rate_hz} samples a second; at most {HIGHEST_RATE_HZ} can be used")
        yield info, _pieces(path, sound)


def _pieces(path: Path, sound: soundfile.SoundFile) -> Iterator[Floats]:
    """Yield the samples in pieces of half a second."""
    n_read = 0
    while True:
        try:
            piece = sound.read(round(BLOCK_S * sound.samplerate), dtype="float64", always_2d=True)
        except soundfile.LibsndfileError:
            raise _refuse(path, f"is broken at {n_read / sound.samplerate:.1f} s") from None
        if not len(piece):
            return
        n_read += len(piece)
        yield np.nan_to_num(piece.mean(axis=1), nan=0.0, posinf=0.0, neginf=0.0)


def write_wav(path: Path, sound: Floats, rate_hz: int) -> None:
    """Write *sound* (N,) in -1..1 as 16-bit WAV. Raises ProblemsError when it cannot be written."""
    with whole_file(path) as new:
        soundfile.write(new, np.clip(sound, -1.0, 1.0), rate_hz, subtype="PCM_16", format="WAV")
