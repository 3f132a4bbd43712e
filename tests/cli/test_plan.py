"""`uncrick plan` as a therapist and as the one the plan is for."""

import json

import pytest
from typer.testing import CliRunner

from uncrick.cli.plan import app
from uncrick.cli.screen import app as screen_app
from uncrick.files.marked_yaml import MAX_BYTES

RUN = CliRunner()


def plan(*args: str, code: int = 0):
    result = RUN.invoke(app, list(args))
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def answers(tmp_path):
    """Saved answers: no to everything, with thin bones."""
    path = tmp_path / "answers.json"
    RUN.invoke(screen_app, ["--condition", "osteoporosis", "--save", str(path)], input="no\n" * 25)
    return path


def test_therapist_writes_signs_closes_and_the_person_opens(tmp_path):
    """From a programme to a plan that only Kim can open and that provably comes from Ann."""
    at = {name: str(tmp_path / name) for name in ("ann.key", "ann.pub", "kim.age", "plan.yaml", "plan.age")}
    (tmp_path / "ann.pub").write_text(plan("key", at["ann.key"]).stdout)
    kim = plan("key", at["kim.age"], "--person").stdout.strip()
    plan("new", "--programme", "no_floor", "--therapist", "--by", "Ann Lee, PT", "--for", "Kim", "-o", at["plan.yaml"])
    plan("sign", at["plan.yaml"], "--key", at["ann.key"], "--for", kim, "-o", at["plan.age"])

    told = plan("check", at["plan.age"], "--identity", at["kim.age"], "--key", at["ann.pub"])

    assert "signed by Ann Lee, PT" in told.stdout
    assert "closed for one person" in plan("check", at["plan.age"], code=1).stderr


def test_new_plan_goes_to_stdout_and_checks(tmp_path):
    """What `plan new` prints is a plan file without a problem."""
    path = tmp_path / "plan.yaml"
    path.write_text(plan("new", "--part", "lower", "--minutes", "8", "--on", "2026-11-22").stdout)

    assert "Gentle start: 5 exercises, from 2026-11-22" in plan("check", str(path)).stdout


def test_tonight_names_every_reason(tmp_path, answers):
    """Tonight's sheet has what is open, and for everything left out its rule in words."""
    path = tmp_path / "plan.yaml"
    plan("new", "--programme", "article_four", "--on", "2026-11-22", "-o", str(path))

    rows = plan("tonight", str(path), "--answers", str(answers), "--on", "2026-11-23", "--json").stdout.splitlines()

    found = [json.loads(row) for row in rows]
    items = {r["exercise"]: r for r in found if "tonight" in r}
    left = {r["exercise"]: r for r in found if "left_out" in r}
    assert set(items) == {"butterfly_stretch", "single_knee_to_chest"}
    assert items["single_knee_to_chest"]["instead_of"] == "rocking_floor_stretch"
    assert set(left) == {"rounded_back_stretch", "chair_spinal_twist", "rocking_floor_stretch"}
    assert all(r["reasons"][0]["says"] and r["reasons"][0]["undo"] and r["reasons"][0]["source"] for r in left.values())


def test_an_emergency_answer_leaves_only_the_message(tmp_path):
    """With an emergency answer tonight's sheet is the message and nothing else."""
    path, said = tmp_path / "plan.yaml", tmp_path / "answers.json"
    plan("new", "--programme", "desk_reset", "-o", str(path))
    RUN.invoke(screen_app, ["--short", "--save", str(said)], input="yes\n")

    told = plan("tonight", str(path), "--answers", str(said))

    assert told.stdout.startswith("Call your local emergency number")
    assert len(told.stdout.splitlines()) == 1


UNSIGNED = """\
plan: x
title: X
written_by: Anybody
author: therapist
written_on: 2026-11-22
for: Kim
from: 2026-11-22
relax: [{rule: "osteoporosis.spine_rotation>=3", to: allow, on: 2026-11-22, reason: because}]
exercises: [{exercise: chair_spinal_twist}]
"""


def test_plan_relaxes_nothing_until_its_key_is_known(tmp_path, answers):
    """Anybody can write and sign that they are a therapist: a rule is relaxed only with the key the person has."""
    path, key, signed = tmp_path / "plan.yaml", tmp_path / "a.key", tmp_path / "signed.yaml"
    path.write_text(UNSIGNED)
    (tmp_path / "a.pub").write_text(plan("key", str(key)).stdout)
    plan("sign", str(path), "--key", str(key), "-o", str(signed))
    asked = ("--answers", str(answers), "--on", "2026-11-23", "--json")

    rows = [
        plan("tonight", str(p), *asked, *trust).stdout.splitlines()[0]
        for p, trust in ((path, ()), (signed, ()), (signed, ("--key", str(tmp_path / "a.pub"))))
    ]

    assert ["tonight" in row for row in rows] == [False, False, True]
    assert "does not count" in plan("check", str(path)).stdout


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(9)
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"x: " + b"y" * (10 * MAX_BYTES), "bytes"),
        (BOMB.encode(), "values"),
        (UNSIGNED.encode("utf-16"), "UTF-16"),
        (UNSIGNED.replace("Kim", "J\u00fcrgen").encode("latin-1"), "not UTF-8"),
        (UNSIGNED.replace("title: X", "title: X\ntitle: Y").encode(), "title"),
        (b"", "the file is empty"),
        (b"exercises: [", "bracket opened here is not closed"),
    ],
)
def test_bad_files_are_told_in_words(tmp_path, content, says):
    """Ten megabytes, a bomb, wrong encodings, keys twice, nothing at all: a sentence, never a traceback."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(content)

    told = plan("check", str(path), code=1)

    assert says in told.stderr
    assert "Traceback" not in told.output


def test_wrong_day_is_wrong_use(tmp_path):
    """A day that is none leaves with 2."""
    assert "wanted a day like" in plan("new", "--on", "tomorrow", code=2).stderr
