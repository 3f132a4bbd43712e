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
LIST = re.compile(r"^constraint-dependencies = \[\n.*?^\]\n", re.MULTILINE | re.DOTALL)
EXPORT = ("--no-hashes", "--no-emit-project", "--all-groups", "--all-extras", "--no-annotate", "--no-header", "-q")


def main() -> None:
    """Resolve in a folder of its own, then put the versions where the old ones were."""
    path = ROOT / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    if not LIST.search(text):
        raise SystemExit("pyproject.toml has no list `constraint-dependencies` to fill, below [tool.uv]")
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        for name in ("README.md", "LICENSE", "NOTICE", "THIRD_PARTY.md", "hatch_build.py"):
            shutil.copy(ROOT / name, place)
        (place / "pyproject.toml").write_text(LIST.sub("", text), encoding="utf-8")
        subprocess.run(["uv", "lock", "-q"], cwd=place, check=True)
        exported = subprocess.run(["uv", "export", *EXPORT], cwd=place, check=True, capture_output=True, text=True)
    lines = "".join(f'  "{line}",\n' for line in constraints(exported.stdout))
    path.write_text(LIST.sub(lambda _: f"constraint-dependencies = [\n{lines}]\n", text), encoding="utf-8")


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
