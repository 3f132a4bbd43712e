"""The command line as a whole: it opens fast, lists what it can do, and refuses what it cannot."""

import subprocess
import sys

import pytest

from tests.cli.commands import RUN, environment, ran

COMMANDS = ("watch", "replay", "exercises", "measures", "check", "doctor", "bench")
HEAVY = ("numpy", "cv2", "numba", "scipy", "ai_edge_litert", "altair", "pyarrow", "pydantic", "uncrick.vision")


@pytest.fixture(scope="module")
def opened() -> dict[str, str]:
    """Ask for help in a fresh process; return what it printed and which modules that brought in."""
    code = (
        "import sys\nfrom uncrick.cli.main import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit as left:\n    code = left.code\n"
        "print('MODULES', *sys.modules, file=sys.stderr)\nsys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), timeout=60)
    assert done.returncode == 0, done.stderr
    return {"help": done.stdout, "modules": done.stderr}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_lists_the_commands(opened, command):
    """Every command stands in the help, which ends with an example."""
    assert any(line.split()[:1] == [command] for line in opened["help"].splitlines())
    assert "Example: uncrick watch --demo" in opened["help"]


@pytest.mark.parametrize("module", HEAVY)
def test_help_brings_in_nothing_heavy(opened, module):
    """Asking what can be done does not wait for arithmetic, pictures or networks."""
    assert module not in opened["modules"].split()
    assert "uncrick.cli.main" in opened["modules"].split()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command):
    """Each command's help ends with an example that begins with its own name."""
    done = ran(command, "--help")

    assert done.code == 0
    assert f"Example: uncrick {command}" in done.out


@pytest.mark.parametrize(
    "arguments",
    [("dance",), ("watch", "--modle", "lite"), ("watch", "--demo", "--model", "huge"), ("check",), ("replay",)],
    ids=lambda a: " ".join(a),
)
def test_wrong_use_leaves_with_2_and_says_so_on_stderr(arguments):
    """Unknown commands, options and values, and what is missing, are wrong use: nothing on stdout."""
    done = ran(*arguments)

    assert (done.code, done.out) == (2, "")
    assert done.err


def test_the_version_is_data():
    """`--version` prints the version alone."""
    from importlib.metadata import version

    done = ran("--version")

    assert (done.code, done.out, done.err) == (0, version("uncrick") + "\n", "")


def test_a_reader_that_goes_away_is_no_error():
    """`uncrick measures --json | head -1` leaves no traceback and no complaint."""
    done = subprocess.Popen(
        [*RUN, "measures", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert done.stdout is not None and done.stderr is not None

    done.stdout.read(10)
    done.stdout.close()

    assert b"Traceback" not in done.stderr.read()
    done.stderr.close()
    assert done.wait(timeout=60) in (0, 1)
