"""The wire: what may be said, what a frame is, and that page and program agree on both."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import uncrick
from uncrick.pose.frame import Frame, empty_frame
from uncrick.web import wire

ROOT = Path(__file__).parents[2]
WIRE_JS = Path(uncrick.__file__).parent / "web" / "page" / "wire.js"


def body(t_s: float = 1.0) -> Frame:
    """Return a frame with every landmark somewhere of its own."""
    numbers = np.arange(33 * 3, dtype=float).reshape(33, 3)
    return Frame(t_s, numbers, numbers / 100, np.full(33, 0.75))


def test_a_frame_comes_out_as_it_went_in() -> None:
    """Landmarks survive the wire to the precision of a float32."""
    read = wire.read_frame(wire.write_frame(body(12.5)), 12.4)

    assert read.t_s == 12.5
    np.testing.assert_allclose(read.image_px, body().image_px, rtol=1e-6)
    np.testing.assert_allclose(read.world_m, body().world_m, rtol=1e-6)
    np.testing.assert_allclose(read.visibility, body().visibility)


def test_nobody_in_the_picture_is_eight_bytes() -> None:
    """A frame without a body is its time alone, and reads as one without a body."""
    data = wire.write_frame(empty_frame(3.0))

    assert len(data) == 8
    assert not wire.read_frame(data, 0.0).has_body


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda d: d[:-1], "malformed"),
        (lambda d: d + b"0000", "large"),
        (lambda d: d[:8] + b"\x00\x00\xc0\x7f" + d[12:], "nan"),
        (lambda d: d[:8] + b"\x00\x00\x80\x7f" + d[12:], "nan"),
        (lambda d: b"\x00\x00\x00\x00\x00\x00\xf8\x7f" + d[8:], "nan"),
        (lambda d: b"", "malformed"),
    ],
    ids=["short", "long", "nan", "infinite", "nan time", "empty"],
)
def test_a_frame_that_is_none_is_refused(change, why) -> None:
    """A frame of another length, or with a number that is none, says why it is refused."""
    with pytest.raises(wire.WireError) as caught:
        wire.read_frame(change(wire.write_frame(body())), 0.0)

    assert caught.value.why == why


def test_a_frame_that_does_not_follow_is_out_of_order() -> None:
    """A frame no later than the one before is out of order."""
    with pytest.raises(wire.WireError) as caught:
        wire.read_frame(wire.write_frame(body(1.0)), 1.0)

    assert caught.value.why == "order"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=1000))
def test_no_bytes_raise_anything_else(data) -> None:
    """Whatever bytes come, they are a frame or a refusal."""
    try:
        frame = wire.read_frame(data, -1.0)
    except wire.WireError as error:
        assert error.why in wire.CLOSE
    else:
        assert np.isfinite(frame.t_s)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=9),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
        ).map(json.dumps),
        st.builds(
            lambda kind, rest: json.dumps({**rest, "type": kind}),
            st.sampled_from(["begin", "pause", "skip", "pain_answers", "finish", "pace", "camera", "resume"]),
            st.dictionaries(st.sampled_from(["pain", "reason", "why", "on", "level", "pace"]), st.integers(-99, 99)),
        ),
    )
)
def test_no_text_raises_anything_else(text) -> None:
    """Whatever text comes, it is a message of the schema or a refusal."""
    try:
        said = wire.read_said(text)
    except wire.WireError as error:
        assert error.why in wire.CLOSE
    else:
        assert said.type


def test_the_page_knows_the_same_wire() -> None:
    """The page's constants are the program's: version, frame, messages said and told, and codes."""
    script = WIRE_JS.read_text(encoding="utf-8")
    schema = wire.schema()
    said = sorted(kind for model in schema["said"]["$defs"].values() for kind in kinds(model))

    assert number(script, "VERSION") == wire.VERSION
    assert number(script, "N_LANDMARKS") == schema["frame"]["landmarks"]
    assert number(script, "FLOATS_PER_LANDMARK") == schema["frame"]["floats"]
    assert sorted(strings(script, "SAID")) == said
    assert strings(script, "TOLD") == list(wire.TOLD)
    codes = re.search(r"CLOSE = \{(.*?)\}", script, re.S)
    assert codes is not None
    assert {k: int(v) for k, v in re.findall(r"(\w+): (\d+)", codes[1])} == wire.CLOSE


def test_the_published_schema_is_the_programs() -> None:
    """docs/schemas/wire.schema.json is what the program takes."""
    published = json.loads((ROOT / "docs" / "schemas" / "wire.schema.json").read_text(encoding="utf-8"))

    assert published == json.loads(json.dumps(wire.schema()))


def kinds(model: dict) -> list[str]:
    """Return the types that a message's schema allows."""
    kind = model.get("properties", {}).get("type", {})
    return kind.get("enum") or ([kind["const"]] if "const" in kind else [])


def number(script: str, name: str) -> int:
    """Return a number that the script exports."""
    found = re.search(rf"export const {name} = (\d+);", script)
    assert found is not None
    return int(found[1])


def strings(script: str, name: str) -> list[str]:
    """Return a list of strings that the script exports."""
    found = re.search(rf"export const {name} = \[(.*?)\]", script, re.S)
    assert found is not None
    return re.findall(r'"(\w+)"', found[1])
