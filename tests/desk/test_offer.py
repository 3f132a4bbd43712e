"""The tests of choosing a break."""

from hypothesis import given
from hypothesis import strategies as st

from uncrick.desk.offer import BREAK_S, Around, Move, choose_break

BUTTERFLY = Move("butterfly_stretch", 10.0, 5, 5.0, on_floor=False, needs_other=False)
EXTENSION = Move("standing_back_extension", 8.0, 5, 2.0, on_floor=False, needs_other=False)
TWIST = Move("chair_spinal_twist", 20.0, 3, 5.0, on_floor=False, needs_other=False)
ROCKING = Move("rocking_floor_stretch", 6.0, 8, 0.0, on_floor=True, needs_other=False)

moves_st = st.builds(
    Move, st.text("abc", min_size=1, max_size=4), st.floats(1, 200), st.integers(1, 20), st.just(5.0), st.booleans(),
    st.booleans(),
)  # fmt: skip


def test_two_different_movements_fill_the_time():
    """Two movements share the ninety seconds with the time to get ready for each."""
    found = choose_break((BUTTERFLY, EXTENSION, TWIST))

    assert found.what == ("butterfly_stretch", "standing_back_extension")


def test_nothing_on_the_floor():
    """A plan with the floor alone leaves a walk at a desk, and says what was left out."""
    found = choose_break((ROCKING,))

    assert (found.what, found.walk_s, found.why, found.left_out) == (
        ("walking",), BREAK_S, "nothing_for_chair", ("rocking_floor_stretch",),
    )  # fmt: skip


def test_the_last_break_comes_last():
    """What was done in the break before makes way for what was not."""
    found = choose_break((BUTTERFLY, EXTENSION, TWIST), recent=("butterfly_stretch", "standing_back_extension"))

    assert found.what[0] == "chair_spinal_twist"


@given(st.lists(moves_st, max_size=8, unique_by=lambda m: m.exercise))
def test_a_break_keeps_to_its_moves_and_its_time(moves):
    """Whatever is open: no floor, no other prop, no more than asked, and within the time unless one alone is longer."""
    found, around = choose_break(moves), Around()

    by_name = {m.exercise: m for m in moves}
    lasts_s = sum(around.lead_s + p.n_reps * by_name[p.exercise].once_s for p in found.parts)
    lasts_s += around.between_s * (len(found.parts) - 1)
    if found.parts and found.walk_s:
        lasts_s += around.between_s + around.lead_s + found.walk_s
    for part in found.parts:
        move = by_name[part.exercise]
        assert not move.on_floor and not move.needs_other and 1 <= part.n_reps <= move.most_reps
    assert bool(found.parts) == any(not m.on_floor and not m.needs_other for m in moves)
    if len(found.parts) == 2 or (found.parts and found.parts[0].n_reps > 1):
        assert lasts_s <= BREAK_S + 0.5
