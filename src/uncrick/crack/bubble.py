"""One round bubble in a wide liquid: how it rings, grows and collapses.

The equations are Keller-Miksis, which becomes Rayleigh-Plesset when the speed of sound is infinite. The solver sees
y = (R / R0, its rate) with time in units of R0 sqrt(rho / p0), so that both stay of order one.
"""

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from uncrick.crack.compiled import Floats, entry, inlined, kernel
from uncrick.crack.elementary import exponential, logarithm, sin_cos
from uncrick.crack.lanes import Start, side_by_side
from uncrick.crack.solve import EVENT, Accuracy, Path, Run, dormand_prince

RAYLEIGH_FACTOR: Final = math.sqrt(1.5) / 3.0 * math.gamma(5 / 6) * math.gamma(1 / 2) / math.gamma(4 / 3)
"""Collapse time of an empty bubble in units of R0 sqrt(rho / dp): 0.9146813565. Source: rayleigh1917."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """A bubble at rest in a driven liquid; the liquid's pressure far away is p0 + drive sin(2 pi f t)."""

    radius_m: float = 130e-6
    p0_pa: float = 101_300.0
    drive_pa: float = -70e3
    drive_hz: float = 20e3
    rho_kg_m3: float = 1000.0
    sound_speed_m_s: float = 1481.0
    mu_pa_s: float = 1e-3
    sigma_n_m: float = 0.072
    kappa: float = 1.4
    gas_pa: float | None = None
    """Gas pressure at *radius_m*; None is the pressure that keeps the bubble at rest, p0 + 2 sigma / R0."""

    @property
    def time_unit_s(self) -> float:
        """R0 sqrt(rho / p0)."""
        return self.radius_m * math.sqrt(self.rho_kg_m3 / self.p0_pa)


class _Scaled(NamedTuple):
    """A bubble in its own units of length, time and pressure."""

    mach: float
    skin: float
    drag: float
    kappa3: float
    gas: float
    drive: float
    omega: float
    gone: float


def _scaled(bubble: Bubble, gone: float = 0.0) -> _Scaled:
    """Return the numbers of order one that the equations use; a run ends when the radius falls to *gone*."""
    speed_m_s = bubble.radius_m / bubble.time_unit_s
    rest_pa = bubble.p0_pa + 2.0 * bubble.sigma_n_m / bubble.radius_m
    return _Scaled(
        mach=speed_m_s / bubble.sound_speed_m_s,
        skin=2.0 * bubble.sigma_n_m / (bubble.radius_m * bubble.p0_pa),
        drag=4.0 * bubble.mu_pa_s / (bubble.rho_kg_m3 * bubble.radius_m * speed_m_s),
        kappa3=3.0 * bubble.kappa,
        gas=(rest_pa if bubble.gas_pa is None else bubble.gas_pa) / bubble.p0_pa,
        drive=bubble.drive_pa / bubble.p0_pa,
        omega=2.0 * math.pi * bubble.drive_hz * bubble.time_unit_s,
        gone=gone,
    )


@inlined
def _push(r: float, u: float, gas: float, far: tuple[float, float], b: _Scaled) -> float:
    """Return the slope of the scaled rate *u*; *far* is the liquid's pressure far away and its slope.

    (1 - u/c) R u' + 3/2 u^2 (1 - u/3c) = (1 + u/c) (p_wall - p_far)/rho + R/(rho c) d(p_wall - p_far)/dt, with
    p_wall = p_gas - 2 sigma/R - 4 mu u/R. Source: keller1980.
    """
    inverse = 1.0 / r
    pull = (b.skin + b.drag * u) * inverse
    m = u * b.mach
    excess = gas - pull - far[0]
    rate = (pull - b.kappa3 * gas) * u * inverse - far[1]
    force = (1.0 + m) * excess + r * b.mach * rate - 1.5 * u * u * (1.0 - m * (1.0 / 3.0))
    return force / ((1.0 - m) * r + b.drag * b.mach)


@kernel
def keller_miksis(t: float, y: Floats, b: _Scaled, dy: Floats) -> None:
    """Write the slopes of the scaled radius and its rate."""
    r, u = y[0], y[1]
    gas = b.gas * np.exp(-b.kappa3 * np.log(r))
    far = (1.0 + b.drive * np.sin(b.omega * t), b.drive * b.omega * np.cos(b.omega * t))
    dy[0] = u
    dy[1] = _push(r, u, gas, far, b)


@inlined
def _driven(t: float, r: float, u: float, drive: float, b: _Scaled) -> float:
    """Return the same slope for a drive of its own, in sums that several runs can share."""
    gas = b.gas * exponential(-b.kappa3 * logarithm(r))
    sine, cosine = sin_cos(b.omega * t)
    return _push(r, u, gas, (1.0 + drive * sine, drive * b.omega * cosine), b)


@kernel
def _gone(t: float, y: Floats, b: _Scaled) -> float:
    """Turn negative when the radius falls below what counts as gone."""
    return float(y[0] - b.gone)


_solve_bubble = dormand_prince(keller_miksis, _gone)


@entry
def _run_bubble(b: _Scaled, run: Run) -> Path:
    """Run one bubble over scaled times, or until it is gone."""
    return _solve_bubble(b, run)


_solve_drives = side_by_side(_driven)


@entry
def _run_drives(b: _Scaled, drives: Floats, start: Start, ends: Floats) -> int:
    """Run the bubble once for each scaled drive, write the final states into *ends* (D, 2), count the failures."""
    return _solve_drives(b, drives, start, ends)


def radius_over_time(bubble: Bubble, times_s: Floats, accuracy: Accuracy, rate: float = 0.0) -> Path:
    """Return the path of (R/R0, scaled rate) at *times_s* (T,) from rest, or from a scaled *rate* of the radius."""
    times = np.asarray(times_s, dtype=float) / bubble.time_unit_s
    return _run_bubble(_scaled(bubble), Run((1.0, rate), times, accuracy))


def end_radius_m(bubble: Bubble, drives_pa: Floats, end_s: float, accuracy: Accuracy) -> Floats:
    """Return the radius (D,) at *end_s* for each drive amplitude (D,); NaN where the run failed."""
    drives = np.asarray(drives_pa, dtype=float) / bubble.p0_pa
    ends = np.empty((drives.size, 2))
    _run_drives(_scaled(bubble), drives, Start(1.0, 0.0, end_s / bubble.time_unit_s, accuracy), ends)
    return ends[:, 0] * bubble.radius_m


def collapse_time_s(bubble: Bubble, accuracy: Accuracy) -> float:
    """Return when the radius has fallen to 1e-4 of its rest value; NaN when it never does within two Rayleigh times."""
    times = np.array([0.0, 2.0 * RAYLEIGH_FACTOR])
    path = _run_bubble(_scaled(bubble, 1e-4), Run((1.0, 0.0), times, accuracy))
    return path.t_end * bubble.time_unit_s if path.status == EVENT else math.nan


def rayleigh_time_s(bubble: Bubble) -> float:
    """Return the collapse time of the empty bubble. Source: rayleigh1917."""
    return RAYLEIGH_FACTOR * bubble.time_unit_s


def natural_frequency_hz(bubble: Bubble) -> float:
    """Return the frequency of small oscillations, skin tension included, without friction. Source: brennen1995, 4.2."""
    skin_pa = 2.0 * bubble.sigma_n_m / bubble.radius_m
    stiffness_pa = 3.0 * bubble.kappa * (bubble.p0_pa + skin_pa) - skin_pa
    return math.sqrt(stiffness_pa / bubble.rho_kg_m3) / (2.0 * math.pi * bubble.radius_m)


def blake_threshold_pa(radius_m: float, p0_pa: float, p_vapour_pa: float, sigma_n_m: float) -> float:
    """Return the absolute liquid pressure below which a gas nucleus, at rest at *p0_pa*, grows without bound.

    Source: blake1949; isothermal gas, brennen1995, 2.5.
    """
    gas_pa = p0_pa - p_vapour_pa + 2.0 * sigma_n_m / radius_m
    critical_m = math.sqrt(3.0 * gas_pa * radius_m**3 / (2.0 * sigma_n_m))
    return p_vapour_pa - 4.0 * sigma_n_m / (3.0 * critical_m)
