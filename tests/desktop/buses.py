"""Buses and an X server of one's own, for the length of a block."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@contextmanager
def begun_bus(folder: Path, name: str) -> Iterator[str]:
    """Give the address of a bus of one's own, which ends with the block."""
    config, path = folder / f"{name}.conf", folder / f"{name}.socket"
    config.write_text(CONFIG.format(path=path), encoding="utf-8")
    command = ("dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


@contextmanager
def begun_display() -> Iterator[str]:
    """Give the name of an X server of one's own, which ends with the block."""
    read, write = os.pipe()
    command = ("Xvfb", "-displayfd", str(write), "-noreset", "-nolisten", "tcp", "-screen", "0", "640x480x24")
    process = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        process.kill()
        process.wait()
