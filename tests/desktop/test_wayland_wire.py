"""Wayland's messages as bytes."""

from hypothesis import given
from hypothesis import strategies as st

from uncrick.desktop import wayland_wire as wire

MESSAGES = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 9), st.binary(max_size=6).map(lambda body: 4 * body)), max_size=6
)


@given(MESSAGES, st.integers(1, 30))
def test_messages_come_whole_however_they_are_cut(messages, size):
    """Whatever pieces the bytes come in, the same messages come out."""
    data = b"".join(wire.message(*each) for each in messages)
    inbox = wire.Inbox()

    found = [each for at in range(0, len(data), size) for each in inbox.take(data[at : at + size])]

    assert found == [wire.Message(*each) for each in messages]


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",))))
def test_texts_are_read_as_they_were_written(word):
    """A string with its length and padding comes back, and the next argument begins at a whole word."""
    data = wire.text(word)

    assert wire.read_text(b"1234" + data, 4) == (word, 4 + len(data))
    assert len(data) % 4 == 0
