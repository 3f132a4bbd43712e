"""What every test of the pages has."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.new_records import new_records, records_copied
from tests.web.pose_server import open_browser

__all__ = ["new_records", "records_copied"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Open one browser for all tests of a file; a file whose camera or microphone shows something opens its own."""
    with open_browser("--mute-audio") as browser:
        yield browser
