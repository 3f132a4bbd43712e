"""files/whole_file: a file is written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from uncrick.errors import ProblemsError
from uncrick.files.whole_file import whole_file


def test_the_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    """After the writing the file has the new content, the old permissions, and nothing lies beside it."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o640)

    with whole_file(path) as new:
        new.write_text("new")
        assert path.read_text() == "old"

    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    """A file that was not there before may be read by whoever the user's mask allows."""
    mask = os.umask(0o027)
    try:
        with whole_file(tmp_path / "a.txt") as new:
            new.write_text("new")
    finally:
        os.umask(mask)

    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("wrong")])
def test_an_interruption_leaves_what_was_there(tmp_path: Path, error: BaseException) -> None:
    """Ctrl-C or a mistake in the middle of writing keeps the old file and no half of a new one."""
    path = tmp_path / "a.txt"
    path.write_text("old")

    with pytest.raises(type(error)), whole_file(path) as new:
        new.write_text("ne")
        raise error

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    """The error of a disk that is full, as the kernel gives it, is a problem with the file's name."""
    path = tmp_path / "a.txt"
    path.write_text("old")

    with pytest.raises(ProblemsError, match="cannot be written: no space left on device"), whole_file(path):
        if Path("/dev/full").exists():
            with Path("/dev/full").open("wb", buffering=0) as full:
                full.write(b"x")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no full device on this machine")
def test_a_device_is_written_into_and_stays_a_device() -> None:
    """A device that takes nothing is one sentence, and no file takes its place."""
    with pytest.raises(ProblemsError) as raised, whole_file(Path("/dev/full")) as new:
        new.write_text("x" * 100_000)

    assert "no space left" in raised.value.problems[0].says
    assert Path("/dev/full").is_char_device()


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """A path into a folder that is not there says so before anything is written."""
    with pytest.raises(ProblemsError, match="there is no such folder"), whole_file(tmp_path / "no" / "a.txt"):
        pytest.fail("there is nothing to write to")
