"""Speaking to the companion that runs: one JSON line to a socket that only this person can open, one line back."""

import hashlib
import json
import os
import socket
from pathlib import Path
from typing import Any

from uncrick.errors import Problem, ProblemsError
from uncrick.files.journal_file import state_folder

WAIT_S = 5.0
"""A companion that does not answer within this hangs. Our default."""

MOST_BYTES = 65536


def control_path(folder: Path | None = None) -> Path:
    """Return the socket of the companion that keeps its journal in *folder*.

    In XDG_RUNTIME_DIR, which the system gives to this person alone; beside the journal where there is none.
    """
    home = folder or state_folder()
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if not runtime or not Path(runtime).is_dir():
        return home / "desk" / "control"
    mark = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:8]
    return Path(runtime) / "uncrick" / f"desk-{mark}"


def ask(request: dict[str, Any], folder: Path | None = None, wait_s: float = WAIT_S) -> dict[str, Any]:
    """Ask the companion and return its answer. Raises ProblemsError when none runs, or when it does not answer."""
    path = control_path(folder)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(wait_s)
            line.connect(str(path))
            line.sendall(json.dumps(request).encode() + b"\n")
            answer = _line(line)
    except TimeoutError:
        says = f"does not answer within {wait_s:.0f} s"
        raise ProblemsError(
            [Problem("desk companion", says, "end it and start it again: uncrick desk start")]
        ) from None
    except OSError:
        raise ProblemsError([Problem("desk companion", "is not running", "uncrick desk start")]) from None
    if not isinstance(answer, dict):
        raise ProblemsError([Problem("desk companion", "gave an answer that cannot be read", "start it again")])
    if answer.get("problem"):
        raise ProblemsError([Problem("desk companion", str(answer["problem"]), str(answer.get("hint", "")))])
    return answer


def runs(folder: Path | None = None) -> bool:
    """Whether a companion answers."""
    try:
        ask({"do": "here"}, folder, 1.0)
    except ProblemsError:
        return False
    return True


def _line(line: socket.socket) -> object:
    data = b""
    while not data.endswith(b"\n") and len(data) < 16 * MOST_BYTES:
        part = line.recv(MOST_BYTES)
        if not part:
            break
        data += part
    try:
        return json.loads(data)
    except ValueError:
        return None
