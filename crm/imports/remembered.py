"""What earlier imports made of the very same rows: nobody is asked the same thing twice."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from crm.db import db
from crm.imports.models import Import, ImportRow, ImportStatus, Role, RowStatus

SKIP = "skip"
"""The decision to leave a row out."""


@dataclass(frozen=True)
class Memory:
    """What became of a row the last time."""

    stakeholder_id: int | None
    """The organisation that it was taken as; None: it was left out."""

    @property
    def was_left_out(self) -> bool:
        """Whether a user has decided to leave it out."""
        return self.stakeholder_id is None


class Remembered:
    """The rows of earlier imports with the same columns that were taken, or left out."""

    def __init__(self, role: Role, fields: list[str], subjects: Iterable[str]) -> None:
        """Read what became of the rows about the given organisations."""
        self._found: dict[tuple[str, ...], dict[int, Memory]] = {}
        imports = _with_columns(role, fields)
        wanted = sorted(set(subjects)) if imports else []
        is_known = or_(
            and_(ImportRow.status == RowStatus.TAKEN, ImportRow.match_id.is_not(None)),
            and_(ImportRow.status == RowStatus.SKIPPED, ImportRow.decision == SKIP),
        )
        columns = (ImportRow.cells, ImportRow.number, ImportRow.status, ImportRow.match_id)
        for first in range(0, len(wanted), 500):
            query = select(*columns).where(
                ImportRow.import_id.in_(imports),
                ImportRow.role == role,
                ImportRow.subject.in_(wanted[first : first + 500]),
                is_known,
            )
            # The latest import is read last: what it says is remembered.
            for cells, number, status, match_id in db.session.execute(
                query.order_by(ImportRow.import_id, ImportRow.id)
            ):
                memory = Memory(match_id if status is RowStatus.TAKEN else None)
                self._found.setdefault(tuple(cells), {})[number] = memory

    def of(self, number: int, cells: list[str]) -> Memory | None:
        """Return what became of a row with these very cells; that of the same number is best."""
        found = self._found.get(tuple(cells))
        if found is None:
            return None
        return found.get(number) or next(reversed(found.values()))


def _with_columns(role: Role, fields: list[str]) -> list[int]:
    """Return the imports whose columns mean the same, but for those that were undone."""
    undone = (ImportStatus.UNDOING, ImportStatus.UNDONE)
    query = select(Import.id, Import.tables).where(Import.status.not_in(undone))
    return [
        import_id
        for import_id, tables in db.session.execute(query)
        if tables.get(role, {}).get("fields") == fields
    ]
