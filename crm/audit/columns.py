"""The columns of the audit trail."""

from collections.abc import Mapping

from crm.audit.models import AuditEntry
from crm.audit.reading import Reader
from crm.language import _
from crm.tables import Column


def columns(reader: Reader | None = None, names: Mapping[int, str] | None = None) -> list[Column]:
    """Return the columns.

    :param reader: turns the entries of a download into words
    :param names: those of the users, by their ids
    """
    reader, names = reader or Reader([]), names or {}

    def changes(one: AuditEntry) -> str:
        return "; ".join(
            f"{label}: {old or '—'} → {new or '—'}" for label, old, new in reader.changes(one)
        )

    return [
        Column("at", _("When"), AuditEntry.id, lambda one: one.at),
        Column("by", _("Who"), None, lambda one: names.get(one.by_id, "")),
        Column("action", _("Action"), AuditEntry.action, lambda one: str(reader.action(one))),
        Column("record", _("Record"), None, lambda one: str(reader.record(one))),
        Column("name", _("Name"), None, lambda one: reader.name(one), hidden=True),
        Column("number", _("Number"), None, lambda one: one.record_id, numeric=True, hidden=True),
        Column("changes", _("What"), None, changes),
    ]
