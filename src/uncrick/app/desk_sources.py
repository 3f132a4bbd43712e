"""What this machine gives the companion: clocks, sources of activity, notices, and a start with the desktop."""

import os
import shutil
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from uncrick.app.desk import Run
from uncrick.desk.source import Notifier, Source
from uncrick.desktop import here
from uncrick.desktop.autostart import Installed, install, uninstall
from uncrick.desktop.boot_clock import boot_s
from uncrick.desktop.plain_notices import notices_here
from uncrick.files.journal_file import state_folder

BOOT: Final = Path("/proc/sys/kernel/random/boot_id")


def this_run() -> Run:
    """Return the clocks of this machine; a system that does not name its runs is named by when it was started."""
    try:
        boot = BOOT.read_text(encoding="ascii").strip()
    except OSError:
        boot = f"started {round((time.time() - boot_s()) / 60)}"
    return Run(boot_s, lambda: datetime.now().astimezone(), boot)


def sources_of(*, camera: Source | None = None) -> Sequence[Source]:
    """Return the ways of seeing that there are on this system. camera : looks at the own posture, when asked for."""
    seeing = here.sources_here((os.getpid(),))
    return seeing if camera is None else (*seeing, camera)


def notifier() -> Notifier:
    """Return what shows notices on this system."""
    return notices_here()


def program() -> tuple[str, ...]:
    """Return the words that run this program, the first by its whole path."""
    script = shutil.which("uncrick", path=str(Path(sys.executable).parent)) or shutil.which("uncrick")
    return (script,) if script else (sys.executable, "-c", "from uncrick.cli.main import run; run()")


def put_in_start(folder: Path | None = None) -> dict[str, Any]:
    """Have the companion start with the desktop. Raises ProblemsError where a file of that name is not ours."""
    return _record(install((*program(), "desk", "start", *_folder_words(folder))))


def take_from_start() -> dict[str, Any]:
    """Let the companion start with the desktop no more."""
    return _record(uninstall())


def _folder_words(folder: Path | None) -> tuple[str, ...]:
    return () if folder is None or folder == state_folder() else ("--folder", str(folder.resolve()))


def _record(done: Installed) -> dict[str, Any]:
    return {"paths": [str(path) for path in done.paths], "says": done.says}
