"""QR codes are what they say: read back by a program that knows nothing of how they were drawn."""

import cv2
import numpy as np

from uncrick.report.qr import qr_terminal

PIXELS = {" ": (255, 255), "▀": (0, 255), "▄": (255, 0), "█": (0, 0)}


def test_a_link_in_a_terminal_is_read_back_by_a_camera() -> None:
    """The half blocks of a terminal, looked at as a picture, are the link again."""
    link = "https://192.0.2.7:8642/?token=aVeryLongTokenOfThirtyTwoLetters"

    lines = [line.removeprefix("\x1b[30;107m").removesuffix("\x1b[0m") for line in qr_terminal(link).splitlines()]
    rows = [[PIXELS[letter][half] for letter in line] for line in lines for half in (0, 1)]
    picture = np.kron(np.array(rows, np.uint8), np.ones((8, 8), np.uint8))

    assert cv2.QRCodeDetector().detectAndDecode(picture)[0] == link
