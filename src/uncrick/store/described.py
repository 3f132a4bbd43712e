"""What can be said of a database without opening it for writing: where it is, how large, whole or not, how new."""

from dataclasses import dataclass
from pathlib import Path

from uncrick.store.copying import look_through
from uncrick.store.database import database_place, open_database
from uncrick.store.look import look_at
from uncrick.store.migrate import copies_of
from uncrick.store.people import load_people
from uncrick.store.revisions import HEAD


@dataclass(frozen=True, slots=True)
class Described:
    """A database as it is found. size_bytes : 0 for one that is not made yet, None of a server.

    revision : empty for none yet. n_copies : older copies beside it.
    """

    where: str
    size_bytes: int | None
    revision: str
    n_people: int
    n_sessions: int | None
    n_copies: int = 0

    @property
    def is_older(self) -> bool:
        """Whether opening it will upgrade it."""
        return bool(self.revision) and self.revision != HEAD


def describe(where: str | Path | None = None) -> Described:
    """Look at a database and change nothing. Raises ProblemsError where it is damaged, newer, or not to be reached."""
    place = database_place(where)
    if not isinstance(place, Path):
        database = open_database(place)
        with database.reading() as c:
            n_people = len(load_people(c))
        database.close()
        return Described(database.where, None, HEAD, n_people, None)
    if not place.exists():
        return Described(str(place), 0, "", 0, 0)
    revision, found = look_at(place), look_through(place)
    return Described(str(place), found.size_bytes, revision, found.n_people, found.n_sessions, len(copies_of(place)))
