"""Reading and changing the desk's settings, with the companion told if one runs."""

import contextlib
from pathlib import Path
from typing import Any

from uncrick.app.desk_control import ask
from uncrick.errors import ProblemsError
from uncrick.files.desk_settings import change_desk_settings, read_desk_settings
from uncrick.files.journal_file import state_folder


def settings_record(folder: Path | None = None) -> dict[str, Any]:
    """Return the settings as they are. Raises ProblemsError where the file is wrong."""
    return read_desk_settings(folder or state_folder()).model_dump(mode="json")


def settings_changed(changes: dict[str, object], folder: Path | None = None) -> dict[str, Any]:
    """Change what *changes* names and return all settings; a companion that runs goes by them at once.

    Raises ProblemsError with everything wrong; then nothing is changed.
    """
    home = folder or state_folder()
    if not changes:
        return settings_record(home)
    record = change_desk_settings(home, changes).model_dump(mode="json")
    with contextlib.suppress(ProblemsError):  # none runs: the next start reads the file
        ask({"do": "settings"}, home, 1.0)
    return record
