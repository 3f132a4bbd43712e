"""Which revisions of the records there are: one migration a file, in the order of their numbers."""

import re
from pathlib import Path

FOLDER = Path(__file__).parent / "migrations"
"""Where the migrations lie: package data, found by Alembic."""

REVISIONS: tuple[str, ...] = tuple(
    sorted(found[1] for path in (FOLDER / "versions").iterdir() if (found := re.match(r"r(\d{4})_\w+\.py$", path.name)))
)
"""All revisions, the oldest first: read off the names of the files, because asking Alembic takes a moment."""

HEAD = REVISIONS[-1]
"""The one that this version writes."""
