"""The columns of the list of scenarios."""

from crm.language import _
from crm.simulations.models import Scenario
from crm.tables import Column

COLUMNS = [
    Column("title", _("Scenario"), Scenario.title, lambda one: one.title),
    Column("on", _("Day"), Scenario.on, lambda one: one.on),
    Column(
        "leaving",
        _("Who leaves"),
        None,
        lambda one: len(one.organisations) + len(one.positions) + len(one.programmes),
        numeric=True,
    ),
    Column("by", _("Kept by"), None, lambda one: one.by.name if one.by else ""),
    Column("at", _("Kept on"), Scenario.at, lambda one: one.at.date()),
    Column("id", _("Number"), None, lambda one: one.id, numeric=True, hidden=True),
]
