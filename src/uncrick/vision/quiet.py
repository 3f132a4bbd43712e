"""Libraries that talk to stderr of their own accord are hushed: stderr belongs to the program."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import cv2

_one_at_a_time = Lock()


@contextmanager
def hushed() -> Iterator[None]:
    """Send what compiled code writes to stderr nowhere for a moment; Python's own errors are raised as ever."""
    with _one_at_a_time:
        try:
            stderr = os.dup(2)
        except OSError:  # no stderr at all: nothing to hush
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 2)
            yield
        finally:
            os.dup2(stderr, 2)
            os.close(stderr)
            os.close(nowhere)


def hush_opencv() -> None:
    """Keep OpenCV from warning about every camera number that is not there."""
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
