"""What the documentation says of the code is what the code says of itself."""

import subprocess
import sys

from tests.house.tree import ROOT


def test_the_parts_that_follow_from_the_code_are_fresh():
    """`just pages` would change nothing in ARCHITECTURE.md and docs/measures.md."""
    writer = ROOT / ".ci" / "pages.py"

    done = subprocess.run([sys.executable, writer, "--check"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stdout + done.stderr == ""
    assert done.returncode == 0
