"""The columns of the list of programmes, on the page and in downloads."""

from crm.language import _
from crm.programmes.models import Programme
from crm.tables import Column

COLUMNS = [
    Column("name", _("Programme"), Programme.name, lambda one: one.name),
    Column("lead", _("Lead"), None, lambda one: one.lead.name if one.lead else ""),
    Column("funder", _("Funder"), None, lambda one: one.funder.name if one.funder else ""),
    Column(
        "regions",
        _("Regions"),
        None,
        lambda one: "; ".join(region.name for region in one.regions),
    ),
    Column("starts", _("Beginning"), Programme.starts, lambda one: one.starts),
    Column("ends", _("End"), Programme.ends, lambda one: one.ends),
    Column(
        "region_codes",
        _("Region code"),
        None,
        lambda one: "; ".join(region.code for region in one.regions),
        hidden=True,
    ),
    Column("about", _("About"), None, lambda one: one.about, hidden=True),
    Column("source", _("Source"), None, lambda one: one.source, hidden=True),
    Column("id", _("Number"), None, lambda one: one.id, numeric=True, hidden=True),
]
