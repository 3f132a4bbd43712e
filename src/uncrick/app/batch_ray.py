"""A batch on a Ray cluster: the same function for each file, on whichever machine has a core free.

Machines read the files by the same paths (a shared disk) and have the same Uncrick installed; rows come back to the
one that asked, which alone writes.
"""

import logging
import os
import socket
from collections.abc import Generator, Iterable
from importlib.util import find_spec
from itertools import islice
from types import ModuleType
from typing import Final

from uncrick.app.batch_judge import Job, Refused, judge
from uncrick.app.batch_pool import DIED, Done, fault
from uncrick.errors import Problem, ProblemsError
from uncrick.files.batch_table import Judged

N_AHEAD: Final = 2
"""Jobs handed out for each core of the cluster."""
ANSWERS_S: Final = 10.0
"""How long a cluster's first machine may take to answer at all."""
LOOPBACK: Final = ("127.0.0.1:", "localhost:")
N_AGAIN: Final = 3
"""A job is tried again so often where its machine or process dies; machines die more often than files kill."""


def judge_on_ray(jobs: Iterable[Job], address: str) -> Generator[Done, None, None]:
    """Yield every job with what came of it, as they finish, judged by the cluster at *address*, or ``auto``.

    Raises ProblemsError where Ray is not installed or no cluster answers.
    """
    ray = _connected(address)
    try:
        remote = ray.remote(num_cpus=1, max_retries=N_AGAIN)(judge)
        todo, running = iter(jobs), dict[object, Job]()
        while True:
            room = max(1, int(ray.cluster_resources().get("CPU", 1))) * N_AHEAD
            for job in islice(todo, max(0, room - len(running))):
                running[remote.remote(job)] = job
            if not running:
                return
            done, _ = ray.wait(list(running), num_returns=1)
            for ref in done:
                yield running.pop(ref), _result(ray, ref)
    finally:
        ray.shutdown()


def _connected(address: str) -> ModuleType:
    """Return the module, connected. Ray tells its maker nothing: its usage statistics are off."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_ENABLE_UV_RUN_RUNTIME_ENV"] = "0"  # every machine has its own Uncrick: nothing is sent there
    if find_spec("ray") is None:
        raise ProblemsError([Problem("--ray", "Ray is not installed", "pip install 'uncrick[cluster]'")])
    if address.startswith(LOOPBACK):
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # else Ray leaves the loopback
    import ray

    try:
        _check_answers(address)
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, configure_logging=False)
    except (OSError, ValueError, RuntimeError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        hint = "start one with 'ray start --head --disable-usage-stats', or leave --ray out"
        raise ProblemsError([Problem("--ray", f"no cluster answers at '{address}': {first}", hint)]) from None
    return ray


def _check_answers(address: str) -> None:
    """Raise OSError where nothing listens at HOST:PORT; Ray itself would try for ten minutes."""
    host, _, port = address.rpartition(":")
    if host and port.isdecimal() and "/" not in host:
        socket.create_connection((host, int(port)), ANSWERS_S).close()


def _result(ray: ModuleType, ref: object) -> Judged | Refused:
    try:
        outcome: Judged | Refused = ray.get(ref)
    except ray.exceptions.RayTaskError as error:
        return Refused(fault(error.cause if isinstance(error.cause, Exception) else error))
    except (ray.exceptions.WorkerCrashedError, ray.exceptions.NodeDiedError, ray.exceptions.OutOfMemoryError):
        return Refused(DIED)
    return outcome
