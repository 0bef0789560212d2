"""What an import itself has stored so far: its own versions are nobody else's change."""

from typing import Any

from sqlalchemy import select

from crm.db import db
from crm.errors import Conflict, Refused
from crm.imports.models import ImportRow, Role, RowStatus
from crm.language import _


class OwnWork:
    """The records that the rows taken so far have created or changed."""

    def __init__(self, import_id: int, role: Role) -> None:
        """Read what was stored before: the import may have been stopped in the middle.

        :param role: the table whose rows are called by their number
        """
        self.import_id = import_id
        self.role = role
        self._version: dict[tuple[str, int], int] = {}
        self._made: set[tuple[str, int]] = set()
        self.made_by_row: dict[int, int] = {}
        """The organisation that a row has added, by the row's number."""
        for row in self.taken():
            self.add(row, row.undo)

    def taken(self) -> list[ImportRow]:
        """Return the rows taken so far, in the order in which they were."""
        query = (
            select(ImportRow)
            .where(ImportRow.import_id == self.import_id, ImportRow.status == RowStatus.TAKEN)
            .order_by(ImportRow.taken_at, ImportRow.id)
        )
        return list(db.session.scalars(query))

    def add(self, row: ImportRow, entries: list[dict[str, Any]]) -> None:
        """Remember what one more row has stored."""
        for one in entries:
            self._version[one["record"], one["id"]] = one["version"]
            if one["created"]:
                self._made.add((one["record"], one["id"]))
            if one["record"] == "Stakeholder" and one["created"] and row.role is self.role:
                self.made_by_row[row.facts.get("with_row") or row.number] = one["id"]

    def is_own(self, record: Any) -> bool:
        """Whether a record is exactly as this import has left it."""
        return self._version.get((type(record).__name__, record.id)) == record.version

    def touched(self, record: str) -> list[int]:
        """Return the records of one kind that this import has added or changed."""
        return [record_id for kind, record_id in self._version if kind == record]

    def has_made(self, record: str, record_id: int) -> bool:
        """Whether this import has added a record."""
        return (record, record_id) in self._made

    def decided(self, row: ImportRow) -> int | None:
        """Return the organisation that a row means; None: a new one.

        :raises Refused: if it means that of another row, which was not stored
        """
        if row.decision == "new":
            return None
        if row.decision.isdigit():
            return int(row.decision)
        if row.decision.startswith("row:"):
            number = int(row.decision.removeprefix("row:"))
            if number not in self.made_by_row:
                raise Refused(_("Row %(row)s, which it belongs to, was not taken.", row=number))
            return self.made_by_row[number]
        if row.match_id is not None:
            return row.match_id
        return self.made_by_row.get(row.facts.get("with_row") or row.number)


def seen_version(row: ImportRow, record_id: int) -> int | None:
    """Return in which version the preview showed a record that a row may mean; None: in none."""
    shown = {one["id"]: one.get("version") for one in row.matches}
    return shown.get(record_id) or row.match_version


def check_seen(record: Any, version: int | None, name: str) -> None:
    """Make sure that a record is as the preview showed it.

    :raises Conflict: if somebody else changed it since
    """
    if record.version != version:
        message = _(
            "Somebody else changed “%(name)s” since the preview. Compare the row again.", name=name
        )
        raise Conflict(message, record)
