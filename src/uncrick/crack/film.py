"""The thin film of joint fluid between two facets, with a bubble in its middle: what it weighs, resists and pulls.

The film is a disc of radius a and gap h. Its motion is told by two numbers, the opening speed v = dh/dt and the
bubble's inflow Q = dV/dt; the fluid leaves at radius r with speed (Q - pi r^2 v) / (2 pi r h). Everything here follows
from that one flow, so that kinetic energy, friction and force fit together:

    energy   = 1/2 (A Q^2 + 2 B Q v + C v^2)        losses per time = 12 mu / (rho h^2) * the same form, film part only

A small bubble (R < h/2) is a sphere inside the film; a larger one is a pancake of radius Rc that touches both facets.
"""

from typing import NamedTuple

import numpy as np

from uncrick.crack.compiled import kernel


class Film(NamedTuple):
    """The film: disc radius and fluid (SI units: m, kg/m3, Pa s, N/m)."""

    radius_m: float
    rho_kg_m3: float
    mu_pa_s: float
    sigma_n_m: float
    rim_kg_m4: float
    """Inertance of the flow round the rim, outside the film: rho / (2 pi a), a slot's end one gap long."""


class Inertia(NamedTuple):
    """The three inertias and their slopes: *_v by bubble volume, *_h by gap. A kg/m4, B kg/m2, C kg."""

    a: float
    a_v: float
    a_h: float
    b: float
    b_v: float
    b_h: float
    c: float
    c_v: float
    c_h: float


@kernel
def touching_volume_m3(gap_m: float) -> float:
    """Return the volume at which the sphere touches both facets: R = h/2."""
    return float(np.pi * gap_m**3 / 6.0)


@kernel
def edge_squared(film: Film, volume_m3: float, gap_m: float) -> tuple[float, float, float]:
    """Return Rc^2 (m2) and its slopes by volume and by gap: h/2 for a sphere, V/(pi h) + h^2/12 for a pancake.

    It never passes the rim of the film; there the slopes are 0.
    """
    if volume_m3 <= touching_volume_m3(gap_m):
        return 0.25 * gap_m**2, 0.0, 0.5 * gap_m
    edge2 = volume_m3 / (np.pi * gap_m) + gap_m**2 / 12.0
    if edge2 >= film.radius_m**2:
        return film.radius_m**2, 0.0, 0.0
    return edge2, 1.0 / (np.pi * gap_m), -volume_m3 / (np.pi * gap_m**2) + gap_m / 6.0


@kernel
def inertia(film: Film, volume_m3: float, gap_m: float) -> Inertia:
    """Return the film's inertias A, B, C with their slopes, the sphere's own part of A included.

    Source: kinetic energy of the flow above, rho/2 times the integral of u^2 2 pi r h dr from Rc to a; inside a film
    of gap h a sphere adds rho/(4 pi) (1/R - 2/h), which makes A run on smoothly into the pancake.
    """
    rho, h, a2 = film.rho_kg_m3, gap_m, film.radius_m**2
    s, s_v, s_h = edge_squared(film, volume_m3, gap_m)
    line = rho / (4.0 * np.pi * h) * np.log(a2 / s)
    a = line + film.rim_kg_m4
    a_v = -rho * s_v / (4.0 * np.pi * h * s)
    a_h = -line / h - rho * s_h / (4.0 * np.pi * h * s)
    if volume_m3 <= touching_volume_m3(gap_m):
        r = (3.0 * volume_m3 / (4.0 * np.pi)) ** (1.0 / 3.0)
        a += rho / (4.0 * np.pi) * (1.0 / r - 2.0 / h)
        a_v = -rho / (16.0 * np.pi**2 * r**4)
        a_h += rho / (2.0 * np.pi * h**2)
    b = -rho * (a2 - s) / (4.0 * h) - np.pi * a2 * film.rim_kg_m4
    b_v = rho * s_v / (4.0 * h)
    b_h = rho * (a2 - s) / (4.0 * h**2) + rho * s_h / (4.0 * h)
    c_film = rho * np.pi * (a2**2 - s**2) / (8.0 * h)
    c = c_film + (np.pi * a2) ** 2 * film.rim_kg_m4
    c_v = -rho * np.pi * s * s_v / (4.0 * h)
    c_h = -c_film / h - rho * np.pi * s * s_h / (4.0 * h)
    return Inertia(a, a_v, a_h, b, b_v, b_h, c, c_v, c_h)


@kernel
def friction(film: Film, volume_m3: float, gap_m: float) -> tuple[float, float, float]:
    """Return the friction (q_q, q_v, v_v): pressure q_q Q + q_v v against the inflow, force q_v Q + v_v v on the gap.

    Parabolic flow between plates (12 mu / h^2) over the film and the rim; a sphere adds 4 mu / (3 V), faded out
    towards the moment it touches the facets. With no bubble v_v is Stefan's 3/2 pi mu a^4 / h^3.
    Source: stefan1874; batchelor1967; brennen1995 for the sphere.
    """
    mu, h, a2 = film.mu_pa_s, gap_m, film.radius_m**2
    s, _, _ = edge_squared(film, volume_m3, gap_m)
    rim = 12.0 * mu / (film.rho_kg_m3 * h**2) * film.rim_kg_m4
    q_q = 3.0 * mu / (np.pi * h**3) * np.log(a2 / s) + rim
    touching_m3 = touching_volume_m3(gap_m)
    if volume_m3 < touching_m3:
        q_q += 4.0 * mu / (3.0 * volume_m3) * (1.0 - volume_m3 / touching_m3)
    q_v = -3.0 * mu * (a2 - s) / h**3 - np.pi * a2 * rim
    v_v = 1.5 * np.pi * mu * (a2**2 - s**2) / h**3 + (np.pi * a2) ** 2 * rim
    return q_q, q_v, v_v


@kernel
def skin(film: Film, volume_m3: float, gap_m: float) -> tuple[float, float, float]:
    """Return the energy of the bubble's skin (J), its pressure dE/dV (Pa) and the force dE/dh (N).

    A sphere has 2 sigma/R; a pancake, wetted facets and a round edge, sigma (2/h + 1/Rc). Source: degennes2004.
    """
    sigma, h = film.sigma_n_m, gap_m
    if volume_m3 <= touching_volume_m3(gap_m):
        r = (3.0 * volume_m3 / (4.0 * np.pi)) ** (1.0 / 3.0)
        return 4.0 * np.pi * sigma * r**2, 2.0 * sigma / r, 0.0
    edge2 = volume_m3 / (np.pi * h) + h**2 / 12.0
    edge = np.sqrt(edge2)
    edge_h = (-volume_m3 / (np.pi * h**2) + h / 6.0) / (2.0 * edge)
    energy = sigma * (2.0 * volume_m3 / h + 2.0 * np.pi * h * edge - np.pi * h**2 / 3.0)
    force = sigma * (-2.0 * volume_m3 / h**2 + 2.0 * np.pi * (edge + h * edge_h) - 2.0 * np.pi * h / 3.0)
    return energy, sigma * (2.0 / h + 1.0 / edge), force


@kernel
def surface_m2(film: Film, volume_m3: float, gap_m: float) -> float:
    """Return the surface through which gas passes: the sphere, or the pancake's edge and its two wet faces."""
    if volume_m3 <= touching_volume_m3(gap_m):
        return float(4.0 * np.pi * (3.0 * volume_m3 / (4.0 * np.pi)) ** (2.0 / 3.0))
    edge2, _, _ = edge_squared(film, volume_m3, gap_m)
    return float(2.0 * np.pi * np.sqrt(edge2) * gap_m + 2.0 * np.pi * (edge2 - 0.25 * gap_m**2))
