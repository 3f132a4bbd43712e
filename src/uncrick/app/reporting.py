"""The page for the next visit: what was asked, done, skipped and felt in the last weeks, as HTML or PDF."""

import json
import tempfile
from datetime import date
from pathlib import Path

from uncrick.app.history import USUAL_WEEKS, history
from uncrick.app.people import Person
from uncrick.app.plans import current_plan, plan_in_force, refused_plan
from uncrick.app.printing import typeset
from uncrick.errors import Problem, ProblemsError
from uncrick.files.library import read_library
from uncrick.files.reason_file import read_reasons
from uncrick.files.screening_file import read_rulebook
from uncrick.files.session_words_file import read_session_words
from uncrick.files.whole_file import whole_file
from uncrick.report.history_html import history_html
from uncrick.report.history_paper import PAPER, history_record
from uncrick.report.history_story import Section, StoryWords, span_words, story_of
from uncrick.report.plan_sheet import day_words
from uncrick.store.database import Database

__all__ = ["Section"]


def story_words() -> StoryWords:
    """Return what a history is told with."""
    library = read_library()
    return StoryWords(library.words, read_session_words(), read_reasons(), read_rulebook().stops, library.exercises)


def story(db: Database, person: str, last: date, weeks: int | None) -> tuple[str, tuple[Section, ...]]:
    """Return a person's history in words: from when to when, and its sections. weeks : how many, None for all."""
    facts = history(db, person, last, weeks)
    return span_words(facts), story_of(facts, story_words())


def write_report(db: Database, person: Person, path: Path, last: date, weeks: int | None = USUAL_WEEKS) -> None:
    """Write the page for the next visit: a PDF, or HTML where *path* ends so.

    Raises ProblemsError for another ending, and where the file cannot be written; then it is as it was before.
    """
    kind = path.suffix.lower()
    if kind not in (".html", ".htm", ".pdf"):
        raise ProblemsError([Problem("OUT", f"found '{path.name}', wanted a name that ends in .pdf or .html")])
    span, sections = story(db, person.id, last, weeks)
    about, notice = plan_words(db, person, last), read_library().words.notice
    if kind == ".pdf":
        written = _pdf(person.name, span, about, sections, notice)
    else:
        written = history_html(person.name, span, about, sections, notice).encode()
    with whole_file(path) as new:
        new.write_bytes(written)


def plan_words(db: Database, person: Person, on: date) -> tuple[str, ...]:
    """Say which plan holds, who wrote it, and what it is for."""
    kept, refused = current_plan(db, person.id), refused_plan(db, person.id)
    if kept is None:
        return (refused or "No plan holds; the coach offers the four stretches of the article.",)
    plan = plan_in_force(kept, person.name, on)
    known = "signed with a key that is known" if kept.trusted else "not signed with a key that is known"
    said = [f"Plan: {plan.title}, by {plan.written_by}, {day_words(plan.written_on)}, {known}."]
    said += [f"Goal: {goal}" for goal in plan.goals]
    return (*said, refused) if refused else tuple(said)


def _pdf(name: str, span: str, about: tuple[str, ...], sections: tuple[Section, ...], notice: str) -> bytes:
    record, drawings = history_record(name, span, about, sections, notice)
    with tempfile.TemporaryDirectory(prefix="uncrick") as folder:
        place = Path(folder)
        (place / "history.json").write_text(json.dumps(record), encoding="utf-8")
        for file, drawing in drawings.items():
            (place / file).write_text(drawing, encoding="utf-8")
        (place / "history.typ").write_text(PAPER, encoding="utf-8")
        return typeset(place / "history.typ")
