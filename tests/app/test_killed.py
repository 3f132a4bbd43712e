"""Sessions killed in the middle (kill -9): what had happened is in the records after the next start, once."""

import multiprocessing
import os
import random
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.app.lives import all_no, evening_at, somebody
from tests.app.test_live import Clock
from uncrick.app.pain import PainAnswers
from uncrick.app.recording import keep_left
from uncrick.app.records import open_records
from uncrick.app.session import open_book
from uncrick.app.sessions import Sessions
from uncrick.coach import person
from uncrick.coach.played import HoldDone, PainReported
from uncrick.store.pain import load_pains
from uncrick.store.sessions import load_sessions

NOW = evening_at(0)
FORK = multiprocessing.get_context("fork")


def exercise(folder: Path, who: str, told) -> None:
    """Do a session, in quick time, and tell after each moment how many holds and pains there were."""
    sessions = Sessions(folder / "state", database=open_records(folder / "uncrick.db"), now=lambda: NOW)
    live = sessions.begin(sessions.new_id(), person=who)
    clock = Clock()
    live._clock, live._started_s = clock, clock()
    live.take(person.Begun(0.0, 2))
    for moment in range(400):
        clock.now += 0.5
        live.tick()
        if moment == 60:
            live.take(person.PainFelt(0.0))
            live.hurt(PainAnswers("lower back", 4))
        done = [sum(isinstance(e, kind) for e in live.played) for kind in (HoldDone, PainReported)]
        told.send((live.id, *done))
        time.sleep(0.002)
        if live.is_over:
            live.take(person.Finished(0.0, 3, "yes", ""))
            sessions.put_away(live.id)
            sessions.close()
            return


def killed(folder: Path, who: str, after_s: float) -> tuple[str, int, int]:
    """Let somebody exercise, kill the program after so long, and return what it had told last."""
    told, tells = FORK.Pipe(duplex=False)
    process = FORK.Process(target=exercise, args=(folder, who, tells))
    process.start()
    tells.close()
    last = told.recv()
    until_s = time.monotonic() + after_s
    try:
        while time.monotonic() < until_s:
            if told.poll(0.001):
                last = told.recv()
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        while told.poll(0.0):
            last = told.recv()
    except EOFError:
        process.join()
    return last


@pytest.mark.parametrize("n_times", [4, pytest.param(100, marks=pytest.mark.slow)])
def test_nothing_that_had_happened_is_lost_or_doubled(tmp_path, n_times):
    """Killed at any moment, each session is in the records once, with every hold and every pain that was told of."""
    chance, book, kept = random.Random(n_times), open_book(), {}
    db = open_records(tmp_path / "uncrick.db")

    for n in range(n_times):
        who, _ = somebody(db, name=f"Kim {n}")
        all_no(db, who.id, NOW - timedelta(hours=1))
        db.engine.dispose()
        kept[who.id] = killed(tmp_path, who.id, chance.uniform(0.0, 0.9))
        for path in (tmp_path / "state" / "running").glob("*.jsonl"):
            os.utime(path, (1, 1))
        keep_left(db, book, tmp_path / "state")
        keep_left(db, book, tmp_path / "state")

    n_cut = 0
    for who_id, (id_, n_holds, n_pains) in kept.items():
        with db.reading() as c:
            [record] = load_sessions(c, who_id)
            during = [p for p in load_pains(c, who_id) if p.moment == "during"]
        assert record.id == id_
        assert len(record.holds) >= n_holds
        assert len(during) == len(record.hurts) >= n_pains
        n_cut += record.state == "left" and n_holds > 0
    assert n_cut > n_times / 10
    assert list((tmp_path / "state" / "running").glob("*.jsonl")) == []
    db.close()
