"""`--any`: counting a movement that no exercise file knows."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from tests.clips.replaying import HERE
from uncrick.cli.main import app

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/events.schema.json").read_text())


def test_any_movement_is_counted_and_held_against_the_phases():
    """What repeats is counted without knowing it, as events of their own, and it is said whether the phases agree."""
    run = CliRunner().invoke(app, ["replay", str(HERE / "butterfly_stretch_two.parquet"), "--any", "--json"])

    records = [json.loads(line) for line in run.stdout.splitlines()]
    counted = [record for record in records if record["event"] == "movement_counted"]
    assert counted[-1]["n"] == 2
    assert "which agrees" in run.stderr
    for record in counted:
        Draft202012Validator(SCHEMA).validate(record)


def test_without_the_option_no_movement_is_counted():
    """The counter that knows no exercise speaks only when it is asked."""
    run = CliRunner().invoke(app, ["replay", str(HERE / "butterfly_stretch_two.parquet"), "--json"])

    assert "movement_counted" not in run.stdout
