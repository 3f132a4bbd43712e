"""The names that an exercise file uses: measures, attributes and phases, each known or told with the nearest one.

Read from the file as it stands, well formed or not, so that a value of the wrong form elsewhere hides no wrong name.
"""

from collections.abc import Collection, Iterator, Mapping

from uncrick.errors import Problem, nearest
from uncrick.exercise.attribute import ATTRIBUTES
from uncrick.exercise.definition import KEPT_BY_ENGINE
from uncrick.files.marked_yaml import KeyPath, Marked
from uncrick.motion.measure import Measure

ABOVE = "see 'phases' above"


def name_problems(marked: Marked, book: Mapping[str, Measure]) -> list[Problem]:
    """Return every name in the file that nothing has. book : the measures that exist."""
    root = _mapping(marked.value)
    phases = _mapping(root.get("phases"))
    found = [
        *_unknown(marked, "measure", _measures(root, phases), (*book, *KEPT_BY_ENGINE), "uncrick measures"),
        *_unknown(marked, "measure", _read_measures(root), book, "uncrick measures"),
        *_unknown(marked, "attribute", _attributes(root), ATTRIBUTES, "see docs/care.md"),
        *_unknown(marked, "phase", _phases(root), phases, ABOVE),
    ]
    return list(dict.fromkeys(found))


def _unknown(
    marked: Marked, kind: str, used: Iterator[tuple[KeyPath, object]], names: Collection[str], hint: str
) -> Iterator[Problem]:
    for path, name in used:
        if isinstance(name, str) and name not in names:
            yield marked.problem(path, f"no {kind} '{name}'{nearest(name, names)}", hint)


def _measures(root: Mapping[str, object], phases: Mapping[str, object]) -> Iterator[tuple[KeyPath, object]]:
    """Yield the measures that conditions compare, with where each condition stands."""
    whens: list[tuple[KeyPath, object]] = [(("start",), root.get("start"))]
    whens += [(("phases", name, "when"), _mapping(phase).get("when")) for name, phase in phases.items()]
    cues = _mapping(root.get("cues"))
    whens += [(("cues", name, "when"), _mapping(cue).get("when")) for name, cue in cues.items()]
    for path, when in whens:
        for group in when if isinstance(when, list) else [when]:
            for name in _mapping(group):
                yield path, name


def _read_measures(root: Mapping[str, object]) -> Iterator[tuple[KeyPath, object]]:
    """Yield the measures that must be read from a frame: the hold's, and the one that speed is of."""
    yield ("hold", "measure"), _mapping(root.get("hold")).get("measure")
    yield ("speed",), root.get("speed") or None


def _attributes(root: Mapping[str, object]) -> Iterator[tuple[KeyPath, object]]:
    for name in _mapping(root.get("attributes")):
        yield ("attributes", name), name


def _phases(root: Mapping[str, object]) -> Iterator[tuple[KeyPath, object]]:
    """Yield the phases that a repetition and the cues name."""
    repetition = _mapping(root.get("repetition"))
    for name in _listed(repetition.get("each")):
        yield ("repetition", "each"), name
    yield ("repetition", "rest"), repetition.get("rest") or None
    for cue, one in _mapping(root.get("cues")).items():
        for name in _listed(_mapping(one).get("in")):
            yield ("cues", cue, "in"), name


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
