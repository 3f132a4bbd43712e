"""A break as command and page show it: what it would be now, why, and what the coach's player is asked for."""

import contextlib
import threading
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any, Final

from uncrick.app.desk_control import ask
from uncrick.app.desk_offer import exercise_names, offer_now
from uncrick.app.desk_words import WHY, break_sentence
from uncrick.app.live import Live
from uncrick.app.records import Database
from uncrick.app.session import Wish
from uncrick.coach.played import PainReported, Played, SessionEnded, SetEnded, StageEntered
from uncrick.desk.offer import Part
from uncrick.errors import ProblemsError

NOTHING: Final = "Nothing is offered now: an answer of yours asks for help first. The front page says what to do."


@dataclass(frozen=True, slots=True)
class BreakNow:
    """What a break would be now. says, why : sentences. walk_s : of a walk, 0 for none. left_out : not for a desk.

    questions_first : somebody's safety questions are open, so that the player would not begin.
    """

    offered: bool
    says: str
    why: str
    parts: tuple[Part, ...] = ()
    walk_s: float = 0.0
    left_out: tuple[str, ...] = ()
    questions_first: bool = False

    @property
    def exercises(self) -> tuple[str, ...]:
        """The exercises by id."""
        return (*(p.exercise for p in self.parts), *(("walking",) if self.walk_s else ()))


def break_now(folder: Path | None = None, records: Database | None = None, person: str = "") -> BreakNow:
    """Return the break that is open now, by today's answers and the person's plan; see `offer_now`."""
    found = offer_now(folder, records, person)
    if found is None:
        return BreakNow(offered=False, says=NOTHING, why="")
    says = break_sentence(found, exercise_names())
    waits = bool(person) and found.why == "answers_missing"
    return BreakNow(True, says, WHY[found.why], found.parts, found.walk_s, found.left_out, waits)


def wishes_of(found: BreakNow) -> tuple[Wish, ...]:
    """Return what the player is asked for: each movement once through, then the walk."""
    parts = [Wish(p.exercise, p.n_reps, p.hold_s or None, n_sets=1) for p in found.parts]
    if found.walk_s:
        parts.append(Wish("walking", duration_s=found.walk_s, n_sets=1))
    return tuple(parts)


def tell_companion(live: Live, folder: Path | None = None) -> None:
    """Let the companion know when a break in the player begins and how it ends, if one runs then."""
    if live.hears is None:
        live.hears = _Teller(tuple(wish.exercise for wish in live.wishes), folder)


class _Teller:
    """Tells a companion of one break, from a thread of its own: the player waits for nobody."""

    def __init__(self, what: tuple[str, ...], folder: Path | None) -> None:
        self._what = what
        self._folder = folder
        self._hurt = False
        self._done = 0
        self._line: Queue[dict[str, Any]] = Queue()
        threading.Thread(target=self._tell, name="desk break", daemon=True).start()
        self._began = False

    def __call__(self, event: Played) -> None:
        """Take what the player tells."""
        match event:
            case StageEntered() if not self._began:
                self._began = True
                self._line.put({"do": "began", "what": list(self._what)})
            case PainReported():
                self._hurt = True
            case SetEnded(outcome="done"):
                self._done += 1
            case SessionEnded(ending=ending):
                how = "pain" if self._hurt or ending != "done" else "done" if self._done else "left"
                self._line.put({"do": "ended", "ending": how})
            case _:
                pass

    def _tell(self) -> None:
        while True:
            request = self._line.get()
            with contextlib.suppress(ProblemsError):  # none runs: the session's own record is all there is
                ask(request, self._folder)
            if request["do"] == "ended":
                return


def break_record(found: BreakNow) -> dict[str, Any]:
    """Return a break as one JSON object."""
    parts = [{"exercise": p.exercise, "n_reps": p.n_reps, "hold_s": p.hold_s} for p in found.parts]
    return {
        "offered": found.offered, "says": found.says, "why": found.why, "parts": parts, "walk_s": found.walk_s,
        "left_out": list(found.left_out),
    }  # fmt: skip
