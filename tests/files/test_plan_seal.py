"""Signatures and closed plans: who wrote it, whether it was changed, and whose eyes it is for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files.test_plan_file import GOOD
from uncrick.app.planning import read_plan
from uncrick.errors import ProblemsError
from uncrick.files.plan_seal import (
    Seal,
    check_seal,
    close_for,
    new_person_key,
    new_signing_key,
    opened,
    read_public_key,
    read_signing_key,
    sign_text,
)

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """A folder with Ann's and Bob's signing keys, and Kim's and Max's keys to open plans with."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ann", "bob"):
        (folder / f"{name}.pub").write_text(new_signing_key(folder / f"{name}.key", "") + "\n")
    for name in ("kim", "max"):
        (folder / f"{name}.pub").write_text(new_person_key(folder / f"{name}.age"))
    return folder


@pytest.fixture
def signed(keys):
    return sign_text(GOOD, read_signing_key(keys / "ann.key", ""), "Ann Lee, PT", ON)


def written(tmp_path, text: str):
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def problems(tmp_path, text, keys, key="ann.pub") -> str:
    with pytest.raises(ProblemsError) as error:
        read_plan(written(tmp_path, text), None, keys / key)
    return str(error.value)


def test_signed_plan_names_its_signer(tmp_path, signed, keys):
    """A signed plan is read as what it is, with who signed it and when, checked by the therapist's public key."""
    read = read_plan(written(tmp_path, signed), None, keys / "ann.pub")

    assert (read.seal.by, read.seal.on, read.seal.key) == ("Ann Lee, PT", ON, read_public_key(keys / "ann.pub"))
    assert read.plan.title == "Two things for the desk"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("reps: 6", "reps: 7"),
        ("# ", "#"),
        ('by: "Ann Lee, PT"', 'by: "Anna Lee, PT"'),
        ("  on: 2026-11-22\n  key", "  on: 2026-11-23\n  key"),
        ("title: Two", "title:  Two"),
    ],
)
def test_any_change_after_signing_is_found(tmp_path, signed, keys, old, new):
    """A dose, a comment, a space, the signer's name or the day: whatever was changed, the signature no longer fits."""
    commented = sign_text("# for Kim\n" + GOOD, read_signing_key(keys / "ann.key", ""), "Ann Lee, PT", ON)
    text = (commented if old == "# " else signed).replace(old, new, 1)
    assert text not in (commented, signed)

    assert "does not fit the text" in problems(tmp_path, text, keys)


def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path, signed, keys):
    """Saving with Windows line ends and a byte-order mark keeps the signature."""
    text = "\ufeff" + signed.replace("\n", "\r\n")

    assert read_plan(written(tmp_path, text), None, keys / "ann.pub").seal is not None


def test_nothing_can_be_added_below_the_signature(tmp_path, signed, keys):
    """A line added below the signature is not signed, and so the whole plan is refused."""
    assert "nothing but its own keys" in problems(tmp_path, signed + "notes: do twice as much\n", keys)


def test_somebody_elses_key_is_told_with_both_fingerprints(tmp_path, signed, keys):
    """A plan signed by Ann, checked by Bob's key, is refused with both fingerprints to compare."""
    said = problems(tmp_path, signed, keys, "bob.pub")

    ann, bob = (Seal("", ON, read_public_key(keys / f"{name}.pub")).fingerprint for name in ("ann", "bob"))
    assert f"found {ann}, wanted {bob}" in said


def test_unsigned_plan_is_refused_where_a_key_was_given(tmp_path, keys):
    """Whoever gives a key to check by never gets an unsigned plan."""
    assert "is not signed" in problems(tmp_path, GOOD, keys)


def test_signature_moved_to_another_plan_does_not_fit(tmp_path, signed, keys):
    """A signature cut from one plan fits no other."""
    seal = signed[signed.index("\nsigned:") :]

    assert "does not fit the text" in problems(tmp_path, GOOD.replace("reps: 6", "reps: 8") + seal, keys)


def test_signing_again_replaces_the_signature(signed, keys):
    """Signing a signed plan leaves one signature, the new one, over the same text."""
    again = sign_text(signed, read_signing_key(keys / "bob.key", ""), "Bob", ON)

    assert again.count("\nsigned:") == 1
    assert again.split("\nsigned:")[0] == signed.split("\nsigned:")[0]


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.text(st.characters(codec="utf-8"), max_size=20))
def test_what_is_signed_checks_whatever_it_says(tmp_path_factory, body, by):
    """Any text signed by anybody checks as signed by them, and as nobody else's."""
    folder = tmp_path_factory.mktemp("key")
    public = new_signing_key(folder / "a.key", "")
    by = "".join(by.split())
    text = sign_text(body, read_signing_key(folder / "a.key", ""), by, ON)
    signature = text.rsplit("signature: ", 1)[1].strip()

    assert check_seal(text, Seal(by, ON, public), signature, "x") == []
    assert check_seal(text, Seal(by + "x", ON, public), signature, "x") != []


def test_closed_plan_opens_for_its_person_only(keys, signed, tmp_path):
    """A plan closed for Kim opens with Kim's key, not with Max's, and not without any; a changed one not at all."""
    closed = close_for(signed, (keys / "kim.pub").read_text())

    assert opened(closed, keys / "kim.age", "plan") == signed.encode()
    with pytest.raises(ProblemsError, match="somebody else"):
        opened(closed, keys / "max.age", "plan")
    with pytest.raises(ProblemsError, match="--identity"):
        opened(closed, None, "plan")
    with pytest.raises(ProblemsError, match="damaged"):
        opened(closed.replace(closed[100:104], b"AAAA"), keys / "kim.age", "plan")


def test_closed_plan_shows_nothing_of_its_text(keys, signed):
    """Neither name nor exercise can be read in a closed plan."""
    closed = close_for(signed, (keys / "kim.pub").read_text())

    assert b"Kim" not in closed
    assert b"butterfly" not in closed


def test_private_keys_are_readable_by_their_owner_only_and_never_written_over(keys):
    """A private key file has mode 600, and making another of the same name is refused."""
    for name in ("ann.key", "kim.age"):
        assert (keys / name).stat().st_mode & 0o777 == 0o600
    before = (keys / "ann.key").read_bytes()
    with pytest.raises(ProblemsError, match="exists already"):
        new_signing_key(keys / "ann.key", "")
    assert (keys / "ann.key").read_bytes() == before


def test_locked_key_opens_with_its_passphrase_only(tmp_path):
    """A key locked with a passphrase needs it, and the right one."""
    public = new_signing_key(tmp_path / "a.key", "correct horse")

    key = read_signing_key(tmp_path / "a.key", "correct horse")
    assert sign_text("x", key, "A", ON).count(public) == 1
    for wrong in ("", "wrong"):
        with pytest.raises(ProblemsError):
            read_signing_key(tmp_path / "a.key", wrong)


@pytest.mark.parametrize("content", [b"", b"hello", b"-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n"])
def test_files_that_are_no_keys_are_problems(tmp_path, content):
    """What is no key is told so, whichever key was wanted."""
    path = tmp_path / "a.key"
    path.write_bytes(content)

    for read in (lambda: read_signing_key(path, ""), lambda: read_public_key(path)):
        with pytest.raises(ProblemsError):
            read()
