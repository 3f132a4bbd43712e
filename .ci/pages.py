"""`just pages`: write those parts of the documentation that follow from the code; with --check, only say what is stale.

A part lies between two comments, `<!-- NAME: just pages -->` and `<!-- NAME ends -->`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from uncrick.files.library import read_library

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "uncrick"
FLOORS = {
    "cli": "face one",
    "web": "face two",
    "app": "what a person can do here, one file a thing",
    "files": "the disk",
    "store": "the database",
    "vision": "pixels into landmarks",
    "desktop": "what this machine knows of the day, and how it tells",
    "report": "for people and clinics",
    "plan": "weeks, not seconds",
    "coach": "watching and saying",
    "care": "keeping out of harm",
    "desk": "the day between sessions",
    "exercise": "what is asked of it",
    "motion": "what a body does",
    "pose": "what a camera gives",
    "crack": "why a joint cracks, and how one is heard",
}
"""From the top of the tower to its foot."""


def main() -> int:
    """Write or check every part; 1 when one was stale and only to be checked."""
    stale = []
    for page, name, lines in (("ARCHITECTURE.md", "floors", floors()), ("docs/measures.md", "measures", measures())):
        path = ROOT / page
        old = path.read_text(encoding="utf-8")
        new = filled(old, name, "".join(f"{line}\n" for line in lines))
        if new == old:
            continue
        stale.append(page)
        if "--check" not in sys.argv:
            path.write_text(new, encoding="utf-8")
    for page in stale:
        sys.stderr.write(f"{page}  {'is stale; run: just pages' if '--check' in sys.argv else 'written'}\n")
    return 1 if stale and "--check" in sys.argv else 0


def filled(text: str, name: str, part: str) -> str:
    """Return *text* with *part* between the two comments of *name*."""
    begin, end = f"<!-- {name}: just pages -->\n", f"<!-- {name} ends -->"
    pattern = re.compile(rf"(?<={re.escape(begin)}).*?(?={re.escape(end)})", re.DOTALL)
    return pattern.sub(lambda _: part, text)


def floors() -> Iterator[str]:
    """Yield, for each floor that exists, what it is and a row for each of its files."""
    for floor, caption in FLOORS.items():
        files = [path for path in sorted((SRC / floor).glob("*.py")) if path.stat().st_size]
        if not files:
            continue
        yield f"\n**{floor}**: {caption}\n"
        yield "| file | what |"
        yield "|---|---|"
        for path in files:
            said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            yield f"| `{path.stem}` | {said.partition(chr(10))[0].replace('|', chr(92) + '|')} |"


def measures() -> Iterator[str]:
    """Yield a row for each measure of the library."""
    yield "| measure | what it is | view | stated error | read as | where that comes from |"
    yield "|---|---|---|---|---|---|"
    for measure in read_library().measures.values():
        points = " ".join(measure.points)
        against = {"none": "", "subtract": ", less the neutral", "ratio": ", over the neutral"}[measure.zero]
        over = f", over {' '.join(measure.over)}{' at rest' if measure.over_neutral else ''}" if measure.over else ""
        either = f", the {measure.take} of both sides" if measure.take else ""
        source = measure.source.replace("docs/measures.md", "below").replace("docs/care.md", "[care](care.md)")
        read = f"{measure.kind} of {points}{over}{against}{either}"
        error = f"{measure.error:g} {measure.unit}"
        yield f"| `{measure.name}` | {measure.says} | {measure.view} | {error} | {read} | {source} |"


if __name__ == "__main__":
    sys.exit(main())
