"""The lead into a movement: three ticks before every one, as the tutorial says, whatever the pace and the rest."""

import pytest

from tests.coach.test_player import asked, of, play
from uncrick.coach import person
from uncrick.coach.played import Sounded, StageEntered
from uncrick.coach.program import Program


@pytest.mark.parametrize("pace", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("rest_s", [0.0, 3.0, 10.0])
def test_three_ticks_lead_into_every_movement(pace: float, rest_s: float) -> None:
    """Who only listens hears three ticks, a second apart, and then it begins: first, again, and on the other side."""
    sets = (asked("a", n_reps=3, rest_s=rest_s), asked("b", n_reps=2, both_sides=True), asked("c", hold_s=0.0))

    _, events = play(Program(sets), person.Paced(0.0, pace, True), person.Begun(0.0), person.Tick(7200.0))

    begun = [e.t_s for e in of(events, StageEntered) if e.stage in ("move_in", "moving")]
    ticks = [e.t_s for e in of(events, Sounded) if e.sound == "tick"]
    before = [[round(t - begin, 6) for t in ticks if begin - 3.01 < t < begin] for begin in begun]
    assert len(begun) == 3 + 4 + 1
    assert before == [[-3.0, -2.0, -1.0]] * len(begun)
