"""`just lock`: resolve all dependencies afresh and write their exact versions into pyproject.toml.

The lock file of uv names the hosts it was resolved from, so it stays out of the repository; its versions go into
`tool.uv.constraint-dependencies`, where every `uv sync` and `uv run` obeys them.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"(?ms)^\[tool\.uv\]\n(?:#[^\n]*\n)*constraint-dependencies = \[\n.*?^\]\n\n?")
HEAD = """\
[tool.uv]
# Exact versions of everything, direct and transitive: written by `just lock`, not by hand.
constraint-dependencies = [
"""
EXPORT = ("--no-hashes", "--no-emit-project", "--all-groups", "--all-extras", "--no-annotate", "--no-header", "-q")


def main() -> None:
    """Resolve in a folder of its own, then put the versions where the old ones were."""
    path = ROOT / "pyproject.toml"
    text = BLOCK.sub("", path.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        for name in ("README.md", "LICENSE", "NOTICE", "THIRD_PARTY.md", "hatch_build.py"):
            shutil.copy(ROOT / name, place)
        (place / "pyproject.toml").write_text(text, encoding="utf-8")
        subprocess.run(["uv", "lock", "-q"], cwd=place, check=True)
        exported = subprocess.run(["uv", "export", *EXPORT], cwd=place, check=True, capture_output=True, text=True)
    block = HEAD + "".join(f'  "{line}",\n' for line in constraints(exported.stdout)) + "]\n\n"
    path.write_text(text.replace("[tool.ruff]\n", block + "[tool.ruff]\n", 1), encoding="utf-8")


def constraints(exported: str) -> list[str]:
    """Return one constraint a version; a marker is kept only where a package has several versions."""
    lines = [line for line in exported.splitlines() if re.match(r"[a-z0-9]", line)]
    names = [line.partition("==")[0] for line in lines]
    return [
        line if names.count(name) > 1 else line.partition(";")[0].strip()
        for name, line in zip(names, lines, strict=True)
    ]


if __name__ == "__main__":
    main()
