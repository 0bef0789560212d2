"""How dates, numbers and rupiah are written, in the language of the reader."""

from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask

from crm import clock, words
from crm.language import _, current_language

ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
DASH = "—"


def day(value: date | None, precision: str = "day") -> str:
    """Write a date as "22 November 2026", or as much of it as is known."""
    if value is None:
        return DASH
    pattern = {"day": "d MMMM y", "month": "MMMM y", "year": "y"}[str(precision)]
    return format_date(value, pattern, locale=current_language())


def short_day(value: date | None) -> str:
    """Write a date as "22 Nov 2026", for tables."""
    return DASH if value is None else format_date(value, "d MMM y", locale=current_language())


def period(first: date | None, last: date | None, precision: str = "day") -> str:
    """Write a first and a last day; one of them where they are the same or one is not known."""
    if first is None and last is None:
        return DASH
    if last is None or first == last:
        return day(first, precision)
    if first is None:
        return f"– {day(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def in_force(first: date | None, last: date | None, today: date) -> str:
    """Write from when until when something holds: an open end is said, not left out."""
    if first is None:
        return DASH if last is None else str(_("until %(day)s", day=day(last)))
    if last is not None:
        return period(first, last)
    if first > today:
        return str(_("from %(day)s", day=day(first)))
    return str(_("%(day)s – now", day=day(first)))


def moment(value: datetime | None) -> str:
    """Write a moment as "22 Nov 2026 14.05 WIB", in the time of the team."""
    if value is None:
        return DASH
    zone = clock.zone()
    local = value.astimezone(zone)
    pattern = "d MMM y HH.mm" if current_language() == "id" else "d MMM y HH:mm"
    written = format_datetime(local, pattern, locale=current_language())
    return f"{written} {zone_name(str(zone))}".strip()


def zone_name(zone: str) -> str:
    """Return the short name of a time zone: WIB, WITA, WIT; of others nothing."""
    return ZONES.get(zone, "")


def number(value: Any, digits: int = 0) -> str:
    """Write a number as "1.234.567,5"; a dash where there is none."""
    if value is None:
        return DASH
    if isinstance(value, int) and not digits:  # most numbers of a page: Babel takes its time
        return f"{value:,}" if current_language() == "en" else f"{value:,}".replace(",", ".")
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, pattern, locale=current_language())


def percent(value: Any, digits: int = 1) -> str:
    """Write a percentage that is stored as such: 16.46 becomes "16,46 %"."""
    return DASH if value is None else f"{number(value, digits)}\N{NO-BREAK SPACE}%"


def rupiah(value: int | None) -> str:
    """Write an amount as "Rp15.000.000", in either language."""
    return DASH if value is None else f"Rp{format_decimal(value, '#,##0', locale='id')}"


def init(app: Flask) -> None:
    """Give the templates these ways of writing."""
    app.jinja_env.filters.update(
        day=day,
        short_day=short_day,
        moment=moment,
        number=number,
        percent=percent,
        rupiah=rupiah,
        label=words.label,
    )
    app.jinja_env.globals.update(period=period, in_force=in_force)
