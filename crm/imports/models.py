"""Imports: an uploaded file, its rows, what became of each, and what it takes to undo it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model
from crm.users.models import User


class ImportShape(StrEnum):
    """What a file holds."""

    STAKEHOLDERS = "stakeholders"
    MEETINGS = "meetings"


class ImportStatus(StrEnum):
    """How far an import has come."""

    MAPPING = "mapping"
    PREVIEW = "preview"
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class RowMatch(StrEnum):
    """What a row is, compared with what we have."""

    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


class RowStatus(StrEnum):
    """What became of a row."""

    WAITING = "waiting"
    TAKEN = "taken"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNDONE = "undone"
    KEPT = "kept"


class Import(Model):
    """One upload and what became of it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    shape: Mapped[ImportShape]
    status: Mapped[ImportStatus]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    filename: Mapped[str]
    mapping: Mapped[dict] = mapped_column(JSON, default=dict)
    settings: Mapped[dict] = mapped_column(JSON, default=dict)
    """Sheet, header row, delimiter, encoding, as found or as corrected."""
    error: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    by: Mapped[User] = relationship()

    __mapper_args__ = {"version_id_col": version}


class ImportFile(Model):
    """The bytes of an uploaded file, kept until the import is over."""

    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    """``stakeholders``, ``meetings`` or ``participations``."""
    filename: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ImportRow(Model):
    """One row of the file: what it says, what it matches, what was decided, what became of it."""

    __table_args__ = (UniqueConstraint("import_id", "role", "number"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    """The row's number in the file, as a spreadsheet counts."""
    cells: Mapped[dict] = mapped_column(JSON)
    match: Mapped[RowMatch]
    match_id: Mapped[int | None]
    matches: Mapped[list] = mapped_column(JSON, default=list)
    """Other possible matches, best first: [{"id", "name", "score"}]."""
    decision: Mapped[str] = mapped_column(String(40), default="")
    """``new``, ``skip``, or the id of the record it is; empty: as matched."""
    status: Mapped[RowStatus] = mapped_column(default=RowStatus.WAITING, index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    undo: Mapped[list] = mapped_column(JSON, default=list)
    """What this row created or changed, with the old values and the versions after it."""


class ColumnMemory(Model):
    """Which field the users of this house mean by a column heading."""

    __table_args__ = (UniqueConstraint("role", "heading"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(String(40))
    heading: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(80))
