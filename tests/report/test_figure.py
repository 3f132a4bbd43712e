"""Line figures."""

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from tests.report.watched import PROOFS, facts_from, proof, proof_facts, watched
from uncrick.motion.measure import Measure
from uncrick.pose.clip import clip_from_frames, mirrored_clip
from uncrick.pose.frame import Frame
from uncrick.report.facts import KeyFrame
from uncrick.report.figure import body_figure, line_figure, says
from uncrick.report.number import measured

TWIST = "chair_spinal_twist_both_sides"


def classes(svg: str) -> set[str]:
    return {name for element in ET.fromstring(svg).iter() for name in (element.get("class") or "").split()}


@pytest.mark.parametrize("name", list(PROOFS))
def test_figure_shows_sides_measure_and_number(name: str) -> None:
    """Every key frame is well-formed, tells left from right by letter, points out its measure and states its number."""
    for key in proof_facts(name).keys:
        svg = line_figure(key)

        assert {"left", "right", "head", "pointer", "now", "was", "value"} <= classes(svg)
        assert ">L</text>" in svg and ">R</text>" in svg
        assert "nan" not in svg and "inf" not in svg
        assert f"± {key.number.error:g}" in svg
        assert f'aria-label="{says(key)}"' in svg


def test_figure_fits_its_frame() -> None:
    """No point of a figure lies outside its picture."""
    for name in PROOFS:
        for key in proof_facts(name).keys:
            root = ET.fromstring(line_figure(key))
            width, height = map(float, (root.get("viewBox") or "").split()[2:])

            points = [tuple(map(float, p)) for p in _path_points(root)]

            assert all(0 <= x <= width and 0 <= y <= height for x, y in points)


def _path_points(root: ET.Element) -> list[list[str]]:
    paths = [e.get("d") or "" for e in root.iter() if e.tag == "path" and e.get("class") not in ("arc", "band")]
    return [pair for d in paths for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", d)]


def test_mirrored_body_is_a_mirrored_figure() -> None:
    """Seen in a mirror, the same moment reads the same to the other side."""
    seen = proof(TWIST)
    clip = clip_from_frames((s.frame for s in seen.recording.shots), 640, 480, "blazepose-full")

    mirrored = facts_from(watched(mirrored_clip(clip), "chair_spinal_twist"))

    for here, there in zip(proof_facts(TWIST).holds, mirrored.holds, strict=True):
        assert {here.side, there.side} == {"left", "right"}
        assert here.peak.value == pytest.approx(-there.peak.value, abs=1.0)


def test_hardly_seen_limbs_are_faint() -> None:
    """A limb that the model only guessed is drawn faint."""
    key = proof_facts(TWIST).keys[0]
    hidden = replace(key.frame, visibility=np.full(33, 0.1))

    assert "faint" not in classes(line_figure(key))
    assert "faint" in classes(line_figure(replace(key, frame=hidden)))


def test_unknown_points_leave_gaps() -> None:
    """Points that a skeleton does not have are left out; nothing is drawn at a made-up place."""
    key = proof_facts(TWIST).keys[0]
    bare = key.frame.image_px.copy()
    bare[[*range(11), *range(15, 23), 31, 32]] = np.nan

    svg = line_figure(replace(key, frame=replace(key.frame, image_px=bare), rest=None))

    assert "nan" not in svg
    assert {"trunk", "pointer"} <= classes(svg)
    assert "neck" not in classes(svg)


KINDS = [
    ("angle", ("shoulder_near", "hip_near", "knee_near")),
    ("inclination", ("hip_near", "ear_near")),
    ("bend", ("hip_near", "shoulder_near", "ear_near")),
    ("pitch", ("hip_mid", "shoulder_mid")),
    ("turn", ("shoulder_left", "shoulder_right")),
    ("yaw", ("hip_right", "hip_left")),
    ("distance", ("elbow_left", "elbow_right")),
    ("rise", ("ankle_left",)),
]


@pytest.mark.parametrize(("kind", "points"), KINDS)
def test_every_kind_of_measure_is_pointed_out(kind: str, points: tuple[str, ...]) -> None:
    """There is a way to point out every kind of measure, with or without a neutral, seen or unseen."""
    key = proof_facts(TWIST).keys[0]
    measure = Measure("some_measure", kind, points, "deg", "any", "some measure", "none", 4)  # type: ignore[arg-type]
    shown = replace(key, measure=measure, number=measured(measure, 20.0))

    assert "now" in classes(line_figure(shown))
    assert "now" in classes(line_figure(replace(shown, rest=None)))
    unseen = line_figure(replace(shown, number=measured(measure, math.nan)))
    assert "not seen" in unseen and "nan" not in unseen


def test_lean_is_drawn_from_the_persons_own_upright() -> None:
    """The dashed line of a lean stands at the angle the measure says from the solid one."""
    key: KeyFrame = proof_facts("rounded_back_stretch_two").keys[0]

    root = ET.fromstring(line_figure(key))
    pointer = next(e for e in root.iter("g") if e.get("class") == "pointer")
    lines = {e.get("class"): e.get("d") or "" for e in pointer.iter("path")}
    now, was = (_heading_deg(lines[c]) for c in ("now", "was"))

    assert abs(now - was) == pytest.approx(abs(key.number.value), abs=0.5)


def _heading_deg(d: str) -> float:
    (ax, ay), (bx, by) = (map(float, p) for p in re.findall(r"(-?[\d.]+) (-?[\d.]+)", d))
    return math.degrees(math.atan2(by - ay, bx - ax))


def test_body_figure_claims_nothing() -> None:
    """A body of which nothing is measured is drawn without pointer and number."""
    frame: Frame = proof(TWIST).recording.shots[30].frame

    svg = body_figure(frame, 'A "body"')

    assert not {"pointer", "value"} & classes(svg)
    assert ET.fromstring(svg).get("aria-label") == 'A "body"'
