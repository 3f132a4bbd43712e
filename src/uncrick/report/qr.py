"""A text as a QR code: a plan's on paper, so that it carries the file; a link's in a terminal, for a phone's camera."""

from typing import Final

import segno

MOST_VERSION: Final = 30
"""137 modules a side: 0.4 mm each at 58 mm, about what a telephone reads from paper at arm's length. Our default."""

QUIET: Final = 4
"""Modules of white round it, as ISO/IEC 18004 asks for."""


def qr_svg(text: str) -> str:
    """Return *text* (as UTF-8) as a black and white SVG drawing, empty where it does not fit."""
    try:
        code = segno.make_qr(text.encode(), error="l", mode="byte", boost_error=False)
    except segno.DataOverflowError:
        return ""
    if int(code.version) > MOST_VERSION:
        return ""
    side = len(code.matrix) + 2 * QUIET
    bars = "".join(_bars(y + QUIET, bytes(row)) for y, row in enumerate(code.matrix))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{bars}"/></svg>'
    )


def qr_terminal(text: str) -> str:
    """Return *text* as a QR code for a terminal, two rows of it a line, black on white whatever the terminal's colours.

    Half blocks are about square, because a letter is about twice as high as wide.
    """
    code = segno.make_qr(text.encode(), error="l", mode="byte", boost_error=False)
    side = len(code.matrix) + 2 * QUIET
    dark = {(x + QUIET, y + QUIET) for y, row in enumerate(code.matrix) for x, bit in enumerate(bytes(row)) if bit}
    lines = ("".join(_HALVES[(x, y) in dark, (x, y + 1) in dark] for x in range(side)) for y in range(0, side, 2))
    return "\n".join(f"{_BLACK_ON_WHITE}{line}{_AS_BEFORE}" for line in lines)


_HALVES: Final = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
_BLACK_ON_WHITE, _AS_BEFORE = "\x1b[30;107m", "\x1b[0m"


def _bars(y: int, row: bytes) -> str:
    """Return the black runs of one row as path commands."""
    out, x = [], 0
    while x < len(row):
        end = x
        while end < len(row) and row[end]:
            end += 1
        if end > x:
            out.append(f"M{x + QUIET} {y}h{end - x}v1H{x + QUIET}z")
        x = end + 1
    return "".join(out)
