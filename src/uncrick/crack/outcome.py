"""What became of one stretch: whether it cracked, what made the sound, what stayed in the joint."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from uncrick.crack.compiled import Floats
from uncrick.crack.film import touching_volume_m3
from uncrick.crack.gas import GAS_CONSTANT_J_MOL_K, GASES
from uncrick.crack.joint import Joint, stretch_of
from uncrick.crack.solve import DONE, STATUS_WORDS, Accuracy, Path, Run
from uncrick.crack.sound import (
    FINE,
    RATE_HZ,
    air_pressure_pa,
    heard_from_flow,
    level_db,
    peak_frequency_hz,
    pop_length_s,
)
from uncrick.crack.stretch import MS, Stretch, run_stretch

HELD_S: Final = 0.25
"""How long the full force is held: time for the bone to stop ringing."""
QUIET_DB: Final = 40.0
"""A cavity below this level at the microphone opens unheard in a quiet room. Chosen."""
REST: Final = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """The stretch over time, (T,) each: time, gap, volume of the bubble, its inflow, pressures, moles (T, 3)."""

    t_s: Floats
    gap_m: Floats
    volume_m3: Floats
    inflow_m3_s: Floats
    bubble_pa: Floats
    rim_pa: Floats
    moles: Floats


@dataclass(frozen=True, slots=True)
class Outcome:
    """The numbers of one stretch. NaN where there was no cavity.

    verdict : ``crack``, ``quiet cavity`` or ``no cavity``.
    sound_from : ``growth`` or ``collapse``, the louder; the levels are at the microphone.
    left : share of the greatest cavity still there at the end.
    growth_ms : from a thousand times the nucleus to nine tenths of the greatest cavity.
    """

    verdict: str
    sound_from: str
    peak_hz: float
    pop_ms: float
    level_db: float
    growth_db: float
    collapse_db: float
    opened_mm: float
    greatest_mm3: float
    left: float
    growth_ms: float
    crack_at_s: float
    gas_co2: float
    n_steps: int
    solver: str

    @property
    def collapse_over_growth_db(self) -> float:
        """How much louder the collapse is than the growth, within +-120 dB; NaN without a cavity."""
        return max(-120.0, min(120.0, self.collapse_db - self.growth_db)) if self.verdict != "no cavity" else math.nan


class StretchFailedError(Exception):
    """The equations could not be followed to the end; says where and why."""


def times_ms(joint: Joint) -> Floats:
    """Return the moments (ms) at which a stretch is looked at: the ramp and the hold, FINE times the sound's rate."""
    n = math.ceil((joint.ramp_s + HELD_S) * RATE_HZ) * FINE
    return np.arange(n, dtype=np.float64) * (1.0 / (RATE_HZ * FINE * MS))


def follow(joint: Joint, accuracy: Accuracy) -> Path:
    """Return the path of the scaled unknowns of a stretch; its status may be a failure."""
    return run_stretch(stretch_of(joint), Run(REST, times_ms(joint), accuracy))


def course_of(joint: Joint, path: Path) -> Course:
    """Return the stretch in SI units; raises StretchFailedError where the path did not reach the end."""
    if path.status != DONE:
        raise StretchFailedError(f"the solver {STATUS_WORDS[path.status]} at {path.t_end:.3f} ms")
    s: Stretch = stretch_of(joint)
    gap_m = path.ys[:, 0] * s.gap0_m
    volume_m3 = s.volume0_m3 * np.exp(path.ys[:, 2])
    moles = np.exp(path.ys[:, 4:7]) * np.array(s.moles0)
    drawn_m3 = math.pi * s.film.radius_m**2 * (gap_m - s.gap0_m) - volume_m3
    return Course(
        t_s=times_ms(joint) * MS,
        gap_m=gap_m,
        volume_m3=volume_m3,
        inflow_m3_s=volume_m3 * path.ys[:, 3] / MS,
        bubble_pa=s.p_vapour_pa + moles.sum(axis=1) * s.rt_j_mol * np.exp(path.ys[:, 7]) / volume_m3,
        rim_pa=s.p_amb_pa - drawn_m3 / s.capsule_m3_pa,
        moles=moles,
    )


def sound_pa(joint: Joint, course: Course) -> Floats:
    """Return the pressure at the microphone at RATE_HZ, counted from the moment the sound arrives there."""
    return air_pressure_pa(heard_from_flow(course.inflow_m3_s), joint.depth_mm * 1e-3, joint.distance_m)


def first_fall(volume_m3: Floats) -> int:
    """Return where the cavity has first lost a tenth of its volume, once it has been big; its length if it never has.

    Big is a hundredth of the greatest volume: the nucleus's own ringing is no collapse.
    """
    so_far = np.maximum.accumulate(volume_m3)
    fallen = (volume_m3 < 0.9 * so_far) & (so_far > 0.01 * so_far[-1])
    return int(np.argmax(fallen)) if fallen.any() else len(volume_m3)


def outcome_of(joint: Joint, course: Course, path: Path, solver: str = "rosenbrock") -> Outcome:
    """Return what became of the stretch."""
    volume = course.volume_m3
    opened_mm = float(course.gap_m[-1] - course.gap_m[0]) * 1e3
    top = int(np.argmax(volume))
    greatest = float(volume[top])
    touched = greatest > touching_volume_m3(float(course.gap_m[top])) or greatest > 1e6 * volume[0]
    if greatest < 1e3 * volume[0] or not touched:
        nan = math.nan
        return Outcome("no cavity", "", nan, nan, -math.inf, -math.inf, -math.inf, opened_mm, greatest * 1e9,
                       nan, nan, nan, nan, path.n_steps, solver)  # fmt: skip
    sound = sound_pa(joint, course)
    turn = first_fall(volume) // FINE
    growth_db, collapse_db, loud_db = level_db(sound[:turn]), level_db(sound[turn:]), level_db(sound)
    moles = course.moles[-1]
    return Outcome(
        verdict="crack" if loud_db >= QUIET_DB else "quiet cavity",
        sound_from="growth" if growth_db >= collapse_db else "collapse",
        peak_hz=peak_frequency_hz(sound),
        pop_ms=pop_length_s(sound) * 1e3,
        level_db=loud_db,
        growth_db=growth_db,
        collapse_db=collapse_db,
        opened_mm=opened_mm,
        greatest_mm3=greatest * 1e9,
        left=float(volume[-1]) / greatest,
        growth_ms=float(
            course.t_s[np.argmax(volume > 0.9 * greatest)] - course.t_s[np.argmax(volume > 1e3 * volume[0])]
        )
        * 1e3,
        crack_at_s=float(np.argmax(np.abs(sound))) / RATE_HZ,
        gas_co2=float(moles[0] / moles.sum()),
        n_steps=path.n_steps,
        solver=solver,
    )


def gas_pressures_pa(course: Course, rt_j_mol: float = GAS_CONSTANT_J_MOL_K * 310.15) -> dict[str, Floats]:
    """Return the pressure of each gas in the bubble, (T,), at body temperature."""
    return {gas.name: course.moles[:, i] * rt_j_mol / course.volume_m3 for i, gas in enumerate(GASES)}
