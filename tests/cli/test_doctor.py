"""`uncrick doctor` as a person meets it."""

import json

import pytest
from typer.testing import CliRunner

from uncrick.app import inspecting
from uncrick.app.inspecting import Finding
from uncrick.cli.main import app

RUN = CliRunner()


def test_a_machine_with_all_that_is_needed_is_fine():
    """One row a finding, and exit code 0."""
    done = RUN.invoke(app, ["doctor"])

    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].split() == ["what", "state", "detail"]
    assert any(line.startswith("landmark weights, full") for line in done.stdout.splitlines())


def test_findings_as_json_are_one_object_a_line():
    """Each has what, state, what to do, and whether it is needed."""
    records = [json.loads(line) for line in RUN.invoke(app, ["doctor", "--json"]).stdout.splitlines()]

    assert all(set(r) == {"what", "state", "says", "needed"} for r in records)
    assert {r["state"] for r in records} <= {"fine", "missing", "broken"}


@pytest.mark.parametrize(("needed", "code"), [(True, 1), (False, 0)])
def test_only_what_is_needed_and_missing_is_a_problem(monkeypatch, needed, code):
    """Without the demo one can still watch; without a network's weights one cannot."""
    monkeypatch.setattr(inspecting, "inspect_machine", lambda: [Finding("it", "missing", "reinstall Uncrick", needed)])

    done = RUN.invoke(app, ["doctor"])

    assert done.exit_code == code
    assert "reinstall Uncrick" in done.stdout
