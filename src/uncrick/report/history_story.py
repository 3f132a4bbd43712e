"""A history in words: each section's sentences, its charts, and the same numbers as a table beside them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from uncrick.care.pain import StopEvent
from uncrick.exercise.definition import Exercise
from uncrick.exercise.session_words import SessionWords
from uncrick.exercise.words import Words
from uncrick.plan.reason import ReasonWords, told
from uncrick.plan.record import Amount
from uncrick.report.history import ENOUGH, ChangeFact, DoneFact, History, Point, RangeFact, Series, weekly
from uncrick.report.history_charts import NARROW, WIDE, Axis, axis_for, time_chart
from uncrick.report.number import plain_text
from uncrick.report.plan_sheet import day_words
from uncrick.report.words import listed, n_words, sentence, title

TOO_LITTLE: Final = "Too little data to say"
KINDS: Final = {"before": "before a session", "after": "after it", "next_morning": "the next morning"}
OUTCOMES: Final = {
    "skipped": "skipped", "stopped": "stopped", "pain": "stopped because it hurt", "left": "left unfinished",
}  # fmt: skip
HOLD_ERROR_S: Final = 0.2
"""What one hold's length may be off by, as a camera times it; measured on rendered people (docs/measures.md)."""


class StoryWords(NamedTuple):
    """What a history is told with: the library's words, the session's, why a dose changes, and what one stops for."""

    words: Words
    session: SessionWords
    reasons: Mapping[str, ReasonWords]
    stops: Mapping[str, StopEvent]
    exercises: Mapping[str, Exercise]

    def name(self, exercise: str) -> str:
        """Return what people call an exercise; one that is gone from the library keeps its id."""
        found = self.words.exercises.get(exercise)
        return found.name if found else exercise.replace("_", " ")

    def reason(self, key: str) -> str:
        """Return a reason to stop or skip in words."""
        if key in self.stops:
            return self.stops[key].text
        return self.session.reasons.get(key) or key.replace("_", " ")


class Chart(NamedTuple):
    """A drawing, wide and narrow, with what stands above it and the names of its lines in their order."""

    title: str
    wide: str
    narrow: str
    names: tuple[str, ...]


class Section(NamedTuple):
    """One part of a history. says : sentences. header, rows : the table. closed : its table is opened on asking."""

    key: str
    title: str
    says: tuple[str, ...]
    charts: tuple[Chart, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    closed: bool = False


def story_of(history: History, known: StoryWords) -> tuple[Section, ...]:
    """Return every section, in the order in which somebody who knows the person would ask."""
    parts: tuple[Callable[[History, StoryWords], Section], ...] = (
        _pain, _done, _stops, _ranges, _holds, _changes, _urges, _how,
    )  # fmt: skip
    return tuple(part(history, known) for part in parts)


def span_words(history: History) -> str:
    """Return from when to when, and how many sessions: plain counts, whatever they are."""
    days = f"{n_words(history.n_sessions, 'session')} on {n_words(history.n_days, 'day')}"
    if history.n_days == 1:
        days = f"{n_words(history.n_sessions, 'session')} on one day"
    begun = days if history.n_sessions else "no session"
    return f"From {day_words(history.first)} to {day_words(history.last)}: {begun}."


def _pain(history: History, known: StoryWords) -> Section:
    says = ["Rated 0 to 10 by the person. An empty box is a rating that could have been given and was not."]
    says += [_pain_words(series) for series in history.pain]
    drawn = [s for s in history.pain if s.is_enough]
    charts: tuple[Chart, ...] = ()
    if drawn:
        axis = Axis(0.0, 10.0, "")
        alt = "Pain from 0 to 10 over time, a line each for before, after and the next morning. The table has the same."
        wide = time_chart(history.pain, axis, WIDE, alt, strips=True)
        narrow = time_chart([weekly(s) for s in history.pain], axis, NARROW, alt, strips=True)
        charts = (Chart("", wide, narrow, tuple(title(KINDS[s.key]) for s in history.pain)),)
    header = ("Day" if history.by == "day" else "Week from", *(title(KINDS[s.key]) for s in history.pain))
    rows = [
        (_day(points[0].on), *(_rating(p, history.by == "week") for p in points))
        for points in zip(*(s.points for s in history.pain), strict=True)
        if any(p.n or p.n_asked for p in points)
    ]
    return Section("pain", "Pain", tuple(says), charts, header, tuple(rows), closed=True)


def _pain_words(series: Series) -> str:
    name, n, missing = KINDS[series.key], series.n, series.n_missing
    left_out = f"not rated {n_words(missing, 'time')}" if missing else "none left out"
    rated = f"{title(name)}: rated {n_words(n, 'time')}, {left_out}."
    if not series.is_enough:
        return f"{rated} {TOO_LITTLE}."
    means = [(p.mean or 0.0, p.n) for p in series.points if p.n]
    mean = sum(m * k for m, k in means) / n
    least = min(p.least for p in series.points if p.least is not None)
    greatest = max(p.greatest for p in series.points if p.greatest is not None)
    if least == greatest:
        return f"{rated} {least:g} each time."
    return f"{rated} Between {least:g} and {greatest:g}, {mean:.1f} on average."


def _rating(p: Point, by_week: bool) -> str:
    if not p.n:
        return "not rated" if p.n_asked else ""
    if p.n == 1 and not (by_week and p.n_asked > 1):
        return f"{p.mean:g}"
    ends = f"{p.least:g}" if p.least == p.greatest else f"{p.least:g} to {p.greatest:g}, mean {p.mean:.1f}"
    return f"{ends} ({p.n} of {p.n_asked} rated)"


def _done(history: History, known: StoryWords) -> Section:
    header = ("Exercise", "Days asked", "Days begun", "Sets done", "Repetitions done", "What else became of it")
    rows = [
        (
            known.name(d.exercise),
            "not in the plan" if d.n_days_asked is None else f"{d.n_days_asked}",
            f"{d.n_days}",
            f"{d.n_sets_done} of {d.n_sets}" if d.n_sets else "none begun",
            f"{d.n_done} of {d.n_asked}" if d.n_sets else "",
            _ends(d, known),
        )
        for d in history.done
    ]
    says = (
        "Asked is what the plans say by their days; what the coach left out or let rest on a day counts as asked, too. "
        "Skipping, stopping and resting are no failures.",
    )
    if not rows:
        says = (f"{TOO_LITTLE}: nothing was begun.",)
    return Section("done", "Asked and done", says, (), header, tuple(rows))


def _ends(d: DoneFact, known: StoryWords) -> str:
    parts = [
        f"{n} {OUTCOMES.get(outcome, outcome)}" + (f" ({known.reason(reason)})" if reason and outcome != "pain" else "")
        for outcome, reason, n in d.ends
    ]
    parts += [f"{d.n_easier} made easier"] if d.n_easier else []
    return "; ".join(parts)


def _stops(history: History, known: StoryWords) -> Section:
    rows = [
        (
            _day(s.on),
            known.name(s.exercise),
            sentence(known.reason(s.reason)) + (f" ({s.side})" if s.side else ""),
            "the camera" if s.source == "camera" else "the person",
        )
        for s in history.stops
    ]
    rows += [
        (
            _day(h.on),
            known.name(h.exercise),
            ("not rated" if h.level is None else f"{h.level} of 10")
            + (f", {h.place}" if h.place else "")
            + (f". {' '.join(known.reason(k) for k in h.kinds)}" if h.kinds else ""),
            "the person, asked",
        )
        for h in history.hurts
    ]
    n = len(history.stops)
    says = f"{title(n_words(n, 'stop'))}. Stopping was the right choice each time." if n else "No stop in this time."
    header = ("Day", "Exercise", "What", "Told by")
    return Section("stops", "Stops and pain while moving", (says,), (), header, tuple(rows))


def _ranges(history: History, known: StoryWords) -> Section:
    charts, rows, few = [], [], []
    for fact in history.ranges:
        name = known.name(fact.exercise)
        sides = [s for s in fact.sides if s.is_enough]
        few += [name] if not sides else []
        rows += [_range_row(name, fact, s) for s in fact.sides]
        if sides:
            unit = {"deg": "°", "ratio": ""}.get(fact.unit, "")
            axis = axis_for(sides, unit, fact.error)
            alt = f"{name}: {fact.says}, over time. The table has the first and the last readings."
            wide, narrow = time_chart(sides, axis, WIDE, alt), time_chart([weekly(s) for s in sides], axis, NARROW, alt)
            names = tuple(title(s.key) for s in sides if s.key)
            charts.append(Chart(f"{name}: {fact.says}", wide, narrow, names))
    says = ["How far the holds went, as a camera read it. A bar is the spread and what one reading may be off by."]
    if history.held_from > history.first:
        says.append(f"From {day_words(history.held_from)} on.")
    if few:
        says.append(f"{TOO_LITTLE} about {listed(few)}: read on fewer than {n_words(ENOUGH, 'day')}.")
    if not history.ranges:
        says = [f"{TOO_LITTLE}: no hold was read by a camera."]
    header = ("Exercise", "Side", "First", "Last", "Read")
    return Section("ranges", "Range of motion", tuple(says), tuple(charts), header, tuple(rows))


def _range_row(name: str, fact: RangeFact, series: Series) -> tuple[str, ...]:
    read = [p for p in series.points if p.n]
    ends = [f"{plain_text(p.mean or 0.0, fact.unit, fact.error)} on {_day(p.on)}" for p in (read[0], read[-1])]
    error = f", each ± {plain_text(fact.error, fact.unit, fact.error)}" if fact.error else ""
    return (name, series.key or "both", ends[0], ends[1] + error, f"{series.n} holds on {n_words(len(read), 'day')}")


def _holds(history: History, known: StoryWords) -> Section:
    rows = [
        (
            known.name(h.exercise),
            f"{h.asked_mean_s:.0f} s" if h.asked_mean_s is not None else "",
            f"{h.seen_mean_s:.1f} s ± {HOLD_ERROR_S} s ({h.n_seen})" if h.seen_mean_s is not None else "none",
            f"{h.told_mean_s:.0f} s ({h.n_told})" if h.told_mean_s is not None else "none",
        )
        for h in history.holds
        if h.asked_mean_s
    ]
    header = ("Exercise", "Asked, on average", "Seen by a camera", "By the clock alone")
    says = "How long positions were held, on average, and how many holds that rests on."
    return Section("holds", "Holds", (says if rows else f"{TOO_LITTLE}: no hold was kept.",), (), header, tuple(rows))


def _changes(history: History, known: StoryWords) -> Section:
    return changes_of(history.changes, known)


def changes_of(changes: Iterable[ChangeFact], known: StoryWords) -> Section:
    """Return changes of dose with the rule of each and what would undo it."""
    rows = [
        (
            _day(c.on),
            known.name(c.exercise),
            f"{_amount(c.before, known)} to {_amount(c.after, known)}" if c.before != c.after else title(c.change),
            f"{told(known.reasons, c.rule, c.inputs)} {known.reasons[c.rule].undo}",
        )
        for c in changes
        if c.rule in known.reasons
    ]
    says = "Changes of the dose, by which rule, and what would undo them." if rows else "The dose did not change."
    return Section("changes", "Changes", (says,), (), ("Day", "Exercise", "From and to", "Why"), tuple(rows))


def _amount(amount: Amount, known: StoryWords) -> str:
    if amount.duration_s:
        return f"{amount.duration_s / 60:g} min"
    held = f", {amount.hold_s:g} s" if amount.hold_s else ""
    return f"{amount.sets} x {amount.reps}{held}"


def _urges(history: History, known: StoryWords) -> Section:
    says = []
    if history.n_urges:
        ways = {
            "fading": "the urge was lower in the last week than in the first one with enough of them",
            "growing": "the urge was higher in the last week than in the first one with enough of them",
            "steady": "the urge was about as strong in the last week as in the first one with enough of them",
            "too_little": f"{TOO_LITTLE.lower()} which way the urge goes",
        }
        n_urges = title(n_words(history.n_urges, "urge"))
        says.append(f"{n_urges} to pop in the last four weeks; {ways[history.urges.direction]}.")
    else:
        says.append("No urge to pop was logged in the last four weeks.")
    n, hurt = len(history.pops), sum(p.hurt for p in history.pops)
    if n:
        of_back = f"Pops that the person said were their back: {n}, of which {hurt} hurt."
        says.append(f"{of_back} A pop means nothing by itself.")
    weeks = [
        (_day(w.from_on), f"{w.n_urges}", _middle(w.middle), _middle(w.middle_stiffness)) for w in history.urges.weeks
    ]
    header = ("Week from", "Urges", "Middle urge, 0 to 10", "Middle stiffness, 0 to 10")
    return Section("urges", "Urges and pops", tuple(says), (), header, tuple(weeks) if history.n_urges else ())


def _middle(value: float | None) -> str:
    return "too few to say" if value is None else f"{value:g}"


def _how(history: History, known: StoryWords) -> Section:
    says = (
        "Pain, urges and stiffness are what the person said. Times by the clock alone are what the coach counted, "
        "not what was seen. Angles and seen holds come from a camera's estimate of body points; their errors were "
        "measured on rendered people, and how far off they are on this person nobody has measured.",
        "Nothing here is a score, and nothing compares this person with others.",
    )
    return Section("how", "How these numbers were obtained", says)


def _day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
