"""The journal on disk: only ever added to, readable after a crash, put away when a session is over."""

import time
from collections.abc import Callable

from uncrick.files.journal_file import Journal, Syncer, find_journals, read_journal


def test_lines_come_back_in_their_order(tmp_path) -> None:
    """What was added is read in the same order, also by a program that opens the file later."""
    path = tmp_path / "running" / "a.jsonl"
    first = Journal(path)
    first.add({"n": 1})
    first.add({"n": 2}, at_once=True)
    first.close()
    second = Journal(path)
    second.add({"n": 3})

    assert read_journal(path) == [{"n": 1}, {"n": 2}, {"n": 3}]


def test_a_line_is_readable_before_the_journal_is_closed(tmp_path) -> None:
    """Each line is with the system as soon as it is added, so that a killed program loses none."""
    journal = Journal(tmp_path / "running" / "a.jsonl")

    journal.add({"n": 1})

    assert read_journal(journal.path) == [{"n": 1}]


def test_a_torn_line_spoils_nothing(tmp_path) -> None:
    """A line that a power cut tore is left out, and what is added later does not stick to it."""
    path = tmp_path / "running" / "a.jsonl"
    path.parent.mkdir()
    path.write_bytes(b'{"n": 1}\n{"n": 2, "to')
    journal = Journal(path)

    journal.add({"n": 3})

    assert read_journal(path) == [{"n": 1}, {"n": 3}]


def test_only_the_owner_may_read_it(tmp_path) -> None:
    """The journal holds health data: no other user of the machine may read it."""
    journal = Journal(tmp_path / "running" / "a.jsonl")

    assert journal.path.stat().st_mode & 0o077 == 0


def test_a_finished_session_moves_on(tmp_path) -> None:
    """A finished journal is found among the sessions, and no longer among the running ones."""
    journal = Journal(tmp_path / "running" / "a.jsonl")
    journal.add({"n": 1})
    before = find_journals(tmp_path)

    journal.close(finished=True)

    assert [p.name for p in before] == ["a.jsonl"]
    assert find_journals(tmp_path) == []
    assert read_journal(tmp_path / "sessions" / "a.jsonl") == [{"n": 1}]


def until(fulfilled: Callable[[], bool]) -> bool:
    """Wait, ten seconds at most, until something is fulfilled."""
    for _ in range(1000):
        if fulfilled():
            return True
        time.sleep(0.01)
    return False


def test_lines_reach_the_disk_by_themselves(tmp_path) -> None:
    """What was added is synced without anybody waiting for it, several lines in one go."""
    syncer = Syncer(every_s=0.2)
    journal = Journal(tmp_path / "running" / "a.jsonl", syncer)

    for n in range(20):
        journal.add({"n": n})

    assert until(lambda: syncer.n_synced > 0)
    assert syncer.n_synced < 20


def test_what_must_not_be_lost_does_not_wait(tmp_path) -> None:
    """A line that must not be lost is synced long before the others' time."""
    syncer = Syncer(every_s=3600.0)
    journal = Journal(tmp_path / "running" / "a.jsonl", syncer)

    journal.add({"n": 1}, at_once=True)

    assert until(lambda: syncer.n_synced == 1)


def test_a_journal_may_be_closed_while_it_waits(tmp_path) -> None:
    """Closing syncs what still waits, and nothing is synced after."""
    syncer = Syncer(every_s=0.05)
    for n in range(30):
        journal = Journal(tmp_path / "running" / f"{n}.jsonl", syncer)
        journal.add({"n": n}, at_once=True)
        journal.close(finished=True)

    assert until(lambda: syncer.n_synced <= 30)
    assert len(list((tmp_path / "sessions").glob("*"))) == 30
