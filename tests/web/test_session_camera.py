"""The session page with a camera: recordings of people stretching, through the page's own eyes, to the summary."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import uncrick
from tests.web.coach_page import Person, run_program, without_records
from tests.web.fake_camera import Shown, camera_flags, write_raw
from tests.web.pose_server import open_browser

CLIPS = Path(__file__).parents[1] / "clips"
TWIST = Path(uncrick.__file__).parent / "library" / "demo" / "chair_spinal_twist.mp4"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8", b"\x1a\x45\xdf\xa3", b"YUV4", b"BM")
"""How files with pictures or films begin; an MP4 has ftyp in its bytes 4 to 8."""


@contextmanager
def somebody_before_the_camera(folder: Path, *shown: Shown) -> Iterator[Person]:
    """Open the page of a program whose browser's camera shows recordings."""
    raw = folder / "camera.y4m"
    write_raw(list(shown), raw)
    with (
        run_program(folder / "coach", *without_records(folder)) as program,
        open_browser("--mute-audio", *camera_flags(raw)) as browser,
    ):
        person = Person(browser, program.link)
        person.context.grant_permissions(["camera"], origin=program.link.partition("/?")[0])
        yield person
        person.close()


def begin_with_camera(person: Person) -> None:
    """Choose the camera and start."""
    person.page.check("input[name=watch][value=camera]", force=True)
    person.page.click("#begin")
    person.wait_stage("get_ready")


def summary_rows(person: Person) -> list[str]:
    """Finish and return what the summary says, a line a stretch."""
    person.page.click("#finish")
    person.wait_stage("ended")
    return [" | ".join(row.split()) for row in person.page.locator("#summary-table tbody tr").all_inner_texts()]


def test_a_recorded_twist_is_held_on_both_sides_and_seen(tmp_path) -> None:
    """The twist's holds are found by the page's own eyes on the sides of the recording, and the record says seen.

    Nothing with a picture in it is written by the program, and the camera is off when the session is over.
    """
    with somebody_before_the_camera(tmp_path, Shown(TWIST)) as person:
        person.choose(0, n_reps=1, hold_s=5)
        begin_with_camera(person)
        person.wait_stage("after", 120)
        on = person.page.evaluate("document.getElementById('camera-video').srcObject !== null")
        rows = summary_rows(person)

    holds = person.played("hold_done")
    assert {h["side"] for h in holds} == {"left", "right"}
    assert all(h["seen"] and h["completed"] for h in holds)
    [watched] = person.seen("set_summary")
    assert {h["side"] for h in watched["holds"]} == {"left", "right"}
    assert all(abs(h["hold_s"] - 5.0) <= 0.7 for h in watched["holds"])
    assert "The | camera" in rows[0]
    assert not on
    assert person.errors == []
    written = [path for path in (tmp_path / "coach").rglob("*") if path.is_file()]
    assert written
    for path in written:
        start = path.read_bytes()[:12]
        assert not start.startswith(PICTURES)
        assert start[4:8] != b"ftyp"


def test_an_abrupt_twist_stops_the_set(tmp_path) -> None:
    """A turn that is too sudden ends the set at once, says so, and nothing else is said before the rest."""
    with somebody_before_the_camera(tmp_path, Shown(CLIPS / "twist_abrupt_female_front.mp4")) as person:
        person.choose(0, n_reps=1, hold_s=5)
        begin_with_camera(person)
        person.wait_stage("stopped", 60)
        person.page.wait_for_timeout(1500)
        stopped_at = next(i for i, m in enumerate(person.told) if m.get("played", {}).get("outcome") == "stopped")
        spoken = [m["says"] for m in person.told[stopped_at:] if m["type"] == "say"]

    assert person.played("set_ended")[0]["reason"] == "abrupt"
    assert spoken == ["chair_spinal_twist.abrupt"]


def test_a_refused_camera_is_a_sentence_and_the_session_goes_on(tmp_path) -> None:
    """Where the camera is not allowed the page says so, and the same session runs by clock and voice."""
    with (
        run_program(tmp_path, *without_records(tmp_path)) as program,
        open_browser("--mute-audio", "--deny-permission-prompts") as browser,
    ):
        person = Person(browser, program.link)
        begin_with_camera(person)
        person.page.wait_for_selector("#caption:has-text('by clock and voice')")
        person.wait_stage("show", 20)
        screen = [m for m in person.told if m["type"] == "screen"][-1]
        person.close()

    assert screen["camera"] == "off"


def test_off_means_off(tmp_path) -> None:
    """A pause takes the camera's light away, going on brings it back; of one unplugged the page says so."""
    live = (
        "document.getElementById('camera-video').srcObject?.getTracks().some((t) => t.readyState === 'live') ?? false"
    )
    with somebody_before_the_camera(tmp_path, Shown(TWIST)) as person:
        begin_with_camera(person)
        person.page.wait_for_selector("#camera:visible", timeout=20000)
        before = person.page.evaluate(live)
        person.page.keyboard.press("Space")
        person.page.wait_for_selector("#camera", state="hidden")
        paused = person.page.evaluate(live)
        person.page.keyboard.press("Space")
        person.page.wait_for_selector("#camera:visible", timeout=20000)

        again = person.page.evaluate(live)
        unplugged = "document.getElementById('camera-video').srcObject.getTracks()[0].dispatchEvent(new Event('ended'))"
        person.page.evaluate(unplugged)
        person.page.wait_for_selector("#caption:has-text('The camera is gone.')")
        while [m for m in person.told if m["type"] == "screen"][-1]["camera"] != "off":
            person.page.wait_for_timeout(50)

        assert (before, paused, again, person.page.evaluate(live)) == (True, False, True, False)


@pytest.mark.slow
def test_the_four_stretches_from_the_link_to_the_summary(tmp_path) -> None:
    """All four recordings one after the other, hands off the machine after the start: all seen and counted."""
    shown = (
        Shown(TWIST), Shown(TWIST),  # 0 s; the second round is the one that is followed
        Shown(CLIPS / "butterfly_female_front.mp4", before_s=16.0),
        Shown(CLIPS / "rounded_male_side.mp4", before_s=25.0),
        Shown(CLIPS / "rocking_female_side.mp4", before_s=42.0, after_s=40.0),
    )  # fmt: skip
    with somebody_before_the_camera(tmp_path, *shown) as person:
        person.choose(0, 1, 2, 3, n_reps=None, hold_s=5)
        for card, n_reps in enumerate((1, 2, 2, 5)):
            steppers = person.page.locator(".card").nth(card).locator(".stepper").nth(0)
            while int("".join(c for c in steppers.locator("b").inner_text() if c.isdigit())) > n_reps:
                steppers.get_by_role("button").nth(0).click()
        begin_with_camera(person)
        person.wait_stage("after", 300)
        rows = summary_rows(person)

    told = json.dumps(person.played("hold_done") + person.seen("set_summary") + person.played("set_ended"))
    ended = {e["exercise"]: e for e in person.played("set_ended")}
    assert [e["outcome"] for e in ended.values()] == ["done"] * 4, told
    assert [(e["n_reps"], e["n_asked"], e["seen"]) for e in ended.values()] == [
        (2, 2, True), (2, 2, True), (2, 2, True), (5, 5, True),
    ], told  # fmt: skip
    assert len(rows) == 4
