"""Sound: levels, pitches and lengths of signals made by hand, and the half-space formula."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncrick.crack.sound import (
    FINE,
    RATE_HZ,
    air_pressure_pa,
    delay_s,
    heard_from_flow,
    level_db,
    peak_frequency_hz,
    playable,
    pop_length_s,
    skin_acceleration_m_s2,
    slowed,
    surface_integral_ratio,
)


@pytest.mark.parametrize("hz", [100.0, 1000.0, 9000.0])
def test_a_swinging_flow(hz):
    """The acceleration of a swinging flow is its slope: same pitch, 2 pi f as large."""
    t_s = np.arange(RATE_HZ * FINE) / (RATE_HZ * FINE)
    flow = 1e-6 * np.sin(2 * math.pi * hz * t_s)

    heard = heard_from_flow(flow)

    inner = heard[RATE_HZ // 4 : -RATE_HZ // 4]
    assert len(heard) == RATE_HZ
    assert np.abs(inner).max() == pytest.approx(2e-6 * math.pi * hz, rel=2e-2)
    assert peak_frequency_hz(inner) == pytest.approx(hz, abs=1.0)


def test_ultrasound_does_not_fold_back():
    """A flow that swings at 30 kHz, above what is kept, leaves nothing audible."""
    t_s = np.arange(RATE_HZ * FINE) / (RATE_HZ * FINE)
    loud = heard_from_flow(np.sin(2 * math.pi * 10_000 * t_s))[2000:-2000]
    ultrasound = heard_from_flow(np.sin(2 * math.pi * 30_000 * t_s))[2000:-2000]

    assert np.abs(ultrasound).max() < 1e-3 * np.abs(loud).max()


def test_level_and_length():
    """A tone of 1 Pa peak is 94 dB; a burst of 10 ms holds nine tenths of its energy in 9 ms."""
    tone = np.zeros(RATE_HZ)
    tone[1000:1480] = np.sin(2 * math.pi * 1000 * np.arange(480) / RATE_HZ)

    assert level_db(tone) == pytest.approx(93.98, abs=0.01)
    assert pop_length_s(tone) == pytest.approx(9e-3, abs=3e-4)


def test_silence():
    """Silence has no pitch, no length, and a level of minus infinity."""
    nothing = np.zeros(1000)

    assert level_db(nothing) == -math.inf
    assert level_db(nothing[:0]) == -math.inf
    assert math.isnan(pop_length_s(nothing))
    assert math.isnan(peak_frequency_hz(nothing))
    assert playable(nothing, 0.01).tolist() == [0.0] * 1000


def test_half_space():
    """At low frequencies the skin's surface integral is the simple formula; at high ones it is not."""
    assert surface_integral_ratio(1.0, 0.04, 0.1) == pytest.approx(1.0, abs=1e-4)
    assert surface_integral_ratio(20.0, 0.04, 0.1) == pytest.approx(1.0, abs=1e-2)
    assert surface_integral_ratio(2000.0, 0.04, 0.1) < 0.9


@given(st.floats(1e-3, 0.2), st.floats(5e-3, 10.0))
def test_air_and_skin(depth_m, distance_m):
    """Pressure falls with the whole way from the source; the skin's acceleration with the depth squared."""
    source = np.array([1.0, -2.0])

    assert air_pressure_pa(source, depth_m, distance_m) * (depth_m + distance_m) == pytest.approx(
        air_pressure_pa(source, 0.5, 0.5)
    )
    assert skin_acceleration_m_s2(source, depth_m) * depth_m**2 == pytest.approx(skin_acceleration_m_s2(source, 1.0))
    assert delay_s(depth_m, distance_m) == pytest.approx(depth_m / 1500 + distance_m / 353)


@settings(max_examples=20)
@given(st.integers(2, 8), st.integers(10, 200))
def test_slowed_keeps_every_sample(times, n):
    """Drawn out, the sound passes through every sample it had, that many times as far apart."""
    signal = np.cumsum(np.random.default_rng(n).standard_normal(n))
    signal -= signal.mean()
    if n % 2 == 0:
        signal -= np.fft.irfft(np.where(np.arange(n // 2 + 1) == n // 2, np.fft.rfft(signal), 0), n)

    longer = slowed(signal, times)

    assert len(longer) == n * times
    assert longer[::times] == pytest.approx(signal, abs=1e-9 * np.abs(signal).max() + 1e-12)


def test_playable():
    """What is played is as loud as can be, fades in and out, and keeps its shape in the middle."""
    signal = 1e-3 * np.sin(2 * math.pi * 300 * np.arange(RATE_HZ) / RATE_HZ)

    piece = playable(signal, 0.5)

    assert np.abs(piece).max() == pytest.approx(0.9, rel=1e-6)
    assert (piece[0], piece[-1]) == (0.0, pytest.approx(0.0, abs=1e-9))
