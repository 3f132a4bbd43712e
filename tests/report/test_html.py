"""The report page."""

import re
from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser

import pytest

from tests.report.watched import PROOFS, facts_from, proof, proof_facts, proof_page, sitting_still, watched
from uncrick.files.library import read_library
from uncrick.pose.frame import empty_frame
from uncrick.report.facts import Facts
from uncrick.report.gather import facts_of_unrecognised
from uncrick.report.html import clock_text, report_html
from uncrick.report.recording import Recording

VOID = {"meta", "br", "link", "img", "hr", "input"}
TWIST = "chair_spinal_twist_both_sides"


class Page(HTMLParser):
    """Reads a page strictly: every element closed in order. Keeps what the tests ask for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.bases: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"<{tag}> has an attribute twice"
        values = dict(attrs)
        self.tags.append(tag)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if "href" in values else []
        self.sources += [values[name] or "" for name in ("src", "srcset", "data", "action") if name in values]
        self.bases += [values["data-basis"] or ""] if "data-basis" in values else []
        assert not any(name.startswith("on") for name in names)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes <{self.open[-1] if self.open else 'nothing'}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def nobody() -> Facts:
    return facts_from(watched([empty_frame(i / 15) for i in range(30)], "chair_spinal_twist"))


def unrecognised() -> Facts:
    shots = proof(TWIST).recording.shots
    return facts_of_unrecognised(["chair_spinal_twist", "butterfly_stretch"], Recording(shots), read_library().words)


OTHERS: dict[str, Callable[[], Facts]] = {
    "nobody": nobody,
    "unrecognised": unrecognised,
    "idle": lambda: facts_from(sitting_still(8)),
    "waiting": lambda: facts_from(watched((s.frame for s in proof(TWIST).recording.shots), "rocking_floor_stretch")),
    "other": lambda: facts_from(sitting_still(8), looks_like="butterfly_stretch"),
    "empty": lambda: facts_from(watched([], "chair_spinal_twist")),
}


def pages() -> list[str]:
    return [*PROOFS, *OTHERS]


def page_of(name: str) -> str:
    return proof_page(name) if name in PROOFS else report_html(OTHERS[name]())


@pytest.mark.parametrize("name", pages())
def test_page_is_sound(name: str) -> None:
    """A page of any outcome is well-formed, has every id once, and every link leads to a place in it."""
    page = Page(page_of(name))

    assert len(set(page.ids)) == len(page.ids)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert page.tags.count("h1") == 1
    assert "nan" not in page.text.lower().split()


@pytest.mark.parametrize("name", pages())
def test_page_needs_nothing_else(name: str) -> None:
    """A page asks for no other file, no network and no script."""
    text = page_of(name)
    page = Page(text)

    assert page.sources == []
    assert not re.search(r"https?:|//\w|@import|<script|<link|<iframe|url\((?!['\"]?#)", text)
    assert all(link.startswith("#basis-") for link in page.links)


@pytest.mark.parametrize("name", pages())
def test_every_number_on_the_page_has_its_basis(name: str) -> None:
    """Each number on a page carries the key of a basis that the page explains."""
    page = Page(page_of(name))

    assert page.bases
    assert {f"basis-{key}" for key in page.bases} <= set(page.ids)


@pytest.mark.parametrize("name", list(PROOFS))
def test_every_chart_has_its_table(name: str) -> None:
    """Beside each chart stands a table with a row for every phase of it."""
    text, charts = proof_page(name), proof_facts(name).charts

    blocks = re.findall(r'<div class="chart".*?</details>', text, re.S)

    assert len(blocks) == len(charts) > 0
    for block, chart in zip(blocks, charts, strict=True):
        assert block.count("<svg role=") == 2
        assert len(re.findall(r'<th role="rowheader"', block)) == len(chart.spans)


def test_file_names_are_escaped() -> None:
    """A file name with markup in it is shown as it is written and does nothing."""
    name = "<script>alert(\"x\")</script> & 'y'.mp4"

    text = report_html(facts_from(proof(TWIST), source=name, partial='ended at <b>"frame" 7</b>'))

    assert "<script" not in text and "<b>" not in text
    assert name in Page(text).text
    assert 'Ended at <b>"frame" 7</b>.' in Page(text).text


def test_partial_is_said_before_the_headline() -> None:
    """A report of a part says so at the top."""
    text = report_html(facts_from(proof(TWIST), partial="the video ended in the middle of a frame"))

    assert 0 < text.index("This report is partial") < text.index('class="headline"')


def test_stop_comes_first() -> None:
    """A stop stands before figures, charts and tables, with the word that stopping was right."""
    text = proof_page("chair_spinal_twist_abrupt")

    assert text.index("Stopping was the right choice") < text.index('id="moments"')


def test_origin_says_when_and_what() -> None:
    """The head of the page says when, how long, which file and which model; a camera has no file."""
    dated = Page(report_html(facts_from(proof(TWIST), began=datetime(2025, 3, 9, 7, 5)))).text
    camera = Page(report_html(facts_from(proof(TWIST), source="", model=""))).text

    assert "9 March 2025, 07:05 · 18.5 s · 278 frames · file twist.mp4 · landmarks by blazepose-full" in dated
    assert "file" not in camera.split("\n")[4] and "landmark model not recorded" in camera


NEVER = re.compile(
    r"\b(ab)?normal|diagnos(?!e or treat)|crack|\bpop|push through|no pain|heal(s|ed)?\b|cures?\b|relie[fv]"
    r"|damage|degenerat|posture|injur|well done|great job|perfect|medical|cleared|\bsafe\b|craniovertebral",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", pages())
def test_wording_makes_no_claim(name: str) -> None:
    """No page diagnoses, promises, praises, frightens or names a camera angle normal."""
    text = Page(page_of(name)).text.replace("never a craniovertebral angle", "").replace("no popping", "")

    assert NEVER.findall(text) == []
    assert "It does not examine you, diagnose or treat any condition" in text


def test_style_serves_dark_light_phone_and_paper() -> None:
    """The style has a dark and a light side, reflows on a phone, prints, and sets no text below 16 px."""
    style = re.search(r"<style>(.*?)</style>", proof_page(TWIST), re.S)

    assert style is not None
    assert all(
        word in style[1] for word in ("prefers-color-scheme: dark", "max-width: 38rem", "@media print", "system-ui")
    )
    on_screen = style[1].split("@media print")[0]
    assert min(float(rem) for rem in re.findall(r"font-size: ([\d.]+)rem", on_screen)) >= 1.0


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(a: str, b: str) -> float:
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast() -> None:
    """Every colour that words are set in stands out from card and page by 4.5 to 1 or more, in both themes."""
    style = proof_page(TWIST)
    themes = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", style, re.S)
    ]

    checked = [t for t in themes if len(t) > 5][:2]
    assert len(checked) == 2
    for theme in checked:
        for name in ("ink", "muted", "left", "right", "measure", "stop"):
            assert _contrast(theme[name], theme["card"]) >= 4.5, name
            assert _contrast(theme[name], theme["page"]) >= 4.5, name
        assert _contrast(theme["ink"], theme["stop-soft"]) >= 7


def test_clock_text() -> None:
    """Moments are seconds in the first minute, then minutes and seconds."""
    assert [clock_text(t) for t in (7.56, 59.94, 59.97, 67.6, float("nan"))] == [
        "7.6 s", "59.9 s", "1:00.0", "1:07.6", "never",
    ]  # fmt: skip
