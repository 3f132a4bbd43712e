"""The records of this computer, as both faces open them."""

from pathlib import Path

from uncrick.store.database import Database, database_place, open_database

__all__ = ["Database", "database_place", "open_records"]


def open_records(where: str | Path | None = None) -> Database:
    """Open the records: in *where* (a path or a URL), else where UNCRICK_DATABASE says, else the person's own file.

    Raises ProblemsError with one sentence, and changes nothing, where they are damaged or of a newer version.
    """
    return open_database(where)
