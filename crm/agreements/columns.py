"""The columns of the list of agreements, on the page and in downloads."""

from datetime import date

from crm.agreements.models import Agreement
from crm.language import _
from crm.tables import Column
from crm.words import label


def columns(today: date) -> list[Column]:
    """Return the columns; where an agreement stands depends on the day."""
    return [
        Column("title", _("Agreement"), Agreement.title, lambda one: one.title),
        Column("kind", _("Kind"), Agreement.kind, lambda one: label(one.kind)),
        Column("parties", _("Parties"), None, _parties),
        Column("starts", _("Beginning"), Agreement.starts, lambda one: one.starts),
        Column("ends", _("End"), Agreement.ends, lambda one: one.ends),
        Column("status", _("Status"), None, lambda one: label(one.status(today))),
        Column("numbers", _("Numbers"), None, _numbers, hidden=True),
        Column(
            "parent",
            _("Made under"),
            None,
            lambda one: one.parent.title if one.parent else "",
            hidden=True,
        ),
        Column(
            "programme",
            _("Programme"),
            None,
            lambda one: one.programme.name if one.programme else "",
            hidden=True,
        ),
        Column("scope", _("Scope"), None, lambda one: one.scope, hidden=True),
        Column("source", _("Source"), None, lambda one: one.source, hidden=True),
        Column("id", _("Number"), None, lambda one: one.id, numeric=True, hidden=True),
    ]


def _parties(agreement: Agreement) -> str:
    return "; ".join(one.stakeholder.name for one in agreement.parties)


def _numbers(agreement: Agreement) -> str:
    return "; ".join(one.number for one in agreement.parties)
