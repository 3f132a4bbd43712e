"""X11's messages as bytes."""

import struct

import pytest

from uncrick.desktop import x11_wire as wire


def entry(number, name, cookie):
    """Return an entry of an authority file."""
    fields = (b"host", number, name, cookie)
    return struct.pack(">H", 256) + b"".join(struct.pack(">H", len(field)) + field for field in fields)


@pytest.mark.parametrize(
    ("text", "display"),
    [
        (":0", ("", 0)),
        (":1.0", ("", 1)),
        ("unix:2", ("unix", 2)),
        ("far.away:10.1", ("far.away", 10)),
        ("", None),
        ("x", None),
        (":x", None),
    ],
)
def test_displays_are_taken_apart(text, display):
    """DISPLAY names a host and a number, or nothing."""
    assert wire.read_display(text) == display


def test_the_cookie_of_this_display_is_found():
    """Of an authority file the cookie of the right kind and display counts; one cut off is no cookie and no error."""
    file = entry(b"0", b"OTHER-1", b"x") + entry(b"1", wire.COOKIE_NAME, b"one") + entry(b"", wire.COOKIE_NAME, b"any")

    assert wire.cookie_for(file, 1) == b"one"
    assert wire.cookie_for(file, 7) == b"any"
    assert wire.cookie_for(b"", 0) == b""
    for n in range(len(file)):
        assert wire.cookie_for(file[:n], 7) in (b"", b"any"[: len(wire.cookie_for(file[:n], 7))])


def test_a_refused_connection_says_why():
    """The server's reason is the sentence."""
    reason = b"No protocol specified\n"

    assert wire.read_connected(bytes([0, len(reason), 11, 0, 0, 0, 6, 0]), reason) == "No protocol specified"


def test_a_connection_is_greeted_by_the_protocol():
    """The first bytes carry byte order, version 11.0 and the padded cookie."""
    assert wire.connect(b"") == b"l\0\x0b\0\0\0\0\0\0\0\0\0"
    assert wire.connect(b"abcde")[12:] == b"MIT-MAGIC-COOKIE-1\0\0abcde\0\0\0"


def test_requests_are_whole_words():
    """Every request says its own length in words of four bytes."""
    requests = [
        wire.ask_extension("SYNC"),
        wire.ask_atom("_NET_WM_STATE"),
        wire.ask_property(1, 2),
        wire.watch_properties(3),
        wire.begin_sync(130),
        wire.list_counters(130),
        wire.ask_counter(130, 5),
        wire.make_alarm(130, 6, wire.Alarm(5, 8000, wire.WAITS_UP)),
        wire.drop_alarm(130, 6),
    ]

    for request in requests:
        assert 4 * struct.unpack_from("<2xH", request)[0] == len(request)


def test_counters_are_read():
    """The list of counters is read by name, each padded to whole words."""
    counters = b""
    for number, name in ((7, b"SERVERTIME"), (8, b"IDLETIME"), (9, b"ABC")):
        one = struct.pack("<IiIH", number, 0, 4, len(name)) + name
        counters += one + bytes(-len(one) % 4)
    reply = struct.pack("<BxHII20x", 1, 1, len(counters) // 4, 3) + counters

    assert wire.read_counters(reply) == {"SERVERTIME": 7, "IDLETIME": 8, "ABC": 9}


def test_values_are_read_with_their_high_word():
    """A counter and an alarm carry 64 bits, in two words."""
    reply = struct.pack("<BxHIiI", 1, 1, 0, 1, 5)
    event = struct.pack("<BBHIiI", 84, 1, 0, 6, 0, 8001)

    assert wire.read_counter(reply) == (1 << 32) + 5
    assert wire.read_alarm(event) == (6, 8001)


def test_a_property_of_another_kind_is_nothing():
    """Only 32-bit numbers are read; text and absence are no numbers."""
    head = struct.Struct("<BBHIIII12x")

    assert wire.read_numbers(head.pack(1, 32, 1, 2, 4, 0, 2) + struct.pack("<II", 3, 4)) == (3, 4)
    assert wire.read_numbers(head.pack(1, 8, 1, 2, 31, 0, 8) + b"12345678") == ()
    assert wire.read_numbers(head.pack(1, 0, 1, 0, 0, 0, 0)) == ()
    assert wire.read_numbers(head.pack(1, 32, 1, 0, 4, 0, 9)) == ()
