"""The clock. Only views and commands read it; everything else takes the time as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


def zone() -> ZoneInfo:
    """Return the time zone of the team: the setting ``TIMEZONE``."""
    return ZoneInfo(current_app.config["TIMEZONE"])


def today() -> date:
    """Return the day it is for the team."""
    return now().astimezone(zone()).date()
