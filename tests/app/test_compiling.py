"""Where compiled code is kept: a folder of this version's own, or one that is thrown away."""

import os
import subprocess
import sys
from pathlib import Path

PRINT_FOLDER = (
    "from uncrick.app.compiling import COMPILED_FOLDER; import numba; print(COMPILED_FOLDER, numba.config.CACHE_DIR)"
)


def folder_with(**environment):
    """Return where a fresh start keeps its compiled code, as we and as the compiler see it."""
    clean = {key: value for key, value in os.environ.items() if key not in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [sys.executable, "-c", PRINT_FOLDER], env=clean | environment, capture_output=True, text=True, check=True
    )
    ours, compilers = done.stdout.split()
    assert ours == compilers
    return Path(ours)


def test_own_folder(tmp_path):
    """Code is kept in the person's cache under the source's fingerprint; what older versions left is removed."""
    old = tmp_path / "uncrick" / "compiled" / "of_an_older_version"
    old.mkdir(parents=True)

    first = folder_with(XDG_CACHE_HOME=str(tmp_path))

    assert first.parent == tmp_path / "uncrick" / "compiled"
    assert not old.exists()
    assert folder_with(XDG_CACHE_HOME=str(tmp_path)) == first


def test_cache_that_cannot_be_written(tmp_path):
    """Where the cache cannot be written a folder is made that the system throws away."""
    (tmp_path / "file").write_text("in the way")

    folder = folder_with(XDG_CACHE_HOME=str(tmp_path / "file"))

    assert folder.name.startswith("uncrick-compiled-")


def test_named_folder(tmp_path):
    """A folder that the person named for the compiler is left as it is."""
    assert folder_with(NUMBA_CACHE_DIR=str(tmp_path)) == tmp_path
