"""Which files a batch is about: found in folders and by patterns, each once, copies told from originals."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from uncrick.errors import Problem, ProblemsError
from uncrick.files.clip_file import KINDS, VIDEOS

ENDINGS: Final = frozenset((*KINDS, *VIDEOS))
"""What is taken of a folder. A pattern, or a file by its name, is taken whatever its ending."""
N_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a batch. name : as it was given. path : where it really is.

    n_bytes, changed_ns : its size and when it changed, -1 where that cannot be read.
    """

    name: str
    path: str
    n_bytes: int
    changed_ns: int


def find_sources(wanted: Sequence[str], out: Path) -> list[Source]:
    """Return every file that *wanted* (folders, patterns, files) names, each once, in the order of their names.

    Nothing in *out* is taken, nor hidden files and folders, nor links from a folder to other folders.
    Raises ProblemsError for each of *wanted* that names no file.
    """
    found: dict[str, Source] = {}
    problems: list[Problem] = []
    for word in wanted:
        names = list(_named(word, out.resolve()))
        if not names:
            problems.append(_nothing(word))
        for name in names:
            source = _source(name)
            if source.path not in found or name < found[source.path].name:
                found[source.path] = source
    if problems:
        raise ProblemsError(problems)
    return sorted(found.values(), key=lambda source: source.name)


def copies_among(sources: Iterable[Source]) -> dict[str, str]:
    """Return of each file that is byte for byte the same as an earlier one, by its name, the name of that one.

    Only files of the same size are read for it.
    """
    by_size: dict[int, list[Source]] = {}
    for source in sources:
        if source.n_bytes > 0:
            by_size.setdefault(source.n_bytes, []).append(source)
    copies: dict[str, str] = {}
    first: dict[str, str] = {}
    for source in (one for same in by_size.values() if len(same) > 1 for one in same):
        try:
            sum_ = sha256_of(source.path)
        except OSError:
            continue  # it will be told as a failure
        if sum_ in first:
            copies[source.name] = first[sum_]
        else:
            first[sum_] = source.name
    return copies


def sha256_of(path: str) -> str:
    """Return the SHA-256 of a file's content. Raises OSError."""
    sum_ = hashlib.sha256()
    with Path(path).open("rb") as file:
        while block := file.read(N_BLOCK):
            sum_.update(block)
    return sum_.hexdigest()


def _named(word: str, out: Path) -> Iterator[str]:
    path = Path(word)
    if path.is_dir():
        yield from _inside(path, out)
    elif path.exists():
        yield word
    else:
        yield from (str(each) for each in _fitting(path) if each.is_file() and out not in each.resolve().parents)


def _fitting(pattern: Path) -> Iterator[Path]:
    root = Path(pattern.anchor)
    try:
        yield from (path for path in root.glob(str(pattern.relative_to(root))) if not path.name.startswith("."))
    except ValueError:  # such as ``**`` that is not a part of its own
        return


def _inside(folder: Path, out: Path) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and (Path(place) / name).resolve() != out]
        if Path(place).resolve() == out:
            continue
        for name in names:
            if not name.startswith(".") and Path(name).suffix.lower() in ENDINGS:
                yield str(Path(place) / name)


def _source(name: str) -> Source:
    path = str(Path(name).resolve())
    try:
        facts = Path(path).stat()
    except OSError:
        return Source(name, path, -1, -1)
    return Source(name, path, facts.st_size, facts.st_mtime_ns)


def _nothing(word: str) -> Problem:
    if Path(word).is_dir():
        return Problem(word, "holds no video and no clip", f"looked for {', '.join(sorted(ENDINGS))}")
    return Problem(word, "there is no such file or folder, and no file fits it as a pattern", "check the path")
