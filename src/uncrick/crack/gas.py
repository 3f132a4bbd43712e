"""The gases of joint fluid: how much is dissolved, and how long a bubble left behind takes to dissolve again."""

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from uncrick.crack.compiled import Floats, entry, kernel
from uncrick.crack.solve import EVENT, Accuracy, Path, Run, dormand_prince

GAS_CONSTANT_J_MOL_K: Final = 8.314462618
BODY_K: Final = 310.15
P_AMB_PA: Final = 101_325.0
PA_PER_MMHG: Final = 133.322387415
VAPOUR_PA: Final = 6280.0
"""Water vapour at 37 C (47 mmHg). Source: crc_handbook."""


@dataclass(frozen=True, slots=True)
class Gas:
    """One dissolved gas at 37 C: tension in tissue, Henry's constant and diffusivity in water."""

    name: str
    tension_pa: float
    henry_mol_m3_pa: float
    diffusivity_m2_s: float

    @property
    def dissolved_mol_m3(self) -> float:
        """Concentration at the gas's tension."""
        return self.henry_mol_m3_pa * self.tension_pa


GASES: Final = (
    Gas("CO2", 46.0 * PA_PER_MMHG, 2.4e-4, 2.4e-9),
    Gas("N2", 573.0 * PA_PER_MMHG, 5.6e-6, 2.9e-9),
    Gas("O2", 50.0 * PA_PER_MMHG, 1.05e-5, 3.0e-9),
)
"""With the vapour the tensions sum to 716 mmHg, less than the 760 outside: every free bubble must dissolve in the end
(the oxygen window). Textbook values, not measured in a facet joint. Source: sander2015 (Henry), crc_handbook."""

LEFTOVER_MIX: Final = (0.67, 0.28, 0.05)
"""Mole fractions CO2, N2, O2 of the bubble left behind: the dissolved mix, a little CO2 lost on the way."""


def free_inventory() -> dict[str, float]:
    """Return the share of each gas among all gas dissolved freely in joint fluid (Henry's law alone)."""
    total = sum(gas.dissolved_mol_m3 for gas in GASES)
    return {gas.name: gas.dissolved_mol_m3 / total for gas in GASES}


@dataclass(frozen=True, slots=True)
class Leftover:
    """A free bubble in tissue: its radius, its mole fractions and the surroundings."""

    radius_m: float
    fractions: tuple[float, ...] = LEFTOVER_MIX
    gases: tuple[Gas, ...] = GASES
    p_amb_pa: float = P_AMB_PA
    p_vapour_pa: float = VAPOUR_PA
    sigma_n_m: float = 0.05


class _Scaled(NamedTuple):
    """The equations' numbers: radius and moles in units of their first values, s = sqrt(t / time_s)."""

    rt_n0: float
    radius0_m: float
    p_still_pa: float
    sigma_n_m: float
    time_s: float
    n0_mol: float
    henry: tuple[float, ...]
    dissolved: tuple[float, ...]
    diffusivity: tuple[float, ...]


@kernel
def _radius_m(moles: float, b: _Scaled) -> float:
    """Return the radius at which the gas and the skin balance, from the total moles in units of n0 (Newton)."""
    target = 3.0 * max(moles, 0.0) * b.rt_n0 / (4.0 * np.pi)
    r = (target / b.p_still_pa) ** (1.0 / 3.0) if target > 0.0 else 0.0
    for _ in range(30):
        slope = 3.0 * b.p_still_pa * r * r + 4.0 * b.sigma_n_m * r
        if slope <= 0.0:
            return 0.0
        step = (b.p_still_pa * r**3 + 2.0 * b.sigma_n_m * r * r - target) / slope
        r -= step
        if abs(step) < 1e-14 * r:
            break
    return float(r)


@kernel
def _dissolving(s: float, y: Floats, b: _Scaled, dy: Floats) -> None:
    """Write d(n_i/n0)/ds, t = s^2: dn_i/dt = -4 pi R^2 D (H p_i - c)(1/R + 1/sqrt(pi D t)). Source: epstein1950."""
    total = y[0] + y[1] + y[2]
    r = _radius_m(total, b)
    p_gas = b.p_still_pa + 2.0 * b.sigma_n_m / max(r, 1e-12)
    for i in range(3):
        p_i = p_gas * y[i] / max(total, 1e-300)
        d = b.diffusivity[i]
        steady, early = s / max(r, 1e-12), 1.0 / np.sqrt(np.pi * d * b.time_s)
        flux = 4.0 * np.pi * r * r * d * (b.henry[i] * p_i - b.dissolved[i]) * (steady + early)
        dy[i] = -2.0 * b.time_s * flux / b.n0_mol


@kernel
def _dissolved(s: float, y: Floats, b: _Scaled) -> float:
    """Turn negative when a billionth of the gas is left: R/R0 = 1e-3."""
    return float(y[0] + y[1] + y[2] - 1e-9)


_solve_dissolving = dormand_prince(_dissolving, _dissolved)


@entry
def _run_dissolving(b: _Scaled, run: Run) -> Path:
    """Run one bubble until it has dissolved."""
    return _solve_dissolving(b, run)


def _scaled(leftover: Leftover) -> _Scaled:
    """Return the numbers the equations use; the time unit is R0^2 / D of the slowest gas's steady loss."""
    r, gases = leftover.radius_m, leftover.gases
    p_still_pa = leftover.p_amb_pa - leftover.p_vapour_pa
    p_gas = p_still_pa + 2.0 * leftover.sigma_n_m / r
    n0_mol = p_gas * 4.0 / 3.0 * math.pi * r**3 / (GAS_CONSTANT_J_MOL_K * BODY_K)
    return _Scaled(
        rt_n0=GAS_CONSTANT_J_MOL_K * BODY_K * n0_mol,
        radius0_m=r,
        p_still_pa=p_still_pa,
        sigma_n_m=leftover.sigma_n_m,
        time_s=r * r / min(gas.diffusivity_m2_s for gas in gases),
        n0_mol=n0_mol,
        henry=tuple(float(gas.henry_mol_m3_pa) for gas in gases),
        dissolved=tuple(float(gas.dissolved_mol_m3) for gas in gases),
        diffusivity=tuple(float(gas.diffusivity_m2_s) for gas in gases),
    )


def dissolving_time_s(leftover: Leftover, accuracy: Accuracy | None = None) -> float:
    """Return how long the bubble takes to dissolve; infinite when it never does, as in an oversaturated fluid."""
    scaled = _scaled(leftover)
    run = Run(tuple(map(float, leftover.fractions)), np.array([0.0, 1e4]), accuracy or Accuracy(1e-8, 1e-12, 200_000))
    path = _run_dissolving(scaled, run)
    return path.t_end**2 * scaled.time_s if path.status == EVENT else math.inf


def dissolving_course(leftover: Leftover, times_s: Floats) -> Floats:
    """Return (T, 4): the radius (m) and the mole fractions of the three gases at *times_s*, NaN once dissolved."""
    scaled = _scaled(leftover)
    s = np.sqrt(np.asarray(times_s, dtype=float) / scaled.time_s)
    path = _run_dissolving(scaled, Run(tuple(map(float, leftover.fractions)), s, Accuracy(1e-8, 1e-12, 200_000)))
    moles = path.ys.sum(axis=1)
    radius_m = np.array([_radius_m(n, scaled) if np.isfinite(n) else np.nan for n in moles])
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.column_stack([radius_m, path.ys / moles[:, None]])


def radius_for_time_m(time_s: float) -> float:
    """Return the radius of the leftover bubble that takes *time_s* to dissolve, to a micrometre's thousandth."""
    low, high = 1e-6, 5e-3
    while high - low > 1e-9:
        middle = 0.5 * (low + high)
        low, high = (middle, high) if dissolving_time_s(Leftover(middle)) < time_s else (low, middle)
    return 0.5 * (low + high)


def epstein_plesset_time_s(leftover: Leftover) -> float:
    """Return the exact dissolving time of a bubble of the first gas alone, without skin tension or vapour.

    x = exp(-g/sqrt(1-g^2) atan(sqrt(1-g^2)/g)), g^2 = c_s (1-f) / (2 pi rho_g), t = x^2 R0^2 rho_g / (2 D c_s (1-f)).
    Source: epstein1950.
    """
    gas = leftover.gases[0]
    saturated = gas.henry_mol_m3_pa * leftover.p_amb_pa
    lack = saturated - gas.dissolved_mol_m3
    density = leftover.p_amb_pa / (GAS_CONSTANT_J_MOL_K * BODY_K)
    g = math.sqrt(lack / (2.0 * math.pi * density))
    root = math.sqrt(1.0 - g * g)
    x = math.exp(-g / root * math.atan(root / g))
    return x * x * leftover.radius_m**2 * density / (2.0 * gas.diffusivity_m2_s * lack)
