"""Where compiled equations are kept between starts: a folder of our own, or one that the system throws away."""

import hashlib
import os
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Final

import numba
from platformdirs import user_cache_path


def _fingerprint() -> str:
    """Return a short name for the equations as they are written now, and for the compiler."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(Path(str(files("uncrick.crack"))).glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _can_be_written(folder: Path) -> bool:
    """Return whether a file can be made in *folder*, making the folder when it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _keep_compiled_code() -> Path:
    """Tell the compiler where to keep its code and return the folder.

    The folder's name follows the source, so code of an older version is never run; what older versions left is removed.
    A folder that the person named (NUMBA_CACHE_DIR) is left as it is.
    """
    if os.environ.get("NUMBA_CACHE_DIR"):
        return Path(os.environ["NUMBA_CACHE_DIR"])
    kept = user_cache_path("uncrick") / "compiled"
    folder = kept / _fingerprint()
    if not _can_be_written(folder):
        folder = Path(tempfile.mkdtemp(prefix="uncrick-compiled-"))
    elif not any(folder.iterdir()):
        for other in kept.iterdir():
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)
    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]  # made from the environment at run time
    return folder


COMPILED_FOLDER: Final = _keep_compiled_code()
