"""From what was watched to what a report states: the facts of one set, or of a recording in which none was found."""

from collections.abc import Iterable, Sequence

from uncrick.coach.events import BodyFound, CueRaised, Event, StopRaised, Unseen
from uncrick.coach.summary import HoldSeen, SetSummary
from uncrick.coach.watch import Watch
from uncrick.exercise.words import Words
from uncrick.report.bases import COUNT, FRAMES, HOLDS, PART, TIMES, bases_of
from uncrick.report.chart_facts import charts_of
from uncrick.report.facts import Facts, Glimpse, HoldFact, Origin, Outcome, RangeFact, SaidFact, UnseenFact
from uncrick.report.keyframes import Scene, hold_key, scene_of, spread, swing_keys
from uncrick.report.number import Number, measured, plain_text
from uncrick.report.recording import Recording
from uncrick.report.words import (
    HEADLINES,
    HINTS,
    LEADS,
    condition_words,
    listed,
    measure_title,
    n_words,
    sentence,
    title,
)


def facts_of(watch: Watch, summary: SetSummary, events: Sequence[Event], recording: Recording, words: Words) -> Facts:
    """Return the facts of one set of an exercise.

    summary, events : what `summarise` made of the set, and everything that was raised in it, `finish` included.
    """
    outcome = _outcome(summary, events, recording)
    seen, watched = outcome == "seen", outcome in ("seen", "idle")
    scene = scene_of(watch, events, recording)
    holds = tuple(_hold(scene, recording, words, *row) for row in enumerate(summary.holds, 1)) if seen else ()
    stops = _said(watch, words, recording, [e for e in events if isinstance(e, StopRaised)])
    cues = _said(watch, words, recording, [e for e in events if isinstance(e, CueRaised)]) if seen else ()
    keys = tuple(h.key for h in holds if h.key) or (swing_keys(scene) if seen else ())
    headline, lead = _opening(watch, summary, recording, words, outcome)
    return Facts(
        outcome=outcome,
        exercise=watch.exercise.id,
        name=words.exercises[watch.exercise.id].name,
        headline=headline,
        lead=lead,
        hints=_hints(watch, words, outcome),
        origin=_origin(recording),
        repetitions=Number(summary.n_reps, "n", 0.0, COUNT) if seen else None,
        seen_part=Number(summary.seen_fraction, "part", 0.0, PART) if outcome != "nobody" else None,
        holds=holds,
        keys=keys,
        glimpses=() if seen else _glimpses(recording),
        stops=stops,
        cues=cues,
        ranges=_ranges(watch, summary) if watched else (),
        unseen=tuple(_unseen(words, recording, e) for e in events if isinstance(e, Unseen)),
        unjudged=tuple(words.unjudged[key] for key in watch.exercise.unjudged),
        charts=charts_of(watch, events, holds, recording, words) if watched else (),
        tried=(),
        bases=bases_of(recording, watch if outcome != "nobody" else None, watched),
        notice=words.notice,
    )


def facts_of_unrecognised(tried: Iterable[str], recording: Recording, words: Words) -> Facts:
    """Return the facts of a recording in which no exercise was recognised. tried : ids of those looked for."""
    outcome: Outcome = "unrecognised" if recording.n_bodies else "nobody"
    return Facts(
        outcome=outcome,
        exercise="",
        name="Which stretch was it?",
        headline=HEADLINES[outcome],
        lead=LEADS[outcome],
        hints=HINTS[outcome],
        origin=_origin(recording),
        repetitions=None,
        seen_part=None,
        holds=(),
        keys=(),
        glimpses=_glimpses(recording),
        stops=(),
        cues=(),
        ranges=(),
        unseen=(),
        unjudged=(words.unjudged["pain"],),
        charts=(),
        tried=tuple(words.exercises[id_].name for id_ in tried),
        bases=bases_of(recording, None, watched=False),
        notice=words.notice,
    )


def at(recording: Recording, t_s: float) -> Number:
    """Return a moment as a number that is off by one frame at most."""
    return Number(t_s, "s", max(recording.frame_s, 0.01), TIMES)


def _glimpses(recording: Recording) -> tuple[Glimpse, ...]:
    return tuple(Glimpse(at(recording, frame.t_s), frame) for frame in spread(recording))


def _outcome(summary: SetSummary, events: Sequence[Event], recording: Recording) -> Outcome:
    if not recording.n_bodies:
        return "nobody"
    if summary.n_reps or summary.holds or summary.stops or any(isinstance(e, CueRaised) for e in events):
        return "seen"
    unseen = {e.measure for e in events if isinstance(e, Unseen)}
    if recording.looks_like or "exercise" in unseen:
        return "other"
    if summary.neutral_s == summary.neutral_s:
        return "idle"
    found = any(isinstance(e, BodyFound) for e in events)
    return "waiting" if found and "body" not in unseen else "hidden"


def _opening(
    watch: Watch, summary: SetSummary, recording: Recording, words: Words, outcome: Outcome
) -> tuple[str, str]:
    """Return the headline and the sentence under it."""
    if outcome == "seen":
        return _counted(watch, summary), _first_stop(watch, summary, words)
    if recording.looks_like and outcome == "other":
        name = words.exercises[recording.looks_like].name
        return HEADLINES["other"], f"It looks like the {name}. Nothing was counted and nothing was corrected."
    return HEADLINES[outcome], LEADS[outcome]


def _counted(watch: Watch, summary: SetSummary) -> str:
    """Say what was counted, without a verdict: ``Two repetitions, four holds, no stop``."""
    parts = [n_words(summary.n_reps, "repetition")]
    if watch.exercise.hold:
        parts.append(n_words(sum(h.completed and not h.after_stop for h in summary.holds), "hold"))
    stops = n_words(len(summary.stops), "stop")
    return title(f"{stops}; before it {listed(parts)}" if summary.stops else ", ".join([*parts, stops]))


def _first_stop(watch: Watch, summary: SetSummary, words: Words) -> str:
    if not summary.stops:
        return ""
    t_s = plain_text(summary.stops[0].t_s, "s", 0.1)
    after = sum(h.after_stop for h in summary.holds)
    tail = f" {title(n_words(after, 'hold'))} after it {'is' if after == 1 else 'are'} listed and not counted."
    return f"Movement was stopped {t_s} into the recording.{tail if after else ''}"


def _hints(watch: Watch, words: Words, outcome: Outcome) -> tuple[str, ...]:
    if outcome not in ("idle", "waiting", "hidden", "other"):
        return HINTS.get(outcome, ())
    stands = {"front": "facing your chest", "side": "seeing you from the side"}[watch.exercise.view]
    start = f"The start position: {words.exercises[watch.exercise.id].start}"
    return (start, f"This exercise is watched with the camera {stands}.", *HINTS[outcome])


def _origin(recording: Recording) -> Origin:
    return Origin(
        model=recording.model,
        source=recording.source,
        began=recording.began,
        duration=Number(recording.duration_s, "s", max(recording.frame_s, 0.01), TIMES),
        frames=Number(len(recording.shots), "n", 0.0, FRAMES),
        bodies=Number(recording.n_bodies, "n", 0.0, FRAMES),
        partial=recording.partial,
    )


def _hold(scene: Scene, recording: Recording, words: Words, n: int, hold: HoldSeen) -> HoldFact:
    watch = scene.watch
    phase = next(p for p in watch.exercise.phases if p.hold and p.side == hold.side)
    return HoldFact(
        n=n,
        phase=words.phases[phase.name],
        side=hold.side,
        start=at(recording, hold.start_s),
        end=at(recording, hold.end_s),
        length=Number(hold.hold_s, "s", watch.limits.hold_error_s, HOLDS),
        peak=measured(watch.measures[watch.main], hold.peak),
        says=_became(watch, hold.completed, hold.after_stop),
        counted=hold.completed and not hold.after_stop,
        key=hold_key(scene, n, hold),
    )


def _became(watch: Watch, completed: bool, after_stop: bool) -> str:
    if after_stop:
        return "after the stop, not counted"
    return "counted" if completed else f"shorter than {plain_text(watch.asked_hold_s, 's', 0.1)}, not counted"


def _said(
    watch: Watch, words: Words, recording: Recording, events: Sequence[CueRaised | StopRaised]
) -> tuple[SaidFact, ...]:
    facts = []
    for i, event in enumerate(events):
        name, severity = (event.cue, event.severity) if isinstance(event, CueRaised) else (event.reason, "stop")
        facts.append(
            SaidFact(
                n=i + 1,
                at=at(recording, event.t_s),
                says=words.cue(event.says),
                severity=words.severities[severity],
                why=_why(watch, name),
            )
        )
    return tuple(facts)


def _why(watch: Watch, cue_name: str) -> str:
    """Say which rule a cue came from, as the exercise has it."""
    book = {m.name: m for m in watch.measures}
    for cue in watch.exercise.cues:
        if cue.name == cue_name:
            groups = [" and ".join(condition_words(c, book.get(c.measure)) for c in group) for group in cue.when]
            lasting = f", for {cue.for_s:g} s" if cue.for_s > 0 else ""
            return sentence(", or ".join(groups) + lasting)
    return "The same correction was due a third time, so the easier form was offered instead."


def _ranges(watch: Watch, summary: SetSummary) -> tuple[RangeFact, ...]:
    """Return least and greatest of every measure that was seen, angles first."""
    book = {m.name: m for m in watch.measures}
    facts = [
        RangeFact(measure_title(name), book[name].says, *(measured(book[name], v) for v in (low, high)))
        for name, low, high in summary.ranges
    ]
    return tuple(sorted(facts, key=lambda f: f.low.unit != "deg"))


def _unseen(words: Words, recording: Recording, event: Unseen) -> UnseenFact:
    what = words.unseen.get(event.measure) or event.measure.replace("_", " ")
    why = event.why
    for id_, exercise in words.exercises.items():
        why = why.replace(id_, exercise.name)
    return UnseenFact(at(recording, event.t_s), title(what), sentence(why))
