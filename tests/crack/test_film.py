"""The film: forces known exactly, energies that fit their forces, and friction that never drives."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from uncrick.crack.film import Film, edge_squared, friction, inertia, skin, surface_m2, touching_volume_m3

FILM = Film(7e-3, 1010.0, 0.05, 0.05, 1010.0 / (2 * math.pi * 7e-3))
gaps_m = st.floats(3e-6, 2e-3)
shares = st.floats(1e-9, 0.98)


def volume(share, gap_m):
    """Return a volume between nearly nothing and nearly the whole film, evenly in its logarithm."""
    whole_m3 = math.pi * FILM.radius_m**2 * gap_m
    return whole_m3 * 10 ** (-12 * (1 - share))


def test_stefan():
    """Without a bubble, drawing the plates apart costs 3/2 pi mu a^4 / h^3."""
    _, _, v_v = friction(Film(7e-3, 1010.0, 0.05, 0.05, 0.0), 1e-24, 10e-6)

    assert v_v == pytest.approx(1.5 * math.pi * 0.05 * 7e-3**4 / 10e-6**3, rel=1e-9)


def test_a_touching_sphere_is_a_pancake():
    """Inertia, skin and surface run on smoothly where the sphere touches both facets."""
    gap_m = 50e-6
    below, above = (touching_volume_m3(gap_m) * x for x in (1 - 1e-9, 1 + 1e-9))

    assert inertia(FILM, below, gap_m)[:2] == pytest.approx(inertia(FILM, above, gap_m)[:2], rel=1e-6)
    assert skin(FILM, below, gap_m) == pytest.approx(skin(FILM, above, gap_m), rel=1e-6, abs=1e-12)
    assert surface_m2(FILM, below, gap_m) == pytest.approx(surface_m2(FILM, above, gap_m), rel=1e-6)
    assert friction(FILM, below, gap_m) == pytest.approx(friction(FILM, above, gap_m), rel=1e-6)


@given(shares, gaps_m)
def test_kinetic_energy_is_positive(share, gap_m):
    """Whatever moves, it weighs something: the inertia's matrix is positive definite."""
    m = inertia(FILM, volume(share, gap_m), gap_m)

    assert m.a > 0.0
    assert m.a * m.c - m.b**2 > 0.0


@given(shares, gaps_m)
def test_friction_never_drives(share, gap_m):
    """Friction takes energy from any motion: its matrix is positive definite."""
    q_q, q_v, v_v = friction(FILM, volume(share, gap_m), gap_m)

    assert q_q > 0.0
    assert q_q * v_v - q_v**2 >= -1e-9 * q_q * v_v


@given(shares, gaps_m)
def test_slopes_of_the_inertia(share, gap_m):
    """The inertia's slopes are those of the inertia itself."""
    v = volume(share, gap_m)
    assume(abs(v / touching_volume_m3(gap_m) - 1.0) > 1e-3)
    assume(edge_squared(FILM, v, gap_m)[0] < 0.99 * FILM.radius_m**2)
    m = inertia(FILM, v, gap_m)
    more, less = inertia(FILM, v * (1 + 1e-5), gap_m), inertia(FILM, v * (1 - 1e-5), gap_m)
    wide, narrow = inertia(FILM, v, gap_m * (1 + 1e-5)), inertia(FILM, v, gap_m * (1 - 1e-5))

    for i in (0, 3, 6):
        by_volume = (more[i] - less[i]) / (2e-5 * v)
        by_gap = (wide[i] - narrow[i]) / (2e-5 * gap_m)
        assert m[i + 1] * v == pytest.approx(by_volume * v, rel=1e-3, abs=1e-7 * abs(m[i]))
        assert m[i + 2] * gap_m == pytest.approx(by_gap * gap_m, rel=1e-3, abs=1e-7 * abs(m[i]))


@given(shares, gaps_m)
def test_skin_pulls_as_its_energy_says(share, gap_m):
    """The skin's pressure and force are the slopes of its energy."""
    v = volume(share, gap_m)
    assume(abs(v / touching_volume_m3(gap_m) - 1.0) > 1e-3)
    energy_j, p_pa, force_n = skin(FILM, v, gap_m)

    by_volume = (skin(FILM, v * (1 + 1e-5), gap_m)[0] - skin(FILM, v * (1 - 1e-5), gap_m)[0]) / 2e-5
    by_gap = (skin(FILM, v, gap_m * (1 + 1e-5))[0] - skin(FILM, v, gap_m * (1 - 1e-5))[0]) / 2e-5

    assert p_pa * v == pytest.approx(by_volume, rel=1e-4, abs=1e-8 * energy_j)
    assert force_n * gap_m == pytest.approx(by_gap, rel=1e-4, abs=1e-8 * energy_j)


def test_pressure_of_the_film_by_rings():
    """The friction of a film with a cavity is what the pressures of its rings sum to."""
    gap_m, opening_m_s, inflow_m3_s = 40e-6, 0.02, 3e-7
    film = Film(7e-3, 1010.0, 0.05, 0.05, 0.0)
    v = 0.2 * math.pi * 7e-3**2 * gap_m
    edge_m = math.sqrt(edge_squared(film, v, gap_m)[0])
    r = np.linspace(edge_m, 7e-3, 200_001)
    speed_m_s = (inflow_m3_s - math.pi * r**2 * opening_m_s) / (2 * math.pi * r * gap_m)
    fall = 12 * 0.05 * speed_m_s / gap_m**2
    drop_pa = float(np.sum(0.5 * (fall[1:] + fall[:-1]) * np.diff(r)))

    q_q, q_v, _ = friction(film, v, gap_m)

    assert q_q * inflow_m3_s + q_v * opening_m_s == pytest.approx(drop_pa, rel=1e-6)
