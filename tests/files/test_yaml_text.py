"""What is written as YAML is read back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.files.marked_yaml import read_marked
from uncrick.files.yaml_text import yaml_text

texts = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20)
like_numbers = st.from_regex(r"[+-]?[0-9._xo]{0,4}[eE]?[+-]?[0-9]{0,3}", fullmatch=True)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    texts | like_numbers | scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts.filter(str.strip), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["plan", "title", "notes"]), values, min_size=1))
def test_whatever_is_written_reads_back_the_same(value):
    """Text stays text and numbers stay numbers, whatever they look like."""
    marked = read_marked(yaml_text(value))

    assert (marked.value, marked.problems) == (value, [])


@pytest.mark.parametrize("text", ["0E0", "1e5", "0x1f", "0o17", ".inf", ".nan", "~", "null", "True", "no", "1:30", "-"])
def test_what_could_be_taken_for_something_else_is_quoted(text):
    """A note that looks like a number, a truth or nothing at all is still that note."""
    assert read_marked(yaml_text({"note": text})).value == {"note": text}
