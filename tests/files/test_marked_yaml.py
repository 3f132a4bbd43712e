"""files/marked_yaml: a person's YAML is read with its lines, safely, and every mistake is told in plain English."""

import datetime
import json
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from uncrick.errors import ProblemsError, nearest
from uncrick.files.marked_yaml import WrittenModel, check_model, dotted, key_path, read_marked


class Condition(WrittenModel):
    """Limits of one measure."""

    below: float | None = None
    above: float | None = None


class Cue(WrittenModel):
    """A cue with an alias, a nested mapping and a validator of its own."""

    phase: str = Field(alias="in")
    when: dict[str, Condition]
    rank: int = Field(default=1, ge=1)

    @field_validator("when")
    @classmethod
    def measures_exist(cls, when: dict[str, Condition], info: ValidationInfo) -> dict[str, Condition]:
        measures = info.context["measures"] if info.context else []
        for name in when:
            if measures and name not in measures:
                raise PydanticCustomError(
                    "measure", "no measure '{name}'{near}",
                    {"name": name, "near": nearest(name, measures), "hint": "uncrick measures"},
                )  # fmt: skip
        return when


class Timed(WrittenModel):
    """One member of a union."""

    kind: Literal["timed"]
    hold_s: float = Field(gt=0)


class Counted(WrittenModel):
    """Another member of it."""

    kind: Literal["counted"]
    n_reps: int


class Exercise(WrittenModel):
    """Stands for the real one: every kind of field that the files of the library have."""

    id: str
    view: Literal["side", "front"] = "side"
    cues: dict[str, Cue] = Field(default_factory=dict)
    repetition: list[str] = Field(default_factory=list)
    limit: float | Literal["none"] = "none"
    dose: Annotated[Timed | Counted, Field(discriminator="kind")] | None = None
    either: Timed | Counted | None = None
    begun: datetime.date | None = None


BRIDGE = """\
id: glute_bridge
cues:
  higher:
    in: up
    when: {hip_angle: {below: 165}}
repetition:
  - down
  - up
"""


def told(text: str, **context: object) -> list[str]:
    """Return the problems of *text* as an exercise, as they are printed."""
    _, problems = check_model(read_marked(text, "bridge.yaml"), Exercise, context)
    return [str(problem) for problem in problems]


def refused(text: str) -> list[str]:
    """Return the problems for which *text* cannot be read at all."""
    with pytest.raises(ProblemsError) as caught:
        read_marked(text, "f.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_a_right_file_becomes_its_model() -> None:
    """A file without mistakes gives the model's value and no problem."""
    exercise, problems = check_model(read_marked(BRIDGE), Exercise, {"measures": ["hip_angle"]})

    assert problems == []
    assert exercise is not None
    assert exercise.cues["higher"].when["hip_angle"].below == 165
    assert exercise.repetition == ["down", "up"]


def test_every_key_and_value_knows_its_line_and_column() -> None:
    """Lines and columns count from 1 and are those of the key; values have their own."""
    marked = read_marked(BRIDGE)

    assert marked.line_of("cues.higher.when.hip_angle.below") == 5
    assert marked.place_of("cues.higher.when.hip_angle") == (5, 12)
    assert marked.value_place_of("cues.higher.in") == (4, 9)
    assert marked.line_of("repetition[1]") == 8
    assert marked.line_of(("repetition", 0)) == 7
    assert marked.line_of("") == 1


def test_a_missing_key_is_at_its_parent() -> None:
    """Where a key is missing, the place is the key it should stand below."""
    assert read_marked(BRIDGE).where("cues.higher.rank") == "<text>:3  cues.higher.rank"


def test_places_count_characters_not_bytes() -> None:
    """Letters outside ASCII and a byte-order mark do not shift the columns."""
    marked = read_marked("\ufeffä: {ö: ü, b: 2}\n")

    assert marked.place_of("b") == marked.place_of("")
    assert marked.place_of("ä.b") == (1, 11)


def test_an_unknown_measure_is_told_as_in_the_house_style() -> None:
    """A validator's sentence and hint come out with file, line and key path."""
    text = BRIDGE.replace("hip_angle", "hip_angel")

    assert told(text, measures=["hip_angle"]) == [
        "bridge.yaml:5  cues.higher.when  no measure 'hip_angel'; did you mean 'hip_angle'? (uncrick measures)"
    ]


def test_all_problems_are_told_at_once_in_the_order_of_the_lines() -> None:
    """Ten mistakes of ten kinds give ten problems, each saying what was found and wanted."""
    text = """\
id: 5
veiw: side
view: sid
view: side
limit: '1,5'
cues:
  higher: {when: {hip_angle: {bellow: 1}}, rank: 0}
  lower: up
repetition: down
dose: {kind: timd}
begun: tomorrow
"""

    assert told(text) == [
        "bridge.yaml:1  id  found 5, wanted text (put it in quotes)",
        "bridge.yaml:2  veiw  no such key 'veiw'; did you mean 'view'?",
        "bridge.yaml:3  view  found 'sid', wanted 'side' or 'front'; did you mean 'side'?",
        "bridge.yaml:4  the key 'view' is written twice, first in line 3 (keep one of the two)",
        "bridge.yaml:5  limit  found '1,5', wanted a number or 'none' (write a point: 1.5)",
        "bridge.yaml:7  cues.higher.in  is missing (add it)",
        "bridge.yaml:7  cues.higher.when.hip_angle.bellow  no such key 'bellow'; did you mean 'below'?",
        "bridge.yaml:7  cues.higher.rank  found 0, wanted at least 1",
        "bridge.yaml:8  cues.lower  found 'up', wanted keys with values",
        "bridge.yaml:9  repetition  found 'down', wanted a list (write [down])",
        "bridge.yaml:10  dose  found 'timd', wanted 'timed' or 'counted'; did you mean 'timed'?",
        "bridge.yaml:11  begun  found 'tomorrow', wanted a date like 2025-03-31",
    ]


def test_of_a_union_the_nearest_member_is_told() -> None:
    """In a union of models the problems told are those of the member with the fewest of them."""
    assert told("id: a\neither: {kind: timed, hold_s: -1}\n") == [
        "bridge.yaml:2  either.hold_s  found -1, wanted more than 0"
    ]


def test_a_readable_file_with_a_problem_gives_no_value() -> None:
    """A key written twice is a problem even where the model is content."""
    value, problems = check_model(read_marked("id: a\nid: b\n"), Exercise)

    assert value is None
    assert len(problems) == 1


def test_words_mean_what_they_say() -> None:
    """By YAML 1.2 'no', 'on', times and dates are words, and quoted numbers are text."""
    text = "[no, on, 12:30, 2025-01-02, '5', true, ~, 0x1F, 007, 1_000, -1.5e3]"

    assert read_marked(text).value == ["no", "on", "12:30", "2025-01-02", "5", True, None, 31, 7, "1_000", -1500.0]


def test_aliases_are_read_and_point_to_where_the_value_was_written() -> None:
    """An alias has the value of its anchor; a place below it is where it was written."""
    marked = read_marked("a: &x\n  b: 1\nc: *x\n")

    assert marked.value == {"a": {"b": 1}, "c": {"b": 1}}
    assert marked.line_of("c") == 3
    assert marked.line_of("c.b") == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "f.yaml  the file is empty"),
        ("# only a remark\n", "f.yaml  the file is empty"),
        ("a: [1\nb: 2", "f.yaml:1  the bracket opened here is not closed"),
        ("x: 1\na: b: c", "f.yaml:2  found ':' where no key can stand"),
        ("a:\n\t- x", "f.yaml:2  found a tab, wanted spaces"),
        ("a: 'x\nb: 1\n", "f.yaml:1  the quote opened here is never closed"),
        ("a: @x", "f.yaml:1  a value cannot begin with '@'"),
        ("- a\nb: 1\n", "f.yaml:2  does not belong to what began in line 1"),
        ("a: *z", "f.yaml:1  '*z' is not written above"),
        ("a: &x [*x]", "f.yaml:1  '*x' contains itself"),
        ("a: 1\n---\nb: 2", "f.yaml:2  a second document begins here"),
        ("[" * 900_000, "f.yaml:1  nested more than 40 levels deep"),
        ("a: " * 900, "f.yaml:1  found ':' where no key can stand"),
        ("%YAML 9.9\n---\na: 1", "f.yaml:1  is not YAML"),
        ("#" * 1_000_001, "f.yaml  has 1,000,001 bytes, wanted at most 1,000,000"),
        ("a\x00\n", "f.yaml:1  found the character U+0000"),
        ("ok: 1\nbad: \udc80\n", "f.yaml:2  found the character U+DC80"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_line(text: str, says: str) -> None:
    """Each text that is not one bounded YAML document is one problem that names the line, and never a traceback."""
    assert [problem.startswith(says) for problem in refused(text)] == [True]


def test_an_alias_bomb_is_refused() -> None:
    """Ten aliases of ten aliases, eight times over, are refused and not written out."""
    rows = ["a0: &a0 [1,1,1,1,1,1,1,1,1,1]"]
    rows += [f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]

    assert refused("\n".join(rows)) == ["f.yaml:5  holds more than 100000 values with its aliases written out"]


def test_tags_are_never_carried_out(tmp_path: Path) -> None:
    """A tag that would make an unsafe loader run a command is a problem, and nothing runs."""
    proof = tmp_path / "ran"

    marked = read_marked(f"a: !!python/object/apply:pathlib.Path.touch [!!python/object:pathlib.Path {proof}]\n")

    assert not proof.exists()
    assert [problem.says[:14] for problem in marked.problems] == ["found the tag ", "found the tag "]


def test_endless_numbers_and_merge_keys_are_problems() -> None:
    """Infinity, not-a-number, merge keys and lists as keys are told, and the rest is still read."""
    marked = read_marked("a: .nan\nb: 1e999\n<<: {c: 1}\n[d]: 2\ne: 3\n")

    assert [problem.where for problem in marked.problems] == ["<text>:1", "<text>:2", "<text>:3", "<text>:4"]
    assert marked.value == {"a": None, "b": None, "e": 3}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"a: 1\nb: \xe4\n", ":2  found the byte 0xe4, which is not UTF-8 text"),
        ("a: 1\n".encode("utf-16"), ":1  is written in UTF-16, wanted UTF-8"),
    ],
)
def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path, data: bytes, says: str) -> None:
    """Bytes that are not UTF-8 are a problem at their line."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(data)

    with pytest.raises(ProblemsError, match="save") as caught:
        read_marked(path)

    assert str(caught.value).startswith(f"{path}{says}")


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    """A path without a file is one sentence, not a traceback."""
    with pytest.raises(ProblemsError, match="there is no such file"):
        read_marked(tmp_path / "none.yaml")
    with pytest.raises(ProblemsError, match="is a folder"):
        read_marked(tmp_path)


@given(st.lists(st.one_of(st.integers(0, 9), st.from_regex(r"[a-z_]+", fullmatch=True)), max_size=6))
def test_paths_are_read_as_they_are_written(parts: list[str | int]) -> None:
    """A key path written with dots and brackets reads back as itself."""
    assert key_path(dotted(tuple(parts))) == tuple(parts)


SIMPLE = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff")),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text("abcdefghij_", min_size=1, max_size=5), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(SIMPLE)
def test_json_is_read_as_the_yaml_it_is(value: object) -> None:
    """Any value written as JSON reads back equal."""
    assert read_marked(json.dumps(value, ensure_ascii=False)).value == value


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_give_a_traceback(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Any bytes at all are either read or refused with problems."""
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)

    try:
        read_marked(path)
    except ProblemsError as error:
        assert error.problems
