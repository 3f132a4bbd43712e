"""Gates of the single bubble and its gas: collapse, ringing, the driven curve, growth threshold, dissolving."""

import math
from dataclasses import replace
from typing import Final

import numpy as np
from scipy.integrate import solve_ivp

from uncrick.crack.bubble import (
    RAYLEIGH_FACTOR,
    Bubble,
    blake_threshold_pa,
    collapse_time_s,
    natural_frequency_hz,
    radius_over_time,
    rayleigh_time_s,
)
from uncrick.crack.compiled import Floats
from uncrick.crack.gas import P_AMB_PA, Gas, Leftover, dissolving_time_s, epstein_plesset_time_s
from uncrick.crack.gate import Gate, relative
from uncrick.crack.solve import Accuracy

_FINE: Final = Accuracy(1e-12, 1e-14)
_QUIET: Final = Bubble(drive_pa=0.0, mu_pa_s=0.0, sound_speed_m_s=math.inf)
_EMPTY: Final = replace(_QUIET, sigma_n_m=0.0, gas_pa=0.0)
_BLAKE: Final = ((1e-6, -21280.1), (2e-6, -5019.3), (10e-6, 5092.4))
"""Nucleus radius (m) and threshold (Pa) at sigma 0.05 N/m, 1 atm, vapour 6280 Pa."""


def _collapse_time() -> Gate:
    got, wanted = collapse_time_s(_EMPTY, _FINE), rayleigh_time_s(_EMPTY)
    what = f"collapse time of an empty bubble, K = {RAYLEIGH_FACTOR:.10f}"
    return Gate("A1", what, got * 1e6, f"{wanted * 1e6:.6f}", "us", relative(got, wanted), 1e-6, "rayleigh1917")


def _collapse_speed() -> Gate:
    """U^2 = (2/3)(dp/rho)((R0/R)^3 - 1), over the whole collapse from R = 0.99 R0 on."""
    times_s = rayleigh_time_s(_EMPTY) * (1.0 - np.geomspace(1.0, 1e-6, 200))
    r, u = radius_over_time(_EMPTY, times_s, _FINE).ys.T
    late = r < 0.99
    wanted = np.sqrt(2.0 / 3.0 * (r[late] ** -3 - 1.0))
    worst = float(np.max(np.abs(-u[late] / wanted - 1.0)))
    what = f"wall speed down to R/R0 = {r[-1]:.4f}"
    return Gate("A2", what, float(-u[-1]), f"{wanted[-1]:.6f}", "sqrt(dp/rho)", worst, 1e-6, "rayleigh1917")


def simulated_frequency_hz(bubble: Bubble) -> float:
    """Return the frequency at which a hardly pushed bubble rings: 20 periods timed between rising passages of rest."""
    predicted_hz = natural_frequency_hz(bubble)
    times_s = np.linspace(0.0, 20.6 / predicted_hz, 20_000)
    off = radius_over_time(bubble, times_s, _FINE, rate=1e-5).ys[:, 0] - 1.0
    rising = np.flatnonzero((off[1:-1] <= 0.0) & (off[2:] > 0.0)) + 1
    crossed_s = times_s[rising] + off[rising] / (off[rising] - off[rising + 1]) * (times_s[1] - times_s[0])
    return float((len(crossed_s) - 1) / (crossed_s[-1] - crossed_s[0]))


def _ringing() -> list[Gate]:
    """Natural frequency with skin tension from 10 um to 5 mm, and Minnaert's product for the largest."""
    radii_m = np.geomspace(10e-6, 5e-3, 8)
    bubbles = [replace(_QUIET, radius_m=float(r), p0_pa=P_AMB_PA) for r in radii_m]
    rung_hz = [simulated_frequency_hz(b) for b in bubbles]
    off = [relative(f, natural_frequency_hz(b)) for f, b in zip(rung_hz, bubbles, strict=True)]
    worst = int(np.argmax(off))
    what = f"natural frequency, 10 um to 5 mm, worst at {radii_m[worst] * 1e6:.0f} um"
    wanted = f"{natural_frequency_hz(bubbles[worst]):.2f}"
    minnaert = rung_hz[-1] * radii_m[-1]
    return [
        Gate("A3", what, rung_hz[worst], wanted, "Hz", off[worst], 1e-4, "brennen1995"),
        Gate("A4", "frequency times radius, 5 mm", minnaert, "3.283", "m/s", relative(minnaert, 3.283), 1e-3,
             "minnaert1933"),
    ]  # fmt: skip


def scipy_radius_m(bubble: Bubble, times_s: Floats) -> Floats:
    """Return R (T,) by SciPy's DOP853 at rtol 1e-12 from the equation written anew in SI units: the oracle."""
    b = bubble
    gas0 = b.p0_pa + 2.0 * b.sigma_n_m / b.radius_m if b.gas_pa is None else b.gas_pa
    omega, rho, c = 2.0 * math.pi * b.drive_hz, b.rho_kg_m3, b.sound_speed_m_s

    def slope(t: float, y: Floats) -> tuple[float, float]:
        r, u = y
        gas = gas0 * (b.radius_m / r) ** (3.0 * b.kappa)
        wall = gas - 2.0 * b.sigma_n_m / r - 4.0 * b.mu_pa_s * u / r
        far = b.p0_pa + b.drive_pa * math.sin(omega * t)
        wall_rate = -3.0 * b.kappa * gas * u / r + (2.0 * b.sigma_n_m * u + 4.0 * b.mu_pa_s * u * u) / r**2
        far_rate = b.drive_pa * omega * math.cos(omega * t)
        push = (1.0 + u / c) * (wall - far) / rho + r / (rho * c) * (wall_rate - far_rate)
        return u, (push - 1.5 * u * u * (1.0 - u / (3.0 * c))) / ((1.0 - u / c) * r + 4.0 * b.mu_pa_s / (rho * c))

    span = (float(times_s[0]), float(times_s[-1]))
    atol = np.array([1e-12 * b.radius_m, 1e-9])
    found = solve_ivp(slope, span, [b.radius_m, 0.0], "DOP853", times_s, rtol=1e-12, atol=atol, first_step=1e-9)
    radius: Floats = found.y[0]
    return radius


def _driven_curve(times_s: Floats, radius_m: Floats) -> list[Gate]:
    """Keller-Miksis against the published solver's curve (T,) and against SciPy, in units of R0."""
    bubble = Bubble()
    got = radius_over_time(bubble, times_s, _FINE).ys[:, 0]
    oracle = scipy_radius_m(bubble, times_s) / bubble.radius_m
    wanted = radius_m / bubble.radius_m
    return [
        Gate("A5", "Keller-Miksis curve over 1 ms, greatest R/R0", float(got.max()), f"{wanted.max():.6f}", "R0",
             float(np.max(np.abs(got - wanted))), 1e-6, "denner2023"),
        Gate("A5", "the same against SciPy DOP853, least R/R0", float(got.min()), f"{oracle.min():.6f}", "R0",
             float(np.max(np.abs(got - oracle))), 1e-6, "keller1980"),
    ]  # fmt: skip


def _growth_threshold() -> list[Gate]:
    """Blake's pressure, and the lowest pressure at which a nucleus can rest, searched over its radius."""
    gates = []
    for radius_m, wanted in _BLAKE:
        gas_pa = P_AMB_PA - 6280.0 + 2.0 * 0.05 / radius_m
        r = np.geomspace(radius_m, 100.0 * radius_m, 2_000_001)
        searched = float(np.min(6280.0 + gas_pa * (radius_m / r) ** 3 - 2.0 * 0.05 / r))
        formula = blake_threshold_pa(radius_m, P_AMB_PA, 6280.0, 0.05)
        worst = max(relative(formula, wanted), relative(searched, wanted))
        what = f"Blake threshold of a {radius_m * 1e6:.0f} um nucleus"
        gates.append(Gate("A7", what, formula, f"{wanted}", "Pa", worst, 1e-3, "blake1949"))
    return gates


def _dissolving() -> Gate:
    """One gas, half saturated, no skin: the slow and the fast gas, the worse of the two."""
    none = Gas("none", 0.0, 0.0, 2.4e-9)
    worst, got, wanted = 0.0, 0.0, 0.0
    for henry in (5.6e-6, 2.4e-4):
        gas = Gas("one gas", 0.5 * P_AMB_PA, henry, 2.4e-9)
        leftover = Leftover(100e-6, (1.0, 0.0, 0.0), (gas, none, none), P_AMB_PA, 0.0, 0.0)
        got, wanted = dissolving_time_s(leftover, Accuracy(1e-10, 1e-14)), epstein_plesset_time_s(leftover)
        worst = max(worst, relative(got, wanted))
    return Gate(
        "A6", "dissolving time with the transient, 100 um", got, f"{wanted:.6f}", "s", worst, 1e-3, "epstein1950"
    )


def bubble_gates(times_s: Floats, radius_m: Floats) -> list[Gate]:
    """Return A1 to A7 given the published Keller-Miksis curve: times and radii, (T,) each."""
    return [
        _collapse_time(),
        _collapse_speed(),
        *_ringing(),
        *_driven_curve(times_s, radius_m),
        _dissolving(),
        *_growth_threshold(),
    ]
