"""What stands on the explain page, and stretches computed for it in a process of their own."""

import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final

from uncrick.crack.sources import SOURCES
from uncrick.errors import Problem, ProblemsError
from uncrick.files.stretches_file import read_stretches
from uncrick.files.sweep_rows_file import read_sweep_rows

FIRST_S: Final = 90.0
"""The first stretch of a machine waits for the equations to be compiled."""
LONGEST_S: Final = 20.0
"""No stretch is waited for longer; the slowest of the whole allowed range took 14 s (docs/crack.md)."""
MOST_WAITING: Final = 3
PER_S: Final = 4.0
AT_ONCE: Final = 12.0
"""Stretches a second, and how many at once, before the page is asked to wait. A hand on a slider asks for fewer."""

CITED: Final = ("bialosky2010", "chandran2018", "cramer2011", "unsworth1971")


class BusyError(Exception):
    """Too many stretches are asked for at once; says so."""


def page_record() -> dict[str, Any]:
    """Return all that the explain page is written from: precomputed stretches, the sweep's maps, the sentences."""
    stretches, rows = read_stretches(), read_sweep_rows()
    cited = sorted({band["source"] for band in stretches.bands} | set(CITED))
    return {
        "theories": stretches.theories,
        "bands": stretches.bands,
        "map": rows["theories"],
        "deciders": rows["deciders"],
        "quiet": rows["quiet"],
        "verdicts": {row["verdict"]: row["n"] for row in rows["verdicts"]},
        "unsettled": stretches.unsettled,
        "does_not": stretches.does_not,
        "sources": [(key, *SOURCES[key]) for key in cited],
    }


def stretches_text() -> bytes:
    """Return the precomputed stretches as the page reads them: JSON."""
    return read_stretches().text


class Bench:
    """One process that stretches joints, so that no session waits for it. Started by the first question."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._turn = threading.Lock()
        self._count = threading.Lock()
        self._n_waiting = 0
        self._has_answered = False
        self._left = AT_ONCE
        self._counted_s = clock()

    def admit(self) -> None:
        """Count one question. Raises BusyError when there were too many just now."""
        with self._count:
            now_s = self._clock()
            self._left = min(AT_ONCE, self._left + PER_S * (now_s - self._counted_s))
            self._counted_s = now_s
            if self._left < 1.0 or self._n_waiting >= MOST_WAITING:
                raise BusyError("too many stretches at once; wait a second")
            self._left -= 1.0
            self._n_waiting += 1

    def warm(self) -> None:
        """Start the process, so that the first question finds its equations ready. Returns at once."""
        if self._turn.acquire(blocking=False):
            try:
                self._running()
            finally:
                self._turn.release()

    def stretch(self, values: Mapping[str, float]) -> dict[str, Any]:
        """Return `explaining_live.live_record` of an admitted question. Raises ProblemsError.

        Blocks for as long as the stretch takes, LONGEST_S at most; a process that takes longer is ended.
        """
        try:
            with self._turn:
                return self._ask(dict(values))
        finally:
            with self._count:
                self._n_waiting -= 1

    def _ask(self, values: dict[str, float]) -> dict[str, Any]:
        line = self._running()
        try:
            line.send(values)
            answered = line.poll(LONGEST_S if self._has_answered else FIRST_S)
            answer = line.recv() if answered else None
        except (EOFError, OSError):
            answer = None
        if answer is None:
            self.close()
            says = "this stretch could not be followed in time"
            raise ProblemsError([Problem("stretch", says, "move a slider a little")])
        self._has_answered = True
        if isinstance(answer, list):
            raise ProblemsError(answer)
        return dict(answer)

    def _running(self) -> Connection:
        """Return the line to the process, which is started when there is none."""
        if self._line is not None and self._process is not None and self._process.is_alive():
            return self._line
        self.close()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._line = ours
        return ours

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._line is not None:
            self._line.close()
        self._process = self._line = None
        self._has_answered = False


def _serve(line: Connection) -> None:
    """Answer questions until the other end is gone; Ctrl-C is the other end's to hear."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from uncrick.app.explaining_live import live_record

    live_record({})  # compiles the equations before they are asked for
    while True:
        try:
            values = line.recv()
        except EOFError:
            return
        try:
            line.send(live_record(values))
        except ProblemsError as error:
            line.send(error.problems)
