"""A batch on this machine: a pool of processes, of which none outlives the one that started it."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Final

from uncrick.app.batch_judge import Job, Refused, judge
from uncrick.files.batch_table import Judged

Done = tuple[Job, Judged | Refused]

N_WAITING: Final = 2
"""Jobs handed to the pool for each worker: one in work, one that waits, so that none stands idle."""
DIED: Final = "the process that judged it died twice: too little memory, or a fault in a library that reads it"


def cores_here() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def judge_here(jobs: Iterable[Job], n_workers: int) -> Generator[Done, None, None]:
    """Yield every job with what came of it, as they finish, judged by *n_workers* processes.

    A job whose process dies is tried once more, alone; a second death is its own fault and refused. Leaving early
    (Ctrl-C, or the caller had enough) ends the processes at once.
    """
    todo = iter(jobs)
    while True:
        suspects: list[Job] = []
        yield from _until_broken(todo, n_workers, suspects)
        if not suspects:
            return
        for job in suspects:
            again: list[Job] = []
            yield from _until_broken(iter([job]), 1, again)
            yield from ((one, Refused(DIED)) for one in again)


def _until_broken(todo: Iterator[Job], n_workers: int, suspects: list[Job]) -> Iterator[Done]:
    """Work off *todo* until it ends or a process dies; then *suspects* holds the jobs that were handed out."""
    before = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")  # networks and decoders have threads, which a fork would tear
    pool = ProcessPoolExecutor(n_workers, context, _made_ready)
    running: dict[Future[Judged | Refused], Job] = {}
    try:
        while not suspects:
            for job in islice(todo, n_workers * N_WAITING - len(running)):
                running[pool.submit(judge, job)] = job
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                job = running.pop(future)
                try:
                    yield job, _result(future)
                except BrokenProcessPool:
                    suspects.append(job)
        suspects += running.values()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - before:
            child.terminate()
            child.join()


def _result(future: "Future[Judged | Refused]") -> Judged | Refused:
    try:
        return future.result()
    except BrokenProcessPool:
        raise
    except Exception as error:  # one file that hits a fault of ours must not take a thousand others with it
        return Refused(fault(error))


def fault(error: BaseException) -> str:
    """Return the sentence for a fault of the program's own."""
    return f"a fault in Uncrick itself, please report it: {type(error).__name__}: {error}"


def _made_ready() -> None:
    """Ready a worker: Ctrl-C is the parent's to heed, and a parent that is gone, killed even, wants no work done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True, name="uncrick-parent").start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
