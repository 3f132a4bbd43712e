"""Real processes on a real file: at once, killed, on a full disk. Nothing that was kept is lost, doubled or halved."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.store.samples import a_person, a_session
from tests.store.test_database import older
from uncrick.store.database import open_database
from uncrick.store.described import describe
from uncrick.store.migrate import copies_of
from uncrick.store.people import load_people, save_person
from uncrick.store.sessions import load_session, load_sessions, save_session


def child(*arguments: object) -> subprocess.Popen[str]:
    """Start a process of `tests.store.child` that waits for a line."""
    command = [sys.executable, "-m", "tests.store.child", *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def whole(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with a file."""
    with sqlite3.connect(path) as c:
        found = c.execute("PRAGMA integrity_check").fetchall() + c.execute("PRAGMA foreign_key_check").fetchall()
    c.close()
    return found == [("ok",)]


@pytest.mark.parametrize("begins", ["new", "older"])
def test_programs_at_once_share_one_database(tmp_path, begins):
    """Programs that open a new or an older database at the same moment all keep what they write."""
    path = tmp_path / "uncrick.db"
    if begins == "older":
        older(path)
    names = ["ann", "bob", "cid"] if begins == "new" else ["ann", "bob"]
    running = [child("write", path, name, 10) for name in names]

    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=120) for process in running]

    assert [err for _, err in told] == [""] * len(names)
    database = open_database(path)
    with database.reading() as c:
        kept = {name: load_sessions(c, name) for name in names}
    database.close()
    assert kept == {name: tuple(a_session(f"{name}-{i}", name) for i in range(10)) for name in names}
    assert whole(path)
    assert len(copies_of(path)) == (1 if begins == "older" else 0)


def test_programs_at_once_share_one_server(cluster):
    """The same with a PostgreSQL database that all of them find empty."""
    url = cluster.new_database()
    names = ["ann", "bob"]
    running = [child("write", url, name, 5) for name in names]

    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=120) for process in running]

    assert [err for _, err in told] == [""] * 2
    database = open_database(url)
    with database.reading() as c:
        assert [len(load_sessions(c, name)) for name in names] == [5, 5]
    database.close()


def test_a_killed_program_loses_nothing_that_was_kept(tmp_path):
    """Killed in the middle of writing, three times: every session that it said was kept is there, whole, once."""
    path = tmp_path / "uncrick.db"
    chance = random.Random(11)
    for n in range(3):
        name = f"kim{n}"
        process = child("write", path, name, 100_000)
        process.stdin.write("go\n")
        process.stdin.flush()
        told = [process.stdout.readline().strip() for _ in range(chance.randint(1, 40))]

        process.send_signal(signal.SIGKILL)
        told += process.communicate(timeout=60)[0].split()

        database = open_database(path)
        with database.reading() as c:
            kept = load_sessions(c, name)
        database.close()
        assert set(kept) == {a_session(session.id, name) for session in kept}
        assert len(kept) - len(told) in (0, 1), "the one that was under way may be there or not"
        assert {session.id for session in kept} >= set(told)
        assert whole(path)


def test_opening_it_twice_lets_go_of_no_lock(tmp_path):
    """A program that opens its database once more keeps its locks: another that comes and goes takes no log away."""
    path = tmp_path / "uncrick.db"
    first = open_database(path)
    with first.writing() as c:
        save_person(c, a_person())
    open_database(path).close()
    describe(path)
    other = child("write", path, "lou", 1)
    assert other.communicate("go\n", timeout=60)[1] == ""

    with first.writing() as c:
        save_session(c, a_session("late"))

    kept = child("read", path, "kim").communicate(timeout=60)[0].split()
    first.close()
    assert kept == ["late"]


def full_disk(tmp_path) -> tuple[Path, int]:
    """A folder on a disk of one megabyte, or, where none can be mounted, a limit for the size of files."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.getuid() == 0 and mount is not None:
        done = subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False, capture_output=True
        )
        if done.returncode == 0:
            return folder, 0
    return folder, 400_000


@pytest.fixture
def disk(tmp_path):
    """A small disk, gone after the test."""
    folder, limit = full_disk(tmp_path)
    yield folder, limit
    if not limit:
        subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_said_and_loses_nothing(disk):
    """When the disk is full the program says so in a sentence; all that was kept before is there and whole."""
    folder, limit = disk
    path = folder / "uncrick.db"

    said, err = child("fill", path, limit).communicate(timeout=120)

    *kept, problem = said.splitlines()
    assert err == ""
    assert problem.startswith("problem: ")
    assert "the disk" in problem
    assert len(kept) > 5
    if not limit:
        shutil.copytree(folder, folder.parent / "saved")
        path = folder.parent / "saved" / "uncrick.db"
    database = open_database(path)
    with database.reading() as c:
        assert load_people(c) == (a_person(),)
        assert [load_session(c, id_) is not None for id_ in kept] == [True] * len(kept)
        assert len(load_sessions(c, "kim")) == len(kept)
    database.close()
    assert whole(path)


def test_a_disk_too_full_for_a_new_database_is_left_empty(disk):
    """Where not even a new database fits, that is said, and no half of one is left."""
    folder, limit = disk
    if limit:
        limit = 20_000
    else:
        (folder / "ballast").write_bytes(b"\0" * 980_000)

    said, err = child("fill", folder / "uncrick.db", limit).communicate(timeout=120)

    assert err == ""
    assert said.startswith("problem: ")
    assert "the disk" in said
    assert [one.name for one in folder.iterdir() if one.name != "ballast"] == []
