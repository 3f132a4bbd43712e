"""A PIN is kept so that it can be tried, not read."""

from uncrick.store.pin import hash_pin, pin_fits


def test_only_the_right_pin_fits():
    """The PIN that was kept fits, another does not, and none fits where none was set."""
    kept = hash_pin("4711")

    assert pin_fits("4711", kept)
    assert not pin_fits("4712", kept)
    assert not pin_fits("", "")


def test_the_pin_is_not_in_what_is_kept():
    """What is kept has its own salt each time and does not show the PIN."""
    assert hash_pin("4711") != hash_pin("4711")
    assert "4711" not in hash_pin("4711", salt=b"\0" * 16)


def test_what_is_no_hash_fits_nothing():
    """A hash that was cut or written by hand lets nobody in and breaks nothing."""
    for kept in ("scrypt", "scrypt$1$2$3$x$y", "scrypt$0$8$1$AAAA$AAAA", hash_pin("1")[:-8]):
        assert not pin_fits("1", kept)
