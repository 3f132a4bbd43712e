"""With the network cable pulled: the session runs where there is no network interface at all."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.pose_server import skip_without

ROOT = Path(__file__).parents[2]
VIDEO = ROOT / "tests" / "clips" / "twist_abrupt_female_front.mp4"


@pytest.mark.slow
def test_a_session_runs_without_any_network(tmp_path) -> None:
    """In a network namespace with nothing but loopback, link, camera, stop, rest, skip and summary all work."""
    unshare = shutil.which("unshare")
    allowed = unshare and subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode == 0
    skip_without(unshare if allowed else None, "this machine allows no network namespaces (unshare -rn)")

    command = [str(unshare), "-rn", sys.executable, "-m", "tests.web.offline_session", str(tmp_path), str(VIDEO)]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Stopped: too sudden" in done.stdout
