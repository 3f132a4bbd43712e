"""One owed break at a time: a small sign, the offer in a pause of the work, and an end with its reason.

Nothing is shown while anything holds it back (`held_by`); what is held back stays owed. A spell of sitting is nudged
once, and again only if the person put it off.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from uncrick.desk import activity as a
from uncrick.desk import asked, sitting
from uncrick.desk.found import (
    TAKEN,
    Became,
    BreakDone,
    BreakOwed,
    BreakResolved,
    Found,
    Held,
    Nudged,
    PutOff,
    SpellEnded,
    Turned,
)
from uncrick.desk.manners import QUIETEST, Manners, Shown, every_s, is_unwanted, most_a_day, n_shown_on, noted
from uncrick.desk.sitting import SittingState, presence

UNANSWERED_S = 600.0
"""An offer nobody answers is taken back after so long. Our default."""

OWED_MOST_S = 10800.0
"""A break is owed for three hours at most: after that it says nothing about the sitting of now. Our default."""

BLIND_OFFER_S = 120.0
"""Where no pause can be seen, the offer follows the small sign after so long. Our default."""

HALF_DAY_S = 43200.0
"""However the clock is set, half a day of elapsed time has no more nudges than a date may have."""

PHASES = Literal["owed", "small", "offered", "put_off", "begun"]


class Owed(NamedTuple):
    """The break that is owed. since_s : since when. phase_s : since when in this phase. waited_s : spent answerable.

    asked : the person put it off, so what comes next was asked for. until_s : of a break put off.
    """

    n: int
    since_s: float
    phase: PHASES = "owed"
    phase_s: float = 0.0
    waited_s: float = 0.0
    asked: bool = False
    until_s: float = 0.0
    offered: bool = False
    held: Held | Literal[""] = ""


class NudgeState(NamedTuple):
    """What is remembered. local, local_s : the newest wall clock and when it was read. n_spell : newest that owed.

    stamps : when the newest nudges were shown. unasked_s : when the newest unasked one was. since_day : date from which
    a week without a taken break counts. began : what break was begun, and when.
    """

    local: datetime | None = None
    local_s: float = 0.0
    quiet: bool = False
    silent_until_s: float = -math.inf
    silent_why: Literal["paused", "meeting", "snoozed"] = "paused"
    owed: Owed | None = None
    n_spell: int = 0
    log: tuple[Shown, ...] = ()
    stamps: tuple[float, ...] = ()
    unasked_s: float = -math.inf
    level: int = 0
    since_day: int = 0
    began: tuple[float, tuple[str, ...]] | None = None
    at_s: float = 0.0


@dataclass(frozen=True, slots=True)
class NudgeSettings:
    """The person's wishes, and what sitting is."""

    manners: Manners
    sitting: sitting.SittingSettings


class Moment(NamedTuple):
    """What was heard, how sitting stands after it, and what became of the sitting."""

    x: sitting.Heard
    sitting: SittingState
    found: tuple[sitting.Of, ...]


def step(settings: NudgeSettings, state: NudgeState | None, x: Moment) -> tuple[NudgeState, tuple[Found, ...]]:
    """Take a moment, and return what is shown, owed, put off or resolved by it."""
    state = NudgeState(at_s=x.sitting.at_s) if state is None else state
    tale = _Tale(settings, state, x)
    tale.hear()
    tale.look_at_spells()
    tale.owe()
    tale.go_on()
    return tale.state._replace(at_s=x.sitting.at_s), tuple(tale.found)


def local_at(state: NudgeState, t_s: float) -> datetime | None:
    """Return the wall clock at *t_s*, None before anybody has told it."""
    return None if state.local is None else state.local + timedelta(seconds=t_s - state.local_s)


def held_by(settings: NudgeSettings, state: NudgeState, sat: SittingState) -> Held | None:
    """Return what keeps every nudge back now, the person's own word first, or None."""
    manners, local = settings.manners, local_at(state, sat.at_s)
    if sat.at_s < state.silent_until_s:
        return state.silent_why
    if sat.call:
        return "call"
    if state.quiet:
        return "quiet"
    if sat.fullscreen and not manners.in_fullscreen:
        return "fullscreen"
    if local is None or manners.is_quiet(local):
        return "quiet_hours"
    return None if presence(settings.sitting, sat)[0] in ("sitting", "unknown") else "away"


def due_s(settings: NudgeSettings, state: NudgeState, sat: SittingState) -> float:
    """Return when something may come of time alone; inf for never."""
    now_s, owed = sat.at_s, state.owed
    limits = [state.silent_until_s, state.unasked_s + settings.manners.unasked_every_s]
    if sat.spell is not None and sat.spell.n > state.n_spell:
        limits.append(now_s + max(every_s(settings.manners, state.level) - sitting.sat_s(sat), 0.5))
    if owed is not None:
        limits += [owed.since_s + OWED_MOST_S, owed.until_s, owed.phase_s + BLIND_OFFER_S]
        limits.append(now_s + UNANSWERED_S - owed.waited_s)
        limits.append(sat.idle_since_s + settings.manners.pause_s)
    return min((limit for limit in limits if limit > now_s), default=math.inf)


class _Tale:
    """One step being taken: the state so far, and what was found."""

    def __init__(self, settings: NudgeSettings, state: NudgeState, x: Moment) -> None:
        self.settings = settings
        self.state = state
        self.x = x
        self.now_s = x.sitting.at_s
        self.found: list[Found] = []

    def hear(self) -> None:
        """Take what the machine or the person said."""
        now_s, state = self.now_s, self.state
        match self.x.x:
            case a.Tick(local=local):
                self.state = state._replace(local=local, local_s=now_s)
            case a.DoNotDisturb(on=on):
                self.state = state._replace(quiet=on)
            case a.Unknown(what="quiet"):
                self.state = state._replace(quiet=False)
            case asked.Paused(for_s=for_s):
                self.state = state._replace(silent_until_s=now_s + for_s, silent_why="paused")
            case asked.InMeeting(for_s=for_s):
                self._put_off(now_s + for_s, "meeting")
            case asked.Snoozed(for_s=for_s):
                self._put_off(now_s + for_s, "snooze")
            case asked.Dismissed():
                self._resolve("dismissed")
            case asked.GoneOn():
                self.state = state._replace(silent_until_s=-math.inf, level=0, since_day=self._today())
                if state.owed is not None and state.owed.phase == "put_off":
                    self._owed(state.owed._replace(until_s=now_s))
            case asked.BreakBegan(what=what):
                self.state = state._replace(began=(now_s, what))
                if state.owed is not None:
                    self._owed(state.owed._replace(phase="begun", phase_s=now_s))
            case asked.BreakEnded(ending=ending):
                self._end_break(ending)
            case _:
                pass

    def look_at_spells(self) -> None:
        """Let a spell that ended take its owed break with it."""
        owed = self.state.owed
        for spell in self.x.found:
            if isinstance(spell, SpellEnded) and owed is not None and owed.n == spell.n and owed.phase != "begun":
                self._resolve("silent" if spell.why == "silent" else "taken_away")
        began = self.state.began
        if began is not None and self.now_s >= began[0] + self.settings.sitting.break_most_s:
            self._end_break("left")

    def owe(self) -> None:
        """Owe a break for a spell that has lasted long enough, once a spell."""
        spell, state = self.x.sitting.spell, self.state
        if spell is None or spell.n <= state.n_spell or state.owed is not None or self.x.sitting.on_break:
            return
        if sitting.sat_s(self.x.sitting) < every_s(self.settings.manners, state.level):
            return
        self.state = state._replace(owed=Owed(spell.n, self.now_s, phase_s=self.now_s), n_spell=spell.n)
        self.found.append(BreakOwed(self.now_s, spell.n))

    def go_on(self) -> None:
        """Bring the owed break as far as this moment allows."""
        owed = self.state.owed
        if owed is None or owed.phase == "begun":
            return
        held = held_by(self.settings, self.state, self.x.sitting)
        if self._is_over(owed, held):
            return
        owed = self.state.owed or owed
        if owed.phase == "put_off" and self.now_s >= owed.until_s:
            owed = owed._replace(phase="owed", phase_s=self.now_s)
        self._owed(owed._replace(held=held or owed.held))
        if held is None:
            self._show(self.state.owed or owed)

    def _is_over(self, owed: Owed, held: Held | None) -> bool:
        since = local_at(self.state, owed.since_s)
        if since is not None and since.date().toordinal() != self._today():
            self._resolve("day_over")
        elif self.now_s >= owed.since_s + OWED_MOST_S:
            self._resolve("too_long")
        elif owed.phase in ("small", "offered") and held is None:
            # Only time in which the person could have answered counts against an answer.
            answerable = owed.phase == "offered" or self.state.level == QUIETEST
            waited_s = owed.waited_s + (self.now_s - self.state.at_s if answerable else 0.0)
            self._owed(owed._replace(waited_s=waited_s))
            if waited_s >= UNANSWERED_S:
                self._resolve("unanswered")
        return self.state.owed is None

    def _show(self, owed: Owed) -> None:
        """Show the small sign, or the offer once there is a pause."""
        now_s, state, manners = self.now_s, self.state, self.settings.manners
        if owed.phase == "owed":
            most = most_a_day(manners, state.level)
            half_day = [s for s in state.stamps if s > now_s - HALF_DAY_S]
            if n_shown_on(state.log, self._today()) >= most or len(half_day) >= most:
                self._resolve("day_full")
                return
            if not owed.asked and now_s < state.unasked_s + manners.unasked_every_s:
                self._owed(owed._replace(held="hour"))
                return
            self._shown("small", owed)
        elif owed.phase == "small" and state.level < QUIETEST and self._pauses(owed):
            self._shown("offer", owed)

    def _shown(self, phase: Literal["small", "offer"], owed: Owed) -> None:
        now_s, state = self.now_s, self.state
        self.found.append(Nudged(now_s, owed.n, phase, owed.asked))
        if phase == "offer":
            self._owed(owed._replace(phase="offered", phase_s=now_s, waited_s=0.0, offered=True))
            return
        self.state = state._replace(
            log=noted(state.log, self._today(), n_shown=1),
            stamps=(*state.stamps, now_s)[-self.settings.manners.most_a_day :],
            unasked_s=state.unasked_s if owed.asked else now_s,
            since_day=state.since_day or self._today(),
        )
        self._owed(owed._replace(phase="small", phase_s=now_s, waited_s=0.0, offered=True))

    def _pauses(self, owed: Owed) -> bool:
        """Whether the person pauses; where input cannot be seen, whether it is long enough after the small sign."""
        sat = self.x.sitting
        if sat.sees:
            return sat.idle and self.now_s >= sat.idle_since_s + self.settings.manners.pause_s
        return self.now_s >= owed.phase_s + BLIND_OFFER_S

    def _put_off(self, until_s: float, why: Literal["snooze", "meeting"]) -> None:
        owed = self.state.owed
        if why == "meeting" or owed is None:
            self.state = self.state._replace(
                silent_until_s=until_s, silent_why="meeting" if why == "meeting" else "snoozed"
            )
        if owed is not None and owed.phase != "begun":
            held: Held = "meeting" if why == "meeting" else "snoozed"
            owed = owed._replace(phase="put_off", phase_s=self.now_s, until_s=until_s, held=held)
            self._owed(owed._replace(asked=owed.offered))
            self.found.append(PutOff(self.now_s, owed.n, until_s, why))

    def _end_break(self, ending: asked.BreakEnding) -> None:
        began = self.state.began or (self.now_s, ())
        self.found.append(BreakDone(self.now_s, began[0], began[1], ending))
        self.state = self.state._replace(began=None)
        owed = self.state.owed
        if ending == "done":
            self._taken()
        else:
            self.state = self.state._replace(log=noted(self.state.log, self._today(), n_taken=1))
        if owed is not None and (owed.phase == "begun" or ending == "done"):
            self._resolve(ending)

    def _taken(self) -> None:
        """Note that a break was taken, and speak up again if the nudges had been turned down."""
        state = self.state
        self.state = state._replace(log=noted(state.log, self._today(), n_taken=1), since_day=self._today())
        if state.level > 0:
            self.state = self.state._replace(level=0)
            self.found.append(Turned(self.now_s, 0, 0))

    def _resolve(self, became: Became) -> None:
        owed, state = self.state.owed, self.state
        if owed is None:
            return
        self.found.append(BreakResolved(self.now_s, owed.n, became, owed.offered, "" if became in TAKEN else owed.held))
        self.state = state._replace(owed=None)
        if became == "taken_away" and owed.offered:
            self._taken()
        elif owed.offered and state.level < QUIETEST and is_unwanted(state.log, self._today(), state.since_day):
            n_shown = sum(s.n_shown for s in state.log[-7:])
            self.state = self.state._replace(level=state.level + 1, since_day=self._today() + 1)
            self.found.append(Turned(self.now_s, state.level + 1, n_shown))

    def _owed(self, owed: Owed) -> None:
        self.state = self.state._replace(owed=owed)

    def _today(self) -> int:
        local = local_at(self.state, self.now_s)
        return 0 if local is None else local.date().toordinal()
