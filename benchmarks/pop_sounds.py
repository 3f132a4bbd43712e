"""Made-up sounds for the pop detector: cracks, rooms, noise, and everything that knocks but is not a crack."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, lfilter, resample_poly, sosfilt

from uncrick.crack.draws import SWEEP_ACCURACY, draw_joint
from uncrick.crack.outcome import course_of, follow, outcome_of, sound_pa

Floats = NDArray[np.float64]
Rng = np.random.Generator
RATE_HZ = 48_000
Sounder = Callable[[Rng], Floats]


def at_peak_one(sound: Floats) -> Floats:
    """Return *sound* with its greatest excursion at 1."""
    return np.asarray(sound / np.abs(sound).max(), dtype=np.float64)


def decay(n: int, time_s: float) -> Floats:
    """Return exp(-t / time) over *n* samples."""
    return np.asarray(np.exp(-np.arange(n) / (time_s * RATE_HZ)))


@cache
def film_pops(first_draw: int, n_pops: int) -> tuple[Floats, ...]:
    """Return *n_pops* pops of the film model, 40 ms each, peak 1: audible draws from *first_draw* on.

    Kept are those that peak at 86-6500 Hz (what was heard at the skin and in air) and last at most 12 ms.
    """
    pops: list[Floats] = []
    i_draw = first_draw
    while len(pops) < n_pops:
        joint, i_draw = draw_joint(i_draw), i_draw + 1
        path = follow(joint, SWEEP_ACCURACY)
        if path.status:
            continue
        course = course_of(joint, path)
        outcome = outcome_of(joint, course, path)
        if outcome.verdict == "crack" and 86.0 <= outcome.peak_hz <= 6500.0 and outcome.pop_ms <= 12.0:
            sound = sound_pa(joint, course)
            peak = int(np.argmax(np.abs(sound)))
            piece = np.pad(sound, 2000)[peak + 2000 - 480 : peak + 2000 + 1440]
            fade = np.minimum(1.0, np.minimum(np.arange(1920), np.arange(1920)[::-1]) / 96.0)
            pops.append(piece * fade / np.abs(piece).max())
    return tuple(pops)


def ringing_pop(rng: Rng) -> Floats:
    """Return a pop of one to four ringing tones, 86-6500 Hz, fading within 0.4-3 ms."""
    n = 1920
    t_s = np.arange(n) / RATE_HZ
    out = np.zeros(n)
    for _ in range(rng.integers(1, 5)):
        f_hz = np.exp(rng.uniform(np.log(86), np.log(6500)))
        fade_s = max(rng.uniform(0.4e-3, 3e-3), 0.5 / f_hz)
        out += rng.uniform(0.3, 1) * np.sin(2 * np.pi * f_hz * t_s + rng.uniform(0, 6.28)) * decay(n, fade_s)
    return at_peak_one(out)


def crack(rng: Rng, pops: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Return one crack of one to five pops, 8-60 ms apart, and the pops' times (s) in it."""
    n_pops = int(rng.choice([1, 2, 3, 4, 5], p=[0.25, 0.25, 0.25, 0.15, 0.10]))
    starts_s = np.cumsum(np.r_[0.0, rng.uniform(8e-3, 60e-3, n_pops - 1)])
    out = np.zeros(int((starts_s[-1] + 0.05) * RATE_HZ))
    times_s = np.empty(n_pops)
    for i, start_s in enumerate(starts_s):
        pop = pops[int(rng.integers(len(pops)))] if rng.random() < 0.5 else ringing_pop(rng)
        at = int(start_s * RATE_HZ)
        out[at : at + len(pop)] += pop * 10 ** (-rng.uniform(0, 6) / 20)
        times_s[i] = (at + int(np.argmax(np.abs(pop)))) / RATE_HZ
    return out, times_s


def room(rng: Rng) -> Floats:
    """Return a room's answer: direct sound, early echoes, a tail; RT60 0.15-0.6 s, direct 0-12 dB over the rest."""
    rt60_s = rng.uniform(0.15, 0.6)
    n = int(rt60_s * RATE_HZ)
    tail = rng.standard_normal(n) * decay(n, rt60_s / 6.91)
    tail[: int(0.002 * RATE_HZ)] = 0
    for _ in range(6):
        tail[int(rng.uniform(0.002, 0.03) * RATE_HZ)] += rng.choice([-1, 1]) * 5.0
    b, a = butter(1, rng.uniform(3000, 9000) / (RATE_HZ / 2))
    tail = lfilter(b, a, tail)
    out = tail / np.sqrt(np.sum(tail**2)) * 10 ** (-rng.uniform(0, 12) / 20)
    out[0] += 1.0
    return np.asarray(out, dtype=np.float64)


def in_room(sound: Floats, answer: Floats) -> Floats:
    """Return *sound* as heard in the room."""
    return np.asarray(fftconvolve(sound, answer), dtype=np.float64)


def hiss(rng: Rng, n: int) -> Floats:
    """Return *n* samples of room noise of power 1, falling by 3 to 6 dB an octave, with a hum."""
    spectrum = np.fft.rfft(rng.standard_normal(n))
    f_hz = np.fft.rfftfreq(n, 1 / RATE_HZ)
    noise = np.fft.irfft(spectrum / np.maximum(f_hz, 40.0) ** rng.uniform(0.5, 1.0), n)
    noise /= noise.std()
    noise += rng.uniform(0, 0.5) * np.sin(2 * np.pi * rng.choice([50, 60, 100, 120]) * np.arange(n) / RATE_HZ)
    return np.asarray(noise / noise.std(), dtype=np.float64)


def loudest_power(sound: Floats) -> float:
    """Return the mean power of the loudest 5 ms."""
    n = RATE_HZ // 200
    return float(np.convolve(sound**2, np.ones(n) / n, "valid").max())


def band_burst(rng: Rng, low_hz: float, high_hz: float, fade_s: float, length_s: float) -> Floats:
    """Return a burst of noise between two frequencies that fades."""
    n = int(length_s * RATE_HZ)
    sos = butter(2, [low_hz, high_hz], "band", fs=RATE_HZ, output="sos")
    out = sosfilt(sos, rng.standard_normal(n) * decay(n, fade_s))
    return at_peak_one(out)


def key_stroke(rng: Rng) -> Floats:
    """Return a key going down (a click, then the bottom) and coming up 50-140 ms later."""
    out = np.zeros(int(0.3 * RATE_HZ))

    def put(at_s: float, burst: Floats, gain: float) -> None:
        at = int(at_s * RATE_HZ)
        out[at : at + len(burst)] += gain * burst

    tilt = rng.uniform(0.3, 1.0)
    put(
        0.005, band_burst(rng, rng.uniform(1500, 3000), rng.uniform(6000, 14000), rng.uniform(0.4e-3, 3e-3), 0.03), tilt
    )
    bottom_s = 0.005 + rng.uniform(1e-3, 15e-3)
    put(bottom_s, band_burst(rng, rng.uniform(100, 400), rng.uniform(1200, 4500), rng.uniform(1e-3, 8e-3), 0.06), 1.0)
    up_s = bottom_s + rng.uniform(0.05, 0.14)
    put(up_s, band_burst(rng, rng.uniform(500, 2500), rng.uniform(4500, 12000), rng.uniform(0.5e-3, 5e-3), 0.05),
        rng.uniform(0.15, 0.7))  # fmt: skip
    return at_peak_one(out)


def typing(rng: Rng, length_s: float, stroke: Sounder, per_s: float) -> Floats:
    """Return *length_s* of typing in bursts of words, *per_s* strokes a second within a word, loudness varying."""
    out = np.zeros(int((length_s + 1) * RATE_HZ))
    t_s = rng.uniform(0, 1)
    while t_s < length_s - 0.5:
        for _ in range(rng.integers(2, 9)):
            key = stroke(rng) * 10 ** (-rng.uniform(0, 10) / 20)
            at = int(t_s * RATE_HZ)
            key = key[: len(out) - at]
            out[at : at + len(key)] += key
            t_s += rng.gamma(6, 1 / (6 * per_s))
            if t_s > length_s - 0.5:
                break
        t_s += rng.exponential(0.6) + 0.1
    return out[: int(length_s * RATE_HZ)]


def hit(rng: Rng) -> Floats:
    """Return one percussive sound: a drum, a door knock, a step, a dropped pen, a hand clap."""
    kind = rng.integers(5)
    n = int(0.4 * RATE_HZ)
    t_s = np.arange(n) / RATE_HZ
    if kind == 0:
        f_hz = rng.uniform(50, 200) * (1 + 0.5 * np.exp(-t_s / 0.03))
        out = np.sin(2 * np.pi * np.cumsum(f_hz) / RATE_HZ) * decay(n, rng.uniform(0.05, 0.2))
    elif kind == 1:
        out = band_burst(rng, 100, 1200, rng.uniform(8e-3, 25e-3), 0.4)
    elif kind == 2:
        out = band_burst(rng, 40, 400, rng.uniform(20e-3, 60e-3), 0.4)
    elif kind == 3:
        out = np.sin(2 * np.pi * rng.uniform(1500, 6000) * t_s) * decay(n, rng.uniform(8e-3, 60e-3))
    else:
        out = band_burst(rng, 600, 5000, rng.uniform(5e-3, 20e-3), 0.4)
    return at_peak_one(out)


def percussion(rng: Rng, length_s: float, per_s: float) -> Floats:
    """Return hits at random moments, *per_s* a second."""
    out = np.zeros(int((length_s + 1) * RATE_HZ))
    for t_s in np.sort(rng.uniform(0, length_s - 0.5, rng.poisson(per_s * length_s))):
        one = hit(rng) * 10 ** (-rng.uniform(0, 12) / 20)
        at = int(t_s * RATE_HZ)
        out[at : at + len(one)] += one
    return out[: int(length_s * RATE_HZ)]


def speech(rng: Rng, length_s: float) -> Floats:
    """Return speech-like sound: voiced syllables through moving formants, hisses and plosives, pauses between."""
    n = int(length_s * RATE_HZ)
    out = np.zeros(n + RATE_HZ)
    at = 0
    pitch_hz = rng.uniform(90, 230)
    while at < n:
        kind = rng.random()
        if kind < 0.55:
            m = int(rng.uniform(0.08, 0.25) * RATE_HZ)
            f_hz = pitch_hz * (1 + 0.1 * np.sin(np.linspace(0, rng.uniform(1, 4), m)))
            phase = np.cumsum(f_hz) / RATE_HZ
            voice = (np.diff(np.floor(phase), prepend=0.0) > 0).astype(float)
            for formant_hz, width_hz in ((rng.uniform(300, 800), 80), (rng.uniform(900, 2300), 120), (2700, 200)):
                r, w = np.exp(-np.pi * width_hz / RATE_HZ), 2 * np.pi * formant_hz / RATE_HZ
                voice = lfilter([1 - r], [1, -2 * r * np.cos(w), r * r], voice)
            piece = voice / max(np.abs(voice).max(), 1e-9) * np.hanning(m)
        elif kind < 0.75:
            m = int(rng.uniform(0.05, 0.15) * RATE_HZ)
            piece = 0.3 * band_burst(rng, 2500, 9000, 1.0, m / RATE_HZ + 1e-4)[:m] * np.hanning(m)
        elif kind < 0.9:
            piece = rng.uniform(0.2, 0.8) * band_burst(
                rng, 200, rng.uniform(2000, 7000), rng.uniform(3e-3, 15e-3), 0.06
            )
        else:
            piece = np.zeros(int(rng.exponential(0.3) * RATE_HZ))
        out[at : at + len(piece)] += piece[: len(out) - at]
        at += int(len(piece) * 0.85)
    return out[:n]


def key_recordings(folder: Path) -> dict[str, tuple[Floats, ...]]:
    """Return the key sounds (48 kHz, peak 1) of each keyboard in *folder* that carries its own licence file."""
    boards: dict[str, tuple[Floats, ...]] = {}
    for board in sorted(path.parent for path in folder.glob("*/LICENSE")):
        keys = []
        for path in sorted(board.glob("press_*.mp3")) + sorted(board.glob("press_*.wav")):
            sound, rate_hz = soundfile.read(path, dtype="float64", always_2d=True)
            mono = resample_poly(sound.mean(axis=1), RATE_HZ, rate_hz)
            release = list(board.glob("release_key.*"))
            if release:
                up, up_hz = soundfile.read(release[0], dtype="float64", always_2d=True)
                up = resample_poly(up.mean(axis=1), RATE_HZ, up_hz)
                gap = int(0.09 * RATE_HZ)
                mono = np.pad(mono, (0, max(0, gap + len(up) - len(mono))))
                mono[gap : gap + len(up)] += up
            keys.append(mono / np.abs(mono).max())
        boards[board.name] = tuple(keys)
    return boards
