"""What the tests of the database start as processes of their own: ``python -m tests.store.child WHAT PATH ...``."""

import resource
import sys
from dataclasses import replace

from tests.store.samples import a_person, a_session
from uncrick.errors import ProblemsError
from uncrick.store.database import open_database
from uncrick.store.people import save_person
from uncrick.store.sessions import load_sessions, save_session


def say(line: str) -> None:
    """Tell the test at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def write(where: str, name: str, n: int) -> None:
    """Wait for a line, open the database, and keep *n* sessions of a person of this process's own."""
    sys.stdin.readline()
    database = open_database(where)
    with database.writing() as c:
        save_person(c, a_person(name, name))
    for i in range(n):
        with database.writing() as c:
            save_session(c, a_session(f"{name}-{i}", name))
        say(f"{name}-{i}")


def read(where: str, name: str) -> None:
    """Tell the ids of somebody's sessions."""
    database = open_database(where)
    with database.reading() as c:
        for session in load_sessions(c, name):
            say(session.id)


def fill(where: str, limit: int) -> None:
    """Keep sessions until the disk (0: as it is; else files of *limit* bytes at most) takes no more, and say so."""
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    i = 0
    try:
        database = open_database(where)
        with database.writing() as c:
            save_person(c, a_person())
        while True:
            with database.writing() as c:
                save_session(c, replace(a_session(f"s{i}"), note="x" * 5000))
            say(f"s{i}")
            i += 1
    except ProblemsError as error:
        say(f"problem: {error}")


if __name__ == "__main__":
    what, where, *rest = sys.argv[1:]
    if what == "write":
        write(where, rest[0], int(rest[1]))
    elif what == "read":
        read(where, rest[0])
    else:
        fill(where, int(rest[0]))
