"""Gates of the film, its sound and the solvers: Stefan's force, radiation, what is conserved, order of convergence."""

import math
from typing import Final

import numpy as np

from uncrick.crack.bubble import Bubble, radius_over_time
from uncrick.crack.compiled import Floats, Params, entry, kernel
from uncrick.crack.film import Film, friction
from uncrick.crack.gas import GAS_CONSTANT_J_MOL_K
from uncrick.crack.gate import Gate, relative
from uncrick.crack.joint import Joint, stretch_of
from uncrick.crack.outcome import REST
from uncrick.crack.solve import DONE, Accuracy, Path, Run, dormand_prince
from uncrick.crack.sound import surface_integral_ratio
from uncrick.crack.stiff import rosenbrock
from uncrick.crack.stretch import MS, Stretch, energies_j, run_stretch

_FINE: Final = Accuracy(1e-9, 1e-9, 2_000_000)


def _stefan() -> Gate:
    """The film's pull without a bubble, and the same from the pressure summed over rings of the disc."""
    a, h, mu, v = 7e-3, 10e-6, 0.05, 1e-3
    film = Film(a, 1010.0, mu, 0.05, 0.0)
    got = friction(film, 1e-24, h)[2] * v
    wanted = 1.5 * math.pi * mu * a**4 * v / h**3
    r = np.linspace(0.0, a, 20_001)
    gradient_pa_m = 6.0 * mu * v * r / h**3
    pressure_pa = np.concatenate([[0.0], np.cumsum(0.5 * (gradient_pa_m[1:] + gradient_pa_m[:-1]) * np.diff(r))])
    pull = (pressure_pa[-1] - pressure_pa) * 2.0 * math.pi * r
    summed = float(np.sum(0.5 * (pull[1:] + pull[:-1]) * np.diff(r)))
    worst = max(relative(got, wanted), relative(summed, wanted))
    return Gate("A8", "Stefan's force on a film pulled at 1 mm/s", got, f"{wanted:.6f}", "N", worst, 1e-6, "stefan1874")


def _radiation() -> Gate:
    """The skin's full surface integral at 20 Hz against the low-frequency formula, from 5 cm to 1 m."""
    ratios = [surface_integral_ratio(20.0, 0.04, r) for r in (0.05, 0.1, 0.3, 1.0)]
    worst = max(ratios, key=lambda ratio: abs(ratio - 1.0))
    return Gate(
        "A9", "half-space radiation at 20 Hz, worst distance", worst, "1", "", abs(worst - 1.0), 1e-2, "rayleigh1896"
    )


def _frictionless() -> Stretch:
    """A stretch in which nothing rubs, leaks heat or dissolves, pulled at full force from the start.

    Its nucleus holds ten thousand times the gas of rest, so that the adiabatic collapse stays within a double's reach.
    """
    s = stretch_of(Joint(nucleus_um=4.0, capsule_mm3_kpa=0.3))
    return s._replace(
        film=s.film._replace(mu_pa_s=0.0),
        damping_n_s_m=0.0,
        ramp_s=1e-15,
        heat_w_m_k=0.0,
        diffusivity_m2_s=(0.0, 0.0, 0.0),
        moles0=tuple(1e4 * n for n in s.moles0),
    )


def _conserved() -> list[Gate]:
    """Energy and moles over 5 ms of growth through the pancake and a partial collapse."""
    s = _frictionless()
    path = run_stretch(s, Run(REST, np.linspace(0.0, 5.0, 5001), _FINE))
    if path.status != DONE:
        return [Gate("A10", "energy of the film without friction", math.nan, "1", "", math.nan, 1e-6, "identity")]
    energy_j = energies_j(path.ys, s)
    work_j = s.force_n * s.gap0_m * float(path.ys[:, 0].max() - 1.0)
    drift = float(np.max(np.abs(energy_j - energy_j[0]))) / work_j
    moles = np.exp(path.ys[:, 4:7])
    return [
        Gate("A10", "energy kept without friction", 1.0 + drift, "1", "of the work", drift, 1e-6, "identity"),
        Gate("A10", "moles kept without diffusion", float(moles.max()), "1", "", float(np.max(np.abs(moles - 1.0))),
             1e-6, "identity"),
    ]  # fmt: skip


def film_bubble_radius(gap_in_radii: float, times_s: Floats) -> tuple[Floats, Floats]:
    """Return R/R0 (T,) of an overfull bubble ringing in a very wide film, and of the same bubble in open liquid."""
    r0, mu, sigma = 10e-6, 1e-3, 0.05
    gas_pa = 2.0 * (101_325.0 + 2.0 * sigma / r0)
    bubble = Bubble(r0, 101_325.0, 0.0, 20e3, 1010.0, math.inf, mu, sigma, 1.4, gas_pa)
    s = stretch_of(Joint())
    gap_m, rt, volume0_m3 = gap_in_radii * r0, GAS_CONSTANT_J_MOL_K * 310.15, 4.0 / 3.0 * math.pi * r0**3
    wide = s._replace(
        film=Film(10.0 * gap_m, bubble.rho_kg_m3, mu, sigma, 0.0), gap0_m=gap_m, volume0_m3=volume0_m3, mass_kg=1e12,
        force_n=0.0, stiffness_n_m=0.0, damping_n_s_m=0.0, capsule_m3_pa=1e12, p_amb_pa=bubble.p0_pa, p_vapour_pa=0.0,
        heat_w_m_k=0.0, diffusivity_m2_s=(0.0, 0.0, 0.0), moles0=(gas_pa * volume0_m3 / rt / 3.0,) * 3,
    )  # fmt: skip
    path = run_stretch(wide, Run(REST, times_s / MS, _FINE))
    open_liquid = radius_over_time(bubble, times_s, Accuracy(1e-11, 1e-13))
    return np.exp(path.ys[:, 2] / 3.0), open_liquid.ys[:, 0]


def _becomes_rayleigh_plesset() -> Gate:
    in_film, alone = film_bubble_radius(1e8, np.linspace(0.0, 20e-6, 400))
    worst = float(np.max(np.abs(in_film - alone)))
    what = "film model becomes Rayleigh-Plesset at R/h = 1e-8"
    return Gate("A10", what, float(in_film.max()), f"{alone.max():.6f}", "R0", worst, 1e-6, "identity")


@kernel
def _swing(t: float, y: Floats, params: Params, dy: Floats) -> None:
    """Write a swing whose exact course is y = (1 + sin(t^2 / 2), t cos(t^2 / 2)): bent, and driven by time."""
    x = 0.5 * t * t
    dy[0] = y[1] - (y[0] - 1.0 - np.sin(x)) * params[0]
    dy[1] = np.cos(x) - t * t * (y[0] - 1.0)


_swing_explicit, _swing_stiff = dormand_prince(_swing), rosenbrock(_swing)


@entry
def _run_swing_explicit(params: Params, run: Run) -> Path:
    """Run the swing with the explicit solver."""
    return _swing_explicit(params, run)


@entry
def _run_swing_stiff(params: Params, run: Run) -> Path:
    """Run the swing with the stiff solver."""
    return _swing_stiff(params, run)


def observed_order(solver: str) -> float:
    """Return the order at which the end error of ``dormand_prince`` or ``rosenbrock`` falls as the step is halved."""
    run_swing = _run_swing_explicit if solver == "dormand_prince" else _run_swing_stiff
    errors = []
    for n_steps in (100, 200):
        accuracy = Accuracy(step_fixed=3.0 / n_steps)
        end = run_swing((1.0,), Run((1.0, 0.0), np.array([0.0, 3.0]), accuracy)).y_end
        errors.append(math.hypot(end[0] - 1.0 - math.sin(4.5), end[1] - 3.0 * math.cos(4.5)))
    return math.log2(errors[0] / errors[1])


def _orders() -> list[Gate]:
    gates = []
    for case, solver, order, source in (
        ("S1", "dormand_prince", 5.0, "dormand1980"),
        ("S2", "rosenbrock", 4.0, "hairer1996"),
    ):
        got = observed_order(solver)
        short = max(0.0, order - got)
        gates.append(
            Gate(case, f"order of convergence of {solver}", got, f">= {order - 0.3:.1f}", "", short, 0.3, source)
        )
    return gates


def film_gates() -> list[Gate]:
    """Return A8 to A10 and the orders of the two solvers."""
    return [_stefan(), _radiation(), *_conserved(), _becomes_rayleigh_plesset(), *_orders()]
