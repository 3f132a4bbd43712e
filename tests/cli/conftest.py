"""No test of a command looks into the records of whoever runs the tests."""

import pytest


@pytest.fixture(autouse=True)
def records_elsewhere(monkeypatch, tmp_path):
    """Let the usual records be ones that are not there."""
    monkeypatch.setenv("UNCRICK_DATABASE", str(tmp_path / "usual.db"))
