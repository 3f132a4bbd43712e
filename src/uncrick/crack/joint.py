"""A joint to be stretched: every number a person may set, with its unit, its allowed range and where it comes from."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from uncrick.crack.film import Film
from uncrick.crack.gas import BODY_K, GAS_CONSTANT_J_MOL_K, GASES, P_AMB_PA, VAPOUR_PA
from uncrick.crack.stretch import Stretch
from uncrick.errors import Problem, nearest

AIR_HEAT_W_M_K: Final = 0.026
"""Heat conduction of the bubble's gas. Source: crc_handbook (air at 37 C)."""
CARTILAGE_N_M: Final = 1e5
"""Stiffness of two cartilage layers pressed together: 1 MPa over 1.5 cm2 and 2 x 0.8 mm. Source: mow1980 (modulus)."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of a joint: what it means, its unit, the range it is allowed and the factor it is drawn within."""

    name: str
    unit: str
    default: float
    low: float
    high: float
    spread: float
    means: str
    rests_on: str


_FITTED = "guess, set with the other so that the gap opens as on MRI (cramer2012)"
PARAMETERS: Final = (
    Parameter("facet_radius_mm", "mm", 7.0, 1.0, 20.0, 1.3, "radius of the two facets", "guess: 1.54 cm2 of facet"),
    Parameter(
        "gap_um", "um", 10.0, 1.0, 200.0, 2.0, "fluid film between the facets at rest", "guess: a thick film flows"
    ),
    Parameter("viscosity_pa_s", "Pa s", 0.05, 5e-4, 5.0, 4.0, "viscosity of the joint fluid", "0.01-0.3, textbook"),
    Parameter("surface_tension_n_m", "N/m", 0.05, 0.005, 0.1, 1.2, "surface tension of the fluid", "textbook"),
    Parameter("density_kg_m3", "kg/m3", 1010.0, 900.0, 1200.0, 1.0, "density of the fluid", "textbook"),
    Parameter("bone_mass_kg", "kg", 0.15, 0.005, 20.0, 3.0, "mass that moves with the facet", "guess"),
    Parameter("stiffness_n_m", "N/m", 3e4, 500.0, 1e6, 2.0, "stiffness of ligaments and muscles", _FITTED),
    Parameter("damping_ratio", "1", 0.25, 0.0, 3.0, 2.0, "damping of bone and tissue, 1 is critical", "guess"),
    Parameter("force_n", "N", 40.0, 0.1, 500.0, 1.6, "force of the stretch on this one joint", _FITTED),
    Parameter(
        "ramp_s", "s", 0.1, 0.005, 2.0, 2.0, "time in which the force rises", "97-139 ms, dunning2013, mourad2019"
    ),
    Parameter(
        "capsule_mm3_kpa",
        "mm3/kPa",
        1.0,
        1e-3,
        1e3,
        10.0,
        "fluid the capsule yields per fall in pressure",
        "unmeasured",
    ),
    Parameter("nucleus_um", "um", 2.0, 0.05, 50.0, 3.0, "radius of the gas nucleus at the start", "guess"),
    Parameter(
        "fluid_ml", "mL", 1.2, 0.05, 20.0, 1.25, "joint fluid that holds the dissolved gas", "1-1.5 mL, textbook"
    ),
    Parameter("depth_mm", "mm", 40.0, 1.0, 200.0, 1.5, "depth of the joint below the skin", "guess"),
    Parameter("distance_m", "m", 0.1, 0.005, 10.0, 1.0, "microphone's distance from the skin", "chosen"),
)
BY_NAME: Final = {parameter.name: parameter for parameter in PARAMETERS}


@dataclass(frozen=True, slots=True)
class Joint:
    """A joint and the stretch it is given, in the units a person would use; see PARAMETERS for each number."""

    facet_radius_mm: float = 7.0
    gap_um: float = 10.0
    viscosity_pa_s: float = 0.05
    surface_tension_n_m: float = 0.05
    density_kg_m3: float = 1010.0
    bone_mass_kg: float = 0.15
    stiffness_n_m: float = 3e4
    damping_ratio: float = 0.25
    force_n: float = 40.0
    ramp_s: float = 0.1
    capsule_mm3_kpa: float = 1.0
    nucleus_um: float = 2.0
    fluid_ml: float = 1.2
    depth_mm: float = 40.0
    distance_m: float = 0.1


STIFF: Final = Joint(capsule_mm3_kpa=0.3)
COMPLIANT: Final = Joint(capsule_mm3_kpa=3.0)
"""The two theories in one joint: a stiff capsule keeps its cavity, a giving one refills and lets it collapse."""


def check_joint(values: Mapping[str, float]) -> list[Problem]:
    """Return everything wrong with *values*: names that are not known, numbers outside their range or not numbers."""
    problems = []
    for name, value in values.items():
        if name not in BY_NAME:
            problems.append(Problem(name, f"no such number{nearest(name, BY_NAME)}", "known: " + ", ".join(BY_NAME)))
            continue
        p = BY_NAME[name]
        if not (math.isfinite(value) and p.low <= value <= p.high):
            problems.append(Problem(name, f"{value:g} {p.unit} is outside {p.low:g} to {p.high:g} {p.unit}", p.means))
    nucleus_um, gap_um = values.get("nucleus_um", Joint().nucleus_um), values.get("gap_um", Joint().gap_um)
    if not problems and 2.0 * nucleus_um >= gap_um:
        says = f"a nucleus of radius {nucleus_um:g} um does not fit into a gap of {gap_um:g} um"
        problems.append(Problem("nucleus_um", says, "its radius must be less than half the gap"))
    return problems


def joint_with(base: Joint, values: Mapping[str, float]) -> Joint:
    """Return *base* with *values* put in; they must have passed check_joint."""
    return replace(base, **{name: float(value) for name, value in values.items()})


def joint_values(joint: Joint) -> dict[str, float]:
    """Return every number of the joint by name."""
    return {field.name: float(getattr(joint, field.name)) for field in fields(joint)}


def stretch_of(joint: Joint) -> Stretch:
    """Return the equations' numbers (SI) of a joint; the nucleus starts at rest, its gas shared as the tensions are."""
    radius_m, sigma = joint.facet_radius_mm * 1e-3, float(joint.surface_tension_n_m)
    nucleus_m = joint.nucleus_um * 1e-6
    volume0_m3 = 4.0 / 3.0 * math.pi * nucleus_m**3
    rt_j_mol = GAS_CONSTANT_J_MOL_K * BODY_K
    gas_pa = P_AMB_PA - VAPOUR_PA + 2.0 * sigma / nucleus_m
    tensions_pa = sum(gas.tension_pa for gas in GASES)
    return Stretch(
        film=Film(
            radius_m=radius_m,
            rho_kg_m3=float(joint.density_kg_m3),
            mu_pa_s=float(joint.viscosity_pa_s),
            sigma_n_m=sigma,
            rim_kg_m4=joint.density_kg_m3 / (2.0 * math.pi * radius_m),
        ),
        gap0_m=joint.gap_um * 1e-6,
        volume0_m3=volume0_m3,
        mass_kg=float(joint.bone_mass_kg),
        stiffness_n_m=float(joint.stiffness_n_m),
        damping_n_s_m=2.0 * joint.damping_ratio * math.sqrt(joint.stiffness_n_m * joint.bone_mass_kg),
        force_n=float(joint.force_n),
        ramp_s=float(joint.ramp_s),
        capsule_m3_pa=joint.capsule_mm3_kpa * 1e-12,
        contact_n_m=CARTILAGE_N_M,
        p_amb_pa=P_AMB_PA,
        p_vapour_pa=VAPOUR_PA,
        rt_j_mol=rt_j_mol,
        heat_w_m_k=AIR_HEAT_W_M_K,
        moles0=tuple(gas_pa * volume0_m3 / rt_j_mol * gas.tension_pa / tensions_pa for gas in GASES),
        dissolved_mol_m3=tuple(gas.dissolved_mol_m3 for gas in GASES),
        henry_mol_m3_pa=tuple(gas.henry_mol_m3_pa for gas in GASES),
        diffusivity_m2_s=tuple(gas.diffusivity_m2_s for gas in GASES),
        fluid_m3=joint.fluid_ml * 1e-6,
    )
