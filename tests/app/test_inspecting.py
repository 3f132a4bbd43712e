"""What this machine has of what is needed."""

import shutil

from uncrick.app import inspecting
from uncrick.app.inspecting import inspect_machine
from uncrick.files.library import library_folder


def test_a_machine_that_runs_these_tests_has_all_that_is_needed():
    """Python, libraries, weights, library and demo are fine, and there is a line for each."""
    findings = inspect_machine()

    assert [f.what for f in findings if f.state != "fine" and f.needed] == []
    assert {"python", "numpy", "detector weights", "landmark weights, lite", "library", "demo recording"} <= {
        f.what for f in findings
    }


def test_a_package_that_is_not_there_is_told_with_what_to_do():
    """A missing library is named, and how to get it."""
    finding = inspecting._package("no-such-package-anywhere")

    assert (finding.state, finding.needed) == ("missing", True)
    assert "pip install no-such-package-anywhere" in finding.says


def test_a_broken_library_is_told_and_raises_nothing(tmp_path, monkeypatch):
    """When a file of the library is broken, the finding says which, with its line."""
    broken = shutil.copytree(library_folder(), tmp_path / "library", ignore=shutil.ignore_patterns("*.mp4", "*.web*"))
    path = broken / "exercises" / "walking.yaml"
    path.write_text(path.read_text().replace("kind: aerobic", "kind: airobic"))
    from uncrick.files import library

    monkeypatch.setattr(library, "library_folder", lambda: broken)
    library.read_library.cache_clear()
    try:
        finding = next(f for f in inspect_machine() if f.what == "library")
    finally:
        library.read_library.cache_clear()

    assert finding.state == "broken"
    assert "walking.yaml:" in finding.says
