"""Every source that is named anywhere is in docs/sources.bib, once, and as sure as it is said to be."""

import re

import yaml

from tests.house.tree import ROOT, SRC, text_of, tracked
from uncrick.crack.sources import SOURCES
from uncrick.files.library import read_library

BIB = (ROOT / "docs" / "sources.bib").read_text(encoding="utf-8")
ENTRY = re.compile(r"^@\w+\{(?P<key>\w+),\n(?P<body>.*?)^\}", re.MULTILINE | re.DOTALL)
ENTRIES = {entry["key"]: entry["body"] for entry in ENTRY.finditer(BIB)}
KEY = re.compile(r"\b[a-z]{3,}(?:18|19|20)\d\d(?:_[a-z]+)?\b")
"""A key that names a work and its year, as docstrings have it."""
LIBRARY = yaml.safe_load((SRC / "library" / "sources.yaml").read_text(encoding="utf-8"))
SURE = {"verified", "partly", "memory", "textbook", "computed", "ours", "article"}


def certainty(key: str) -> str:
    """Return how sure docs/sources.bib is of an entry."""
    return re.search(r"keywords = \{(\w+)\}", ENTRIES[key])[1]


def test_every_entry_says_what_it_is_and_how_sure_that_is():
    """Each entry has a note and one of the known certainties; no key is there twice."""
    assert len(ENTRIES) == len(re.findall(r"^@", BIB, re.MULTILINE)) > 50
    assert [key for key, body in ENTRIES.items() if "note = {" not in body] == []
    assert {certainty(key) for key in ENTRIES} <= SURE


def test_the_library_and_the_bibliography_agree():
    """Every key of library/sources.yaml is in docs/sources.bib with the same certainty."""
    assert {key: one["certainty"] for key, one in LIBRARY.items()} == {
        key: certainty(key) for key in LIBRARY if key in ENTRIES
    }


def test_the_crack_and_the_bibliography_agree():
    """Every source of the crack model is in docs/sources.bib with the same certainty."""
    assert {key: sure for key, (_, sure) in SOURCES.items()} == {
        key: certainty(key) for key in SOURCES if key in ENTRIES
    }


def test_every_exercise_and_dose_names_sources_that_exist():
    """What an exercise file names as its source is explained in docs/sources.bib."""
    named = [(one.id, key) for one in read_library().exercises.values() for key in (*one.source, *one.dose.source)]

    assert len(named) > 60
    assert [(id_, key) for id_, key in named if key not in ENTRIES] == []


def test_every_work_named_in_code_is_in_the_bibliography():
    """A key like `winter2009` in a docstring, a comment or a data file stands in docs/sources.bib."""
    kinds = (".py", ".js", ".yaml")
    files = [path for path in tracked() if path.suffix in kinds and path.is_relative_to(ROOT / "src")]

    named = {key for path in files for key in KEY.findall(text_of(path))}

    assert {"winter2009", "flash1985"} <= named
    assert sorted(named - ENTRIES.keys()) == []


def test_every_entry_is_used():
    """No entry stands in docs/sources.bib that nothing refers to."""
    files = [
        p for p in tracked() if p.suffix in (".py", ".js", ".yaml", ".md") and not p.is_relative_to(ROOT / "tests")
    ]
    words = {word for path in files for word in re.findall(r"\w+", text_of(path))}

    assert sorted(ENTRIES.keys() - words) == []
