"""Starting with the desktop: what is written, how it is quoted, and what is left alone."""

import configparser
import re
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.desktop.autostart import MARK, entry_text, install, uninstall, unit_text
from uncrick.errors import ProblemsError

COMMAND = ("/opt/a b/uncrick", "desk", "start")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A configuration folder of one's own, and a systemctl that writes down what it is asked."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("PATH", str(tmp_path))

    def systemctl(code):
        program = tmp_path / "systemctl"
        program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\nexit {code}\n', encoding="utf-8")
        program.chmod(0o755)

    return tmp_path, systemctl


def asked(folder):
    path = folder / "asked"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def read(text):
    parser = configparser.RawConfigParser(strict=True)
    parser.optionxform = str
    parser.read_string(text)
    return parser


def test_with_systemd_it_is_a_unit(home):
    """Where systemd runs the desktop, a user unit is written, made known and started; uninstalling undoes all of it."""
    folder, systemctl = home
    systemctl(0)

    done = install(COMMAND)

    unit = folder / "config" / "systemd" / "user" / "uncrick-desk.service"
    assert done.paths == (unit,)
    assert done.says == "it runs now, and whenever you log in"
    assert read(unit.read_text(encoding="utf-8"))["Service"]["ExecStart"] == '"/opt/a b/uncrick" "desk" "start"'
    assert asked(folder)[1:] == ["--user daemon-reload", "--user enable --now uncrick-desk.service"]
    assert uninstall().paths == (unit,)
    assert asked(folder)[3:] == ["--user disable --now uncrick-desk.service", "--user daemon-reload"]
    assert not unit.exists()
    assert uninstall().says == "it was not installed"


@pytest.mark.parametrize("has_systemctl", [False, True])
def test_without_systemd_it_is_an_autostart_entry(has_systemctl, home):
    """Where no systemd session is, an XDG entry is written and the sentence says that nothing runs yet."""
    folder, systemctl = home
    if has_systemctl:
        systemctl(1)

    done = install(COMMAND)

    entry = folder / "config" / "autostart" / "uncrick-desk.desktop"
    assert done.paths == (entry,)
    assert "not now" in done.says
    assert read(entry.read_text(encoding="utf-8"))["Desktop Entry"]["Exec"] == '"/opt/a b/uncrick" "desk" "start"'
    assert install(COMMAND).paths == (entry,)
    assert uninstall().paths == (entry,)
    assert not entry.exists()


def test_a_file_of_somebody_else_stays(home):
    """A file of this name that this program did not write is neither overwritten nor removed."""
    folder, _ = home
    entry = folder / "config" / "autostart" / "uncrick-desk.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text("[Desktop Entry]\n", encoding="utf-8")

    with pytest.raises(ProblemsError, match="not written by this program"):
        install(COMMAND)

    assert uninstall().paths == ()
    assert entry.read_text(encoding="utf-8") == "[Desktop Entry]\n"


def test_a_folder_that_cannot_be_written_is_a_problem(home):
    """A configuration folder that is a file is said to be."""
    folder, _ = home
    (folder / "config").write_text("", encoding="utf-8")

    with pytest.raises(ProblemsError, match="cannot be written"):
        install(COMMAND)


WORDS = st.lists(st.text(st.sampled_from("ab \\\"$`%'")), min_size=1)


@given(WORDS)
def test_words_are_quoted_for_systemd(words):
    """Read as systemd reads it (quotes and backslashes as a shell, %% and $$ as one sign), the command is the same."""
    line = read(unit_text(words))["Service"]["ExecStart"]

    assert shlex.split(line.replace("%%", "%").replace("$$", "$")) == list(words)


@given(WORDS)
def test_words_are_quoted_for_the_desktop(words):
    """Read as the Desktop Entry Specification says (backslashes of strings, then quoting, then %%), it is the same."""
    line = read(entry_text(words))["Desktop Entry"]["Exec"]

    inside = re.findall(r'"((?:[^"\\]|\\.)*)"', line.replace("\\\\", "\\"))
    assert [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in inside] == list(words)


def test_what_is_written_says_where_it_comes_from():
    """Both files open with a line that says what wrote them and how they go."""
    assert unit_text(COMMAND).startswith(MARK)
    assert entry_text(COMMAND).startswith(MARK)
