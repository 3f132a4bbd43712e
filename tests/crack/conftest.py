"""Compiled equations are kept by the fingerprint of their source, so that no test runs yesterday's."""

import sys
from pathlib import Path

import uncrick.app.compiling  # noqa: F401

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
