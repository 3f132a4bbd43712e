"""Which sources of activity and which notices this machine has."""

from collections.abc import Sequence

from uncrick.desk.source import Notifier, Source


def sources_here(*, camera: bool) -> Sequence[Source]:
    """Return the ways of seeing that there are on this system. camera : look at the own posture, asked for."""
    return ()


def notifier_here() -> Notifier | None:
    """Return what shows notices on this system, None where nothing does."""
    return None
