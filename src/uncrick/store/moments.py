"""A moment with the person's own clock: kept in UTC with the offset beside it, so that its local day is never lost."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from uncrick.store.columns import offset_min


def kept_at(at: datetime) -> dict[str, Any]:
    """Return the columns that keep a moment. Raises ValueError for one without a zone."""
    return {"at": at, "utc_offset_min": offset_min(at)}


def told_at(row: Mapping[str, Any]) -> datetime:
    """Return the moment as the person's clock showed it then, whatever zone this machine is in now."""
    return told(row["at"], row["utc_offset_min"])


def told(at: datetime, utc_offset_min: int) -> datetime:
    """Return a moment as a clock showed it that was so far from UTC."""
    return at.astimezone(_zone(utc_offset_min))


@lru_cache(maxsize=64)
def _zone(utc_offset_min: int) -> timezone:
    return timezone(timedelta(minutes=utc_offset_min))
