"""What the program says claims nothing it may not: CLINICAL 6.3, over every string that a person can read.

Looked at: every text of library/, and every string in the faces (cli, web, app, report), their help included. Sources
tell what studies found, so of them only what speaks to the person is asked: diagnoses, safety, pops, pushing, medicine.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from uncrick.files.library import library_folder
from uncrick.files.marked_yaml import read_marked

SRC = library_folder().parent
FACES = ("cli", "web", "app", "report")

ILLNESS = r"(slipped dis[ck]|herniat\w+|sciatica|scoliosis|arthritis|stenosis|fracture|tumou?r|osteoporosis)"
FORBIDDEN = {
    "1 a diagnosis": (
        r"\byou (may|might|could|probably|likely|seem to|appear to) (already )?have\b",
        rf"\b{ILLNESS} (was |is )?(detected|found|likely|suspected)",
        rf"\b(signs?|risk|probability) of {ILLNESS}",
        r"\bdiagnos(e|es|ed|is|ing)\b",
    ),
    "2 safety": (
        r"\bsafe to exercise\b",
        r"\byou are (safe|cleared|healthy|fine)\b",
        r"\bno(thing)? serious\b",
        r"\bcleared (for|to) exercise\b",
    ),
    "3 treatment": (
        r"\b(treats?|cures?|heals?|relieves?|prevents?)\b",
        r"\brealigns?\b",
        r"\b(fix(es)?|corrects?|improves?) (your |the )?(posture|spine|back)\b",
        r"\bback in(to)? place\b",
    ),
    "4 pops": (
        r"\bcrack(s|ing)? your (back|neck)\b",
        r"\b(pops?|cracks?) (helped|scored?|counted|count|points?)\b",
        r"\b(until|wait for|listen for|reach for) (it|the|a) ?(pops?|cracks?)\b",
    ),
    "5 pushing through": (
        r"\bpush(ing)? through\b",
        r"\bno pain,? no gain\b",
        r"\ba bit (more|further|deeper)\b",
        r"\b(lose|lost|losing|broke|break) (your|the) streak\b",
    ),
    "6 medicine": (
        r"(^|[.!?:] |you (should|can|may) |please )(stop|start|change|skip|reduce|increase|take) (taking )?"
        r"(your |the |a |more )?(medicines?|medication|tablets?|painkillers?|pills?|dose of)\b",
        r"\bremove (the|your) brace\b",
        r"\bignore (the|your) (surgeon|midwife|doctor)",
    ),
    "7 normal": (r"\b(ab)?normal\b", r"\bcraniovertebral angle\b"),
    "8 fear": (
        r"\bdamag\w+",
        r"\bdegenerat\w+",
        r"\byour spine is\b",
        r"\bout of place\b",
        r"\bbad posture\b",
        r"\bworn[- ]out\b",
    ),
    "9 accuracy": (
        r"\bmedical[- ]grade\b",
        r"\bclinical(ly)? (proven|accura\w+|validated)\b",
        r"\bas good as a (physical )?therapist\b",
        r"\breplaces? (a|your) (doctor|physical therapist)\b",
    ),
}
"""What may not be said, by the number of its sentence in CLINICAL 6.3. The tenth, that an emergency answer is shown
nothing but its message, is proved in tests/plan/test_tonight.py and tests/cli/test_screen.py."""

MAY_BE_DENIED = ("1 a diagnosis", "3 treatment", "7 normal", "8 fear", "9 accuracy")
"""Claims that may be named in order to be denied: "It does not treat anything." A denial of the others would be one."""

CSS = re.compile(r"[\w-]+: *[^;{}\n]+;")
"""A declaration of a style sheet, whose words (``normal``) nobody reads."""

CODE = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
"""Remarks in scripts, which nobody reads on the page."""

OF_SOURCES = ("1 a diagnosis", "2 safety", "4 pops", "5 pushing through", "6 medicine")


def claims_in(text: str, kinds: tuple[str, ...] = tuple(FORBIDDEN)) -> list[str]:
    """Return the kinds of claims that *text* makes and may not."""
    return [kind for kind in kinds if any(_is_claimed(kind, found) for found in _found(kind, text))]


def _found(kind: str, text: str) -> Iterator[re.Match[str]]:
    for pattern in FORBIDDEN[kind]:
        yield from re.finditer(pattern, text, re.IGNORECASE)


def _is_claimed(kind: str, found: re.Match[str]) -> bool:
    """Whether what was found is said, and not denied in the same sentence where a denial is allowed."""
    before = re.split(r"[.!?;:]", found.string[: found.start()])[-1]
    return kind not in MAY_BE_DENIED or not re.search(r"\b(not|no|never|nothing)\b", before, re.IGNORECASE)


def texts_of(value: object) -> Iterator[str]:
    """Yield every string in plain data, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for below in value.values():
            yield from texts_of(below)
    elif isinstance(value, list):
        for below in value:
            yield from texts_of(below)


def strings_of(path: Path) -> Iterator[str]:
    """Yield every string of a Python file; docstrings only of the command line, where they are the help."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
        if is_text and ("cli" in path.parts or id(node) not in docstrings):
            yield CSS.sub("", node.value)


def library_files() -> list[Path]:
    return sorted(library_folder().rglob("*.yaml"))


@pytest.mark.parametrize("path", library_files(), ids=lambda p: str(p.relative_to(SRC)))
def test_library_claims_nothing_it_may_not(path):
    """No text that ships - words, session, reasons, screening, programmes, measures, exercises - makes such a claim."""
    kinds = OF_SOURCES if path.name == "sources.yaml" else tuple(FORBIDDEN)
    texts = list(texts_of(read_marked(path).value))

    found = [(claims_in(text, kinds), text) for text in texts if claims_in(text, kinds)]

    assert texts
    assert found == []


@pytest.mark.parametrize("face", FACES)
def test_faces_claim_nothing_they_may_not(face):
    """No string of the command line (help included), the pages, the report or what joins them makes such a claim."""
    files = [p for p in (SRC / face).rglob("*") if p.suffix in (".py", ".html", ".js", ".j2")]
    found = []
    for path in files:
        texts = (
            strings_of(path) if path.suffix == ".py" else CODE.sub("", path.read_text(encoding="utf-8")).splitlines()
        )
        found += [(path.name, claims_in(text), text[:200]) for text in texts if claims_in(text)]

    assert found == []


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("You may have a slipped disc.", "1 a diagnosis"),
        ("Sciatica detected.", "1 a diagnosis"),
        ("This app can diagnose back pain.", "1 a diagnosis"),
        ("You are safe to exercise.", "2 safety"),
        ("There is nothing serious.", "2 safety"),
        ("It relieves back pain.", "3 treatment"),
        ("This fixes your posture.", "3 treatment"),
        ("Puts a vertebra back into place.", "3 treatment"),
        ("Crack your back in one minute!", "4 pops"),
        ("Two pops counted today.", "4 pops"),
        ("Push through the last one.", "5 pushing through"),
        ("Just a bit more.", "5 pushing through"),
        ("You will lose your streak.", "5 pushing through"),
        ("Take a painkiller first.", "6 medicine"),
        ("Your rotation is normal.", "7 normal"),
        ("Craniovertebral angle 48 degrees.", "7 normal"),
        ("This can damage your discs.", "8 fear"),
        ("Your spine is weak.", "8 fear"),
        ("As good as a physical therapist.", "9 accuracy"),
        ("Medical-grade tracking.", "9 accuracy"),
    ],
)
def test_a_forbidden_sentence_is_found(sentence, kind):
    """The linter finds each kind of sentence that may not be said."""
    assert claims_in(sentence) == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        "It does not examine you, diagnose or treat any condition and does not replace a doctor or physical therapist.",
        "No warning signs in your answers. This is not a medical check.",
        "Some people find that it helps them move more comfortably.",
        "Stopping was the right choice.",
        "It does not show that anything was put back into place.",
        "It is a rule of this coach, not a sign of damage.",
        "Do you have, or have you been told you have: scoliosis?",
        "No pulling, no popping. Ease back a little and breathe.",
        "A day of rest. Your days stay as they are.",
    ],
)
def test_what_may_be_said_is_not_found(sentence):
    """The notice, the questions and the careful sentences pass."""
    assert claims_in(sentence) == []
