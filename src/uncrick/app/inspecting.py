"""What this machine has of what Uncrick needs, one finding a line, and what to do about what is missing."""

import platform
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from uncrick.errors import ProblemsError
from uncrick.files.library import library_folder, read_library
from uncrick.store.described import describe
from uncrick.vision.weights import detector_weights, landmark_weights

State = Literal["fine", "missing", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. needed : whether `uncrick watch` works without it."""

    what: str
    state: State
    says: str
    needed: bool = True


def inspect_machine() -> list[Finding]:
    """Look at Python, libraries, weights, files that ship, the database and the demo. Opens no camera."""
    return [
        Finding("python", "fine", f"{platform.python_version()} on {platform.system()} {platform.machine()}"),
        *(_package(name) for name in ("numpy", "ai-edge-litert", "opencv-python-headless", "pyarrow", "sqlalchemy")),
        _looked_at("detector weights", lambda: f"{detector_weights().stat().st_size:,} bytes"),
        *(_landmarks(model) for model in ("lite", "full", "heavy")),
        _looked_at("library", _library),
        _looked_at("database", _database),
        _demo(),
        Finding("network", "fine", "never used at run time"),
    ]


def _package(name: str) -> Finding:
    try:
        return Finding(name, "fine", version(name))
    except PackageNotFoundError:
        return Finding(name, "missing", f"not installed; try: uv sync, or: pip install {name}")


def _landmarks(model: Literal["lite", "full", "heavy"]) -> Finding:
    return _looked_at(f"landmark weights, {model}", lambda: f"{landmark_weights(model).stat().st_size:,} bytes")


def _library() -> str:
    library = read_library()
    return f"{len(library.exercises)} exercises, {len(library.measures)} measures"


def _database() -> str:
    found = describe()
    if not found.revision:
        return f"none yet; made when first needed, in {found.where}"
    size = f", {found.size_bytes:,} bytes, whole" if found.size_bytes is not None else ""
    older = ", will be upgraded (a copy is kept)" if found.is_older else ""
    copies = f", {found.n_copies} older copies beside it" if found.n_copies else ""
    people = f"{found.n_people} {'person' if found.n_people == 1 else 'people'}"
    return f"{found.where}{size}, revision {found.revision}{older}, {people}{copies}"


def _demo() -> Finding:
    recording = library_folder() / "demo" / "chair_spinal_twist.mp4"
    if recording.is_file():
        return Finding("demo recording", "fine", "try: uncrick watch --demo")
    return Finding("demo recording", "missing", "reinstall Uncrick", needed=False)


def _looked_at(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, "fine", look())
    except ProblemsError as error:
        return Finding(what, "broken", "; ".join(str(problem) for problem in error.problems))
