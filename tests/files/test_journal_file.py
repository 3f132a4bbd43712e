"""The journal on disk: only ever added to, readable after a crash, put away when a session is over."""

from uncrick.files.journal_file import Journal, find_journals, read_journal


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


def test_it_is_brought_to_the_disk_once_a_second(tmp_path, monkeypatch) -> None:
    """Lines are synced when a second has passed since the last time, and at once when they must not be lost."""
    synced: list[int] = []
    now = [0.0]
    monkeypatch.setattr("uncrick.files.journal_file.os.fsync", synced.append)
    journal = Journal(tmp_path / "running" / "a.jsonl", clock=lambda: now[0])

    journal.add({"n": 1})
    now[0] = 0.9
    journal.add({"n": 2})
    early = len(synced)
    now[0] = 1.1
    journal.add({"n": 3})
    in_time = len(synced)
    journal.add({"n": 4}, at_once=True)

    assert (early, in_time, len(synced)) == (0, 1, 2)
