"""How the times of an event are written."""

from datetime import date, time

from babel.dates import format_date

from crm import clock
from crm.events.models import Event
from crm.formats import zone_name
from crm.language import current_language


def weekday(day: date) -> str:
    """Return the name of a day of the week."""
    return format_date(day, "EEEE", locale=current_language())


def event_time(event: Event) -> str:
    """Return from when to when an event lasts, with its time zone; nothing if no time is known."""
    if event.starts_at is None:
        return ""
    times = "–".join(_clock(one) for one in (event.starts_at, event.ends_at) if one)
    zone = event.region.time_zone if event.region else str(clock.zone())
    return f"{times} {zone_name(zone)}".strip()


def _clock(value: time) -> str:
    return value.strftime("%H.%M" if current_language() == "id" else "%H:%M")
