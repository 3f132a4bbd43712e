"""Whether stiffness or the urge to pop differed between days of short and of long sitting, in a sentence each."""

from pathlib import Path
from typing import Final

from uncrick.app.desk_day import all_days
from uncrick.desk.day import ENOUGH_DAYS, Compared, Rated, compare

NAMES: Final = {"urge": "the urge to pop", "stiffness": "stiffness"}


def comparisons(folder: Path | None = None, rated: tuple[Rated, ...] = ()) -> tuple[str, ...]:
    """Return a sentence on stiffness and one on the urge to pop; often that there is too little data to say."""
    days = all_days(folder)
    return tuple(compared_sentence(compare(days, rated, what)) for what in ("stiffness", "urge"))


def compared_sentence(found: Compared) -> str:
    """Return what a comparison says, with how it was made; never that one thing made the other."""
    name = NAMES[found.what]
    if found.short is None or found.long is None:
        return (
            f"{name.capitalize()}: too little data to say. It takes {ENOUGH_DAYS} days of short and {ENOUGH_DAYS} of "
            f"long sitting on which you noted it; there are {found.n_days} days with both."
        )
    short, long, split = found.short, found.long, found.split_s / 60
    differs = "These lie apart" if found.clear else "These overlap: no clear difference"
    return (
        f"{name.capitalize()}: {short.middle:g} (middle half {short.low:g} to {short.high:g}) on {short.n_days} days "
        f"whose longest spell was {split:.0f} min or less, {long.middle:g} ({long.low:g} to {long.high:g}) on "
        f"{long.n_days} days with longer ones. {differs}. It does not tell what led to what."
    )
