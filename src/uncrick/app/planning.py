"""What a person can do with a plan: make one, check it, sign and close it, and see tonight's sheet."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from uncrick.app.screening import Interview
from uncrick.care.assessment import Declared, assess
from uncrick.care.contraindication import judge_all
from uncrick.errors import Problem, ProblemsError, nearest
from uncrick.files.library import read_library
from uncrick.files.marked_yaml import MAX_BYTES, read_marked
from uncrick.files.plan_file import Shelf, check_plan, plan_text
from uncrick.files.plan_seal import (
    AGE_HEADS,
    Seal,
    check_seal,
    check_signer,
    close_for,
    new_person_key,
    new_signing_key,
    opened,
    opened_with,
    read_public_key,
    read_signing_key,
    sign_text,
)
from uncrick.files.plan_written import WrittenSeal
from uncrick.files.programme_file import programme_exercises, read_programmes
from uncrick.files.reason_file import read_reasons
from uncrick.files.screening_file import read_rulebook
from uncrick.files.whole_file import whole_file
from uncrick.plan.draft import Signatory, draft
from uncrick.plan.ladder import ladder_of
from uncrick.plan.programme import Programme, Wish, choose_programme
from uncrick.plan.progress import begin
from uncrick.plan.reason import RULES, told
from uncrick.plan.record import Plan
from uncrick.plan.scene import Body, Known, Now, Reason, Scene
from uncrick.plan.tonight import Tonight, tonight

__all__ = ["Now", "Seal", "Wish", "new_person_key", "new_signing_key"]


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan file as read: the plan, its text, and who signed it (None: nobody).

    trusted : the signature was checked by a public key that the person has from their therapist.
    """

    plan: Plan
    text: str
    seal: Seal | None
    trusted: bool = False


def programmes() -> dict[str, Programme]:
    """Return the programmes that ship, by id."""
    return read_programmes()


def chosen_programme(wish: Wish, excluded: frozenset[str]) -> Programme:
    """Return the programme that fits what a person wishes. Raises ProblemsError where nothing would be left of any."""
    found = choose_programme(read_programmes().values(), wish, excluded)
    if found is None:
        says = "nothing of any programme is left for these conditions and props"
        raise ProblemsError([Problem("--condition", says, "talk to a physical therapist")])
    return found


def excluded_by(conditions: tuple[str, ...], props: tuple[str, ...] | None = None) -> frozenset[str]:
    """Return the exercises that *conditions* leave out, and those that need a prop not among *props* (None: any)."""
    book, exercises = read_rulebook(), read_library().exercises
    verdicts = judge_all((book.conditions[c] for c in conditions), exercises)
    ruled = {id_ for id_, verdict in verdicts.items() if verdict.ruling == "exclude"}
    if props is None:
        return frozenset(ruled)
    known = {prop for e in exercises.values() for prop in e.equipment}
    wrong = [p for p in props if p not in known]
    if wrong:
        raise ProblemsError([Problem("--have", f"no prop '{p}'{nearest(p, known)}", _listed(known)) for p in wrong])
    return frozenset(ruled | {id_ for id_, e in exercises.items() if not set(e.equipment) <= set(props)})


def new_plan(programme: str, who: Signatory, excluded: frozenset[str]) -> str:
    """Return the text of a new plan made from a programme. Raises ProblemsError for one that does not exist."""
    known = read_programmes()
    if programme not in known:
        says = f"no programme '{programme}'{nearest(programme, known)}"
        raise ProblemsError([Problem("--programme", says, "uncrick plan programmes")])
    rule = read_rulebook().default_pain_rule
    plan = draft(known[programme], read_library().exercises, who, rule, excluded)
    if not plan.prescriptions:
        raise ProblemsError([Problem("--condition", f"nothing is left of '{programme}'", "choose another programme")])
    return plan_text(plan)


def read_plan(path: Path, identity: Path | None = None, key: Path | None = None) -> ReadPlan:
    """Read a plan, opened with the person's *identity* if it is closed, and checked against the public *key* if given.

    Raises ProblemsError with every problem at once; nothing is kept of a plan that has any.
    """
    name = str(path)
    text = _text(opened(_bytes(path), identity, name), name)
    return check_text(text, name, read_public_key(key) if key else "")


def read_text(data: bytes, name: str, identity: bytes = b"") -> str:
    """Return the text of a plan file's content, opened with the content of the person's key file if it is closed."""
    if data.startswith(AGE_HEADS) and not identity:
        raise ProblemsError([Problem(name, "is closed for one person", "choose your own key file, too")])
    return _text(opened_with(data, identity, name, "your key file"), name)


def check_text(text: str, name: str = "plan", key: str = "") -> ReadPlan:
    """Return the plan in *text*, checked against the public *key* if given. name : as the problems call it.

    Raises ProblemsError with every problem at once.
    """
    marked = read_marked(text, name)
    plan, problems = check_plan(marked, _shelf())
    seal, signature = _seal(marked.value)
    if seal is not None:
        problems += check_seal(text, seal, signature, marked.where("signed"))
    if key:
        problems += check_signer(seal, key, marked.where("signed"))
    if plan is None or problems:
        raise ProblemsError(problems)
    return ReadPlan(plan, text, seal, trusted=bool(key))


def signed(read: ReadPlan, key: Path, passphrase: str, on: date) -> str:
    """Return the text of a plan signed by its author with the key in a file."""
    return sign_text(read.text, read_signing_key(key, passphrase), read.plan.written_by, on)


def closed_text(text: str, recipient: str) -> str:
    """Return a plan's text, closed for *recipient* if one is given."""
    return close_for(text, recipient).decode() if recipient else text


def save_plan(text: str, path: Path, recipient: str = "") -> None:
    """Write a plan's text whole or not at all, closed for *recipient* if one is given."""
    written = closed_text(text, recipient)
    with whole_file(path) as new:
        new.write_text(written, encoding="utf-8")


def sheet(read: ReadPlan, interview: Interview, now: Now) -> Tonight:
    """Return tonight's sheet for somebody at the start of a plan, from the answers of a screening."""
    return tonight(scene_of(read, interview, now), begin(read.plan))


def scene_of(read: ReadPlan, interview: Interview, now: Now) -> Scene:
    """Return everything an evening is decided from."""
    book, library, plan = read_rulebook(), read_library(), in_force(read)
    declared = Declared(interview.conditions, clearances=plan.clearances)
    assessment = assess(book, interview.questions(), interview.answers, declared, programme_exercises())
    conditions = [book.conditions[c] for c in interview.conditions]
    verdicts = judge_all(conditions, library.exercises, plan.relaxations)
    return Scene(known(), plan, Body(assessment, verdicts, interview.conditions), now)


def in_force(read: ReadPlan) -> Plan:
    """Return the plan with what counts of it.

    Only a plan that a therapist signed, with a key the person knows, relaxes rules and clears causes: anybody can write
    that they are one.
    """
    plan, default = read.plan, read_rulebook().default_pain_rule
    if plan.author == "therapist" and read.trusted:
        return plan
    prescriptions = tuple(replace(p, pain_rule="") for p in plan.prescriptions)
    return replace(plan, pain_rule=default, relaxations=(), clearances=(), prescriptions=prescriptions)


def known() -> Known:
    """Return what does not change from evening to evening."""
    book, exercises = read_rulebook(), read_library().exercises
    return Known(exercises, ladder_of(exercises), book.gentler, book.times, book.pain_rules)


def reason_text(reason: Reason) -> tuple[str, str]:
    """Return what a reason says and what would undo it."""
    words = read_reasons()
    return told(words, reason.rule, reason.inputs), words[reason.rule].undo


def change_text(rule: str, inputs: tuple[tuple[str, float | str], ...]) -> tuple[str, str]:
    """Return what a decision of progress says and what would undo it."""
    words = read_reasons()
    return told(words, rule, inputs), words[rule].undo


def public_key(path: Path) -> str:
    """Return the public key in a file. Raises ProblemsError where there is none."""
    return read_public_key(path)


def reason_record(reason: Reason) -> dict[str, object]:
    """Return a reason as one JSON object: its rule, inputs, sentence, what would undo it, and its sources."""
    says, undo = reason_text(reason)
    source = reason.source or RULES[reason.rule][1]
    return {"rule": reason.rule, "inputs": dict(reason.inputs), "says": says, "undo": undo, "source": list(source)}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _shelf() -> Shelf:
    return Shelf(read_library().exercises, read_rulebook())


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(2 * MAX_BYTES)
    except OSError as error:
        raise ProblemsError([Problem(str(path), f"cannot be read: {(error.strerror or '').lower()}")]) from None


def _text(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise ProblemsError([Problem(name, f"has more than {MAX_BYTES:,} bytes", "is this a plan?")])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ProblemsError([Problem(f"{name}:1", "is written in UTF-16, wanted UTF-8", "save it as UTF-8")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        says = f"found the byte 0x{data[error.start]:02x}, which is not UTF-8 text"
        raise ProblemsError([Problem(f"{name}:{line}", says, "save the file as UTF-8")]) from None


def _seal(value: object) -> tuple[Seal | None, str]:
    """Return the signature as written, None where there is none or it is not well formed (which is told elsewhere).

    It is read by itself, so that nothing else wrong in the file hides that the text is not what was signed.
    """
    try:
        written = WrittenSeal.model_validate(value.get("signed") if isinstance(value, dict) else None)
    except ValueError:
        return None, ""
    return Seal(written.by, written.on, written.key), written.signature
