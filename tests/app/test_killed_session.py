"""Killed in the middle of a session, wherever it is: nothing recorded is lost, and nothing is there twice."""

import multiprocessing
import os
import random
import signal
import sqlite3
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.app import killed
from tests.app.lives import all_no, evening_at, plan_text_of
from uncrick.app.people import new_person
from uncrick.app.plans import add_plan
from uncrick.app.recording import keep_left
from uncrick.app.records import Database, open_records
from uncrick.app.session import open_book
from uncrick.coach.record import SessionRecord
from uncrick.store.sessions import load_sessions

LOST_S = 1.0
"""At most so much of a session may be lost. Source: issue 4."""

PROGRAMS = multiprocessing.get_context("forkserver")
PROGRAMS.set_forkserver_preload(["tests.app.killed"])


def person_for(db: Database, n: int) -> str:
    """Return a new person with a plan of three stretches who may begin."""
    who = new_person(db, f"Kim {n}")
    add_plan(db, who.id, plan_text_of(*killed.EXERCISES))
    all_no(db, who.id, evening_at(0) - timedelta(hours=1))
    return who.id


def started(database: Path, folder: Path, who: str) -> tuple[multiprocessing.Process, Connection]:
    """Start a program of its own that plays the person's session."""
    listen, tell = PROGRAMS.Pipe(duplex=False)
    program = PROGRAMS.Process(target=killed.play, args=(database, folder, who, tell))
    program.start()
    tell.close()
    return program, listen


@dataclass
class Run:
    """What one person's session came to, over all its programs. told : (time, counts) as the programs told them."""

    told: list[tuple[float, tuple[int, int, int, int]]] = field(default_factory=list)
    n_killed: int = 0
    has_felt: bool = False
    is_over: bool = False


def run_once(paths: tuple[Path, Path], who: str, run: Run, lives: int) -> None:
    """Start a program, and kill it after it has told *lives* things (0: never); check how it took up the session."""
    program, listen = started(*paths, who)
    before, n = run.told[-1:], 0
    try:
        while True:
            told, n = listen.recv(), n + 1
            if told == "over":
                run.is_over = True
            elif told == "felt":
                run.has_felt = True
            else:
                if n == 1 and before:
                    check_nothing_lost(run.told, told)
                run.told.append(told)
            if n == lives:
                program.kill()
    except EOFError:
        pass
    program.join(timeout=60)
    assert program.exitcode in (0, -signal.SIGKILL)
    run.n_killed += program.exitcode != 0


def check_nothing_lost(told: list, now: tuple) -> None:
    """What a program that goes on knows is all that was told, but perhaps the last second."""
    last_s, last = told[-1]
    old = max((counts for t_s, counts in told if t_s <= last_s - LOST_S), default=(0, 0, 0, 0))
    assert all(a >= b for a, b in zip(now[1], old, strict=True)), (now, old)
    assert now[1][2:] == last[2:], "a pop or a pain that was said is never lost"
    assert now[0] >= last_s - LOST_S - killed.STEP_S


def come_to(record: SessionRecord) -> tuple[object, ...]:
    """Return all of a session that does not depend on when its programs were killed."""
    return (
        [
            (s.n, s.at, s.exercise, s.prescription, s.n_asked, s.n_done, s.outcome, s.reason, s.seen)
            for s in record.sets
        ],
        [(h.set_n, h.n, h.side, h.asked_s, h.completed) for h in record.holds],
        [(s.n, s.set_n, s.exercise, s.reason, s.source) for s in record.stops],
        [(h.n, h.set_n, h.exercise, h.place, h.level, h.kinds, h.action) for h in record.hurts],
        [(p.n, p.set_n, p.exercise, p.hurt) for p in record.pops],
        (record.state, record.ending, record.pain_before),
    )


def kept(database: Path, who: str) -> tuple[SessionRecord, ...]:
    db = open_records(database)
    with db.reading() as c:
        found = load_sessions(c, who)
    db.close()
    return found


def whole_file(path: Path) -> bool:
    with sqlite3.connect(path) as c:
        found = c.execute("PRAGMA integrity_check").fetchall() + c.execute("PRAGMA foreign_key_check").fetchall()
    c.close()
    return found == [("ok",)]


def kill_often(tmp_path: Path, n_kills: int, chance: random.Random) -> int:
    """Kill programs until *n_kills* are dead, a session after the other; return how many sessions that took."""
    database, folder = tmp_path / "uncrick.db", tmp_path / "state"
    db = open_records(database)
    undisturbed = person_for(db, 0)
    run_once((database, folder), undisturbed, Run(), 0)
    [model] = kept(database, undisturbed)
    assert [s.outcome for s in model.sets] == ["done", "skipped", "pain"], "something of everything is to be lost"
    assert (len(model.holds) > 3, len(model.pops), len(model.hurts), model.pain_after) == (True, 1, 1, 3)
    n_dead = n_sessions = 0
    while n_dead < n_kills:
        n_sessions += 1
        who, run = person_for(db, n_sessions), Run()
        while not run.is_over:
            lives = chance.choice([1, chance.randint(1, 200)]) if n_dead + run.n_killed < n_kills else 0
            run_once((database, folder), who, run, lives)
            for record in kept(database, who):
                assert len(record.sets) <= len(model.sets)
                assert len({s.n for s in record.sets}) == len(record.sets)
        n_dead += run.n_killed
        [record] = kept(database, who)
        assert come_to(record) == come_to(model)
        felt = (record.pain_after, record.felt_right, record.note)
        assert felt == (3, "yes", "warm room") or (felt == (None, "", "") and not run.has_felt)
        assert all(hold.hold_s >= hold.asked_s - LOST_S for hold in record.holds if hold.completed)
        assert list((folder / "running").glob("*")) == []
    db.close()
    assert whole_file(database)
    return n_sessions


@pytest.mark.parametrize("n_kills", [6, pytest.param(100, marks=pytest.mark.slow)])
def test_nothing_is_lost_or_doubled_by_any_number_of_kills(tmp_path, n_kills):
    """Programs killed at random moments of their sessions: each session ends as one that nobody disturbed."""
    assert kill_often(tmp_path, n_kills, random.Random(n_kills)) >= 1


@pytest.mark.parametrize("lives", [20, 150])
def test_a_session_that_nobody_goes_on_with_is_kept_at_the_next_start(tmp_path, lives):
    """Killed and left for a day, a session is in the records once, as left, with all that had been told of it."""
    database, folder = tmp_path / "uncrick.db", tmp_path / "state"
    db = open_records(database)
    who, run = person_for(db, 0), Run()

    run_once((database, folder), who, run, lives)
    for path in (folder / "running").glob("*.jsonl"):
        os.utime(path, (1, 1))
    n_kept = [keep_left(db, open_book(), folder) for _ in range(2)]

    db.close()
    [record] = kept(database, who)
    sets, holds, pops, pains = run.told[-1][1]
    assert (n_kept, record.state) == ([1, 0], "left")
    assert sum(one.reason != "not_reached" for one in record.sets) >= sets
    assert (len(record.holds) >= holds, len(record.pops), len(record.hurts)) == (True, pops, pains)
    assert list((folder / "running").glob("*")) == []
