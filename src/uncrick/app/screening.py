"""What a person can do about safety: answer the questions, see what is left out and why, keep the answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from uncrick.care.assessment import Assessment, Declared, assess
from uncrick.care.contraindication import Verdict, judge, judge_all
from uncrick.care.rulebook import Rulebook, emergency_message
from uncrick.care.screening import Answer, Asked, Extent, Question, Said, level_of, questions_of, still_to_ask
from uncrick.errors import Problem, ProblemsError, nearest
from uncrick.files.answers_file import KeptAnswers, read_answers, write_answers
from uncrick.files.library import read_library
from uncrick.files.programme_file import programme_exercises
from uncrick.files.screening_file import read_rulebook


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One cell of the table of conditions and exercises. sources : sentences, with their certainty."""

    condition: str
    exercise: str
    verdict: Verdict
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a screening came to. left_out, gentler : exercises by id, with what decides."""

    assessment: Assessment
    message: str
    left_out: dict[str, Verdict]
    gentler: dict[str, Verdict]


@dataclass(frozen=True, slots=True)
class Interview:
    """A screening under way: the set that is asked, and what has been said so far."""

    extent: Extent
    conditions: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()

    def questions(self) -> tuple[Question, ...]:
        """Return the questions of this set that apply."""
        return questions_of(read_rulebook().questions, self.extent, self.conditions)

    def next(self) -> Asked | None:
        """Return what to ask next, None when all is answered or an emergency has been named."""
        questions = read_rulebook().questions
        if any(level_of(questions[a.question], a) == "emergency" for a in self.answers):
            return None
        waiting = still_to_ask(self.questions(), self.answers)
        return waiting[0] if waiting else None

    def answered(self, asked: Asked, said: Said, at: datetime | None = None) -> "Interview":
        """Return the interview with one more answer, kept with the wording of the questions and the time."""
        book = read_rulebook()
        answer = Answer(asked.question.id, said, at or datetime.now(UTC), book.wording, asked.plainer)
        return Interview(self.extent, self.conditions, (*self.answers, answer))


def rulebook() -> Rulebook:
    """Return the rulebook that ships."""
    return read_rulebook()


def check_conditions(ids: Iterable[str]) -> None:
    """Raise ProblemsError with every id that is no condition, and the nearest that is one."""
    known = read_rulebook().conditions
    wrong = [i for i in ids if i not in known]
    if wrong:
        says = "no condition '{}'{}"
        hint = "uncrick screen --list"
        raise ProblemsError([Problem("--condition", says.format(i, nearest(i, known)), hint) for i in wrong])


def outcome(interview: Interview, emergency_number: str = "") -> Outcome:
    """Return what the answers and conditions of *interview* mean.

    At an emergency there is nothing but the message: neither lists nor offers.
    """
    book, library = read_rulebook(), read_library()
    found = assess(
        book, interview.questions(), interview.answers, Declared(interview.conditions), programme_exercises()
    )
    if found.level == "emergency":
        return Outcome(found, emergency_message(book, emergency_number), {}, {})
    verdicts = judge_all((book.conditions[c] for c in interview.conditions), library.exercises)
    return Outcome(
        found,
        book.says[found.level],
        {id_: v for id_, v in verdicts.items() if v.ruling == "exclude"},
        {id_: v for id_, v in verdicts.items() if v.ruling == "caution"},
    )


def verdict_rows(conditions: Iterable[str] = ()) -> Iterator[VerdictRow]:
    """Yield the verdict of every condition (or of *conditions*) on every exercise, with the words of its sources."""
    book, library = read_rulebook(), read_library()
    for id_ in tuple(conditions) or tuple(book.conditions):
        for exercise in library.exercises.values():
            verdict = judge(book.conditions[id_], dict(exercise.attributes))
            yield VerdictRow(id_, exercise.id, verdict, source_words(verdict.source))


def source_words(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the sentence of each source with its certainty."""
    sources = read_rulebook().sources
    return tuple(f"{sources[key].says} [{sources[key].certainty}]" for key in keys)


def exercise_name(id_: str) -> str:
    """Return what people call an exercise."""
    return read_library().words.exercises[id_].name


def save_interview(interview: Interview, path: Path) -> None:
    """Write the answers to a file that ``uncrick plan tonight`` reads. Raises ProblemsError where it cannot."""
    write_answers(KeptAnswers(interview.extent, interview.conditions, interview.answers), path)


def open_interview(path: Path) -> Interview:
    """Read answers that were saved. Raises ProblemsError with everything wrong with the file."""
    kept = read_answers(path, read_rulebook())
    return Interview(kept.extent, kept.conditions, kept.answers)
