"""What the desk companion says: its notices, and how things stand, in whole sentences."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from uncrick.app.desk import Desk
from uncrick.desk.activity import SIGHTS, Sight
from uncrick.desk.companion import Settings, State
from uncrick.desk.found import Became, Held
from uncrick.desk.found import Why as EndedBy
from uncrick.desk.manners import every_s, most_a_day, n_shown_on
from uncrick.desk.nudge import NudgeSettings, held_by, local_at
from uncrick.desk.offer import BREAK_S, Break, Why
from uncrick.desk.sitting import presence, sat_s
from uncrick.desk.source import Button, Notice

HELD: Final[Mapping[Held, str]] = {
    "paused": "you paused it",
    "meeting": "you are in a meeting",
    "call": "a camera or microphone is in use",
    "quiet": "Do Not Disturb is on",
    "fullscreen": "something fills the screen",
    "quiet_hours": "these are quiet hours",
    "away": "nobody seems to be there",
    "snoozed": "you put it off",
    "hour": "the last nudge is less than an hour ago",
}

BECAME: Final[Mapping[Became, str]] = {
    "done": "taken",
    "taken_away": "taken by getting up, locking the screen or leaving",
    "left": "begun and left before its end",
    "pain": "stopped because it hurt; stopping was the right choice",
    "dismissed": "not wanted",
    "unanswered": "offered and not answered within ten minutes",
    "day_full": "not offered: the day had had its nudges",
    "day_over": "not offered before the day was over",
    "too_long": "given up after three hours",
    "silent": "nothing was heard any more",
}
"""What became of an owed break, in words."""

ENDED_BY: Final[Mapping[EndedBy, str]] = {
    "locked": "then the screen was locked",
    "asleep": "then the machine slept",
    "idle": "then nothing was touched for five minutes or more",
    "standing": "then you stood",
    "break": "then a break",
    "nobody": "then the camera saw nobody",
    "silent": "then nothing was heard",
}
"""What ended a spell of sitting, in words."""

SIGHT_NAMES: Final[Mapping[Sight, str]] = {
    "activity": "Keys and mouse",
    "lock": "Locked screen",
    "sleep": "Sleep",
    "call": "Calls",
    "quiet": "Do Not Disturb",
    "fullscreen": "Presentation or film",
    "camera": "Own camera",
    "notice": "Notices",
}

WHY: Final[Mapping[Why, str]] = {
    "from_plan": "From your plan, by the same rules as tonight's sheet.",
    "no_plan": "You have no plan yet: this is from what ships with the program.",
    "answers_missing": "A walk, because the safety questions are not answered yet. They come before the first stretch.",
    "clinician": "A walk, because your answers say to talk to a clinician first.",
    "pain": "A walk and rest only, because of your pain today.",
    "nothing_for_chair": "A walk: nothing in your plan can be done in a chair or standing without a prop.",
    "no_records": "A walk, because your records cannot be opened: 'uncrick people' says why.",
    "walked": "A walk: nothing else of your plan is open right now. Today's sheet says why.",
}
"""Where an offer comes from, as a sentence."""

UNSEEN: Final = "Not seen here"
WITHOUT: Final[Mapping[Sight, str]] = {
    "activity": "Keys and mouse cannot be seen here, so this is a plain timer: it counts time, and cannot tell whether "
    "you sat.",
    "call": "Calls cannot be seen here: say 'uncrick desk meeting' when you are in one.",
    "notice": "Notices cannot be shown now: breaks are told by 'uncrick desk status' and on the page.",
}
"""What not seeing something means for the person."""
OFFER_BUTTONS: Final[tuple[tuple[Button, str], ...]] = (
    ("start", "Start"), ("snooze", "In 10 minutes"), ("meeting", "In a meeting"), ("dismiss", "Not this one"),
)  # fmt: skip
NOTICE: Final = "desk"


def break_sentence(found: Break, names: Mapping[str, str]) -> str:
    """Return what a break is: two movements, a walk, or rest."""
    if found.parts:
        parts = [f"{names.get(p.exercise, p.exercise)}, {_times(p.n_reps)}" for p in found.parts]
        if found.walk_s:
            parts.append(f"a walk of {found.walk_s:.0f} seconds")
        return f"{'; then '.join(parts)}. About {BREAK_S:.0f} seconds, in the chair or standing."
    if found.walk_s:
        return f"Stand up and walk about for {found.walk_s:.0f} seconds."
    return "Change your position and rest for a minute and a half."


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def small_notice(settings: Settings, state: State) -> Notice:
    """Return the small sign: quiet, and the offer comes by itself in a pause."""
    spell = state.sitting.spell
    minutes = sat_s(state.sitting) / 60
    timed = spell is not None and spell.unknown_s > spell.sat_s
    says = f"The timer has run for {minutes:.0f} minutes." if timed else f"You have sat for {minutes:.0f} minutes."
    return Notice(
        NOTICE, "A break is due", f"{says} When you pause, a break is offered.", quiet=True, buttons=OFFER_BUTTONS[:2]
    )


def offer_notice(found: Break | None, names: Mapping[str, str]) -> Notice:
    """Return the offer. At an emergency answer nothing is offered; the page says what to do."""
    if found is None:
        return Notice(NOTICE, "")
    return Notice(NOTICE, "Ninety seconds?", f"{break_sentence(found, names)} {WHY[found.why]}", buttons=OFFER_BUTTONS)


def turned_notice(to: int, n_shown: int) -> Notice:
    """Return the notice that the nudges were turned down, or up again."""
    if to == 0:
        return Notice("desk-turned", "Nudges are back as you set them", "You took a break.", quiet=True)
    less = "half as often" if to == 1 else "as a small sign only, a quarter as often"
    says = (
        f"{n_shown} nudges in a week, none of them taken: from now on {less}. 'uncrick desk resume' brings them back."
    )
    return Notice("desk-turned", "Nudges turned down", says, quiet=True)


def clock(state: State, t_s: float) -> str:
    """Return the wall clock at *t_s* as hours and minutes, with the day where it is another one."""
    at, now = local_at(state.nudge, t_s), local_at(state.nudge, state.sitting.at_s)
    if at is None:
        return "an unknown time"
    return f"{at:%H:%M}" if now is not None and at.date() == now.date() else f"{at:%a %H:%M}"


def sentences(desk: Desk) -> Iterator[str]:
    """Yield how things stand, one sentence a thing, what matters most first."""
    state = desk.state
    if state is None:
        return
    yield _where(desk.settings, state)
    yield from _owed(desk.settings, state)
    yield from _manners(desk.settings, state)
    if desk.offer_says:
        yield f"What a break would be now: {desk.offer_says[0].lower()}{desk.offer_says[1:]}"
    if desk.light is not None and desk.light.on:
        yield f"The camera light is on because of this program. {desk.light.why}".rstrip()
    yield from _unseen(desk)
    yield from desk.absences[-2:]
    if desk.clock_says:
        yield desk.clock_says
    if desk.unwritten:
        yield desk.unwritten
    if desk.trouble:
        yield f"Kept in the journal alone, because the records cannot be written: {desk.trouble}."


def _unseen(desk: Desk) -> Iterator[str]:
    """Yield what cannot be seen here, one sentence a trouble, and what the person can do without it."""
    by_trouble: dict[str, list[str]] = {}
    for what in SIGHTS:
        seen = desk.seen.get(what)
        if seen is None or seen.known or (what == "camera" and not desk.written.camera):
            continue
        if what in WITHOUT:
            yield WITHOUT[what]
        name = SIGHT_NAMES[what]
        for trouble in seen.says.rstrip(".").split("; "):
            by_trouble.setdefault(trouble, []).append(name if what == "quiet" else f"{name[0].lower()}{name[1:]}")
    for trouble, names in by_trouble.items():
        yield f"{UNSEEN} because {trouble}: {', '.join(names)}."


def _where(settings: Settings, state: State) -> str:
    where, why = presence(settings.sitting, state.sitting)
    spell, sat = state.sitting.spell, sat_s(state.sitting) / 60
    if spell is None or where in ("away", "standing"):
        reasons = {
            "locked": "the screen is locked", "asleep": "the machine slept", "idle": "nothing has been touched",
            "standing": "you stand", "break": "a break is going on", "nobody": "the camera sees nobody",
            "silent": "nothing was heard",
        }  # fmt: skip
        since = state.sitting.out_since_s
        at = f" since {clock(state, since)}" if since == since else ""
        return f"Not sitting{at}: {reasons.get(why or '', 'no sign of you yet')}."
    if where == "unknown":
        return f"Whether you sit is unknown. The timer has run for {sat:.0f} min, since {clock(state, spell.began_s)}."
    timed = f", {spell.unknown_s / 60:.0f} of them timed without being seen" if spell.unknown_s >= 60 else ""
    return f"Sitting for {sat:.0f} min{timed}, since {clock(state, spell.began_s)}."


def _owed(settings: Settings, state: State) -> Iterator[str]:
    owed, every = state.nudge.owed, every_s(settings.manners, state.nudge.level)
    wishes = NudgeSettings(settings.manners, settings.sitting)
    held = held_by(wishes, state.nudge, state.sitting)
    if state.sitting.on_break:
        yield "Nothing else is owed or shown while it goes on."
        return
    if owed is None:
        spell = state.sitting.spell
        if spell is not None and spell.n <= state.nudge.n_spell:
            yield "This spell of sitting has had its nudge; the next comes after you have been up."
        elif spell is not None:
            left = max(every - sat_s(state.sitting), 0.0) / 60
            yield f"A break is owed after {every / 60:.0f} min of sitting, in {left:.0f} min."
    elif owed.phase == "begun":
        yield "A break is going on."
    elif owed.phase == "put_off":
        yield f"A break is owed since {clock(state, owed.since_s)} and put off until {clock(state, owed.until_s)}."
    elif owed.phase == "offered":
        yield f"A break is offered since {clock(state, owed.phase_s)}: uncrick desk stretch."
    else:
        waits = f"it waits because {HELD[held or owed.held or 'hour']}" if held or owed.held else "it waits for a pause"
        if held is None and owed.phase == "small":
            waits = "it is offered when you pause"
        yield f"A break is owed since {clock(state, owed.since_s)}; {waits}."
    if held is not None and owed is None:
        yield f"Nothing is shown now: {HELD[held]}."


def _manners(settings: Settings, state: State) -> Iterator[str]:
    nudge, manners = state.nudge, settings.manners
    if state.sitting.at_s < nudge.silent_until_s:
        forever = nudge.silent_until_s == float("inf")
        until = "until you go on (uncrick desk resume)" if forever else f"until {clock(state, nudge.silent_until_s)}"
        yield f"Silent {until}; sitting is still counted."
    local: datetime | None = local_at(nudge, state.sitting.at_s)
    shown = n_shown_on(nudge.log, local.date().toordinal()) if local is not None else 0
    yield f"{shown} of at most {most_a_day(manners, nudge.level)} nudges today."
    if nudge.level:
        less = "half as often" if nudge.level == 1 else "as a small sign only, a quarter as often"
        yield (
            f"The nudges turned themselves down after a week in which none was taken: {less}. "
            "A break taken, or 'uncrick desk resume', brings them back."
        )
