"""When a programme ends, said as people say it."""

from datetime import date
from typing import Any

from crm.formats import day
from crm.language import _, _n
from crm.programmes.models import Programme

SOON_MONTHS = 12


def months_between(first: date, last: date) -> int:
    """Return how many whole months lie between two days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def ending(programme: Programme, today: date) -> Any:
    """Return when a programme ends: "ends in 8 months", "ended July 2018"."""
    if programme.starts and today < programme.starts:
        return _("begins %(month)s", month=day(programme.starts, "month"))
    if programme.ends is None:
        return _("no end known")
    if programme.ends < today:
        return _("ended %(month)s", month=day(programme.ends, "month"))
    months = months_between(today, programme.ends)
    if months < 1:
        days = (programme.ends - today).days
        return _n("ends in %(num)s day", "ends in %(num)s days", days) if days else _("ends today")
    return _n("ends in %(num)s month", "ends in %(num)s months", months)


def tone(programme: Programme, today: date) -> str:
    """Return the colour of a programme's end: who must be told that it comes near."""
    if programme.ends is None or (programme.starts and today < programme.starts):
        return "info"
    if programme.ends < today:
        return "neutral"
    return "warning" if months_between(today, programme.ends) < SOON_MONTHS else "success"
