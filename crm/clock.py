"""The clock. Only views and commands read it; everything else takes the time as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


def today(zone: str = "Asia/Jakarta") -> date:
    """Return the day it is in the given time zone."""
    return datetime.now(ZoneInfo(zone)).date()
