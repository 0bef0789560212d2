"""Periods: their end does not lie before their beginning."""

from datetime import date

from crm.errors import Refused
from crm.language import _


def in_order(starts: date | None, ends: date | None) -> None:
    """Refuse a period that ends before it starts."""
    if starts and ends and ends < starts:
        raise Refused(_("The end lies before the beginning."), field="ends")
