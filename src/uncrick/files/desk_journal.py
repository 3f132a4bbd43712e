"""The desk companion's journal: what it heard and what it found, a file a date, so that any death of it loses nothing.

The first line of a file has the whole state; the lines after it are news in their order. Playing them through the same
step gives the state again. Lines with ``found`` are facts for the picture of the day.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError

from uncrick.desk.activity import Activity, CallBegan, CameraLight, CameraPosture, Input, Known, Tick, Unknown
from uncrick.desk.asked import Said
from uncrick.desk.companion import State
from uncrick.desk.day import Fact
from uncrick.desk.found import Found
from uncrick.desk.sitting import Heard
from uncrick.files.journal_file import Journal, read_journal

TICK_EVERY_S = 30.0
"""How often the passing of time alone, or of it in one position, is written down: less than silence, so that a replay
takes it for none."""

_HEARD: dict[str, TypeAdapter[Heard]] = {k.__name__: TypeAdapter(k) for u in (Activity, Said) for k in get_args(u)}
_FOUND: dict[str, TypeAdapter[Found]] = {k.__name__: TypeAdapter(k) for k in get_args(Found)}
LOOK_BACK = 5
"""So many files are looked at for the newest state: more than any clock set back and forth makes in a day."""

_STATE = TypeAdapter(State)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a journal holds. boot, offset_s : which run of the machine ``t_s`` came from, and how it was reckoned.

    state : at the file's beginning. heard : since then. facts : found since then. at : the newest wall clock.
    """

    boot: str
    offset_s: float
    state: State | None
    heard: tuple[Heard, ...]
    facts: tuple[Fact, ...]
    at: datetime | None

    @property
    def at_s(self) -> float:
        """The companion's time of the newest thing that was written."""
        state_s = self.state.sitting.at_s if self.state is not None else float("-inf")
        return max(state_s, *(x.t_s for x in self.heard[-1:]), float("-inf"))


class DeskJournal:
    """The journal of one companion, open for adding; it goes on in a new file on a new date."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "desk" / "days"
        self._journal: Journal | None = None
        self._day: date | None = None
        self._tick_s = float("-inf")
        self._only_input = False
        self._posture: tuple[bool | None, float] = (None, float("-inf"))

    def begin(self, day: date, boot: str, offset_s: float, state: State | None, at: datetime) -> None:
        """Go on in the file of *day* with a line that holds all there is to know."""
        self.close()
        self._journal, self._day = Journal(self._folder / f"{day.isoformat()}.jsonl"), day
        record = None if state is None else _STATE.dump_python(state, mode="json")
        self._journal.add({"state": record, "boot": boot, "offset_s": offset_s, "at": at.isoformat()}, at_once=True)

    @property
    def day(self) -> date | None:
        """The date of the file that is open."""
        return self._day

    def hear(self, x: Heard, *, tells: bool) -> None:
        """Write news down, before it has any effect; what changes nothing is left out, unless it *tells* something."""
        if self._journal is None:
            return
        if not tells and self._changes_nothing(x):
            return
        self._only_input = isinstance(x, Input) or (isinstance(x, Tick) and self._only_input)
        if isinstance(x, CallBegan):
            x = replace(x, by="")  # which program it is, is for the status of the moment, and is not kept
        self._tick_s = x.t_s if isinstance(x, Tick) else self._tick_s
        self._posture = (x.present, x.t_s) if isinstance(x, CameraPosture) else self._posture
        if isinstance(x, Known | Unknown) and x.what == "camera":
            self._posture = (None, float("-inf"))  # what was seen before counts no more
        self._journal.add({"heard": type(x).__name__, **_record(x)})

    def _changes_nothing(self, x: Heard) -> bool:
        match x:
            case Input():
                return self._only_input
            case Tick(t_s=t_s):
                return t_s - self._tick_s < TICK_EVERY_S
            case CameraPosture(t_s=t_s, present=present, moved=False):
                return present == self._posture[0] and t_s - self._posture[1] < TICK_EVERY_S
            case _:
                return isinstance(x, CameraLight)  # it is for the status of the moment

    def find(self, found: Found, now_s: float, at: datetime) -> None:
        """Write down something found."""
        if self._journal is not None:
            record = {"found": type(found).__name__, **_record(found), "now_s": now_s, "at": at.isoformat()}
            self._journal.add(record, at_once=True)

    def close(self) -> None:
        """Close the file."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None


def newest_kept(folder: Path) -> Kept | None:
    """Return what the newest journal holds from its last whole state on, None where there is none to go on from.

    Newest is what came last by the companion's own time: a date that a clock set wrong has made up may lie ahead.
    """
    newest: Kept | None = None
    for path in journal_files(folder)[-LOOK_BACK:]:
        kept = _kept(read_journal(path))
        if kept is not None and (newest is None or kept.at_s >= newest.at_s):
            newest = kept
    return newest


def facts_of(folder: Path, day: date) -> tuple[Fact, ...]:
    """Return what was found and written in the file of *day*; nothing where there is none."""
    path = folder / "desk" / "days" / f"{day.isoformat()}.jsonl"
    return tuple(_facts(read_journal(path))) if path.is_file() else ()


def days_kept(folder: Path) -> tuple[date, ...]:
    """Return the dates that have a file, oldest first."""
    found = []
    for path in journal_files(folder):
        try:
            found.append(date.fromisoformat(path.stem))
        except ValueError:
            continue
    return tuple(found)


def journal_files(folder: Path) -> list[Path]:
    """Return every file of the desk's journal."""
    return sorted((folder / "desk" / "days").glob("*.jsonl"))


def _kept(records: list[dict[str, Any]]) -> Kept | None:
    starts = [i for i, r in enumerate(records) if "state" in r and "boot" in r]
    if not starts:
        return None
    head, rest = records[starts[-1]], records[starts[-1] + 1 :]
    try:
        state = None if head["state"] is None else _STATE.validate_python(head["state"])
    except ValidationError:  # written by another version: its facts stay, its state does not
        return None
    heard = tuple(x for r in rest if "heard" in r and (x := _value(_HEARD, r, "heard")) is not None)
    ticks = [x.local for x in heard if isinstance(x, Tick)]
    at = ticks[-1] if ticks else datetime.fromisoformat(head["at"])
    return Kept(str(head["boot"]), float(head["offset_s"]), state, heard, tuple(_facts(rest)), at)


def _facts(records: list[dict[str, Any]]) -> Iterator[Fact]:
    for record in records:
        found = _value(_FOUND, record, "found") if "found" in record else None
        if found is not None:
            yield Fact(found, float(record["now_s"]), datetime.fromisoformat(record["at"]))


def _record(value: Heard | Found) -> dict[str, Any]:
    fields = dataclasses.asdict(value)
    return {name: v.isoformat() if isinstance(v, datetime) else v for name, v in fields.items()}


def _value(kinds: dict[str, TypeAdapter[_T]], record: dict[str, Any], key: str) -> _T | None:
    """Return the value that a line holds, None for one of another version."""
    kind = kinds.get(record[key])
    if kind is None:
        return None
    try:
        return kind.validate_python({n: v for n, v in record.items() if n not in (key, "now_s", "at")})
    except ValidationError:
        return None
