"""The project speaks of itself only: of no maker, no machine and no registry."""

import re

import pytest

from tests.house.tree import ROOT, SRC, text_of, tracked

# Written in pieces, so that this file passes its own examination.
PLACES = ("work/", "root/", "home/[a-z]", "tmp/[a-z]")
MACHINE = re.compile("|".join([*(f"(?<![\\w.])/{place}" for place in PLACES), r"[A-Z]:\\" + "Users"]))
HOSTS = re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs", "deb" + r"\.debian")))
NAMES = ("cla" + "ude", "anthr" + "opic", "open" + "ai", "chat" + "gpt", "co" + "pilot")
MAKERS = re.compile(
    rf"\b({'|'.join(NAMES)})\b"
    r"|\b(AI|LLM)[- ](generated|written|assisted)|written by an? (ai|assistant|agent|language model)",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("what", "pattern", "found"),
    [
        ("the path of somebody's machine", MACHINE, "see /" + "work/main"),
        ("the host of a package registry", HOSTS, "https://pypi" + ".org/simple"),
        ("a word about who or what wrote it", MAKERS, "made with Cla" + "ude"),
    ],
)
def test_no_tracked_file_names(what, pattern, found):
    """No tracked text file holds what is not of the project."""
    assert pattern.search(found)

    offending = [
        f"{path.relative_to(ROOT)}:{i}"
        for path in tracked()
        for i, line in enumerate(text_of(path).splitlines(), 1)
        if pattern.search(line)
    ]

    assert offending == [], what


def test_the_package_needs_no_neighbour():
    """Nothing that ships refers to a folder outside the project."""
    neighbour = ".." + "/shared"

    assert [path for path in tracked() if path.is_relative_to(SRC) and neighbour in text_of(path)] == []
