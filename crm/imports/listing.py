"""The columns of the list of imports, and of an import's rows."""

from crm.imports.models import Import, ImportRow
from crm.imports.shown import state
from crm.language import _
from crm.tables import Column
from crm.words import label

COLUMNS = [
    Column("at", _("Uploaded"), Import.at, lambda one: one.at),
    Column("filename", _("File"), Import.filename, lambda one: one.filename),
    Column("shape", _("Content"), Import.shape, lambda one: label(one.shape)),
    Column("by", _("By"), None, lambda one: one.by.name),
    Column("status", _("Status"), Import.status, lambda one: label(one.status)),
    Column("rows", _("Rows")),
]

ROW_COLUMNS = [
    Column("number", _("Row"), ImportRow.number, lambda one: one.number, numeric=True),
    Column("name", _("Name"), None, lambda one: one.facts.get("name", "")),
    Column("match", _("Compared"), ImportRow.match, lambda one: label(one.match)),
    Column("status", _("Status"), ImportRow.status, state),
    Column("what", _("What happens"), None, lambda one: one.reason),
]
