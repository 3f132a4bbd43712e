"""A session that is running now: player, watching and journal behind one clock; inputs in, events out."""

import math
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from uncrick.app.journal import input_of, input_record, seen_of
from uncrick.app.pain import PainAnswers, PainDecision, decide_pain
from uncrick.app.session import Book, Wish, prescriptions_of, program_for
from uncrick.app.whose import NOBODY, Whose, local_now
from uncrick.coach import engine, person, player, summary
from uncrick.coach.events import BodyLost, Event
from uncrick.coach.gentle import gentle_exercise
from uncrick.coach.keeping import SetSeen, Told, record_of
from uncrick.coach.played import FeltAfter, PainReported, Played, SessionEnded, SetEnded, StageEntered
from uncrick.coach.program import Asked, Program
from uncrick.coach.record import SessionHead, SessionRecord, SessionState
from uncrick.coach.screen import Screen, screen_of
from uncrick.coach.stages import BEGUN, WAITS, PlayerState
from uncrick.coach.summary import SetSummary, SummaryState, summary_record
from uncrick.coach.watch import Watch, WatchState, compile_watch
from uncrick.files.journal_file import Journal, read_journal
from uncrick.pose.frame import Frame

Out = Played | Event | SetSummary

QUIET_CAMERA_S = 2.0
"""A camera from which nothing came for so long counts as seeing nobody."""

KEPT_AT = (SetEnded, PainReported, SessionEnded, FeltAfter)
"""What happened when a session goes into the records: a set or the session is over, or it hurt."""

BEAT_S = 1.0
"""How often the passing of time alone is written down."""


class Live:
    """One running session. Everything that happens to it goes through `take` or `frame`, and is written down first."""

    def __init__(
        self,
        book: Book,
        wishes: tuple[Wish, ...],
        clock: Callable[[], float] = time.monotonic,
        whose: Whose = NOBODY,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        self.id = ""
        self.whose = whose
        self.began_at: datetime | None = None
        self.keep: Callable[[Live], None] | None = None
        self._now = now
        self.book = book
        self.wishes = wishes
        self.program: Program = program_for(book, wishes)
        self.journal: Journal | None = None
        self._path: Path | None = None
        self._early: list[person.Input] = []
        self.pain_before: int | None = None
        self.n_stops = 0
        self.standing_why = ""
        self.played: list[Played] = []
        self.summaries: list[dict[str, Any]] = []
        self.hears: Callable[[Played], None] | None = None
        self.seen: list[SetSeen] = []
        self._clock = clock
        self._started_s = clock()
        self._state: PlayerState | None = None
        self._watch: Watch | None = None
        self._watching: WatchState | None = None
        self._gathered: SummaryState | None = None
        self._hold_used = True
        self._looks_s = (math.nan, math.nan)
        self._last_frame_s = math.inf
        self._written_s = -math.inf

    def now_s(self) -> float:
        """Return the session's own time."""
        return self._clock() - self._started_s

    @property
    def state(self) -> PlayerState:
        """Where the session stands."""
        return self._state or PlayerState(outcomes=tuple("" for _ in self.program.sets))

    def screen(self) -> Screen:
        """Return what to show now."""
        return screen_of(self.program, self.state)

    def want(self, wishes: tuple[Wish, ...]) -> None:
        """Ask for other stretches than tonight's; only before the session begins."""
        self.wishes, self.program = wishes, program_for(self.book, wishes)
        self._state = self.state._replace(outcomes=tuple("" for _ in self.program.sets))

    def write_to(self, path: Path) -> None:
        """Write everything down in *path*: from the beginning of the session, or on from where it was."""
        self._path, self.id = path, path.stem
        if path.exists():
            self.journal = Journal(path)

    def _open_journal(self, path: Path) -> Journal:
        journal = Journal(path)
        began_at = self.began_at or self._now()
        offset = began_at.utcoffset() or timedelta()
        whose = {"person": self.whose.person, "plan": self.whose.plan, "kind": self.whose.kind}
        head = {"session": path.stem, "wishes": [asdict(w) for w in self.wishes], "at": began_at.timestamp()}
        journal.add(head | {"utc_offset_min": round(offset.total_seconds() / 60)} | whose, at_once=True)
        for x in self._early:
            journal.add(input_record(x))
        return journal

    def take(self, x: person.Input) -> list[Out]:
        """Take one input; its time is set to now."""
        x = replace(x, t_s=self.now_s())
        if isinstance(x, person.Begun) and self.began_at is None:
            self.began_at = self._now()
        if self._path is not None:
            self._write(self._path, x)
        out = self._play(x)
        if self.keep is not None and any(
            isinstance(e, SetEnded | PainReported | SessionEnded | FeltAfter) for e in out
        ):
            self.keep(self)
        return out

    def _write(self, path: Path, x: person.Input) -> None:
        if self.journal is None:
            if not isinstance(x, person.Begun):
                self._early = [*self._early[-99:], x]
                return
            self.journal = self._open_journal(path)
        if isinstance(x, person.Tick) and (x.t_s - self._written_s < BEAT_S or self.state.paused):
            return
        self._written_s = x.t_s
        self.journal.add(input_record(x), at_once=isinstance(x, person.PainFelt | person.PainDecided | person.Finished))

    def _play(self, x: person.Input) -> list[Out]:
        if isinstance(x, person.Paused) and not self.state.paused:
            self.standing_why = x.why
        if isinstance(x, person.Begun):
            self.pain_before = x.pain
        at, easier = self.state.at, self.state.easier
        self._state, played = player.step(self.program, self._state, x)
        self.played += played
        if self.hears is not None:
            for event in played:
                self.hears(event)
        self.n_stops += sum(_is_stop(e) for e in played)
        out: list[Out] = list(played)
        ended = any(isinstance(e, SetEnded) for e in played)
        fresh = any(isinstance(e, StageEntered) and e.stage == "get_ready" for e in played)
        if ended or fresh or self.state.at != at or self.state.easier != easier:
            out += self._close_watch()
        return out

    def due_in_s(self) -> float:
        """Return how long until the clock alone brings something, s; inf for never."""
        due = player.due_s(self.program, self.state)
        if self.camera_on and self._last_frame_s < math.inf:
            due = min(due, self._last_frame_s + QUIET_CAMERA_S)
        if self.journal is not None and not self.state.paused and self.state.stage not in WAITS:
            due = min(due, self._written_s + BEAT_S)
        return max(due - self.now_s(), 0.0)

    @property
    def camera_on(self) -> bool:
        """Whether the person's camera is on."""
        return self.state.camera != "off"

    def tick(self) -> list[Out]:
        """Let the clock bring what is due."""
        out: list[Out] = []
        if self.now_s() - self._last_frame_s >= QUIET_CAMERA_S:
            self._last_frame_s = math.inf
            out += self.take(person.Watched(0.0, BodyLost(self.now_s())))
        return out + self.take(person.Tick(0.0))

    def camera(self, *, on: bool) -> list[Out]:
        """Say that the camera went on or off; a new stream of frames has a clock of its own."""
        out = self._close_watch()
        self._last_frame_s = math.inf
        return out + self.take(person.CameraTurned(0.0, on))

    def frame(self, frame: Frame) -> list[Out]:
        """Look at one frame; nothing is watched between sets, in a pause, or after a stop."""
        self._last_frame_s = self.now_s()
        if self.state.stage not in BEGUN or self.state.paused or not self.camera_on:
            return []
        if self._watch is None:
            asked = self.program.sets[self.state.at]
            if not asked.tracked:
                return []
            hold_s = asked.easier_hold_s if self.state.easier else asked.hold_s
            self._watch = _watch_of(self.book, asked, hold_s)
            self._looks_s = (self.now_s(), self.now_s() - frame.t_s)
        watch = self._watch
        self._watching, seen = engine.step(watch, self._watching, frame)
        self._gathered, _ = summary.step(watch, self._gathered, seen)
        out: list[Out] = []
        for event in seen.events:
            out += [event, *self.take(person.Watched(0.0, event))]
        return out + self._offer_hold(watch, seen.reading.phase, seen.reading.hold_s)

    def _offer_hold(self, watch: Watch, phase: str, held_s: float) -> list[Out]:
        """Tell the player of a hold that the engine sees, until the player has taken it; each hold once."""
        if held_s != held_s or self._watch is None:
            self._hold_used = held_s == held_s
            return []
        if self._hold_used:
            return []
        side = watch.exercise.phase(phase).side
        if not player.awaits_hold(self.program, self.state, side):
            return []
        out = self.take(person.HoldSeen(0.0, side, held_s))
        self._hold_used = self.state.stage == "hold" and self.state.hold_seen
        return out

    def _close_watch(self) -> list[Out]:
        """End the watching of a set and return what it came to, if anything was seen."""
        watch, state, gathered = self._watch, self._watching, self._gathered
        self._watch = self._watching = self._gathered = None
        self._hold_used = True
        if watch is None or gathered is None:
            return []
        summed = summary.summarise(watch, gathered, engine.finish(watch, state, gathered.end_s))
        line = {"summary": summary_record(summed), "start_s": self._looks_s[0], "clock_s": self._looks_s[1]}
        self._summed(line)
        if self.journal is not None:
            self.journal.add(line, at_once=True)
        return [summed]

    def _summed(self, line: dict[str, Any]) -> None:
        """Take what a set came to, as it stands in the journal."""
        self.summaries.append(line["summary"])
        if "clock_s" in line:
            self.seen.append(seen_of(line))

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to do in it."""
        return any(isinstance(e, SessionEnded) for e in self.played)

    def record(self, state: SessionState = "running") -> SessionRecord | None:
        """Return the session as it is kept; None before it begins. state : what it is while it is not over."""
        if self.began_at is None:
            return None
        began_at, whose = self.began_at, self.whose
        head = SessionHead(
            self.id, whose.person, whose.plan, whose.kind, began_at.astimezone(UTC), began_at.date(),
            round((began_at.utcoffset() or timedelta()).total_seconds() / 60), prescriptions_of(self.book, self.wishes),
        )  # fmt: skip
        state = "finished" if self.is_over else state
        return record_of(head, self.program, Told(self.played, self.seen, self.pain_before, state, self.state.t_s))

    def hurt(self, answers: PainAnswers) -> tuple[PainDecision, list[Out]]:
        """Decide what follows from the answers to the pain questions, and do it."""
        baseline = self.whose.baseline if self.pain_before is None else self.pain_before
        exercise = self.program.sets[self.state.at].exercise if self.program.sets else ""
        decision = decide_pain(answers, baseline, self.n_stops, self.whose.care_for(exercise))
        kinds = ",".join((answers.stop, *answers.yes))
        decided = person.PainDecided(0.0, decision.action, decision.why, answers.where, answers.level, kinds)
        return decision, self.take(decided)

    def close(self, *, finished: bool) -> None:
        """Close the journal; that of a *finished* session is put away, any other can be gone on with."""
        if self.journal is not None:
            self.journal.close(finished=finished)
            self.journal = self._path = None


@lru_cache(maxsize=256)
def _watch_of(book: Book, asked: Asked, hold_s: float) -> Watch:
    """Compile how a set is watched, once for all sessions that ask for the same."""
    exercise = book.library.exercises[asked.exercise]
    exercise = gentle_exercise(exercise, book.library.measures, asked.depth, asked.speed)
    return compile_watch(exercise, book.library.measures, hold_s)


def _is_stop(event: Played) -> bool:
    """Whether an event is a stop, the person's own or the camera's; the second of either kind ends a session."""
    return isinstance(event, PainReported) or (isinstance(event, SetEnded) and event.outcome == "stopped")


def replayed(
    book: Book, path: Path, clock: Callable[[], float] = time.monotonic, whose: Callable[[str], Whose] | None = None
) -> Live | None:
    """Return the session of a journal as it was last, writing nothing; None when there is nothing to go on with.

    whose : for the person of the journal (their id, empty for nobody's), whose session it is.
    """
    records = read_journal(path)
    head = next((r for r in records if "wishes" in r), None)
    if head is None:
        return None
    named = head.get("person", "")
    owner = whose(named) if whose is not None else Whose(named)
    owner = replace(owner, plan=head.get("plan", ""), kind=head.get("kind", "session"))
    live = Live(book, tuple(Wish(**wish) for wish in head["wishes"]), clock, owner)
    live.id = path.stem
    zone = timezone(timedelta(minutes=head.get("utc_offset_min", 0)))
    live.began_at = datetime.fromtimestamp(head["at"], zone) if "at" in head else None
    last_s = 0.0
    for record in records:
        if "input" in record:
            x = input_of(record)
            last_s = max(last_s, x.t_s)
            live._play(x)
        elif "summary" in record:
            live._summed(record)
    live._started_s = clock() - last_s
    return live


def restore(
    book: Book, path: Path, clock: Callable[[], float] = time.monotonic, whose: Callable[[str], Whose] | None = None
) -> Live | None:
    """Return the session of a journal where it was, standing still; None when there is nothing to go on with."""
    live = replayed(book, path, clock, whose)
    if live is None:
        return None
    live.write_to(path)
    live.take(person.CameraTurned(0.0, on=False))
    live.take(person.Paused(0.0, "connection"))
    return live
