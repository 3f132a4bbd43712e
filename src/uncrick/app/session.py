"""A guided session as the faces need it: which stretches, their words and figures, and every sentence spoken."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from uncrick.app.pain import stops_to_offer
from uncrick.coach.played import Spoken
from uncrick.coach.program import Asked, Program, Timing, ask
from uncrick.exercise.definition import Exercise, Side
from uncrick.exercise.session_words import SessionWords
from uncrick.exercise.words import Words
from uncrick.files.figure_file import read_figures
from uncrick.files.library import Library, library_folder, read_library
from uncrick.files.session_words_file import read_session_words
from uncrick.motion.measure import point_index
from uncrick.pose.landmark import BONES, N_LANDMARKS
from uncrick.vision.weights import FOLDER

FIRST_FOUR = ("chair_spinal_twist", "butterfly_stretch", "rounded_back_stretch", "rocking_floor_stretch")
"""The four stretches of the article, seated ones first, so that there is one way down to the floor."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One stretch of a session, with the person's own dose; None leaves the default.

    only : one side, empty for all it has. depth, speed : parts of the own range and of the speed limits.
    prescription : of the plan, empty for none. eased : it asks for less than the plan does.
    """

    exercise: str
    n_reps: int | None = None
    hold_s: float | None = None
    n_sets: int | None = None
    duration_s: float | None = None
    only: Side = ""
    depth: float = 1.0
    speed: float = 1.0
    prescription: str = ""
    eased: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """The library with the session's words; itself alone is equal to it, so that it can be a key."""

    library: Library
    words: Words
    session: SessionWords


def open_book(lang: str = "en") -> Book:
    """Return the library and words in *lang*."""
    library = read_library(lang)
    return Book(library, library.words, read_session_words(lang))


def figures_folder() -> Path:
    """Return the folder with the moving figures that ship."""
    return library_folder() / "demo"


def weights_folder() -> Path:
    """Return the folder with the neural networks' weights, for the page's own eyes."""
    return FOLDER


def program_for(book: Book, wishes: Iterable[Wish], timing: Timing | None = None) -> Program:
    """Return the session for *wishes*; an exercise that does not exist is left out, a dose is kept within its range."""
    sets = [_asked(book.library.exercises[w.exercise], w) for w in _each_set(book, wishes)]
    return Program(tuple(sets), timing or Timing())


def prescriptions_of(book: Book, wishes: Iterable[Wish]) -> tuple[str, ...]:
    """Return the prescription of every set of the session for *wishes*, empty for none."""
    return tuple(wish.prescription for wish in _each_set(book, wishes))


def _each_set(book: Book, wishes: Iterable[Wish]) -> Iterator[Wish]:
    for wish in wishes:
        if wish.exercise in book.library.exercises:
            dose = book.library.exercises[wish.exercise].dose
            n_sets = dose.sets if wish.n_sets is None else min(max(wish.n_sets, 1), dose.sets_range[1])
            yield from [wish] * n_sets


def _asked(exercise: Exercise, wish: Wish) -> Asked:
    asked, dose = ask(exercise), exercise.dose
    n_reps = asked.n_reps if wish.n_reps is None else min(max(wish.n_reps, 1), dose.reps_range[1])
    hold_s, duration_s = asked.hold_s, asked.duration_s
    if wish.hold_s is not None and asked.hold_s > 0:
        hold_s = min(max(wish.hold_s, dose.hold_range_s[0]), dose.hold_range_s[1])
    if wish.duration_s is not None and asked.duration_s > 0:
        duration_s = min(max(wish.duration_s, 1.0), dose.duration_range_s[1])
    return replace(
        asked, n_reps=n_reps, hold_s=hold_s, easier_hold_s=min(asked.easier_hold_s, hold_s), duration_s=duration_s,
        only=wish.only if asked.both_sides else "", depth=wish.depth, speed=wish.speed, eased=wish.eased,
    )  # fmt: skip


def sentence(book: Book, program: Program, spoken: Spoken) -> str:
    """Return the sentence of *spoken* with its gaps filled; a cue of an exercise comes from that exercise's words."""
    if "." in spoken.says:
        exercise, _, cue = spoken.says.partition(".")
        words = book.words.exercises[exercise]
        return words.easier if cue == "easier" else words.cues[cue]
    asked = program.sets[spoken.at] if program.sets else None
    template = book.session.said[spoken.says]
    if asked is None:
        return template.partition("{")[0].strip()
    words = book.words.exercises[asked.exercise]
    movement = book.session.movement(asked.exercise)
    side = book.words.sides.get(spoken.side or asked.sides[0], "")
    move = movement.move.format(side=side)
    filled = template.format(
        name=words.name, start=words.start, side=side, move=move, back=movement.back,
        prop=_change(book, program, spoken.at), next=words.name, seconds=f"{asked.hold_s:g}",
    )  # fmt: skip
    return " ".join(filled.split())


def line_of(book: Book, program: Program, stage: str, at: int, side: Side) -> str:
    """Return the sentence that belongs to *stage* whether or not it is spoken there, empty where there is none."""
    if stage not in book.session.said or not program.sets:
        return ""
    return sentence(book, program, Spoken(0.0, stage, "information", at, side))


def _change(book: Book, program: Program, at: int) -> str:
    """Return what is different in the next set: down to the floor, another prop, or nothing."""
    asked, before = program.sets[at], program.sets[at - 1] if at else None
    change = book.session.change
    if asked.floor and not (before and before.floor):
        return change["floor"]
    new = [p for p in asked.equipment if before is None or p not in before.equipment]
    if new:
        return change["prop"].format(prop=" and ".join(book.words.equipment[p] for p in new))
    return change["chair"] if before and not before.floor else change["none"]


def points_of(book: Book, says: str) -> tuple[int, ...]:
    """Return the landmarks that a cue's measures read, so that a screen can mark the joint in question."""
    exercise_id, _, cue_name = says.partition(".")
    exercise = book.library.exercises.get(exercise_id)
    cue = next((c for c in exercise.cues if c.name == cue_name), None) if exercise else None
    if cue is None:
        return ()
    found: set[int] = set()
    for name in {c.measure for group in cue.when for c in group} & book.library.measures.keys():
        for point in book.library.measures[name].points:
            for near in ("left", "right"):
                index = point_index(point, near)
                found |= {index} if index < N_LANDMARKS else _pair(point)
    return tuple(sorted(found))


def _pair(point: str) -> set[int]:
    """Return both landmarks that a midpoint lies between."""
    name = point.removesuffix("_mid")
    return {point_index(f"{name}_left", "left"), point_index(f"{name}_right", "right")}


def book_record(book: Book) -> dict[str, Any]:
    """Return everything a screen needs to know beforehand: exercises with words, dose and figure, and the words."""
    return {
        "tonight": list(FIRST_FOUR),
        "exercises": {id_: _exercise_record(book, exercise) for id_, exercise in book.library.exercises.items()},
        "stages": dict(book.session.stages),
        "lights": dict(book.session.lights),
        "said": dict(book.session.said),
        "reasons": dict(book.session.reasons),
        "sides": dict(book.words.sides),
        "bones": [list(bone) for bone in BONES],
        "stops": stops_to_offer(),
        "notice": book.words.notice,
    }


def _exercise_record(book: Book, exercise: Exercise) -> dict[str, Any]:
    words, dose = book.words.exercises[exercise.id], exercise.dose
    return {
        "name": words.name,
        "start": words.start,
        "steps": list(words.steps),
        "easier": words.easier,
        "unjudged": [book.words.unjudged[u] for u in exercise.unjudged],
        "equipment": [book.words.equipment[e] for e in exercise.equipment],
        "tracked": bool(exercise.phases),
        "view": exercise.view,
        "source": list(exercise.source),
        "reps": dose.reps,
        "reps_range": list(dose.reps_range),
        "hold_s": dose.hold_s,
        "hold_range_s": list(dose.hold_range_s),
        "both_sides": dose.both_sides,
        "figure": _figure_record(exercise.id),
    }


def _figure_record(exercise: str) -> Mapping[str, Any] | None:
    folder, figure = figures_folder(), read_figures().get(exercise)
    if figure is None or not (folder / f"{exercise}.webm").is_file():
        return None
    return {
        "video": f"/figures/{exercise}.webm",
        "poster": f"/figures/{exercise}.webp",
        "still_at_s": dict(figure.still_at_s),
        "turns_at_s": figure.turns_at_s,
        "first": figure.first,
    }
