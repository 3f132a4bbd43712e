"""A year of evenings: the same code as benchmarks/simulated_year.py runs for 10,000 people, for a few."""

from benchmarks.simulated_year import N_DAYS, make_person, years_of


def test_a_year_of_forty_people_breaks_no_rule():
    """Nobody is shown what is excluded, no dose rises after a stop, nothing is left undone without a reason."""
    year = years_of(range(40))

    assert year.broken == []
    assert year.n_evenings == 40 * N_DAYS
    assert {"harder", "easier", "same", "pause"} == set(year.changes)


def test_the_same_seed_is_the_same_person():
    """A simulated person depends on their seed alone, so a broken year can be looked at again."""
    one, other = make_person(7), make_person(7)

    assert (one.plan, one.body, one.sensitivity) == (other.plan, other.body, other.sensitivity)
