"""What has been measured on people, and where the median stretch lies in it; which facts chose a default is said."""

from statistics import NormalDist
from typing import Final

from uncrick.crack.gas import Leftover, dissolving_time_s, free_inventory, radius_for_time_m
from uncrick.crack.gate import Gate, outside
from uncrick.crack.outcome import Outcome

KNUCKLE_REST_S: Final = 20.0 * 60.0
"""A knuckle does not crack again for about this long. Source: unsworth1971. A knuckle's number, never a back's."""
LEFTOVER_SPREAD: Final = 1.5
"""Factor between the median leftover bubble and one a standard deviation larger. Guess: nobody has measured it."""
STILL_THERE: Final = 2.0 / 3.0
"""Share of thumb joints in which gas is still seen at 20 minutes. Source: jones2014."""
SENSITIVITY_UM: Final = (50.0, 100.0, 136.0, 200.0, 400.0)


def calibrated_radius_m() -> float:
    """Return the leftover radius that takes the knuckle's 20 minutes to dissolve: fitted, not predicted."""
    return radius_for_time_m(KNUCKLE_REST_S)


def median_leftover_m() -> float:
    """Return the median radius for which two thirds of leftovers outlast 20 minutes, given the guessed spread."""
    return calibrated_radius_m() * float(LEFTOVER_SPREAD ** NormalDist().inv_cdf(STILL_THERE))


def share_still_there(median_m: float, n_bubbles: int = 99) -> float:
    """Return the share of leftovers, spread evenly in probability about *median_m*, not dissolved at 20 minutes."""
    quantiles = NormalDist().quantiles(n_bubbles + 1)
    left = [dissolving_time_s(Leftover(median_m * float(LEFTOVER_SPREAD**z))) > KNUCKLE_REST_S for z in quantiles]
    return sum(left) / n_bubbles


def rest_sensitivity() -> list[tuple[float, float]]:
    """Return (radius in um, minutes until dissolved): the quiet time goes with the square of an unmeasured radius."""
    return [(um, dissolving_time_s(Leftover(um * 1e-6)) / 60.0) for um in SENSITIVITY_UM]


def _band(case: str, what: str, got: float, ends: tuple[float, float], unit: str) -> Gate:
    low, high = ends
    source, joint, chosen = _WHERE[case]
    return Gate(case, what, got, f"{low:g} to {high:g}", unit, outside(got, low, high), 0.0, source, joint, chosen)


_WHERE: Final = {
    "B1": ("reggars1996", "neck", False),
    "B2": ("dunning2013", "neck", False),
    "B3": ("cramer2012", "lumbar facet", True),
    "B4": ("brodeur1995", "knuckle", False),
    "B5": ("kawchuk2015", "knuckle", False),
    "B6": ("jones2014", "thumb base", True),
}
"""Where each band was measured, and whether it was used to choose a default."""


def band_gates(median: Outcome) -> list[Gate]:
    """Return B1 to B6 for the outcome of the median stretch, all defaults."""
    return [
        _band("B1", "peak frequency at the skin", median.peak_hz, (86.0, 1830.0), "Hz"),
        _band("B2", "length of one pop", median.pop_ms, (2.0, 10.0), "ms"),
        _band("B3", "opening of the gap", median.opened_mm, (0.5, 1.0), "mm"),
        _band("B4", "CO2 among the gas dissolved in the fluid", free_inventory()["CO2"], (0.70, 0.85), "share"),
        _band("B5", "growth of the cavity", median.growth_ms, (0.0, 310.0), "ms"),
        _band("B6", "joints with gas at 20 minutes", share_still_there(median_leftover_m()), (0.60, 0.73), "share"),
    ]
