"""The sources that rules and exercises rest on, as sentences with how sure we are of each."""

from collections.abc import Mapping
from typing import Final

from uncrick.files.screening_file import read_rulebook

CERTAINTIES: Final[Mapping[str, str]] = {
    "verified": "read in the source",
    "partly": "read in part",
    "memory": "from memory, not yet looked up again",
    "ours": "a rule of this program",
    "article": "the clinic's article that this program starts from",
}
"""What the certainty of a source means to somebody who reads it."""


def all_sources() -> tuple[tuple[str, str, str], ...]:
    """Return every source: its key, what it says, and how sure we are of having read it right."""
    sources = read_rulebook().sources
    return tuple((key, s.says, CERTAINTIES.get(s.certainty, s.certainty)) for key, s in sources.items())
