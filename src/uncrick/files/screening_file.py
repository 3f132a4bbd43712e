"""library/screening.yaml as the rulebook of care, or every problem in it with its line."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import get_args

from uncrick.care.contraindication import BodyCondition, Gentler, Rule, rule_id
from uncrick.care.level import LEVELS
from uncrick.care.pain import PainRule, StopEvent
from uncrick.care.rulebook import Rulebook, Source
from uncrick.care.screening import Asking, Because, Question
from uncrick.care.timing import AfterSitting, Demands, MorningFlexion, TimeRules
from uncrick.errors import Problem, ProblemsError, nearest
from uncrick.exercise.attribute import ATTRIBUTES
from uncrick.files.library import library_folder, read_library
from uncrick.files.marked_yaml import KeyPath, Marked, check_model, line_in_file, read_marked
from uncrick.files.screening_written import Keys, WrittenCondition, WrittenPainRule, WrittenScreening, WrittenTimes
from uncrick.files.source_file import check_sources


@cache
def read_rulebook() -> Rulebook:
    """Read the rulebook that ships. Raises ProblemsError with every problem when a file of it is broken."""
    folder = library_folder()
    sources, problems = check_sources(read_marked(folder / "sources.yaml", "library/sources.yaml"))
    if problems:
        raise ProblemsError(problems)
    marked = read_marked(folder / "screening.yaml", "library/screening.yaml")
    book, problems = check_screening(marked, sources, read_library().exercises)
    if book is None:
        raise ProblemsError(problems)
    return book


def check_screening(
    marked: Marked, sources: Mapping[str, Source], exercises: Collection[str]
) -> tuple[Rulebook | None, list[Problem]]:
    """Return the rulebook of a file that was read, with every problem; None when there is any.

    exercises : the ids that exist; every one that is named must be among them.
    """
    written, problems = check_model(marked, WrittenScreening)
    if written is None:
        return None, problems
    for path, kind, name, known in _names(written, sources, exercises):
        if name not in known:
            problems.append(marked.problem(path, f"no {kind} '{name}'{nearest(name, known)}"))
    missing = [level for level in LEVELS if level not in written.levels]
    problems += [marked.problem(("levels",), f"the level '{level}' is missing", "add it") for level in missing]
    unsaid = [why for why in get_args(Because) if why not in written.asking.because]
    problems += [marked.problem(("asking", "because"), f"no words for '{why}'", "add it") for why in unsaid]
    if "default" not in written.emergency_numbers:
        problems.append(marked.problem(("emergency_numbers",), "'default' is missing", "no country is assumed"))
    elif not problems and written.emergency_numbers["default"] not in written.levels["emergency"].says:
        says = "does not say the default emergency number, so the person's own could not take its place"
        problems.append(marked.problem(("levels", "emergency", "says"), says))
    return (None if problems else _rulebook(written, sources)), sorted(problems, key=line_in_file)


Named = tuple[KeyPath, str, str, Collection[str]]


def _names(written: WrittenScreening, sources: Mapping[str, Source], exercises: Collection[str]) -> Iterable[Named]:
    """Yield every name the file uses: where, what kind, the name, and the names there are."""
    questions, conditions = written.questions, written.conditions
    for id_, q in questions.items():
        at = ("questions", id_)
        yield from (((*at, "urgent_with"), "question", n, questions) for n in q.urgent_with)
        yield from (((*at, "may_do"), "exercise", n, exercises) for n in q.may_do)
        yield from (((*at, "applies_with"), "condition", n, conditions) for n in q.applies_with)
    for id_, c in conditions.items():
        for i, rule in enumerate(c.rules):
            used = (rule.attribute, *rule.also)
            yield from ((("conditions", id_, "rules", i), "attribute", n, ATTRIBUTES) for n in used)
    for id_, s in written.stops.items():
        yield from ((("stops", id_, "then_ask"), "question", n, questions) for n in s.then_ask)
    yield ("pain_rules", "default"), "pain rule", written.pain_rules.default, ("seed_strict", "therapist_traffic_light")
    times = written.time_rules
    at = ("time_rules", "morning_flexion")
    yield from (((*at, "always_with"), "condition", n, conditions) for n in times.morning_flexion.always_with)
    yield from (((*at, "offer"), "exercise", n, exercises) for n in times.morning_flexion.offer)
    at = ("time_rules", "after_long_sitting")
    yield from (((*at, "first"), "exercise", n, exercises) for n in times.after_long_sitting.first)
    for path, keys in _sources(written):
        yield from ((path, "source", key, sources) for key in keys)


def _sources(written: WrittenScreening) -> Iterable[tuple[KeyPath, Keys]]:
    yield ("asking", "source"), written.asking.source
    yield ("caution", "source"), written.caution.source
    for table, entries in (
        ("questions", written.questions),
        ("conditions", written.conditions),
        ("stops", written.stops),
    ):
        yield from (((table, id_, "source"), one.source) for id_, one in entries.items())
    rules = written.pain_rules
    yield ("pain_rules", "seed_strict", "source"), rules.seed_strict.source
    yield ("pain_rules", "therapist_traffic_light", "source"), rules.therapist_traffic_light.source
    times = written.time_rules
    yield ("time_rules", "morning_flexion", "source"), times.morning_flexion.source
    yield ("time_rules", "after_long_sitting", "source"), times.after_long_sitting.source
    yield ("time_rules", "repeat_limit", "source"), times.repeat_limit.source


def _rulebook(written: WrittenScreening, sources: Mapping[str, Source]) -> Rulebook:
    rules = written.pain_rules
    return Rulebook(
        wording=written.wording,
        language=written.language,
        approved_by=written.approved_by,
        says={level: one.says for level, one in written.levels.items()},
        emergency_numbers=written.emergency_numbers,
        asking=Asking(**written.asking.model_dump()),
        gentler=Gentler(**written.caution.model_dump()),
        questions={id_: Question(id=id_, **q.model_dump()) for id_, q in written.questions.items()},
        conditions={id_: _condition(id_, c) for id_, c in written.conditions.items()},
        stops={id_: StopEvent(id=id_, **s.model_dump()) for id_, s in written.stops.items()},
        pain_rules={
            "seed_strict": _pain_rule("seed_strict", rules.seed_strict),
            "therapist_traffic_light": _pain_rule("therapist_traffic_light", rules.therapist_traffic_light),
        },
        default_pain_rule=rules.default,
        times=_times(written.time_rules),
        sources=sources,
    )


def _condition(id_: str, written: WrittenCondition) -> BodyCondition:
    rules = tuple(
        Rule(rule_id(id_, r.attribute, r.at_least, r.also), r.attribute, r.at_least, r.ruling, tuple(r.also.items()))
        for r in written.rules
    )
    return BodyCondition(id_, written.label, written.ask, written.level, rules, written.source, written.note)


def _pain_rule(id_: str, written: WrittenPainRule) -> PainRule:
    spoken = ("before", "during", "language", "after")
    numbers = written.model_dump(exclude=set(spoken))
    return PainRule(id=id_, says=tuple((name, getattr(written, name)) for name in spoken), **numbers)


def _times(written: WrittenTimes) -> TimeRules:
    morning, sitting = written.morning_flexion, written.after_long_sitting
    return TimeRules(
        MorningFlexion(
            morning.hours_after_rising, morning.default_on, morning.always_with,
            _demands(morning.postpone), morning.offer, morning.source,
        ),
        AfterSitting(sitting.sitting_h, sitting.first, _demands(sitting.before), sitting.minutes, sitting.source),
        written.repeat_limit.sessions_per_day,
        written.repeat_limit.source,
    )  # fmt: skip


def _demands(written: tuple[dict[str, int], ...]) -> Demands:
    return tuple(tuple(group.items()) for group in written)
