"""What a changing volume deep in the body sounds like: at the skin, in the air, and to a microphone."""

import math
from typing import Final

import numpy as np

from uncrick.crack.compiled import Floats

RHO_AIR_KG_M3: Final = 1.14
SOUND_AIR_M_S: Final = 353.0
SOUND_TISSUE_M_S: Final = 1500.0
"""Air at 37 C; soft tissue. Source: crc_handbook."""
P_HEARING_PA: Final = 2e-5
LOWEST_HZ: Final = 20.0
"""Below this neither ear nor skin sensor hears; slower swings of the bone are left out."""
RATE_HZ: Final = 48_000
FINE: Final = 4
"""The flow is computed this many times finer than the sound, so that sharp spikes do not fold back into it."""


def heard_from_flow(inflow_m3_s: Floats) -> Floats:
    """Return V'' (m3/s2), (T/4,), at RATE_HZ from the flow Q = dV/dt, (T,), given FINE times as often.

    Differences of the flow, so every push is kept whole; then the band 20 Hz to 20 kHz, cut in the spectrum with a
    second-order slope below and a cosine from 20 to 24 kHz above.
    """
    rate_hz = RATE_HZ * FINE
    n = len(inflow_m3_s) // FINE * FINE
    accelerated = np.diff(inflow_m3_s[:n], prepend=inflow_m3_s[:1]) * rate_hz
    spectrum = np.fft.rfft(accelerated)[: n // FINE // 2 + 1]
    f_hz = np.fft.rfftfreq(n, 1.0 / rate_hz)[: len(spectrum)]
    low = (f_hz / LOWEST_HZ) ** 2
    edge = np.clip((f_hz - 20_000.0) / 4_000.0, 0.0, 1.0)
    heard: Floats = (
        np.fft.irfft(spectrum * (low / np.sqrt(1.0 + low**2)) * np.cos(0.5 * np.pi * edge), n // FINE) / FINE
    )
    return heard


def air_pressure_pa(volume_acceleration: Floats, depth_m: float, distance_m: float) -> Floats:
    """Return the pressure in air above the skin of a source V'' (m3/s2) *depth_m* down, its delay left out.

    A monopole under a free surface moves the skin, and the skin radiates: rho_air V'' / (2 pi (r + d)) at low
    frequencies. Source: rayleigh1896 (surface integral), worked out in docs/crack.md.
    """
    return volume_acceleration * (RHO_AIR_KG_M3 / (2.0 * math.pi * (distance_m + depth_m)))


def skin_acceleration_m_s2(volume_acceleration: Floats, depth_m: float) -> Floats:
    """Return the skin's acceleration straight above the source: V'' / (2 pi d^2), twice that of an endless body."""
    return volume_acceleration / (2.0 * math.pi * depth_m**2)


def delay_s(depth_m: float, distance_m: float) -> float:
    """Return how late the sound arrives: through the tissue, then through the air."""
    return depth_m / SOUND_TISSUE_M_S + distance_m / SOUND_AIR_M_S


def surface_integral_ratio(frequency_hz: float, depth_m: float, distance_m: float) -> float:
    """Return the air pressure of the full surface integral divided by the low-frequency formula's, at one frequency.

    The skin over the source moves with a_n = V'' d / (2 pi (s^2 + d^2)^1.5) e^(-i k_t sqrt(s^2 + d^2)) and every patch
    radiates rho_air a_n / (2 pi R) e^(-i k_a R). Summed over rings s = d tan(x), 200 panels of Gauss-Legendre.
    """
    nodes, weights = np.polynomial.legendre.leggauss(16)
    edges = np.linspace(0.0, 0.5 * np.pi, 201)
    half = 0.5 * (edges[1] - edges[0])
    x = (edges[:-1, None] + half * (nodes + 1.0)).ravel()
    s = depth_m * np.tan(x)
    ring = np.tile(half * weights, 200) * depth_m / np.cos(x) ** 2
    down, up = np.sqrt(s**2 + depth_m**2), np.sqrt(s**2 + distance_m**2)
    omega = 2.0 * math.pi * frequency_hz
    phase = np.exp(-1j * omega * (down / SOUND_TISSUE_M_S + up / SOUND_AIR_M_S))
    total = np.sum(ring * s * depth_m / (down**3 * up) * phase)
    return float(abs(total) * (depth_m + distance_m))


def peak_frequency_hz(signal: Floats, rate_hz: float = RATE_HZ) -> float:
    """Return where the power spectrum of *signal* (T,) is greatest between 20 Hz and 20 kHz; NaN when silent."""
    n = max(1 << (len(signal) - 1).bit_length(), 1 << 16)
    power = np.abs(np.fft.rfft(signal, n)) ** 2
    f_hz = np.fft.rfftfreq(n, 1.0 / rate_hz)
    audible = (f_hz >= LOWEST_HZ) & (f_hz <= 20_000.0)
    return float(f_hz[audible][np.argmax(power[audible])]) if power[audible].any() else math.nan


def pop_length_s(signal: Floats, rate_hz: float = RATE_HZ) -> float:
    """Return the time that holds the middle nine tenths of the energy of *signal* (T,); NaN when silent."""
    energy = np.cumsum(signal**2)
    if not energy[-1] > 0.0:
        return math.nan
    first, last = np.searchsorted(energy, np.array([0.05, 0.95]) * energy[-1])
    return float(last - first) / rate_hz


def level_db(signal: Floats) -> float:
    """Return the greatest level of a pressure (Pa) over 20 uPa, in dB; minus infinity when silent or empty."""
    peak_pa = float(np.max(np.abs(signal), initial=0.0))
    return 20.0 * math.log10(peak_pa / P_HEARING_PA) if peak_pa > 0.0 else -math.inf


def slowed(signal: Floats, times: int) -> Floats:
    """Return *signal* (T,) drawn out *times* as long, (T x times,), its pitch falling with it; nothing is added."""
    n = len(signal)
    longer: Floats = np.fft.irfft(np.fft.rfft(signal), n * times) * times
    return longer


def playable(signal: Floats, crack_at_s: float, around_s: float = 0.1) -> Floats:
    """Return the part of a pressure (T,) within *around_s* of the crack, as loud as can be played: peak 0.9."""
    first = max(0, round((crack_at_s - around_s) * RATE_HZ))
    piece = signal[first : round((crack_at_s + around_s) * RATE_HZ)]
    n_fade = min(len(piece) // 4, RATE_HZ // 100)
    fade = np.ones(len(piece))
    fade[:n_fade] = np.linspace(0.0, 1.0, n_fade)
    fade[len(piece) - n_fade :] = np.linspace(1.0, 0.0, n_fade)
    peak = float(np.max(np.abs(piece), initial=0.0))
    return piece * fade * (0.9 / peak) if peak > 0.0 else piece * 0.0
