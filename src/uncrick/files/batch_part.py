"""What is kept of a batch while it runs: a part for each finished file, and a lock on the folder it runs in."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from uncrick.errors import Problem, ProblemsError
from uncrick.files.batch_table import Judged
from uncrick.files.whole_file import write_text

FOLDER: Final = "parts"
_CHECKED: Final = TypeAdapter(Judged)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts in *folder*, by key: 64 hexadecimal digits. A part is there whole or not at all."""

    folder: Path

    def has(self, key: str) -> bool:
        """Whether there is a part that can be read."""
        return self.read(key) is not None

    def read(self, key: str) -> Judged | None:
        """Return a part, None where there is none or where a failing disk left something else."""
        try:
            return _CHECKED.validate_json(self._path(key).read_bytes())
        except (OSError, ValidationError):
            return None

    def write(self, key: str, judged: Judged) -> None:
        """Keep a part. Raises ProblemsError where the disk does not take it."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(_CHECKED.dump_json(judged).decode(), path)

    def _path(self, key: str) -> Path:
        return self.folder / FOLDER / key[:2] / f"{key}.json"


@contextmanager
def own_folder(folder: Path) -> Iterator[Parts]:
    """Make *folder* where it is missing, and hold it alone; the lock ends with this process, however that ends.

    Raises ProblemsError where it cannot be made or another batch is writing there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        says = f"cannot be written: {(error.strerror or str(error)).lower()}"
        raise ProblemsError([Problem(str(folder), says, "choose another folder with --out")]) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            hint = "wait until it is done, or choose another folder with --out"
            raise ProblemsError([Problem(str(folder), "another batch is writing there", hint)]) from None
        for torn in (*folder.glob(".*.parquet.*"), *folder.glob(f"{FOLDER}/*/.*.json.*")):
            torn.unlink(missing_ok=True)  # begun by a process that was killed
        yield Parts(folder)
