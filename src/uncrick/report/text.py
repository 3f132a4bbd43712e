"""The terminal's report: one row of plain columns an event, and the closing words of a set."""

from collections.abc import Iterable

from uncrick.coach.events import (
    CueRaised,
    Event,
    HoldBroken,
    HoldCompleted,
    MovementCounted,
    PhaseEntered,
    RepetitionCounted,
    StopRaised,
    Unseen,
    event_name,
)
from uncrick.exercise.words import Words
from uncrick.report.facts import Facts, HoldFact
from uncrick.report.number import number_text
from uncrick.report.words import STOP_ADVICE, sentence

AFTER_STOP = "(after the stop)"


def header_row() -> str:
    """Return the heads of the columns."""
    return _row("t_s", "event", "detail", ahead=False)


def event_row(event: Event, words: Words | None = None) -> str:
    """Return an event as one row: time, kind, detail. With *words*, cues and stops carry what is said."""
    return _row(f"{event.t_s:.2f}", event_name(event), event_detail(event, words))


def listing(events: Iterable[Event], words: Words | None = None) -> str:
    """Return all *events* as rows under a header, one a line."""
    return "\n".join([header_row(), *(event_row(event, words) for event in events)])


def _row(t_s: str, event: str, detail: str, ahead: bool = True) -> str:
    time = t_s.rjust(5) if ahead else t_s.ljust(5)
    return f"{time}   {event:<18} {detail}".rstrip()


def event_detail(event: Event, words: Words | None = None) -> str:
    """Return what there is to say of an event beyond its kind, in a few words."""
    match event:
        case PhaseEntered(phase=phase, after_stop=after):
            return _joined(phase, AFTER_STOP if after else "")
        case (
            HoldCompleted(side=side, hold_s=hold_s, after_stop=after)
            | HoldBroken(side=side, hold_s=hold_s, after_stop=after)
        ):
            return _joined(side, f"{hold_s:.1f} s", AFTER_STOP if after else "")
        case RepetitionCounted(n=n, side=side):
            return _joined(side, str(n))
        case CueRaised(cue=cue, severity=severity, says=says):
            return _joined(f"{cue}, {severity}", f": {words.cue(says)}" if words else "")
        case StopRaised(reason=reason, side=side, says=says):
            return _joined(side, reason, f": {words.cue(says)}" if words else "")
        case MovementCounted(n=n, revised=revised):
            return _joined(str(n), "(counted anew)" if revised else "")
        case Unseen(measure=measure, why=why):
            return f"{measure}: {why}"
        case _:
            return ""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part).replace(" :", ":")


def closing_sentences(facts: Facts) -> tuple[str, ...]:
    """Return the end of a set in words, each a sentence: what was counted, held, stopped, said and not seen."""
    said = [
        f"{facts.name}: {facts.headline[0].lower()}{facts.headline[1:]}." if facts.exercise else f"{facts.headline}."
    ]
    said += [sentence(facts.lead)] if facts.lead else []
    said += [_hold_words(hold) for hold in facts.holds]
    said += [f"Stop at {stop.at.value:.1f} s: {stop.says}" for stop in facts.stops]
    said += [STOP_ADVICE] if facts.stops else []
    said += [f"Cue at {cue.at.value:.1f} s: {cue.says}" for cue in facts.cues]
    said += [f"Not seen from {thing.at.value:.1f} s, {thing.what.lower()}: {thing.why}" for thing in facts.unseen]
    said += [f"Partial: {sentence(facts.origin.partial)}"] if facts.origin.partial else []
    return tuple(said)


def _hold_words(hold: HoldFact) -> str:
    return f"Hold {hold.n}, {hold.phase}: {number_text(hold.length)}, {number_text(hold.peak)}, {hold.says}."
