"""Records as one zip: JSON lines to put back, CSV to look at, a JSON Schema a table, and what there is of each."""

import csv
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from uncrick.errors import Problem, ProblemsError
from uncrick.files.whole_file import whole_file

Plain = dict[str, Any]

HEAD: Final = "uncrick.json"
VERSION: Final = 1
MOST_BYTES: Final = 128_000_000
"""Of all records unpacked; a year of daily sessions is about 5 MB. Our default, so that no archive fills the memory."""

MOST_LINE: Final = 8_000_000
"""Bytes of one line; the longest that is written is a plan's text of at most 1 MB."""

MOST_FILES: Final = 500
MOST_PROBLEMS: Final = 200
"""Problems that are listed one by one; beyond, only how many more there are."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run. Source: owasp_csv."""

ABOUT: Final = """\
Everything that Uncrick kept.

records/  one JSON object a line, one file a table: what `uncrick import` reads
csv/      the same as tables for a spreadsheet; text that a spreadsheet would run has an apostrophe before it
schema/   what each column is, as JSON Schema
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One table to be written. rows : its JSON objects. schema : its JSON Schema."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Plain]
    schema: Plain


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table as read: its file's name, and each row with its line."""

    where: str
    rows: list[tuple[int, Plain]]


@dataclass(frozen=True, slots=True)
class ReadRecords:
    """An archive as read. revision : of the records in it. problems : all that is wrong with it so far."""

    revision: str
    tables: dict[str, ReadTable]
    problems: list[Problem]


def write_records(path: Path, revision: str, made_at: str, tables: Iterable[Listed]) -> dict[str, int]:
    """Write an archive whole or not at all, for its owner alone; return how many rows of each table are in it."""
    files: dict[str, Plain] = {}
    with whole_file(path, private=True) as new, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", ABOUT)
        for table in tables:
            files[table.name] = _write_table(archive, table)
        head = {"uncrick_records": VERSION, "revision": revision, "made_at": made_at, "tables": files}
        archive.writestr(HEAD, json.dumps(head, indent=1) + "\n")
    return {name: file["rows"] for name, file in files.items()}


def _write_table(archive: zipfile.ZipFile, table: Listed) -> Plain:
    hashed, n = hashlib.sha256(), 0
    cells = io.StringIO()
    sheet = csv.writer(cells, lineterminator="\n")
    sheet.writerow(table.columns)
    with archive.open(f"records/{table.name}.jsonl", "w", force_zip64=True) as lines:
        for row in table.rows:
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            lines.write(line)
            hashed.update(line)
            sheet.writerow([_cell(row[name]) for name in table.columns])
            n += 1
    archive.writestr(f"csv/{table.name}.csv", cells.getvalue())
    archive.writestr(f"schema/{table.name}.schema.json", json.dumps(table.schema, indent=1) + "\n")
    return {"rows": n, "sha256": hashed.hexdigest()}


def _cell(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return "" if value is None else value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(FORMULA) else text


def read_records(path: Path, known: Iterable[str]) -> ReadRecords:
    """Read an archive's records with everything that is wrong with it. known : tables that there may be.

    Nothing is unpacked to the disk, and no more into the memory than is allowed, whatever the archive says of itself.
    Raises ProblemsError where there is no archive of records at all.
    """
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise ProblemsError([Problem(str(path), f"cannot be read: {(error.strerror or str(error)).lower()}")]) from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError) as error:
        says = "is no zip archive, or it was cut short"
        raise ProblemsError([Problem(str(path), says, "make it anew with: uncrick export")]) from error
    with archive:
        return _Reading(archive, path, frozenset(known)).read()


class _Reading:
    """One archive being read, and the bytes that it may still unpack."""

    def __init__(self, archive: zipfile.ZipFile, path: Path, known: frozenset[str]) -> None:
        self._archive = archive
        self._path = path
        self._known = known
        self._left = MOST_BYTES
        self._problems: list[Problem] = []

    def read(self) -> ReadRecords:
        """Read the head, then each table that it lists."""
        names = [info.filename for info in self._archive.infolist()]
        if len(names) > MOST_FILES:
            says = f"holds {len(names):,} files, at most {MOST_FILES} are read"
            raise ProblemsError([Problem(str(self._path), says)])
        twice = [name for name in sorted(set(names)) if names.count(name) > 1]
        self._problems += [self._problem(name, "is in the archive twice") for name in twice]
        if HEAD not in names:
            hint = "make one with: uncrick export"
            raise ProblemsError([Problem(str(self._path), f"has no {HEAD}: it is no archive of records", hint)])
        revision, listed = self._head()
        unlisted = {n[len("records/") : -len(".jsonl")] for n in names if _is_records(n)} - listed.keys()
        self._problems += [self._problem(f"records/{n}.jsonl", f"is not listed in {HEAD}") for n in sorted(unlisted)]
        tables = {}
        for name in listed:
            if name not in self._known:
                self._problems.append(self._problem(f"records/{name}.jsonl", f"no table '{name[:40]}' is known"))
            elif f"records/{name}.jsonl" not in names:
                self._problems.append(self._problem(f"records/{name}.jsonl", "is missing"))
            else:
                tables[name] = self._table(name, listed[name])
        return ReadRecords(revision, tables, self._problems)

    def _head(self) -> tuple[str, dict[str, Plain]]:
        lines = b"".join(line for line in self._lines(HEAD, lambda line: None))
        head = _json(lines)
        files = head.get("tables") if isinstance(head, dict) else None
        if not isinstance(head, dict) or head.get("uncrick_records") != VERSION or not isinstance(files, dict):
            says = f"is not the head of an archive of version {VERSION}"
            hint = "update Uncrick, or make the archive anew"
            raise ProblemsError([*self._problems, self._problem(HEAD, says, hint)])
        if not isinstance(head.get("revision"), str):
            raise ProblemsError([*self._problems, self._problem(HEAD, "does not say the revision of its records")])
        return head["revision"], {str(n): file if isinstance(file, dict) else {} for n, file in files.items()}

    def _table(self, name: str, listed: Plain) -> ReadTable:
        where = f"records/{name}.jsonl"
        hashed = hashlib.sha256()
        rows: list[tuple[int, Plain]] = []
        before = len(self._problems)
        n = 0
        for n, line in enumerate(self._lines(where, hashed.update), 1):
            row = _json(line)
            if isinstance(row, dict):
                rows.append((n, row))
            else:
                self._problems.append(self._problem(f"{where}:{n}", "is no JSON object"))
        if len(self._problems) == before and (listed.get("rows"), listed.get("sha256")) != (n, hashed.hexdigest()):
            says = f"is not what {HEAD} says was written: it was changed or is incomplete"
            self._problems.append(self._problem(where, says))
        return ReadTable(f"{self._path}:{where}", rows)

    def _lines(self, name: str, seen: Callable[[bytes], object]) -> Iterator[bytes]:
        """Yield the lines of a file as far as it may be read; what is wrong with it becomes a problem."""
        try:
            with self._archive.open(name) as file:
                yield from self._bounded(file, name, seen)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
            says = "is encrypted" if "encrypted" in str(error) else "is damaged: it cannot be unpacked"
            self._problems.append(self._problem(name, says))

    def _bounded(self, file: IO[bytes], name: str, seen: Callable[[bytes], object]) -> Iterator[bytes]:
        while line := file.readline(MOST_LINE + 1):
            self._left -= len(line)
            if self._left < 0:
                says = f"unpacks to more than the {MOST_BYTES:,} bytes that all records may have"
                raise ProblemsError([*self._problems, self._problem(name, says)])
            if len(line) > MOST_LINE:
                self._problems.append(self._problem(name, f"has a line of more than {MOST_LINE:,} bytes"))
                return
            seen(line)
            yield line

    def _problem(self, name: str, says: str, hint: str = "") -> Problem:
        return Problem(f"{self._path}:{name}", says, hint)


def _is_records(name: str) -> bool:
    return name.startswith("records/") and name.endswith(".jsonl")


def _json(line: bytes) -> object:
    """Return the value of a line, None where it is no JSON; a name that comes twice makes it none."""
    try:
        return json.loads(line, object_pairs_hook=_object, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None


def _object(pairs: list[tuple[str, Any]]) -> Plain:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name comes twice")
    return found


def _refuse(word: str) -> float:
    raise ValueError(f"{word} is no JSON")


def shortened(problems: list[Problem], where: str) -> list[Problem]:
    """Return *problems*, or where they are too many to read the first ones and how many more there are."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    more = len(problems) - MOST_PROBLEMS
    return [*problems[:MOST_PROBLEMS], Problem(where, f"has {more:,} problems more")]
