"""What the emergency message is filled with: the person's own number, and the form for who has looked at it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from uncrick.app.people import Person
from uncrick.app.screening import rulebook
from uncrick.care.rulebook import emergency_message

NOTHING_SAID: Final[Mapping[str, str]] = {"by": "", "on": "", "reason": ""}


def emergency_values(
    who: Person, problems: tuple[str, ...] = (), said: Mapping[str, str] = NOTHING_SAID
) -> dict[str, object]:
    """Return what the page of the message is filled with: the message, with the person's own number, alone."""
    number = who.settings.emergency_number.strip()
    return {
        "message": emergency_message(rulebook(), number),
        "number": number,
        "number_plain": "".join(c for c in number.partition("(")[0] if c.isdigit() or c == "+"),
        "problems": problems,
        "said": said,
        "today": date.today().isoformat(),
    }
