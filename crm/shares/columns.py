"""The columns of the list of shared maps, on the page and in downloads."""

from collections.abc import Mapping
from datetime import datetime

from crm.language import _
from crm.shares.models import MapShare, MapShareCount
from crm.tables import Column
from crm.words import YES_NO, label


def columns(counts: Mapping[int, MapShareCount], now: datetime) -> list[Column]:
    """Return the columns; ``counts`` is filled with those of the rows before they are written.

    The link is on the page only: a file of links would open every map to whoever finds it.
    """
    return [
        Column("title", _("Title"), MapShare.title, lambda one: one.title),
        Column("on", _("Day"), None, lambda one: one.on, hidden=True),
        Column("names", _("Hide the names"), None, _names, hidden=True),
        Column("at", _("Shared on"), MapShare.at, lambda one: one.at.date()),
        Column("by", _("Shared by"), None, lambda one: one.by.name, hidden=True),
        Column("expires", _("Open until"), MapShare.expires_at, lambda one: one.expires_at.date()),
        Column("state", _("State"), None, lambda one: str(label(one.state(now))), hidden=True),
        Column("views", _("Views"), MapShareCount.views, lambda one: counts[one.id].views, True),
        Column("last", _("Last view"), None, lambda one: counts[one.id].last_at, hidden=True),
        Column("link", _("Link")),
    ]


def _names(one: MapShare) -> str:
    return str(YES_NO[one.names_hidden])
