"""The documentation cannot go stale: what exists is in it, and what it names exists."""

import re
import tomllib

import pytest
import typer

from tests.house.tree import ROOT, text_of, tracked
from uncrick.cli.main import app
from uncrick.coach.events import Event
from uncrick.files.library import library_folder, read_library

LIBRARY = read_library()
PAGES = [path for path in tracked() if path.suffix == ".md" and not path.is_relative_to(ROOT / "tests")]
DOCS = "\n".join(text_of(path) for path in PAGES)
COMMAND = re.compile(r"(?:^|[\s`$(])uncrick +([a-z]+)(?: +([a-z]+))?((?:[^\n`]|\\\n)*)", re.MULTILINE)


def commands() -> dict[str, object]:
    """Return every command by its words: `watch`, `crack verify`, ..."""
    found: dict[str, object] = {}
    for name, command in typer.main.get_command(app).commands.items():
        under = getattr(command, "commands", None)
        found |= {f"{name} {sub}": one for sub, one in under.items()} if under else {name: command}
    return found


def page(name: str) -> str:
    """Return a page of the documentation."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_the_docs(name):
    """A command that exists is written about."""
    assert f"uncrick {name}" in DOCS


def test_every_command_in_the_docs_exists():
    """Whatever `uncrick ...` a page shows is a command, and its options are options of it."""
    known = commands()
    shown = 0
    for path in PAGES:
        for word, second, rest in COMMAND.findall(code_of(text_of(path))):
            name = word if word in known else f"{word} {second}"
            if not second and any(one.startswith(f"{word} ") for one in known):
                continue
            assert name in known, f"{path.name}: uncrick {word} {second}"
            options = {option for one in known[name].params for option in (*one.opts, *one.secondary_opts)}
            asked = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest.partition("#")[0]))
            assert asked <= options | {"--help"}, f"{path.name}: uncrick {name} {sorted(asked - options)}"
            shown += 1
    assert shown > 10


def code_of(text: str) -> str:
    """Return what stands in code blocks and between backticks, a line each."""
    blocks = re.findall(r"^ *```.*?\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    blocks += re.findall(r"^    (.+)$", text, re.MULTILINE)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL))
    return "\n".join([*blocks, *inline])


def test_the_readme_shows_the_two_commands():
    """The two commands that a new machine needs are in the README, and CI runs the second one."""
    readme = page("README.md")

    assert "pip install uv && uv run uncrick watch --demo" in readme
    assert "pip install uv && uv run just check" in readme
    assert "uv run just check" in page(".ci/run")


@pytest.mark.parametrize("name", LIBRARY.measures)
def test_every_measure_is_in_its_page(name):
    """docs/measures.md or docs/care.md has a row for every measure of the library, with the error that it states."""
    measure = LIBRARY.measures[name]
    row = re.search(rf"^\| `{name}` \|.*$", page("docs/measures.md"), re.MULTILINE)

    assert row, f"{name} has no row in docs/measures.md"
    assert f"{measure.error:g} {measure.unit}" in row[0]
    assert measure.view in row[0]


def test_every_measure_in_the_page_exists():
    """No row of docs/measures.md is about a measure that is gone."""
    rows = re.findall(r"^\| `(\w+)` \|", page("docs/measures.md"), re.MULTILINE)

    assert sorted(set(rows) - LIBRARY.measures.keys()) == []


@pytest.mark.parametrize("event", Event.__args__, ids=lambda event: event.__name__)
def test_every_event_is_in_the_contract(event):
    """docs/json_lines.md names every event and each of its fields."""
    contract = page("docs/json_lines.md")
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", event.__name__).lower()
    section = re.search(rf"^\| `{name}` \|.*$", contract, re.MULTILINE)

    assert section, name
    fields = [name for name in event.__dataclass_fields__ if name not in ("t_s", "after_stop")]
    assert [name for name in fields if f"`{name}`" not in section[0]] == []


@pytest.mark.parametrize("id_", [one.id for one in LIBRARY.exercises.values() if one.is_tracked])
def test_every_tracked_exercise_is_proved_and_spoken(id_):
    """What the camera judges has a recording, golden events, and a sentence for each cue."""
    exercise = LIBRARY.exercises[id_]
    clips = ROOT / "tests" / "clips"

    assert exercise.proof
    for proof in exercise.proof:
        assert (clips / f"{proof}.parquet").is_file()
        assert (clips / f"{proof}.events.jsonl").read_text(encoding="utf-8").count("\n") > 3
    words = LIBRARY.words.exercises[id_]
    assert all(words.cues[cue.name].strip() for cue in exercise.cues)
    assert (library_folder() / "exercises" / f"{id_}.yaml").is_file()


def test_the_changelog_opens_with_this_version():
    """The topmost entry of CHANGELOG.md is the version in pyproject.toml, with at least one line."""
    version = tomllib.loads(page("pyproject.toml"))["project"]["version"]

    entries = re.findall(r"^## ([\d.]+).*\n\n(- .+)", page("CHANGELOG.md"), re.MULTILINE)

    assert entries[0][0] == version


def test_links_between_pages_lead_somewhere():
    """Every link from a page to a file of the project finds it."""
    lost = [
        f"{path.relative_to(ROOT)} -> {link}"
        for path in PAGES
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text_of(path))
        if not (path.parent / link).exists()
    ]

    assert lost == []


def test_files_named_in_the_docs_exist():
    """A path that a page, a docstring or a data file names, as `docs/measures.md`, is there."""
    texts = {path: text_of(path) for path in tracked() if path.suffix in (".md", ".py", ".yaml")}
    pattern = re.compile(r"\b((?:docs|benchmarks)/\w+\.(?:md|bib|py))\b")

    lost = {name for text in texts.values() for name in pattern.findall(text) if not (ROOT / name).is_file()}

    assert sorted(lost) == []


def test_the_recipes_in_the_docs_exist():
    """Whatever `just ...` a page shows is a recipe of the justfile."""
    recipes = set(re.findall(r"^([a-z][a-z-]*)(?: [*+a-z]+)*:", page("justfile"), re.MULTILINE))

    shown = {name for path in PAGES for name in re.findall(r"(?:^|[\s`&])just ([a-z][a-z-]*)", code_of(text_of(path)))}

    assert {"check", "bless"} <= shown
    assert sorted(shown - recipes) == []


def test_the_notice_is_in_the_readme():
    """The README says what the program is not, in the words of the program."""
    assert " ".join(LIBRARY.words.notice.split()) in " ".join(page("README.md").replace(">", "").split())
