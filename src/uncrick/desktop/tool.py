"""A desktop's own command-line tool, kept running and read as it tells; its end and its absence are sentences."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final

from uncrick.desktop.seeing import CannotSee

ANSWER_S: Final = 3.0
"""So long a tool may take to answer. Our default."""

LONGEST: Final = 8_000_000
"""An answer longer than this many bytes is not read: no desktop has so much to say."""


@asynccontextmanager
async def running(command: Sequence[str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start *command* and end it at the end. Raises CannotSee when it is not installed."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
            limit=LONGEST,
            start_new_session=True,  # a group of its own, so that what the tool starts ends with it
        )
    except OSError as trouble:
        raise CannotSee(f"{command[0]} is not installed here") from trouble
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def lines(command: Sequence[str], silent_s: float | None = None) -> AsyncGenerator[str]:
    """Give the lines that *command* prints, as they come. Raises CannotSee when it ends.

    silent_s : once, when nothing has come for so long, an empty line: it listens by then, so look what it missed.
    """
    async with running(command) as process:
        assert process.stdout is not None
        while True:
            try:
                line = await asyncio.wait_for(process.stdout.readline(), silent_s)
            except TimeoutError:
                silent_s = None
                yield ""
                continue
            except ValueError:
                raise CannotSee(f"{command[0]} printed a line without end") from None
            if not line:
                code = await process.wait()
                raise CannotSee(f"{command[0]} ended with {code}")
            yield line.decode("utf-8", "replace")


async def answer(command: Sequence[str]) -> str:
    """Return all that *command* prints. Raises CannotSee when it fails or takes too long."""
    async with running(command) as process:
        try:
            printed, _ = await asyncio.wait_for(process.communicate(), ANSWER_S)
        except TimeoutError:
            raise CannotSee(f"{command[0]} did not answer within {ANSWER_S:g} s") from None
        if process.returncode:
            raise CannotSee(f"{command[0]} ended with {process.returncode}")
    return printed.decode("utf-8", "replace")
