"""files/jsonl_clip: clips as JSON lines, with every mistake told by its line."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from uncrick.errors import ProblemsError
from uncrick.files.jsonl_clip import read_jsonl, write_jsonl
from uncrick.pose.clip import Clip
from uncrick.pose.landmark import INDEX

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/clip_frame.schema.json").read_text())
CHECK = jsonschema.Draft202012Validator(SCHEMA)


def lines_of(path: Path) -> list[dict[str, object]]:
    """Return the objects of a file's lines."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def written(path: Path, lines: list[object]) -> Path:
    """Write one JSON value a line."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.fixture
def lines(tmp_path: Path, clip: Clip) -> list[dict[str, object]]:
    """Give the lines of a good file: the recording, then twenty frames."""
    write_jsonl(clip, tmp_path / "good.jsonl")
    return lines_of(tmp_path / "good.jsonl")


def refused(path: Path, part: str | None = None) -> list[str]:
    """Return the problems for which *path* is refused, without its folder."""
    with pytest.raises(ProblemsError) as caught:
        read_jsonl(path, part)
    return [str(problem).replace(f"{path.parent}/", "") for problem in caught.value.problems]


def test_every_line_follows_the_published_schema(lines: list[dict[str, object]]) -> None:
    """The recording's line and each frame's are valid by the schema, and the schema itself is one."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    for line in lines:
        CHECK.validate(line)


@pytest.mark.parametrize("change", [
    {"t_s": "1.0"}, {"t_s": None}, {"image_px": [[1, 2, 3]] * 32}, {"image_px": [[1, 2]] * 33}, {"image_px": None},
    {"image_px": [["a", 2, 3]] * 33}, {"visibility": [0.5] * 34}, {"world_m": [1, 2, 3]},
])  # fmt: skip
def test_the_schema_and_the_reader_refuse_the_same(
    tmp_path: Path, lines: list[dict[str, object]], change: dict[str, object]
) -> None:
    """What the schema does not allow, the reader does not read, and tells by line."""
    lines[3] |= change

    assert not CHECK.is_valid(lines[3])
    assert all(problem.startswith("bad.jsonl:4") for problem in refused(written(tmp_path / "bad.jsonl", lines)))


def test_all_problems_are_told_at_once(tmp_path: Path, lines: list[dict[str, object]]) -> None:
    """Eight mistakes in eight lines give eight problems, each with its line and key."""
    lines[0] |= {"width_px": -1, "units": {"world": "furlong"}}
    del lines[1]["t_s"]
    lines[2]["image_px"] = [[1, 2, 3]] * 32
    lines[3]["visibilty"] = lines[3].pop("visibility")
    lines[4]["image_px"] = [[1, 2, "3"]] * 33
    lines[6]["t_s"] = lines[5]["t_s"]
    lines[9]["t_s"] = 0.05

    assert refused(written(tmp_path / "bad.jsonl", lines)) == [
        "bad.jsonl:1  width_px  found -1, wanted a whole number from 1 to 100,000",
        "bad.jsonl:1  units.world  unknown unit 'furlong', wanted one of m, mm, cm, dm, in, ft",
        "bad.jsonl:2  t_s  is missing (give every frame its time)",
        "bad.jsonl:3  image_px  has 32 points, wanted 33 (see docs/schemas/clip_frame.schema.json)",
        "bad.jsonl:4  visibilty  no such key 'visibilty'; did you mean 'visibility'?"
        " (see docs/schemas/clip_frame.schema.json)",
        "bad.jsonl:5  image_px  point 0 holds '3', wanted a number or null (see docs/schemas/clip_frame.schema.json)",
        f"bad.jsonl:7  the time {lines[5]['t_s']:g} s comes twice"
        " (two persons? give each frame its person, or drop one of the two frames)",
        f"bad.jsonl:10  the time goes back from {lines[8]['t_s']:g} s to 0.05 s"
        " (sort the frames by time, or cut the recording where its clock jumped)",
    ]


def test_a_thousand_mistakes_are_counted_not_listed(tmp_path: Path) -> None:
    """Of many problems of one kind twenty are told and the rest are counted."""
    told = refused(written(tmp_path / "bad.jsonl", [{"width_px": 9, "height_px": 9}, *[{"t_s": 1}] * 1000]))

    assert len(told) == 21
    assert told[-1] == "bad.jsonl  and 980 more problems like these"


def test_two_persons_are_told_and_one_can_be_chosen(
    tmp_path: Path, clip: Clip, lines: list[dict[str, object]], assert_same: Callable[[Clip, Clip], None]
) -> None:
    """Frames of two named persons are not mixed: the names are listed, and the chosen one is read alone."""
    other = [{**line, "image_px": [[0, 0, 0]] * 33} for line in lines[1:]]
    both = [lines[0]]
    for ann, bob in zip(lines[1:], other, strict=True):
        both += [{**ann, "person": "ann"}, {**bob, "person": 2}]
    path = written(tmp_path / "two.jsonl", both)

    assert refused(path) == ["two.jsonl  holds 2 persons (choose a part: ann, 2)"]
    assert refused(path, "an") == ["two.jsonl  no person 'an'; did you mean 'ann'? (the parts are ann, 2)"]
    assert_same(clip, read_jsonl(path, "ann").clip)


def test_two_persons_without_names_are_seen_by_their_times_or_their_places(
    tmp_path: Path, lines: list[dict[str, object]]
) -> None:
    """Unnamed persons are found by doubled times, or, with times of their own, by hips that jump there and back."""
    doubled = [lines[0], *(line for line in lines[1:] for _ in range(2))]
    apart = [lines[0]]
    for k in range(20):
        shift = 600.0 if k % 2 else 0.0
        moved = [None if p is None else [p[0] + shift, p[1], p[2]] for p in lines[1]["image_px"]]
        apart.append({**lines[1], "t_s": k / 30, "image_px": moved})

    assert "comes twice (two persons?" in refused(written(tmp_path / "doubled.jsonl", doubled))[0]
    assert refused(written(tmp_path / "apart.jsonl", apart))[0].startswith("apart.jsonl  two persons take turns")


def test_a_file_cut_off_in_its_last_line_is_partial(tmp_path: Path, clip: Clip, lines: list[dict[str, object]]) -> None:
    """The whole frames are kept, and the note says that the clip is partial."""
    path = written(tmp_path / "cut.jsonl", list(lines))
    path.write_bytes(path.read_bytes()[:-100])

    read = read_jsonl(path)

    assert len(read.clip) == len(clip) - 1
    assert read.notes == ["the last line (21) is cut off and was left out: the clip is partial"]


def test_units_that_are_said_are_converted_and_unsaid_ones_are_seen(
    tmp_path: Path, clip: Clip, lines: list[dict[str, object]]
) -> None:
    """Millimetres and milliseconds said are converted; unsaid, millimetres and y upwards are found by the body."""
    said = [{**lines[0], "units": {"t": "ms", "world": "mm"}}]
    unsaid = [{key: value for key, value in lines[0].items() if key != "units"}]
    for line in lines[1:]:
        world = line["world_m"]
        mm = world and [p and [1000 * x for x in p] for p in world]
        up = world and [p and [1000 * p[0], -1000 * p[1], 1000 * p[2]] for p in world]
        said.append({**line, "t_s": line["t_s"] * 1000, "world_m": mm})
        unsaid.append({**line, "world_m": up})

    converted = read_jsonl(written(tmp_path / "said.jsonl", said))
    found = read_jsonl(written(tmp_path / "unsaid.jsonl", unsaid))

    for read in (converted, found):
        np.testing.assert_allclose(read.clip.world_m, clip.world_m, atol=1e-9)
        np.testing.assert_allclose(read.clip.t_s, clip.t_s, atol=1e-9)
    assert converted.notes == ["times and world points were brought to seconds and metres"]
    assert found.notes == [
        "world points were read as mm: the trunk is 0.50 m long",
        "the y axis of the world points was turned over to agree with the picture",
    ]


@pytest.mark.parametrize("flat", [False, True])
def test_coco_key_points_are_a_flat_clip(tmp_path: Path, flat: bool) -> None:
    """Key points in rows or one after the other give the picture, their scores, and no depth."""
    points = [[100.0 + i, 200.0 + 2 * i, 0.9] for i in range(17)]
    points[3] = [0, 0, 0]
    keypoints = [x for point in points for x in point] if flat else points
    frames = [{"t_s": k / 10, "keypoints": keypoints} for k in range(3)]
    for frame in frames:
        CHECK.validate(frame)

    read = read_jsonl(written(tmp_path / "coco.jsonl", [{"width_px": 320, "height_px": 400}, *frames]))
    unsized = read_jsonl(written(tmp_path / "unsized.jsonl", frames))

    assert read.clip.source == "coco-17"
    assert read.clip.image_px[1, INDEX["shoulder_left"], :2].tolist() == [105, 210]
    assert read.clip.visibility[1, INDEX["shoulder_left"]] == 0.9
    assert np.isnan(read.clip.image_px[1, INDEX["ear_left"]]).all()
    assert read.clip.visibility[1, INDEX["ear_left"]] == 0
    assert np.isnan(read.clip.world_m).all()
    assert (read.clip.width_px, read.clip.height_px) == (320, 400)
    assert unsized.notes[-1] == "the picture's size is not said: taken as 640 x 480 px"


def test_key_points_as_shares_of_the_picture_are_refused(tmp_path: Path) -> None:
    """Coordinates between 0 and 1 would be a body of one pixel: the person is told to multiply."""
    frames = [{"t_s": k / 10, "keypoints": [[0.5, 0.5, 1.0]] * 17} for k in range(3)]

    assert "wanted pixels (multiply x by the width" in refused(written(tmp_path / "coco.jsonl", frames))[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b'{"t_s": 1,\n', "is not JSON"),
        (b"\xff\xfe\n", "is not UTF-8 text"),
        (b"[" * 90_000 + b"\n", "nested too deep"),
        (b'{"t_s": ' + b"9" * 6000 + b"}\n", "a number too long"),
        (b'{"a": "' + b"x" * 300_000 + b'"}\n', "is not JSON"),
        (b'{"t_s": 1, "image_px": [Infinity]}\n', "has 1 points, wanted 33"),
    ],
)
def test_lines_of_any_content_are_told(tmp_path: Path, text: bytes, says: str) -> None:
    """Broken, binary, deeply nested and endless lines are problems of their line, and memory stays bounded."""
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b'{"width_px": 9, "height_px": 9}\n' + text)

    told = refused(path)

    assert told[0].startswith("bad.jsonl:2")
    assert says in told[0]
