"""A PostgreSQL server of our own for tests: made in a temporary folder, reached over a socket in it, then gone."""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

NOBODY = ("postgres", "nobody")
"""PostgreSQL will not run as root; the first of these users that exists runs it then."""


def find_tools() -> Path | None:
    """Return the folder with `initdb` and `postgres`, None when PostgreSQL is not installed."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    return max(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda folder: float(folder.parent.name),
        default=None,
    )


class Cluster:
    """One server. Its data lie in a folder that the user who runs it can reach, which pytest's own folders are not."""

    def __init__(self, tools: Path, folder: Path) -> None:
        self._tools = tools
        self._place = Path(tempfile.mkdtemp(prefix="uncrick_pg_"))
        self._log = folder / "log"
        self._n = itertools.count(1)

    def start(self) -> None:
        """Make the server's data and start it; nothing is brought safely to disk, tests need no power cut."""
        data = self._place / "data"
        if os.getuid() == 0:
            user = next(pwd.getpwnam(name) for name in NOBODY if _is_user(name))
            os.chown(self._place, user.pw_uid, user.pw_gid)
        self._run("initdb", "-D", str(data), "-U", "uncrick", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = f"-k {self._place} -h '' -F -c full_page_writes=off -c synchronous_commit=off -c max_connections=40"
        self._run("pg_ctl", "-D", str(data), "-w", "-l", str(self._place / "log"), "-o", options, "start")

    def new_database(self) -> str:
        """Return the URL of a new, empty database."""
        name = f"t{next(self._n)}"
        self._run("createdb", "-h", str(self._place), "-U", "uncrick", "-T", "template0", name)
        return f"postgresql://uncrick@/{name}?host={self._place}"

    def stop(self) -> None:
        """Stop the server and delete its data."""
        data = self._place / "data"
        if (data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(self._place, ignore_errors=True)

    def _run(self, tool: str, *arguments: str) -> None:
        command = [str(self._tools / tool), *arguments]
        if os.getuid() == 0:
            name = next(name for name in NOBODY if _is_user(name))
            command = ["setpriv", f"--reuid={name}", f"--regid={pwd.getpwnam(name).pw_gid}", "--clear-groups", *command]
        environment = os.environ | {"LC_ALL": "C"}
        with self._log.open("ab") as log:
            subprocess.run(command, check=True, stdout=log, stderr=log, cwd=self._place, env=environment, timeout=60)


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
