"""The columns of the list of regulations, on the page and in downloads."""

from crm.language import _
from crm.regions.services import full_name
from crm.regulations.models import Regulation
from crm.regulations.words import kind_label
from crm.tables import Column, undated_last
from crm.words import label

COLUMNS = [
    Column("title", _("Regulation"), Regulation.title, lambda one: one.title),
    Column("kind", _("Kind"), Regulation.kind, lambda one: kind_label(one.kind)),
    Column("number", _("Its number"), None, lambda one: one.number, hidden=True),
    Column("region", _("Region"), Regulation.region_code, lambda one: full_name(one.region)),
    Column("stage", _("Stage"), Regulation.stage, lambda one: label(one.stage)),
    Column(
        "target", _("Target date"), undated_last(Regulation.target_on), lambda one: one.target_on
    ),
    Column("signed", _("Signed on"), None, lambda one: one.signed_on, hidden=True),
    Column("ends", _("End"), None, lambda one: one.ends, hidden=True),
    Column("content", _("Content"), None, lambda one: one.content, hidden=True),
    Column("source", _("Source"), None, lambda one: one.source),
    Column("region_code", _("Region code"), None, lambda one: one.region_code, hidden=True),
]
