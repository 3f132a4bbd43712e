"""YAML text as a tree of plain values, each with the line and column it was written at."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

import yaml

from uncrick.errors import Problem

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"

MAX_DEPTH: Final = 40
"""Levels of nesting; nothing a person writes by hand is as deep."""
MAX_VALUES: Final = 100_000
"""Values after every alias is written out, so that a few aliases of aliases cannot fill the memory."""
MAX_DIGITS: Final = 300
"""Longer rows of digits stay text; Python itself refuses to read them past 4300."""

Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

NULL: Final = re.compile(r"|~|null|Null|NULL")
BOOL: Final = re.compile(r"true|True|TRUE|false|False|FALSE")
INT: Final = re.compile(r"[-+]?[0-9]+")
OCTAL_OR_HEX: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
NOT_A_NUMBER: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


class Place(NamedTuple):
    """Where something was written; line and column count from 1, as editors do."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One value as written.

    value : plain Python value; mappings keep their keys as the text that was written.
    place : where the value begins.
    children : for each key or list index the place of the key (or of the item) and the node below it.
    n_values : how many values this is with all below it, aliases written out.
    """

    value: Plain
    place: Place
    children: dict[str | int, tuple[Place, "Node"]] = field(default_factory=dict)
    n_values: int = 1


class TreeRefusedError(Exception):
    """The text cannot be read further; carries the problem to add to those already found."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def scalar_value(text: str) -> Plain:
    """Return what an unquoted scalar means by YAML 1.2.2, section 10.3: no dates, no ``yes``, no ``1:30``.

    Raises ValueError for infinity and not-a-number, which no file here has a use for.
    """
    if NULL.fullmatch(text):
        return None
    if BOOL.fullmatch(text):
        return text[0] in "tT"
    if len(text) <= MAX_DIGITS and INT.fullmatch(text):
        return int(text)
    if len(text) <= MAX_DIGITS and OCTAL_OR_HEX.fullmatch(text):
        return int(text, 0)
    if NOT_A_NUMBER.fullmatch(text):
        raise ValueError(text)
    if FLOAT.fullmatch(text) and len(text) <= MAX_DIGITS:
        if math.isinf(float(text)):
            raise ValueError(text)
        return float(text)
    return text


class TreeBuilder:
    """Builds the tree from parser events, noting problems on the way; made anew for each text."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=Loader)
        self._anchors: dict[str, Node | None] = {}

    def document(self) -> Node | None:
        """Return the one document of the text, None where there is none. Raises yaml.YAMLError and TreeRefusedError."""
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    says = "a second document begins here ('---'), wanted one document in a file"
                    raise self._refused(event, says, "split the file")
                root = self._node(next(self._events), 0)
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        """Read the node that begins with *event*, with all below it."""
        if depth > MAX_DEPTH:
            raise self._refused(event, f"nested more than {MAX_DEPTH} levels deep", "write it flatter")
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent), "the parser gives nothing else here"
        if event.tag is not None:
            self._note(event, f"found the tag '{event.tag}', wanted a plain value", "put text in quotes instead")
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        if isinstance(event, yaml.MappingStartEvent):
            node = self._mapping(event, depth)
        elif isinstance(event, yaml.ScalarEvent):
            node = Node(self._scalar(event), _place(event))
        else:
            node = self._sequence(event, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _alias(self, event: yaml.AliasEvent) -> Node:
        node = self._anchors.get(event.anchor or "")
        if node is None:
            says = "contains itself" if event.anchor in self._anchors else "is not written above"
            raise self._refused(event, f"'*{event.anchor}' {says}", f"wanted '&{event.anchor}' on an earlier value")
        return node

    def _scalar(self, event: yaml.ScalarEvent) -> Plain:
        if event.style not in (None, ""):
            return str(event.value)
        try:
            return scalar_value(event.value)
        except ValueError:
            self._note(event, f"found {event.value}, wanted a finite number", "")
            return None

    def _sequence(self, start: yaml.Event, depth: int) -> Node:
        node = Node([], _place(start))
        n_values = 1
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            item = self._node(event, depth + 1)
            n_values = self._counted(start, n_values + item.n_values)
            node.children[len(node.children)] = (_place(event), item)
        return Node([item.value for _, item in node.children.values()], node.place, node.children, n_values)

    def _mapping(self, start: yaml.Event, depth: int) -> Node:
        children: dict[str | int, tuple[Place, Node]] = {}
        n_values = 1
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, depth)
            item = self._node(next(self._events), depth + 1)
            n_values = self._counted(start, n_values + item.n_values)
            if key in children:
                says = f"the key '{key}' is written twice, first in line {children[key][0].line}"
                self._note(event, says, "keep one of the two")
            elif key is not None:
                children[key] = (_place(event), item)
        value: Plain = {str(key): item.value for key, (_, item) in children.items()}
        return Node(value, _place(start), children, n_values)

    def _key(self, event: yaml.Event, depth: int) -> str | None:
        """Return a key as the text that was written, None (and a problem) where it is not a plain word."""
        if not isinstance(event, yaml.ScalarEvent):
            self._node(event, depth + 1)
            self._note(event, "found a list, a mapping or an alias as a key, wanted a word", "")
            return None
        if event.value == "<<" and event.style in (None, ""):
            self._note(event, "merge keys ('<<') are not read", "write the values out")
            return None
        return str(event.value)

    def _counted(self, event: yaml.Event, n_values: int) -> int:
        if n_values > MAX_VALUES:
            raise self._refused(event, f"holds more than {MAX_VALUES} values with its aliases written out", "")
        return n_values

    def _note(self, event: yaml.Event, says: str, hint: str) -> None:
        self.problems.append(Problem(f"{self.name}:{_place(event).line}", says, hint))

    def _refused(self, event: yaml.Event, says: str, hint: str) -> TreeRefusedError:
        return TreeRefusedError(Problem(f"{self.name}:{_place(event).line}", says, hint))


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def read_tree(text: str, name: str) -> tuple[Node | None, list[Problem]]:
    """Return the tree of *text* and every problem found; None where the text is empty or cannot be read to its end.

    A mistake in the YAML itself ends the reading, so at most one of those is reported, after all found before it.
    """
    builder = TreeBuilder(text, name)
    try:
        root = builder.document()
    except TreeRefusedError as refused:
        return None, [*builder.problems, refused.problem]
    except yaml.MarkedYAMLError as error:
        return None, [*builder.problems, syntax_problem(text, name, error)]
    if root is None and not builder.problems:
        return None, [Problem(name, "the file is empty", "wanted 'key: value' lines")]
    return root, builder.problems


def syntax_problem(text: str, name: str, error: yaml.MarkedYAMLError) -> Problem:
    """Say in plain English what the YAML parser stumbled over, with the line it is in."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    opened = error.context_mark.line if error.context_mark else line
    lines = text.splitlines() or [""]
    found = lines[line][column : column + 1] if line < len(lines) else ""
    problem, context = error.problem or "", error.context or ""
    if "cannot start any token" in problem and found == "\t":
        says, hint = "found a tab, wanted spaces", "indent with spaces"
    elif "cannot start any token" in problem:
        says, hint = f"a value cannot begin with '{found}'", "put the value in quotes"
    elif "mapping values are not allowed" in problem:
        says = "found ':' where no key can stand"
        hint = "give keys of one level the same indentation; put a value with ': ' in quotes"
    elif "quoted scalar" in context and "end of" in problem:
        line, says, hint = opened, "the quote opened here is never closed", "close it"
    elif "flow" in context:
        line, says, hint = opened, "the bracket opened here is not closed as it should be", "check ',' and ']' or '}'"
    elif "':'" in problem:
        says, hint = "the line before is neither 'key: value' nor a list item", "add the ':' or indent it"
    elif "block" in context:
        says, hint = f"does not belong to what began in line {opened + 1}", "check the indentation"
    else:
        says, hint = f"is not YAML: {problem}", ""
    return Problem(f"{name}:{line + 1}", says, hint)
