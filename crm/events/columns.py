"""The columns of the list of events, on the page and in downloads."""

from typing import Any

from crm.dates import written
from crm.events.models import Event
from crm.language import _
from crm.regions.services import full_name
from crm.tables import Column
from crm.words import label


def _date(event: Event) -> Any:
    # A day is a date to Excel; a month or a year is only text.
    exact = event.date_precision == "day"
    return event.starts_on if exact else written(event.starts_on, event.date_precision)


def _region(event: Event) -> Any:
    # An event without a region is not one of all Indonesia: nobody said whose it is.
    return full_name(event.region) if event.region else ""


COLUMNS = [
    Column("title", _("Event"), Event.title, lambda one: one.title),
    Column("date", _("Date"), Event.starts_on, _date),
    Column("ends", _("Last day"), None, lambda one: one.ends_on, hidden=True),
    Column("kind", _("Kind"), Event.kind, lambda one: label(one.kind)),
    Column("region", _("Region"), Event.region_code, _region),
    Column("host", _("Host"), None, lambda one: one.host.name if one.host else ""),
    Column("status", _("Status"), Event.status, lambda one: label(one.status)),
    Column("place", _("Place"), None, lambda one: one.place, hidden=True),
    Column("region_code", _("Region code"), None, lambda one: one.region_code, hidden=True),
    Column(
        "programme",
        _("Programme"),
        None,
        lambda one: one.programme.name if one.programme else "",
        hidden=True,
    ),
    Column("purpose", _("Purpose"), None, lambda one: one.purpose, hidden=True),
    Column("minutes", _("Minutes"), None, lambda one: one.minutes, hidden=True),
    Column("reference", _("Reference"), None, lambda one: one.reference, hidden=True),
    Column("source", _("Source"), None, lambda one: one.source, hidden=True),
    Column("id", _("Number"), None, lambda one: one.id, numeric=True, hidden=True),
]
