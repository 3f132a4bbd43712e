"""A plan with pictures, for paper and for any browser: a tagged PDF, or one HTML page that needs nothing else."""

import base64
import json
import os
import tempfile
from pathlib import Path
from typing import Final

from uncrick.app.planning import ReadPlan, in_force
from uncrick.app.session import figures_folder
from uncrick.errors import Problem, ProblemsError
from uncrick.files.library import read_library
from uncrick.files.screening_file import read_rulebook
from uncrick.files.whole_file import whole_file
from uncrick.plan.record import Plan
from uncrick.report.plan_html import STYLE, plan_html
from uncrick.report.plan_paper import PAPER, STOP_SIGN, paper_record
from uncrick.report.plan_sheet import PaperWords, PlanSheet, day_words, sheet_of
from uncrick.report.qr import qr_svg

PAPERS: Final = ("a4", "us-letter")


def paper_words() -> PaperWords:
    """Return what a plan is told with."""
    library, book = read_library(), read_rulebook()
    return PaperWords(library.exercises, library.words, book.pain_rules, book.stops)


def plan_sheet(plan: Plan, signed: str) -> PlanSheet:
    """Return a plan in words. signed : the sentence about its signature."""
    return sheet_of(plan, paper_words(), signed)


def signed_words(read: ReadPlan) -> str:
    """Say who signed a plan, and whether the key is one that the person has from their therapist."""
    if read.seal is None:
        return "Not signed."
    by = f"Signed by {read.seal.by} on {day_words(read.seal.on)}, key {read.seal.fingerprint}"
    return f"{by}, checked." if read.trusted else f"{by}, not checked against a key that you have."


def sheet_to_print(read: ReadPlan) -> tuple[PlanSheet, bool]:
    """Return a plan file in words, with what counts of it; and whether something in it does not count.

    What a therapist alone may decide is printed only where the plan was checked by a key that the person has.
    """
    plan = in_force(read)
    return plan_sheet(plan, signed_words(read)), plan != read.plan


def print_plan(read: ReadPlan, path: Path, paper: str = "a4") -> bool:
    """Write a plan for paper: a PDF, or HTML where *path* ends so. Returns whether something in it did not count.

    Raises ProblemsError for another ending, and where the file cannot be written; then it is as it was before.
    """
    sheet, is_less = sheet_to_print(read)
    if path.suffix.lower() in (".html", ".htm"):
        written = plan_page(sheet, read.text).encode()
    elif path.suffix.lower() == ".pdf":
        written = plan_pdf(sheet, read.text, paper)
    else:
        raise ProblemsError([Problem("--out", f"found '{path.name}', wanted a name that ends in .pdf or .html")])
    with whole_file(path) as new:
        new.write_bytes(written)
    return is_less


def plan_pdf(sheet: PlanSheet, text: str, paper: str = "a4") -> bytes:
    """Return *sheet* as a PDF that is tagged for those who listen to it (PDF/UA-1). text : the file, for the code.

    Nothing but what ships is read: no package is fetched. Raises ProblemsError for a size of paper that is not known.
    """
    if paper not in PAPERS:
        raise ProblemsError([Problem("--paper", f"found '{paper}', wanted {' or '.join(PAPERS)}")])
    with tempfile.TemporaryDirectory(prefix="uncrick") as folder:
        place, qr = Path(folder), qr_svg(text)
        pictures = _laid(place, sheet)
        record = paper_record(sheet, pictures, "code.svg" if qr else "", paper)
        (place / "sheet.json").write_text(json.dumps(record), encoding="utf-8")
        (place / "code.svg").write_text(qr, encoding="utf-8")
        (place / "stop.svg").write_text(STOP_SIGN, encoding="utf-8")
        (place / "plan.typ").write_text(PAPER, encoding="utf-8")
        return typeset(place / "plan.typ")


def typeset(name: Path) -> bytes:
    """Return the PDF of the template *name*, which may read what lies beside it and nothing else.

    The standard refuses a text with letters that no font of this machine has; then the PDF is only tagged, and shows
    them as empty boxes.
    """
    import typst

    place = name.parent
    try:
        return bytes(typst.compile(name, root=place, format="pdf", pdf_standards=["ua-1"], timestamp=0))
    except typst.TypstError:
        return bytes(typst.compile(name, root=place, format="pdf", timestamp=0))


def plan_page(sheet: PlanSheet, text: str) -> str:
    """Return *sheet* as one HTML page with its pictures in it. text : the file, for the QR code."""
    pictures = {name: _data_uri(path) for name, path in _posters(sheet).items()}
    return plan_html(sheet, pictures, qr_svg(text))


def printed_page(sheet: PlanSheet, text: str, style_at: str) -> str:
    """Return *sheet* as a page of this program: its pictures and style are where the program serves them."""
    pictures = {name: f"/figures/{path.name}" for name, path in _posters(sheet).items()}
    return plan_html(sheet, pictures, qr_svg(text), style_at)


def page_style() -> str:
    """Return the style sheet of a printed page."""
    return STYLE


def _posters(sheet: PlanSheet) -> dict[str, Path]:
    """Return the still figure of each exercise that has one."""
    found = {item.exercise: figures_folder() / f"{item.exercise}.webp" for item in sheet.items}
    return {name: path for name, path in found.items() if path.is_file()}


def _laid(place: Path, sheet: PlanSheet) -> dict[str, str]:
    """Lay the figures into *place*, where the typesetter may read, and return their file names."""
    posters = _posters(sheet)
    for name, path in posters.items():
        try:
            os.link(path, place / f"{name}.webp")
        except OSError:
            (place / f"{name}.webp").write_bytes(path.read_bytes())
    return {name: f"{name}.webp" for name in posters}


def _data_uri(path: Path) -> str:
    return "data:image/webp;base64," + base64.b64encode(path.read_bytes()).decode()
