"""Spells of sitting: when one began, how much of it was seen, what ended it; reading sits too, unknown is unknown.

Lengths of time come from ``t_s`` alone, so neither a clock that is set nor a change of zone touches them. A spell ends
when its person was away for as long as a short break; what was shorter is left out and the spell goes on.
"""

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

from uncrick.desk import activity as a
from uncrick.desk import asked
from uncrick.desk.found import PositionChanged, SpellBegan, SpellEnded, Why

Presence = Literal["sitting", "standing", "away", "unknown"]
Of = PositionChanged | SpellBegan | SpellEnded
Heard = a.Activity | asked.Said


@dataclass(frozen=True, slots=True)
class SittingSettings:
    """When somebody is taken to be away. All are our defaults.

    away_after_s : idleness that reading and thinking seldom reach. break_s : the shortest break, CLINICAL 7's 60-90 s.
    watching_most_s : a call or a film left running longer than this without input says nothing of who is there.
    silent_s : no news of any kind for so long means that the machine slept or the companion did not run.
    break_most_s : a break whose end nobody told.
    """

    away_after_s: float = 300.0
    break_s: float = 60.0
    watching_most_s: float = 3600.0
    silent_s: float = 120.0
    break_most_s: float = 900.0


class Spell(NamedTuple):
    """A spell that goes on. pending_s : idle time that is sitting unless it turns out that nobody was there."""

    n: int
    began_s: float
    sat_s: float = 0.0
    unknown_s: float = 0.0
    pending_s: float = 0.0


class SittingState(NamedTuple):
    """What is remembered. out_since_s : since when the person has not been sitting, NaN while they are."""

    at_s: float
    sees: bool = False
    idle_since_s: float = math.nan
    locked: bool = False
    asleep: bool = False
    call: bool = False
    fullscreen: bool = False
    standing: bool = False
    body: bool | None = None
    break_since_s: float = math.nan
    out_since_s: float = math.nan
    out_why: Why = "silent"
    spell: Spell | None = None
    n_spells: int = 0

    @property
    def idle(self) -> bool:
        """Whether nothing is being typed or moved."""
        return not math.isnan(self.idle_since_s)

    @property
    def on_break(self) -> bool:
        """Whether a break is going on."""
        return not math.isnan(self.break_since_s)


def step(settings: SittingSettings, state: SittingState | None, x: Heard) -> tuple[SittingState, tuple[Of, ...]]:
    """Let the time until *x* go by, then take *x*. A time before the last one counts as the last one."""
    if state is None:
        state = SittingState(x.t_s)
    found: list[Of] = []
    t_s = max(x.t_s, state.at_s)
    if t_s - state.at_s > settings.silent_s and not state.asleep:
        state = _silent(settings, state, t_s, found)
    state = _advance(settings, state, t_s, found)
    state = _taken(state, x, found)
    return _advance(settings, state, t_s, found), tuple(found)


def presence(settings: SittingSettings, state: SittingState) -> tuple[Presence, Why | None]:
    """Return where the person is at ``state.at_s``, as far as can be told, and by what they are not sitting."""
    if state.on_break and state.at_s < state.break_since_s + settings.break_most_s:
        return "away", "break"
    if state.asleep or state.locked:
        return "away", "asleep" if state.asleep else "locked"
    if state.standing:
        return "standing", "standing"
    if state.body is not None:
        return ("sitting", None) if state.body else ("away", "nobody")
    if not state.sees:
        return "unknown", None
    idle_s = state.at_s - state.idle_since_s if state.idle else 0.0
    if state.call or state.fullscreen:
        return ("sitting", None) if idle_s < settings.watching_most_s else ("unknown", None)
    return ("sitting", None) if idle_s < settings.away_after_s else ("away", "idle")


def due_s(settings: SittingSettings, state: SittingState) -> float:
    """Return when something comes of time alone, on the clock of ``t_s``; inf for never."""
    limits = [state.break_since_s + settings.break_most_s, state.out_since_s + settings.break_s]
    watching = state.call or state.fullscreen
    limits.append(state.idle_since_s + (settings.watching_most_s if watching else settings.away_after_s))
    return min((limit for limit in limits if limit > state.at_s), default=math.inf)


def sat_s(state: SittingState) -> float:
    """Return how long the present spell has lasted, timed parts included, s; 0 without one."""
    spell = state.spell
    return spell.sat_s + spell.unknown_s + spell.pending_s if spell else 0.0


def _advance(settings: SittingSettings, state: SittingState, t_s: float, found: list[Of]) -> SittingState:
    """Go to *t_s*, stopping wherever time alone changes something, so that it matters not how often anybody looks."""
    state = _settle(settings, state, found)
    while state.at_s < t_s:
        to_s = min(t_s, due_s(settings, state))
        state = _counted(settings, state, to_s)._replace(at_s=to_s)
        state = _settle(settings, state, found)
    return state


def _counted(settings: SittingSettings, state: SittingState, to_s: float) -> SittingState:
    """Count the time until *to_s*, in which nothing changes, for what it was."""
    spell, dt_s = state.spell, to_s - state.at_s
    where, _ = presence(settings, state)
    if spell is None or where in ("away", "standing"):
        return state
    if where == "unknown":
        return state._replace(spell=spell._replace(unknown_s=spell.unknown_s + dt_s))
    if state.idle and not (state.call or state.fullscreen or state.body):
        return state._replace(spell=spell._replace(pending_s=spell.pending_s + dt_s))
    return state._replace(spell=spell._replace(sat_s=spell.sat_s + spell.pending_s + dt_s, pending_s=0.0))


def _settle(settings: SittingSettings, state: SittingState, found: list[Of]) -> SittingState:
    """Begin or end what has to begin or end at ``state.at_s``."""
    if state.on_break and state.at_s >= state.break_since_s + settings.break_most_s:
        state = state._replace(break_since_s=math.nan)
    _, why = presence(settings, state)
    if why is None:
        state = state._replace(out_since_s=math.nan)
        if state.spell is None:
            state = state._replace(spell=Spell(state.n_spells + 1, state.at_s), n_spells=state.n_spells + 1)
            found.append(SpellBegan(state.at_s, state.n_spells))
        return state
    if math.isnan(state.out_since_s):
        state = _gone_out(state, why)
    if state.spell is not None and state.at_s >= state.out_since_s + settings.break_s:
        spell = state.spell
        found.append(SpellEnded(state.out_since_s, spell.n, spell.began_s, spell.sat_s, spell.unknown_s, state.out_why))
        state = state._replace(spell=None)
    return state


def _gone_out(state: SittingState, why: Why) -> SittingState:
    """Say since when nobody sits: since the last input, where idleness came first and nothing spoke for watching."""
    spell, since_s = state.spell, state.at_s
    if spell is not None and spell.pending_s > 0:
        if why in ("idle", "locked", "asleep", "nobody", "silent"):
            since_s = max(state.at_s - spell.pending_s, spell.began_s)  # what a call or film spoke for stays sitting
            state = state._replace(spell=spell._replace(pending_s=0.0))
        else:
            state = state._replace(spell=spell._replace(sat_s=spell.sat_s + spell.pending_s, pending_s=0.0))
    return state._replace(out_since_s=since_s, out_why=why)


def _silent(settings: SittingSettings, state: SittingState, t_s: float, found: list[Of]) -> SittingState:
    """Count a time without any news as neither sitting nor unknown: nobody was watching, or the machine slept."""
    state = _settle(settings, state, found)
    if math.isnan(state.out_since_s):
        state = _gone_out(state, "silent")
    asleep = state._replace(asleep=True)
    return _advance(settings, asleep, t_s, found)._replace(asleep=False)


def _taken(state: SittingState, x: Heard, found: list[Of]) -> SittingState:
    """Take one piece of news."""
    match x:
        case a.Input() | a.Idle():
            state = _touched(state, x)
        case a.Locked() | a.Unlocked():
            state = state._replace(locked=isinstance(x, a.Locked))
        case a.Suspended() | a.Woke():
            state = state._replace(asleep=isinstance(x, a.Suspended))
        case a.CallBegan() | a.CallEnded():
            state = _confirmed(state)._replace(call=isinstance(x, a.CallBegan))
        case a.Fullscreen(on=on):
            state = _confirmed(state)._replace(fullscreen=on)
        case a.Standing() | a.Sitting():
            standing = isinstance(x, a.Standing)
            if standing != state.standing:
                found.append(PositionChanged(state.at_s, "standing" if standing else "sitting", x.by))
            state = state._replace(standing=standing)
        case a.CameraPosture(present=present, moved=moved):
            if moved:
                found.append(PositionChanged(state.at_s, "moved", "camera"))
            state = state._replace(body=present)
        case a.Known() | a.Unknown():
            state = _sight(state, x)
        case asked.BreakBegan():
            state = state._replace(break_since_s=state.at_s)
        case asked.BreakEnded(ending=ending):
            state = _break_over(state, ending, found)
        case _:
            pass
    return state


def _break_over(state: SittingState, ending: asked.BreakEnding, found: list[Of]) -> SittingState:
    """End a break. One that was done ends the spell, however short it was."""
    spell = state.spell
    if spell is not None and ending == "done":
        end_s = state.break_since_s if state.on_break else state.at_s
        seen_s = spell.sat_s + spell.pending_s
        found.append(SpellEnded(end_s, spell.n, spell.began_s, seen_s, spell.unknown_s, "break"))
        state = state._replace(spell=None)
    return state._replace(break_since_s=math.nan)


def _touched(state: SittingState, x: a.Input | a.Idle) -> SittingState:
    """Take input, or its absence since a moment of the past."""
    if isinstance(x, a.Input):
        body = None if state.body is False else state.body  # who types is there, whatever the camera makes of it
        return _confirmed(state)._replace(idle_since_s=math.nan, asleep=False, sees=True, body=body)
    since_s = min(x.since_s, state.at_s)
    if state.idle and since_s <= state.idle_since_s:
        return state
    spell = state.spell
    if spell is not None and math.isnan(state.out_since_s) and not (state.call or state.fullscreen or state.body):
        whole_s = spell.sat_s + spell.pending_s
        pending_s = min(max(state.at_s - max(since_s, spell.began_s), 0.0), whole_s)
        spell = spell._replace(sat_s=whole_s - pending_s, pending_s=pending_s)
    return state._replace(idle_since_s=since_s, sees=True, spell=spell)


def _confirmed(state: SittingState) -> SittingState:
    """Let idle time that waited to be told apart be sitting."""
    spell = state.spell
    if spell is None or not spell.pending_s or not math.isnan(state.out_since_s):
        return state
    return state._replace(spell=spell._replace(sat_s=spell.sat_s + spell.pending_s, pending_s=0.0))


def _sight(state: SittingState, x: a.Known | a.Unknown) -> SittingState:
    """Take that something can be seen, or no longer; what cannot be seen holds nothing up."""
    if isinstance(x, a.Known):
        return state._replace(sees=True) if x.what == "activity" else state
    match x.what:
        case "activity":
            return _confirmed(state)._replace(sees=False, idle_since_s=math.nan)
        case "lock":
            return state._replace(locked=False)
        case "sleep":
            return state._replace(asleep=False)
        case "call":
            return state._replace(call=False)
        case "fullscreen":
            return state._replace(fullscreen=False)
        case "camera":
            return state._replace(body=None)
        case _:
            return state
