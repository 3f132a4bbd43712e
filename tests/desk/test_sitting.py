"""The tests of spells of sitting."""

import math
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from uncrick.desk import activity as a
from uncrick.desk import asked
from uncrick.desk.found import PositionChanged, SpellBegan, SpellEnded
from uncrick.desk.sitting import Heard, Of, SittingSettings, SittingState, presence, sat_s, step

SETTINGS = SittingSettings()
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def run(*xs: Heard, state: SittingState | None = None) -> tuple[SittingState, list[Of]]:
    """Feed *xs* with a tick a minute in between, except where the machine sleeps."""
    found: list[Of] = []
    for x in xs:
        while state is not None and x.t_s - state.at_s > 60 and not isinstance(x, a.Woke):
            t_s = state.at_s + 60
            state, out = step(SETTINGS, state, a.Tick(t_s, NOON + timedelta(seconds=t_s)))
            found += out
        state, out = step(SETTINGS, state, x)
        found += out
    assert state is not None
    return state, found


def ended(found: list[Of]) -> list[SpellEnded]:
    """Return the spells that ended."""
    return [e for e in found if isinstance(e, SpellEnded)]


SEES = a.Known(0.0, "activity", "test")


def test_typing_is_a_spell_that_goes_on() -> None:
    """Somebody who types for half an hour has sat for half an hour, and the spell goes on."""
    state, found = run(SEES, a.Input(0.0), a.Tick(1800.0, NOON))

    assert [SpellBegan(0.0, 1)] == found
    assert sat_s(state) == 1800.0


def test_reading_is_sitting() -> None:
    """Four minutes without a key are sitting, once a key tells that the reader was there."""
    state, found = run(SEES, a.Input(0.0), a.Idle(608.0, 600.0), a.Input(840.0), a.Tick(900.0, NOON))

    assert not ended(found)
    assert state.spell is not None and state.spell.sat_s == 900.0


def test_long_idleness_is_a_break_from_its_beginning() -> None:
    """Nobody touched it for five minutes: the spell ended when the last key was pressed, not five minutes later."""
    state, found = run(SEES, a.Input(0.0), a.Idle(1208.0, 1200.0), a.Tick(1500.0, NOON))

    assert [SpellEnded(1200.0, 1, 0.0, 1200.0, 0.0, "idle")] == ended(found)
    assert presence(SETTINGS, state) == ("away", "idle")


def test_watching_a_film_is_sitting() -> None:
    """Half an hour without a key, with a film that fills the screen, is sitting."""
    state, found = run(SEES, a.Input(0.0), a.Fullscreen(10.0, True), a.Idle(18.0, 10.0), a.Tick(1800.0, NOON))

    assert not ended(found)
    assert sat_s(state) == 1800.0


def test_a_call_that_ends_in_idleness_was_sitting_until_then() -> None:
    """Four minutes of listening in a call are sitting; who is gone after it has been gone since its end."""
    news = (a.CallBegan(590.0), a.Idle(608.0, 600.0), a.CallEnded(840.0), a.Tick(1000.0, NOON))
    _, found = run(SEES, a.Input(0.0), *news)

    assert [SpellEnded(840.0, 1, 0.0, 840.0, 0.0, "idle")] == ended(found)


def test_a_film_left_running_says_nothing_of_who_watches() -> None:
    """After an hour without input what runs on the screen is no sign of anybody: unknown, and not sitting."""
    state, _ = run(SEES, a.Input(0.0), a.Fullscreen(0.0, True), a.Idle(8.0, 0.0), a.Tick(5400.0, NOON))

    assert presence(SETTINGS, state) == ("unknown", None)
    assert state.spell is not None and (state.spell.sat_s, state.spell.unknown_s) == (3600.0, 1800.0)


def test_a_locked_screen_is_a_break() -> None:
    """The screen locked for two minutes ends the spell where it was locked; the next begins with the return."""
    _, found = run(SEES, a.Input(0.0), a.Locked(600.0), a.Unlocked(720.0))

    assert [SpellEnded(600.0, 1, 0.0, 600.0, 0.0, "locked")] == ended(found)
    assert found[-1] == SpellBegan(720.0, 2)


def test_a_short_absence_is_left_out_and_the_spell_goes_on() -> None:
    """Thirty seconds with a locked screen are no break, and no sitting either."""
    state, found = run(SEES, a.Input(0.0), a.Locked(600.0), a.Unlocked(630.0), a.Tick(660.0, NOON))

    assert not ended(found)
    assert sat_s(state) == 630.0


def test_three_days_with_the_lid_closed_are_one_break() -> None:
    """A machine that slept for three days adds nothing to the sitting, whether it told of its sleep or not."""
    three_days_s = 3 * 86400.0
    told, _ = run(SEES, a.Input(0.0), a.Suspended(600.0), a.Woke(three_days_s))

    state, _ = run(SEES, a.Input(0.0), a.Tick(600.0, NOON))
    state, out = step(SETTINGS, state, a.Tick(three_days_s, NOON))

    assert sat_s(told) == 0.0
    assert [SpellEnded(600.0, 1, 0.0, 600.0, 0.0, "silent")] == ended(list(out))
    assert sat_s(state) == 0.0


def test_unknown_is_neither_sitting_nor_away() -> None:
    """Without anything to see input by, time is only timed, and told apart from sitting."""
    state, _ = run(a.Unknown(0.0, "activity", "no D-Bus"), a.Tick(1200.0, NOON))

    assert presence(SETTINGS, state) == ("unknown", None)
    assert state.spell is not None and (state.spell.sat_s, state.spell.unknown_s) == (0.0, 1200.0)


def test_standing_up_is_a_change_of_position_and_ends_the_spell() -> None:
    """Standing for a minute ends the sitting; both changes are told."""
    _, found = run(SEES, a.Input(0.0), a.Standing(600.0), a.Sitting(900.0))

    assert [SpellEnded(600.0, 1, 0.0, 600.0, 0.0, "standing")] == ended(found)
    changes = [e.to for e in found if isinstance(e, PositionChanged)]
    assert changes == ["standing", "sitting"]


def test_a_break_done_ends_the_spell_however_short() -> None:
    """A break of forty seconds, done to its end, is a break."""
    _, found = run(SEES, a.Input(0.0), asked.BreakBegan(600.0), asked.BreakEnded(640.0, "done"))

    assert [SpellEnded(600.0, 1, 0.0, 600.0, 0.0, "break")] == ended(found)


def test_a_break_left_at_once_is_none() -> None:
    """A break left after ten seconds lets the spell go on."""
    state, found = run(
        SEES, a.Input(0.0), asked.BreakBegan(600.0), asked.BreakEnded(610.0, "left"), a.Tick(620.0, NOON)
    )

    assert not ended(found)
    assert sat_s(state) == 610.0


def test_the_camera_sees_nobody() -> None:
    """An empty chair before the camera ends the sitting, and a key pressed outweighs it."""
    empty = a.CameraPosture(600.0, False, math.nan, math.nan)
    _, gone = run(SEES, a.Input(0.0), empty, a.Tick(700.0, NOON))
    _, here = run(SEES, a.Input(0.0), empty, a.Input(620.0), a.Tick(700.0, NOON))

    assert [e.why for e in ended(gone)] == ["nobody"]
    assert not ended(here)


def test_what_can_be_seen_no_more_holds_nothing_up() -> None:
    """A lock told by a bus that is gone does not last for ever."""
    state, _ = run(SEES, a.Input(0.0), a.Locked(10.0), a.Unknown(20.0, "lock", "the bus has gone"))

    assert presence(SETTINGS, state) == ("sitting", None)


def test_time_that_goes_back_counts_as_none() -> None:
    """News stamped before the last one is taken at the time of the last one."""
    state, _ = run(SEES, a.Input(100.0))
    state, _ = step(SETTINGS, state, a.Tick(40.0, NOON))

    assert state.at_s == 100.0


@given(st.lists(st.floats(1.0, 110.0), min_size=1, max_size=30), st.floats(-1e6, 1e6))
def test_neither_the_wall_clock_nor_the_ticks_matter(gaps: list[float], jump_s: float) -> None:
    """However often anybody looks and whatever the wall clock says, the same spells are found."""
    end_s = sum(gaps)
    plan: list[Heard] = [SEES, a.Input(0.0), a.Idle(end_s / 3 + 8, end_s / 3), a.Input(end_s * 0.9)]

    ticks: list[Heard] = []
    t_s = 0.0
    for gap in gaps:
        t_s += gap
        ticks.append(a.Tick(t_s, NOON + timedelta(seconds=t_s + jump_s)))
    often = sorted([*plan, *ticks], key=lambda x: x.t_s)
    few = sorted([*plan, *(a.Tick(i * 60.0, NOON) for i in range(int(end_s // 60) + 1))], key=lambda x: x.t_s)

    found = [run(*xs)[1] for xs in (often, few)]
    assert [type(e) for e in found[0]] == [type(e) for e in found[1]]
    for one, other in zip(*map(ended, found), strict=True):
        assert math.isclose(one.sat_s, other.sat_s, abs_tol=1e-6) and one.why == other.why
