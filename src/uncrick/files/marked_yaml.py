"""A YAML file a person wrote: its plain value, the line of every key, and all that is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from uncrick.errors import Problem, ProblemsError
from uncrick.files.model_english import model_problems
from uncrick.files.yaml_tree import Node, Place, Plain, read_tree

KeyPath: TypeAlias = tuple[str | int, ...]
ModelT = TypeVar("ModelT", bound=BaseModel)

MAX_BYTES: Final = 1_000_000
"""A larger file was not written by hand."""
PATH_PART: Final = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
LINE: Final = re.compile(r":(\d+)(  |$)")
NOT_TEXT: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow in a text (YAML 1.2.2, section 5.1): control characters and half code points."""


class WrittenModel(BaseModel):
    """Base of the models of files that people write: no unknown keys, no endless numbers, and never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, regex_engine="python-re")


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """A file as read: *value* is plain data, *problems* those that left it readable (a key twice, a tag).

    name : the file's name as it stands in every problem.
    """

    value: Plain
    name: str
    root: Node
    problems: list[Problem] = field(default_factory=list)

    def place_of(self, path: str | KeyPath) -> Place:
        """Return where the key (or list item) at *path* stands; a missing one is where it should be: at its parent.

        path : ``("cues", "higher", 0)`` or ``"cues.higher[0]"``; the empty path is the whole file.
        """
        place, node = self.root.place, self.root
        for part in key_path(path):
            if part not in node.children:
                break
            place, node = node.children[part]
        return place

    def value_place_of(self, path: str | KeyPath) -> Place:
        """Return where the value at *path* begins; a missing one is at its parent."""
        node = self.root
        for part in key_path(path):
            if part not in node.children:
                break
            node = node.children[part][1]
        return node.place

    def line_of(self, path: str | KeyPath) -> int:
        """Return the line of the key at *path*, counted from 1."""
        return self.place_of(path).line

    def where(self, path: str | KeyPath) -> str:
        """Return ``file:line  key.path``, the *where* of a problem."""
        parts = key_path(path)
        return f"{self.name}:{self.line_of(parts)}" + (f"  {dotted(parts)}" if parts else "")

    def problem(self, path: str | KeyPath, says: str, hint: str = "") -> Problem:
        """Return a problem at the key *path* of this file."""
        return Problem(self.where(path), says, hint)


def key_path(path: str | KeyPath) -> KeyPath:
    """Return *path* as a tuple: ``"cues.higher[0]"`` is ``("cues", "higher", 0)``."""
    if not isinstance(path, str):
        return path
    return tuple(int(index) if index else word for index, word in PATH_PART.findall(path))


def dotted(path: KeyPath) -> str:
    """Return *path* as people read it; list items count from 0: ``cues.higher[0]``."""
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".")


def read_marked(source: Path | str, name: str | None = None) -> Marked:
    """Read YAML from a file (a Path) or from a text (a str), keeping where each key and value stands.

    No tag is ever carried out, aliases are read within bounds, unquoted words mean what YAML 1.2 says (``no`` is a
    word). name : how problems call the source; the path itself when not given.
    Raises ProblemsError, with every problem found, where nothing can be read at all.
    """
    name = name or (str(source) if isinstance(source, Path) else "<text>")
    data = _read_bytes(source, name) if isinstance(source, Path) else source.encode("utf-8", "surrogatepass")
    if len(data) > MAX_BYTES:
        says = f"has {len(data):,} bytes, wanted at most {MAX_BYTES:,}"
        raise ProblemsError([Problem(name, says, "is this the right file?")])
    text = _decoded(data, name)
    root, problems = read_tree(text, name)
    if root is None:
        raise ProblemsError(problems)
    return Marked(root.value, name, root, problems)


def check_model(
    marked: Marked, model: type[ModelT], context: Mapping[str, object] | None = None
) -> tuple[ModelT | None, list[Problem]]:
    """Return *marked* as a *model* and every problem in the order of the file's lines; the value is None if any.

    context : what the model's own validators may look up (``info.context``). A validator says what is wrong with a
    ValueError, or with a PydanticCustomError whose context may hold a ``hint``.
    """
    try:
        value = model.model_validate(marked.value, context=dict(context or {}))
    except ValidationError as error:
        found = [marked.problem(path, says, hint) for path, says, hint in model_problems(error, marked.root, model)]
        return None, sorted([*marked.problems, *found], key=line_in_file)
    return (None if marked.problems else value), list(marked.problems)


def line_in_file(problem: Problem) -> int:
    """Return the line that a problem's *where* names, 0 where it names none."""
    found = LINE.search(problem.where)
    return int(found[1]) if found else 0


def _read_bytes(path: Path, name: str) -> bytes:
    """Return at most one byte more than the limit, so that a huge file is never read whole."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ProblemsError([Problem(name, "there is no such file", "check the path")]) from None
    except IsADirectoryError:
        raise ProblemsError([Problem(name, "is a folder, wanted a YAML file")]) from None
    except OSError as error:
        raise ProblemsError([Problem(name, f"cannot be read: {error.strerror}")]) from None


def _decoded(data: bytes, name: str) -> str:
    """Return the text of UTF-8 *data* without its byte-order mark. Raises ProblemsError naming line and byte."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ProblemsError([Problem(f"{name}:1", "is written in UTF-16, wanted UTF-8", "save it as UTF-8")])
    try:
        text = data.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        says = f"found the byte 0x{data[error.start]:02x}, which is not UTF-8 text"
        raise ProblemsError([Problem(f"{name}:{line}", says, "save the file as UTF-8")]) from None
    problems = [
        Problem(f"{name}:{line}", f"found the character U+{ord(bad[0]):04X}, which no text has", "delete it")
        for line, written in enumerate(text.split("\n"), 1)
        if (bad := NOT_TEXT.search(written))
    ]
    if problems:
        raise ProblemsError(problems)
    return text
