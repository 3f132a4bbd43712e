"""The weights: the right ones, with their licence, or a sentence."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from uncrick.errors import ProblemsError
from uncrick.vision import weights
from uncrick.vision.weights import MODELS, detector_weights, landmark_weights

ROOT = Path(__file__).parents[2]


def test_the_weights_are_the_ones_the_build_checks() -> None:
    """Every network in use has a hash that is written in the build hook."""
    expected = set(re.findall(r'"([0-9a-f]{64})"', (ROOT / "hatch_build.py").read_text(encoding="utf-8")))
    paths = [detector_weights(), *(landmark_weights(model) for model in MODELS)]

    found = {hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}

    assert len(found) == 4
    assert found <= expected


def test_the_licence_lies_beside_the_weights() -> None:
    """Who gets the weights gets their notice and the licence it names."""
    notice = (weights.FOLDER / "NOTICE.txt").read_text(encoding="utf-8")

    assert "Apache License" in notice
    assert "Apache License" in (weights.FOLDER / "LICENSE.txt").read_text(encoding="utf-8")


def test_missing_weights_are_a_sentence(tmp_path, monkeypatch) -> None:
    """An installation without weights says so, and how to get them."""
    monkeypatch.setattr(weights, "FOLDER", tmp_path)

    with pytest.raises(ProblemsError, match=r"pose_landmark_full.tflite .* not part of this installation .*reinstall"):
        landmark_weights("full")


def test_the_lock_pins_the_package_by_hash_and_names_no_address() -> None:
    """The weights come from one exact package; which registry serves it is the machine's own affair."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))

    pinned = lock["packages"]["node_modules/@mediapipe/pose"]

    assert pinned["version"] == "0.5.1675469404"
    assert pinned["integrity"].startswith("sha512-")
    assert not any("resolved" in package for package in lock["packages"].values())
