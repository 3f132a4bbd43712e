"""The tower stands: each floor imports only floors below it."""

import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT


def test_the_import_contracts_hold():
    """Every contract of `lint-imports` is kept, and there are some."""
    linter = Path(sys.executable).parent / "lint-imports"

    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
    assert " 0 broken" in done.stdout
    assert "KEPT" in done.stdout


def test_every_folder_is_a_floor():
    """No folder of the package stands outside the contracts."""
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.importlinter]")[2]

    folders = [path.parent.name for path in (ROOT / "src" / "uncrick").glob("*/__init__.py")]

    assert len(folders) > 10
    assert [name for name in folders if f"uncrick.{name}" not in contracts] == []
