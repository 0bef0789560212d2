"""The columns of the list of organisations, on the page and in downloads."""

from crm.language import _
from crm.regions.services import full_name
from crm.stakeholders.models import Stakeholder
from crm.stakeholders.vocabulary import kind_name
from crm.tables import Column
from crm.words import label

COLUMNS = [
    Column("name", _("Name"), Stakeholder.name, lambda one: one.name),
    Column("sector", _("Sector"), Stakeholder.sector, lambda one: label(one.sector)),
    Column("kind", _("Kind"), None, lambda one: kind_name(one.kind)),
    Column("level", _("Level"), Stakeholder.level, lambda one: label(one.level)),
    Column("region", _("Region"), Stakeholder.region_code, lambda one: full_name(one.region)),
    Column("stage", _("Stage"), Stakeholder.stage, lambda one: label(one.stage)),
    Column("region_code", _("Region code"), None, lambda one: one.region_code, hidden=True),
    Column("phone", _("Telephone"), None, lambda one: one.phone, hidden=True),
    Column("email", _("E-mail"), None, lambda one: one.email, hidden=True),
    Column("website", _("Website"), None, lambda one: one.website, hidden=True),
    Column("source", _("Source"), None, lambda one: one.source, hidden=True),
    Column("id", _("Number"), None, lambda one: one.id, numeric=True, hidden=True),
]
