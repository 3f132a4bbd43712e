"""What is in the repository: its tracked files, its modules, their functions, and how they are written."""

import ast
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "uncrick"

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Written(NamedTuple):
    """A function or class and the module it is in, as a path from the root."""

    where: str
    node: Definition


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file that git keeps and that is there; skip the test where this is no checkout."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git checkout, so what is tracked cannot be known")
    return tuple(path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file())


def text_of(path: Path) -> str:
    """Return the text of a tracked file, empty where it is binary."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def modules(folder: Path) -> list[Path]:
    """Return the tracked Python files below *folder*."""
    return [path for path in tracked() if path.suffix == ".py" and path.is_relative_to(folder)]


@cache
def definitions(folder: Path) -> tuple[Written, ...]:
    """Return every function and class below *folder*, nested ones too."""
    return tuple(
        Written(path.relative_to(ROOT).as_posix(), node)
        for path in modules(folder)
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, Definition)
    )


def place(written: Written) -> str:
    """Return where a function stands, as an editor opens it."""
    return f"{written.where}:{written.node.lineno}  {written.node.name}"
