"""What is wrong with something a person wrote, where it is, and what to do about it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: *where* (``file:line  key``), what was found and wanted, and a *hint* on what to do."""

    where: str
    says: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}  {self.says}" + (f" ({self.hint})" if self.hint else "")


class ProblemsError(Exception):
    """A person's input cannot be used: carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(wrong: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the known name closest to *wrong*, or an empty string when none is near."""
    close = difflib.get_close_matches(wrong, list(known), n=1, cutoff=0.5)
    return f"; did you mean '{close[0]}'?" if close else ""
