"""The library as a page shows it: one card an exercise, and all that is known of one, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from uncrick.app.session import Book, figures_folder
from uncrick.exercise.definition import MOVEMENT, Exercise
from uncrick.files.screening_file import read_rulebook

Position = Literal["sitting", "standing", "floor"]

REGIONS: Final = {
    "cervical": "neck", "thoracic": "upper back", "scapular": "shoulder blades", "shoulder": "shoulders",
    "chest": "chest", "lumbar": "lower back", "pelvis": "pelvis", "hip": "hips", "hamstring": "backs of the thighs",
    "abdominal": "belly", "whole_body": "whole body",
}  # fmt: skip
"""What people call a region of exercises."""

KINDS: Final = {
    "stretch": "stretch", "mobility": "moving to and fro", "motor_control": "small, exact movement",
    "stability": "holding steady", "strength": "strength", "aerobic": "getting the heart going",
    "self_massage": "rolling on a roller",
}  # fmt: skip
"""What people call a kind of exercise."""


@dataclass(frozen=True, slots=True)
class Card:
    """An exercise at a glance. poster : address of its still picture, empty where it has no figure."""

    id: str
    name: str
    kind: str
    regions: tuple[str, ...]
    position: Position
    props: tuple[str, ...]
    tracked: bool
    poster: str


@dataclass(frozen=True, slots=True)
class Prop:
    """Something an exercise needs. instead : what can stand in for it, empty for nothing."""

    id: str
    name: str
    instead: str


@dataclass(frozen=True, slots=True)
class Leaflet:
    """Everything about one exercise that a person reads.

    sees : sentences that watching can lead to. blind : what the camera cannot judge. dose : how much, and its range.
    sources, dose_sources : sentences with their certainty. easier_forms, harder_forms : other exercises.
    """

    card: Card
    start: str
    steps: tuple[str, ...]
    easier: str
    harder: str
    props: tuple[Prop, ...]
    view: str
    stops: tuple[str, ...]
    sees: tuple[str, ...]
    blind: tuple[str, ...]
    dose: str
    sources: tuple[str, ...]
    dose_sources: tuple[str, ...]
    easier_forms: tuple[Card, ...]
    harder_forms: tuple[Card, ...]
    video: str


def cards(book: Book) -> tuple[Card, ...]:
    """Return every exercise as a card, in the alphabet of their names."""
    found = (card(book, exercise) for exercise in book.library.exercises.values())
    return tuple(sorted(found, key=lambda c: c.name))


def card(book: Book, exercise: Exercise) -> Card:
    """Return one exercise as a card."""
    has_figure = (figures_folder() / f"{exercise.id}.webp").is_file()
    return Card(
        exercise.id,
        book.words.exercises[exercise.id].name,
        KINDS.get(exercise.kind, exercise.kind),
        tuple(REGIONS.get(region, region) for region in exercise.regions),
        position_of(exercise),
        exercise.equipment,
        exercise.is_tracked,
        f"/figures/{exercise.id}.webp" if has_figure else "",
    )


def position_of(exercise: Exercise) -> Position:
    """Return where an exercise is done; on a ball counts as sitting, because nobody gets down to the floor."""
    attributes = dict(exercise.attributes)
    if attributes.get("floor_transfer"):
        return "floor"
    return "standing" if attributes.get("standing") else "sitting"


def leaflet(book: Book, id_: str) -> Leaflet | None:
    """Return what is known of an exercise, None for one that does not exist."""
    exercise = book.library.exercises.get(id_)
    if exercise is None:
        return None
    words, has_video = book.words.exercises[id_], (figures_folder() / f"{id_}.webm").is_file()
    cue_words = {cue.name: words.cues[cue.name] for cue in exercise.cues}
    return Leaflet(
        card=card(book, exercise),
        start=words.start,
        steps=words.steps,
        easier=words.easier,
        harder=words.harder,
        props=tuple(props(book, exercise.equipment)),
        view=exercise.view if exercise.is_tracked else "",
        stops=tuple(cue_words[c.name] for c in exercise.cues if c.severity == "stop"),
        sees=tuple(cue_words[c.name] for c in exercise.cues if c.severity != "stop"),
        blind=tuple(book.words.unjudged[name] for name in exercise.unjudged if name != MOVEMENT),
        dose=dose_words(exercise),
        sources=source_sentences(exercise.source),
        dose_sources=source_sentences(exercise.dose.source),
        easier_forms=_forms(book, exercise.easier),
        harder_forms=_forms(book, exercise.harder),
        video=f"/figures/{id_}.webm" if has_video else "",
    )


def props(book: Book, ids: Iterable[str]) -> Iterable[Prop]:
    """Yield the props called *ids* with what can stand in for them."""
    for id_ in ids:
        yield Prop(id_, book.words.equipment[id_], book.words.substitutes.get(id_, ""))


def dose_words(exercise: Exercise) -> str:
    """Return how much is asked, in a sentence, with the range that a plan may move in."""
    dose = exercise.dose
    if dose.duration_s:
        least, most = dose.duration_range_s
        return f"{_minutes(dose.duration_s)}; a plan may ask for {_minutes(least)} to {_minutes(most)}."
    side = " on each side" if dose.both_sides else ""
    held = f", held {dose.hold_s:g} s" if dose.hold_s else ""
    least_reps, most_reps = dose.reps_range
    times = f"{dose.reps} time{'s' if dose.reps != 1 else ''}{side}{held}"
    range_ = f"{least_reps} to {most_reps} times" if least_reps != most_reps else f"{most_reps} times"
    hold = f", held {dose.hold_range_s[0]:g} to {dose.hold_range_s[1]:g} s" if dose.hold_s else ""
    return f"{times}; a plan may ask for {range_}{hold}."


def source_sentences(keys: Iterable[str]) -> tuple[str, ...]:
    """Return what each source says and how sure it is."""
    sources = read_rulebook().sources
    return tuple(f"{sources[k].says} [{sources[k].certainty}]" if k in sources else k for k in keys)


def _forms(book: Book, ids: Iterable[str]) -> tuple[Card, ...]:
    return tuple(card(book, book.library.exercises[id_]) for id_ in ids)


def _minutes(s: float) -> str:
    return f"{s / 60:g} minutes" if s >= 60 else f"{s:g} s"
