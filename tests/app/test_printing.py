"""A plan on paper: what the PDF holds for eyes, ears and cameras, and the page that stands alone."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import cv2
import pytest

from tests.web.pose_server import skip_without
from uncrick.app.planning import ReadPlan, new_plan, new_signing_key, read_plan, signed
from uncrick.app.printing import plan_page, plan_pdf, plan_sheet, print_plan, sheet_to_print
from uncrick.errors import ProblemsError
from uncrick.plan.draft import Signatory

HOSTILE = '#panic("x") </title><script>alert(1)</script> *a* $b$ \\ "q" 日本 Ω'


@pytest.fixture
def read(tmp_path) -> ReadPlan:
    """A therapist's signed plan, read with their key."""
    path = tmp_path / "plan.yaml"
    who = Signatory("Ann Lee, PT", "therapist", "Kim", date(2026, 11, 28))
    path.write_text(new_plan("thin_bones", who, frozenset()))
    (tmp_path / "ann.pub").write_text(new_signing_key(tmp_path / "ann.key", ""))
    path.write_text(signed(read_plan(path), tmp_path / "ann.key", "", date(2026, 11, 28)))
    return read_plan(path, key=tmp_path / "ann.pub")


def poppler(command: str, *arguments: str) -> str:
    """Run one of poppler's commands on a PDF."""
    skip_without(shutil.which(command), "there is no poppler on this machine: apt-get install poppler-utils")
    return subprocess.run([command, *arguments], capture_output=True, text=True, check=True, timeout=60).stdout


def test_the_pdf_has_text_and_tags(read, tmp_path):
    """A screen reader finds title, headings, lists, tables and words for figures; eyes find every exercise."""
    out = tmp_path / "plan.pdf"
    sheet, _ = sheet_to_print(read)

    is_less = print_plan(read, out)

    told = poppler("pdfinfo", "-struct", str(out))
    text = poppler("pdftotext", "-raw", str(out), "-")
    assert not is_less
    assert "Tagged:          yes" in poppler("pdfinfo", str(out))
    assert all(tag in told for tag in ("H1", "H2", "H3", "LI", "Table", "Figure"))
    assert [f"{n}. {item.name}" in text for n, item in enumerate(sheet.items, 1)] == [True] * 7
    assert "When to stop" in text
    assert "Signed by Ann Lee, PT" in text
    assert text.index("When to stop") < text.index("1. Chin Tuck")


def test_the_paper_carries_the_file(read, tmp_path):
    """A camera reads the code of the printed page as the very text of the plan, signature and all."""
    out = tmp_path / "plan.pdf"
    print_plan(read, out)
    poppler("pdftoppm", "-r", "300", "-f", "1", "-l", "1", "-gray", "-png", str(out), str(tmp_path / "page"))

    picture = cv2.imread(str(next(tmp_path.glob("page*.png"))), cv2.IMREAD_GRAYSCALE)
    found, _, _ = cv2.QRCodeDetector().detectAndDecode(picture)

    assert found == read.text
    assert "signature:" in found


def test_a_plan_too_long_for_a_code_is_printed_without(read):
    """Where the file does not fit, there is no code and no empty place for it."""
    sheet, _ = sheet_to_print(read)

    assert b"%PDF" in plan_pdf(sheet, "x" * 3000)[:8]
    assert "The plan as a file" not in plan_page(sheet, "x" * 3000)
    assert "The plan as a file" in plan_page(sheet, read.text)


def test_what_somebody_wrote_stays_text(read, tmp_path):
    """Marks of the typesetter and of HTML in a title or a note are shown as they were written, in any script."""
    first = replace(read.plan.prescriptions[0], note=HOSTILE)
    plan = replace(read.plan, title=HOSTILE, notes=HOSTILE, prescriptions=(first,))
    sheet, out = plan_sheet(plan, ""), tmp_path / "x.pdf"

    out.write_bytes(plan_pdf(sheet, "", "us-letter"))
    page = plan_page(sheet, "")

    assert '#panic("x") </title><script>alert(1)</script> *a* $b$ \\ "q"' in poppler("pdftotext", str(out), "-")
    assert "<script" not in page


def test_the_page_needs_nothing_else(read):
    """The HTML page holds its pictures and style, names no other address and runs nothing."""
    sheet, _ = sheet_to_print(read)

    page = plan_page(sheet, read.text)

    assert page.count('<img src="data:image/webp;base64,') == 6
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page
    assert page.index("When to stop") < page.index("1. Chin Tuck")


def test_what_does_not_count_is_not_printed(tmp_path, read):
    """Without the therapist's key the strict pain rule is printed, whatever the file says, and that is told."""
    unchecked = replace(read, plan=replace(read.plan, pain_rule="therapist_traffic_light"), trusted=False)

    sheet, is_less = sheet_to_print(unchecked)

    assert is_less
    assert sheet.stop[0].startswith("A mild stretch is fine")
    assert sheet.signed.endswith("not checked against a key that you have.")


@pytest.mark.parametrize("name", ["plan.txt", "nowhere/plan.pdf"])
def test_where_it_cannot_go_is_told(read, tmp_path, name):
    """Another ending, or a folder that is not there: a sentence, and nothing is written."""
    with pytest.raises(ProblemsError):
        print_plan(read, Path(tmp_path / name))

    assert not (tmp_path / name).exists()
