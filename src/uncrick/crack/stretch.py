"""One stretch: a force parts two facets, the film between them is pulled, and sooner or later it tears.

Two bodies move, the gap h and the bubble's volume V; the capsule gives fluid and lags behind; gas crosses the skin.
The unknowns are scaled so that the solver sees numbers of order one:

    y = (h / h0,  dh/dt in h0 per ms,  ln V/V0,  (dV/dt)/V per ms,  ln n_i/n_i0 of CO2, N2, O2,  ln T/T_body)
"""

from typing import NamedTuple

import numpy as np

from uncrick.crack.compiled import Floats, entry, kernel
from uncrick.crack.film import Film, friction, inertia, skin, surface_m2
from uncrick.crack.solve import Path, Run
from uncrick.crack.stiff import rosenbrock

MS = 1e-3
_CV, _CP = 2.5, 3.5
"""Heat capacities of a two-atom gas in units of the gas constant."""
_BODY_K = 310.15


class Stretch(NamedTuple):
    """All that the equations need, in SI units."""

    film: Film
    gap0_m: float
    volume0_m3: float
    mass_kg: float
    stiffness_n_m: float
    damping_n_s_m: float
    force_n: float
    ramp_s: float
    capsule_m3_pa: float
    contact_n_m: float
    p_amb_pa: float
    p_vapour_pa: float
    rt_j_mol: float
    heat_w_m_k: float
    moles0: tuple[float, ...]
    dissolved_mol_m3: tuple[float, ...]
    henry_mol_m3_pa: tuple[float, ...]
    diffusivity_m2_s: tuple[float, ...]
    fluid_m3: float


@kernel
def pull_n(stretch: Stretch, t_s: float) -> float:
    """Return the stretching force: a smooth rise to its full value within the ramp, then held."""
    x = min(max(t_s / stretch.ramp_s, 0.0), 1.0)
    return stretch.force_n * x * x * (3.0 - 2.0 * x)


@kernel
def rim_pa(stretch: Stretch, gap_m: float, volume_m3: float) -> float:
    """Return the pressure at the film's rim: the capsule yields what the gap draws in and the bubble does not fill."""
    drawn_m3 = np.pi * stretch.film.radius_m**2 * (gap_m - stretch.gap0_m) - volume_m3
    return stretch.p_amb_pa - drawn_m3 / stretch.capsule_m3_pa


@kernel
def _moles_slope(stretch: Stretch, t_s: float, i: int, state: tuple[float, float, float]) -> float:
    """Return dn_i/dt (mol/s) of gas i; state = (its moles, the bubble's volume, the gap).

    Diffusion through a layer (1/R + 1/sqrt(pi D t))^-1; what the bubble takes the fluid loses. A bubble no larger
    than the nucleus it came from is held by the wall and passes no gas. Source: epstein1950.
    """
    n, volume_m3, gap_m = state
    held = 1.0 - stretch.volume0_m3 / volume_m3
    if held <= 0.0:
        return 0.0
    d = stretch.diffusivity_m2_s[i]
    radius_m = (3.0 * volume_m3 / (4.0 * np.pi)) ** (1.0 / 3.0)
    through = d / radius_m + np.sqrt(d / (np.pi * max(t_s, 1e-6)))
    left = stretch.dissolved_mol_m3[i] - (n - stretch.moles0[i]) / stretch.fluid_m3
    p_i = n * stretch.rt_j_mol / volume_m3
    area = surface_m2(stretch.film, volume_m3, gap_m)
    return float(held * area * through * (left - stretch.henry_mol_m3_pa[i] * p_i))


@kernel
def _warmth_slope(
    stretch: Stretch, moles: tuple[float, float], bubble: tuple[float, float, float], warmth: float
) -> float:
    """Return the slope of T / T_body (1/s): work done, fresh gas let in, heat lost through a thin layer of gas.

    moles = (n, dn/dt), bubble = (volume, inflow, gap). The layer is the thinner of what a fast and a slow motion
    leave: 1/delta^2 = (pi S / 3V)^2 + |Q| / (3 V chi). Source: toegel2000, for any shape by S / V.
    """
    n, n_slope = moles
    volume_m3, q, gap_m = bubble
    area = surface_m2(stretch.film, volume_m3, gap_m)
    rt = stretch.rt_j_mol
    k, stored = stretch.heat_w_m_k, n * _CP * rt / (_BODY_K * volume_m3)
    through = np.sqrt((k * np.pi * area / (3.0 * volume_m3)) ** 2 + k * stored * abs(q) / (3.0 * volume_m3))
    lost = area * through * _BODY_K * (warmth - 1.0)
    work = n * rt * warmth / volume_m3 * q
    return float((-work - lost + n_slope * rt * (_CP - _CV * warmth)) / (n * _CV * rt))


@kernel
def slopes(t_ms: float, y: Floats, stretch: Stretch, dy: Floats) -> None:
    """Write the slopes of the scaled unknowns, per ms: the two equations of motion and the three gases.

    Motion: Lagrange's equations of the film's kinetic energy with the bone's mass, the joint's spring and damper, the
    capsule, the skin, the gas and the friction.
    """
    film = stretch.film
    h, v = y[0] * stretch.gap0_m, y[1] * stretch.gap0_m / MS
    volume = stretch.volume0_m3 * np.exp(y[2])
    q = volume * y[3] / MS
    warmth = np.exp(y[7])
    n_all, n_all_slope = 0.0, 0.0
    for i in range(3):
        n = stretch.moles0[i] * np.exp(y[4 + i])
        n_slope = _moles_slope(stretch, t_ms * MS, i, (n, volume, h))
        n_all += n
        n_all_slope += n_slope
        dy[4 + i] = MS * n_slope / n
    p_gas = n_all * stretch.rt_j_mol * warmth / volume
    p_bubble = stretch.p_vapour_pa + p_gas
    dy[7] = MS * _warmth_slope(stretch, (n_all, n_all_slope), (volume, q, h), warmth) / warmth
    m = inertia(film, volume, h)
    q_q, q_v, v_v = friction(film, volume, h)
    _, p_skin, f_skin = skin(film, volume, h)
    p_rim = rim_pa(stretch, h, volume)
    touch_m = max(0.5 * stretch.gap0_m - h, 0.0)
    force = pull_n(stretch, t_ms * MS) - stretch.stiffness_n_m * (h - stretch.gap0_m) - stretch.damping_n_s_m * v
    force += stretch.contact_n_m * touch_m - np.pi * film.radius_m**2 * (stretch.p_amb_pa - p_rim) - f_skin
    force -= q_v * q + v_v * v + 0.5 * m.c_h * v * v + m.c_v * q * v + m.b_v * q * q - 0.5 * m.a_h * q * q
    push = p_bubble - p_skin - p_rim - q_q * q - q_v * v
    push -= m.b_h * v * v + m.a_h * v * q + 0.5 * m.a_v * q * q - 0.5 * m.c_v * v * v
    weight = stretch.mass_kg + m.c
    det = weight * m.a - m.b * m.b
    v_slope = (m.a * force - m.b * push) / det
    q_slope = (weight * push - m.b * force) / det
    dy[0] = y[1]
    dy[1] = v_slope * MS * MS / stretch.gap0_m
    dy[2] = y[3]
    dy[3] = q_slope / volume * MS * MS - y[3] * y[3]


_solve_stiff = rosenbrock(slopes)


@entry
def run_stretch(stretch: Stretch, run: Run) -> Path:
    """Return the path of the scaled unknowns at the run's times (ms)."""
    return _solve_stiff(stretch, run)


@kernel
def _energy_j(y: Floats, stretch: Stretch) -> float:
    """Return the energy of one state, the potential of a force already at its full value included."""
    film = stretch.film
    h, v = y[0] * stretch.gap0_m, y[1] * stretch.gap0_m / MS
    volume = stretch.volume0_m3 * np.exp(y[2])
    q = volume * y[3] / MS
    m = inertia(film, volume, h)
    moving = 0.5 * (stretch.mass_kg + m.c) * v * v + m.b * q * v + 0.5 * m.a * q * q
    drawn = np.pi * film.radius_m**2 * (h - stretch.gap0_m) - volume
    touch = max(0.5 * stretch.gap0_m - h, 0.0)
    held = 0.5 * stretch.stiffness_n_m * (h - stretch.gap0_m) ** 2 + 0.5 * drawn**2 / stretch.capsule_m3_pa
    held += 0.5 * stretch.contact_n_m * touch**2 - stretch.force_n * (h - stretch.gap0_m)
    skin_j, _, _ = skin(film, volume, h)
    n = 0.0
    for i in range(3):
        n += stretch.moles0[i] * np.exp(y[4 + i])
    gas_j = n * _CV * stretch.rt_j_mol * np.exp(y[7])
    return float(moving + held + skin_j + gas_j + (stretch.p_amb_pa - stretch.p_vapour_pa) * volume)


@entry
def energies_j(ys: Floats, stretch: Stretch) -> Floats:
    """Return the energy (T,) of each state of a path (T, 8); constant when nothing rubs, leaks heat or dissolves."""
    energy = np.empty(ys.shape[0])
    for i in range(ys.shape[0]):
        energy[i] = _energy_j(ys[i], stretch)
    return energy
