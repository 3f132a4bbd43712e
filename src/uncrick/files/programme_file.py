"""library/programmes.yaml: the programmes that ship, or every problem in it with its line."""

from collections.abc import Collection
from functools import cache

from pydantic import Field, RootModel

from uncrick.errors import Problem, ProblemsError, nearest
from uncrick.files.library import library_folder, read_library
from uncrick.files.marked_yaml import Marked, WrittenModel, check_model, read_marked
from uncrick.files.screening_file import read_rulebook
from uncrick.plan.programme import Part, Place, Portion, Programme, exercises_of


class WrittenPortion(WrittenModel):
    """One exercise."""

    exercise: str
    reps: int | None = Field(None, ge=1, le=60)
    hold_s: float | None = Field(None, ge=0, le=120)
    duration_s: float | None = Field(None, gt=0, le=7200)


class WrittenProgramme(WrittenModel):
    """One programme; the fields are those of `Programme`."""

    name: str
    says: str
    minutes: int = Field(ge=1, le=60)
    regions: tuple[Part, ...] = Field(min_length=1)
    place: Place
    for_everybody: bool = True
    exercises: tuple[WrittenPortion, ...] = Field(min_length=1)
    source: tuple[str, ...] = Field(min_length=1)


class WrittenProgrammes(RootModel[dict[str, WrittenProgramme]]):
    """The whole file: id -> programme."""


@cache
def read_programmes() -> dict[str, Programme]:
    """Read the programmes that ship. Raises ProblemsError with every problem when the file is broken."""
    marked = read_marked(library_folder() / "programmes.yaml", "library/programmes.yaml")
    programmes, problems = check_programmes(marked, read_library().exercises, read_rulebook().sources)
    if problems:
        raise ProblemsError(problems)
    return programmes


def programme_exercises() -> dict[str, frozenset[str]]:
    """Return the exercises of every programme that ships, by its id."""
    return exercises_of(read_programmes())


def check_programmes(
    marked: Marked, exercises: Collection[str], sources: Collection[str]
) -> tuple[dict[str, Programme], list[Problem]]:
    """Return the programmes of a file that was read, and every problem; no programmes when there is any."""
    written, problems = check_model(marked, WrittenProgrammes)
    if written is None:
        return {}, problems
    for id_, one in written.root.items():
        for i, portion in enumerate(one.exercises):
            if portion.exercise not in exercises:
                says = f"no exercise '{portion.exercise}'{nearest(portion.exercise, exercises)}"
                problems.append(marked.problem((id_, "exercises", i, "exercise"), says, "uncrick exercises"))
        for key in one.source:
            if key not in sources:
                problems.append(marked.problem((id_, "source"), f"no source '{key}'{nearest(key, sources)}"))
    programmes = {id_: _programme(id_, one) for id_, one in written.root.items()}
    return ({} if problems else programmes), problems


def _programme(id_: str, written: WrittenProgramme) -> Programme:
    return Programme(
        id=id_,
        name=written.name,
        says=written.says,
        minutes=written.minutes,
        regions=written.regions,
        place=written.place,
        for_everybody=written.for_everybody,
        portions=tuple(Portion(**p.model_dump()) for p in written.exercises),
        source=written.source,
    )
