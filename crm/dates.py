"""Dates as people write them: by day, by month, by year; what is no date gets a sentence."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from crm.errors import Refused
from crm.events.models import DatePrecision
from crm.language import _

MONTHS = (
    ("januari", "january", "jan"),
    ("februari", "pebruari", "february", "feb", "peb"),
    ("maret", "march", "mar", "mrt"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("agustus", "august", "agt", "ags", "agu", "agust", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "december", "des", "dec"),
)
"""What the months are called in Indonesian and English, in full and short."""

YEARS = range(1900, 2101)

_number = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
_weekday = re.compile(r"^(senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad|\w+day),?\s+")
_clock = re.compile(r"[t ]\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?$")
_year = r"(?P<year>\d{4})"
_month = r"(?P<month>\d{1,2}|[a-z]+)"
_day = r"(?P<day>\d{1,2})"
_shapes = tuple(
    re.compile(f"^{shape}$")
    for shape in (
        _year,
        rf"{_year}[-/.]{_month}",
        rf"{_month}[-/. ]+{_year}",
        rf"{_year}[-/.]{_month}[-/.]{_day}",
        rf"{_day}[-/. ]+{_month}[-/. ]+{_year}",
        rf"(?P<month>[a-z]+)[. ]+{_day}(?:st|nd|rd|th)?[, ]+{_year}",
    )
)


class When(NamedTuple):
    """A day, and how exactly it is known; no day where nothing is known."""

    day: date | None
    precision: DatePrecision = DatePrecision.DAY


def parse(text: str, field: str | None = None) -> When:
    """Read a date as written: the first day of a month or year where no more is said.

    :raises Refused: if it is no date, with a sentence that says how to write one
    """
    written = " ".join(text.split())
    if not written:
        return When(None)
    plain = _clock.sub("", _weekday.sub("", written.casefold()))
    found = next((match for shape in _shapes if (match := shape.match(plain))), None)
    if found is None:
        raise _refusal(written, field)
    parts = found.groupdict()
    year, month = int(parts["year"]), _month_number(parts.get("month"))
    day = int(parts.get("day") or 1)
    if year not in YEARS or month is None or not 1 <= day <= monthrange(year, month)[1]:
        raise _refusal(written, field)
    if parts.get("day"):
        return When(date(year, month, day))
    exact = DatePrecision.MONTH if parts.get("month") else DatePrecision.YEAR
    return When(date(year, month, 1), exact)


def written(day: date | None, precision: DatePrecision = DatePrecision.DAY) -> str:
    """Return a date as a field shows it, in a form that ``parse`` reads back."""
    if day is None:
        return ""
    pattern = {
        DatePrecision.DAY: "%d/%m/%Y",
        DatePrecision.MONTH: "%m/%Y",
        DatePrecision.YEAR: "%Y",
    }[precision]
    return day.strftime(pattern)


def last_day(when: When) -> date | None:
    """Return the last day that may be meant: the last one of the month or year."""
    if when.day is None or when.precision is DatePrecision.DAY:
        return when.day
    month = 12 if when.precision is DatePrecision.YEAR else when.day.month
    return date(when.day.year, month, monthrange(when.day.year, month)[1])


def _month_number(name: str | None) -> int | None:
    if name is None:
        return 1
    number = int(name) if name.isdigit() else _number.get(name.rstrip("."))
    return number if number and 1 <= number <= 12 else None


def _refusal(text: str, field: str | None) -> Refused:
    message = _(
        "“%(text)s” is not a date. Write it as 06/11/2017, November 2017 or 2017.", text=text
    )
    return Refused(message, field=field)
