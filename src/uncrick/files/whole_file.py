"""Writing a file whole or not at all: a full disk or an interruption leaves what was there before."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from uncrick.errors import Problem, ProblemsError


@contextlib.contextmanager
def whole_file(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Give a new file's path beside *path*, to be written and closed; it takes the place of *path* at the end.

    On any exception the new file is deleted and *path* stays as it was. Raises ProblemsError where the folder is
    missing, may not be written, or the disk is full; an existing file's permissions are kept. What is no file (a pipe,
    a device) stays what it is: it is written into.
    private : only its owner may read it.
    """
    into = path.exists() and not path.is_file() and not path.is_dir()
    try:
        handle, made = tempfile.mkstemp(prefix=f".{path.name}.", dir=None if into else path.parent)
        os.close(handle)
    except OSError as error:
        raise ProblemsError([_problem(path, error)]) from None
    new = Path(made)
    try:
        yield new
        if into:
            with new.open("rb") as made_file, path.open("wb") as device:
                shutil.copyfileobj(made_file, device)
            return
        if not private:
            new.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        new.replace(path)
    except OSError as error:
        raise ProblemsError([_problem(path, error)]) from None
    finally:
        new.unlink(missing_ok=True)


def write_text(text: str, path: Path) -> None:
    """Write *text* as UTF-8, whole or not at all. Raises ProblemsError where the disk does not take it."""
    with whole_file(path) as new:
        new.write_text(text, encoding="utf-8")


def _umask() -> int:
    """Return the process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _problem(path: Path, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem(
            str(path), "cannot be written: there is no such folder", "make the folder or choose another path"
        )
    why = (error.strerror or str(error)).lower()
    return Problem(str(path), f"cannot be written: {why}", "nothing was changed there")
