"""What holds for the days and hours of every event, whoever enters it."""

from datetime import date, time

from crm.errors import Refused
from crm.events.models import DatePrecision
from crm.language import _


def days_in_order(
    starts_on: date | None, date_precision: DatePrecision, ends_on: date | None
) -> None:
    """Refuse a last day without an exact first one, or before it."""
    if ends_on and (starts_on is None or date_precision is not DatePrecision.DAY):
        raise Refused(
            _("Give the first day exactly before you give a last one."), field="starts_on"
        )
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(_("The end lies before the beginning."), field="ends_on")


def hours_in_order(
    starts_on: date | None, ends_on: date | None, starts_at: time | None, ends_at: time | None
) -> None:
    """Refuse an event of one day that ends at an hour before it starts."""
    one_day = ends_on is None or ends_on == starts_on
    if one_day and starts_at and ends_at and ends_at < starts_at:
        raise Refused(_("The end lies before the beginning."), field="ends_at")
