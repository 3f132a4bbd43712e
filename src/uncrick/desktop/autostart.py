"""Starting the companion with the desktop: a systemd user unit, or an XDG autostart entry where there is none.

Only files in the person's own configuration folder are written, and only ours are removed.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from uncrick.errors import Problem, ProblemsError

UNIT: Final = "uncrick-desk.service"
ENTRY: Final = "uncrick-desk.desktop"
MARK: Final = "# Written by `uncrick desk install`; `uncrick desk uninstall` removes it.\n"
ANSWER_S: Final = 20.0
"""So long systemctl may take. Our default."""


class Installed(NamedTuple):
    """What was written or removed, and one sentence on what happens now."""

    paths: tuple[Path, ...]
    says: str


def install(command: Sequence[str]) -> Installed:
    """Have *command* run whenever the person's desktop starts, and start it now where that can be done.

    command : the program and its arguments, the program by its whole path. Raises ProblemsError when a file of this
    name is somebody else's, or cannot be written.
    """
    if _systemctl("is-active", "graphical-session.target"):
        path = _unit_path()
        _write(path, unit_text(command))
        _drop(_entry_path())
        started = _systemctl("daemon-reload") and _systemctl("enable", "--now", UNIT)
        says = (
            "it runs now, and whenever you log in" if started else "systemd did not start it: systemctl --user status"
        )
        return Installed((path,), says)
    path = _entry_path()
    _write(path, entry_text(command))
    return Installed((path,), "it starts with your desktop; there is no systemd session here, so not now by itself")


def uninstall() -> Installed:
    """Take away what `install` wrote, and stop what it started."""
    if _is_ours(_unit_path()):
        _systemctl("disable", "--now", UNIT)
    removed = tuple(path for path in (_unit_path(), _entry_path()) if _drop(path))
    if removed:
        _systemctl("daemon-reload")
    return Installed(removed, "it does not start by itself any more" if removed else "it was not installed")


def unit_text(command: Sequence[str]) -> str:
    """Return the systemd unit."""
    words = " ".join(_unit_word(word) for word in command)
    return (
        f"{MARK}[Unit]\nDescription=Uncrick desk companion\nDocumentation=man:systemd.service(5)\n"
        "PartOf=graphical-session.target\nAfter=graphical-session.target\n\n"
        f"[Service]\nExecStart={words}\nRestart=on-failure\nRestartSec=5\nNice=5\n\n"
        "[Install]\nWantedBy=graphical-session.target\n"
    )


def entry_text(command: Sequence[str]) -> str:
    """Return the XDG autostart entry."""
    words = " ".join(_entry_word(word) for word in command)
    return (
        f"{MARK}[Desktop Entry]\nType=Application\nName=Uncrick desk companion\n"
        f"Comment=Offers a short break when you have sat long\nExec={words}\nTerminal=false\nNoDisplay=true\n"
    )


def _unit_word(word: str) -> str:
    """Quote a word of ExecStart: see systemd.service(5), command lines."""
    inside = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$").replace("\n", "\\n")
    return f'"{inside}"'


def _entry_word(word: str) -> str:
    """Quote a word of Exec: see the Desktop Entry Specification, the Exec key; backslashes are read twice."""
    inside = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in word).replace("%", "%%")
    return '"' + inside.replace("\\", "\\\\") + '"'


def _config() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")


def _unit_path() -> Path:
    return _config() / "systemd" / "user" / UNIT


def _entry_path() -> Path:
    return _config() / "autostart" / ENTRY


def _is_ours(path: Path) -> bool:
    try:
        return path.read_text(encoding="utf-8", errors="replace").startswith(MARK)
    except OSError:
        return False


def _write(path: Path, text: str) -> None:
    if path.exists() and not _is_ours(path):
        hint = "move it away, then install again"
        raise ProblemsError([Problem(str(path), "is there already, and not written by this program", hint)])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as trouble:
        raise ProblemsError([Problem(str(path), f"cannot be written: {trouble.strerror}")]) from trouble


def _drop(path: Path) -> bool:
    if not _is_ours(path):
        return False
    path.unlink()
    return True


def _systemctl(*words: str) -> bool:
    """Whether ``systemctl --user`` is there and did what was asked."""
    program = shutil.which("systemctl")
    if program is None:
        return False
    try:
        done = subprocess.run((program, "--user", *words), capture_output=True, timeout=ANSWER_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
