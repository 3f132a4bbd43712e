"""What Uncrick stands on is named with its licence, and nothing of it binds more than ours does."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAMED = {
    canonicalize_name(row[1]): row[2]
    for row in re.finditer(
        r"^\| (\S+) \| (.+) \|$",
        (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").partition("## Installed")[2].partition("## Compiled")[0],
        re.MULTILINE,
    )
    if row[1] not in ("package", "---")
}
COPYLEFT = re.compile(r"\bA?GPL|Affero|(?<!Lesser )General Public", re.IGNORECASE)


def runtime() -> set[str]:
    """Return every package that an installation brings: the project's dependencies and theirs."""
    found: set[str] = set()
    ahead = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
    while ahead:
        requirement = ahead.pop()
        extras = ("", *requirement.extras)
        if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        name = canonicalize_name(requirement.name)
        if name in found:
            continue
        try:
            needs = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        found.add(name)
        wanted = [Requirement(text) for text in needs]
        ahead += [one for one in wanted if one.marker is None or applies(one, extras)]
    return found


def applies(requirement: Requirement, extras: tuple[str, ...]) -> bool:
    """Whether a dependency is wanted here; its marker is spent, so that it is not asked again without its extra."""
    wanted = any(requirement.marker.evaluate({"extra": extra}) for extra in extras)
    requirement.marker = None
    return wanted


def declared(name: str) -> str:
    """Return all that a package's metadata says about its licence."""
    told = metadata(name)
    classified = [text for text in told.get_all("Classifier") or [] if text.startswith("License")]
    first_line = (told.get("License") or "").partition("\n")[0]
    return " ".join([told.get("License-Expression") or "", first_line, *classified])


def test_every_runtime_dependency_is_named_with_its_licence():
    """THIRD_PARTY.md has a row for every package that is installed with Uncrick, direct and transitive."""
    installed = runtime()

    assert len(installed) > 30
    assert sorted(installed - NAMED.keys()) == []


def test_no_runtime_dependency_is_copyleft():
    """No package that is installed with Uncrick says it is under the GPL or AGPL, and no row says so."""
    assert COPYLEFT.search("GNU Affero General Public License")
    assert COPYLEFT.search("GPL-3.0-only")
    assert not COPYLEFT.search("LGPL-2.1")

    assert {name: text for name in sorted(runtime()) if COPYLEFT.search(text := declared(name))} == {}
    assert {name: text for name, text in NAMED.items() if COPYLEFT.search(text)} == {}


def test_forbidden_packages_are_not_installed_with_it():
    """Packages that report to their makers, or whose wheels carry GPL parts, are no dependencies."""
    assert runtime() & {"mediapipe", "openvino", "onnxruntime", "av"} == set()


def test_every_direct_dependency_has_an_exact_version():
    """`just lock` was run after the last change: each dependency stands among the constraints."""
    groups = [*PROJECT["dependency-groups"]["run"], *PROJECT["dependency-groups"]["dev"]]
    direct = PROJECT["project"]["dependencies"] + [text for text in groups if isinstance(text, str)]
    constrained = {Requirement(text).name for text in PROJECT["tool"]["uv"]["constraint-dependencies"]}

    assert sorted({Requirement(text).name for text in direct} - constrained) == []
