"""What an import itself has stored so far: its own versions are nobody else's change."""

from typing import Any

from sqlalchemy import select

from crm.db import db
from crm.imports.models import ImportRow, RowStatus


class OwnWork:
    """The records that the rows taken so far have created or changed."""

    def __init__(self, import_id: int) -> None:
        """Read what was stored before: the import may have been stopped in the middle."""
        self._version: dict[tuple[str, int], int] = {}
        self.made_by_row: dict[int, int] = {}
        """The organisation that a row has added, by the row's number."""
        query = (
            select(ImportRow)
            .where(ImportRow.import_id == import_id, ImportRow.status == RowStatus.TAKEN)
            .order_by(ImportRow.taken_at, ImportRow.id)
        )
        for row in db.session.scalars(query):
            self.add(row, row.undo)

    def add(self, row: ImportRow, entries: list[dict[str, Any]]) -> None:
        """Remember what one more row has stored."""
        for one in entries:
            self._version[one["record"], one["id"]] = one["version"]
            if one["record"] == "Stakeholder" and one["created"]:
                self.made_by_row[row.facts.get("with_row") or row.number] = one["id"]

    def is_own(self, record: Any) -> bool:
        """Whether a record is exactly as this import has left it."""
        return self._version.get((type(record).__name__, record.id)) == record.version
