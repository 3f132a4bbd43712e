"""The secret in the link that opens the page: made once and kept, so that a restart keeps the page."""

import os
import secrets
from pathlib import Path

from uncrick.files.journal_file import state_folder

LENGTH = 24


def link_token(folder: Path | None = None) -> str:
    """Return the token of this person's links, a new one where there is none yet."""
    path = (folder or state_folder()) / "token"
    if path.is_file():
        token = path.read_text(encoding="ascii").strip()
        if len(token) >= LENGTH:
            return token
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    token = secrets.token_urlsafe(LENGTH)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(token)
    return token
