"""Cameras by their number: without one connected, a sentence and no hang."""

import pytest

from uncrick.errors import ProblemsError
from uncrick.vision.video import open_video


def test_a_camera_that_is_not_there_is_one_sentence(capfd) -> None:
    """A number no camera has says so, names the hint, and nothing else appears on stderr."""
    with pytest.raises(ProblemsError, match=r"^camera 97  gives no picture \(.+\)$"):
        open_video(97)

    assert capfd.readouterr() == ("", "")
