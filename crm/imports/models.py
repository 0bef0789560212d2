"""Imports: an uploaded file, its rows, what became of each, and what it takes to undo it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model
from crm.users.models import User


class ImportShape(StrEnum):
    """What a file holds."""

    STAKEHOLDERS = "stakeholders"
    MEETINGS = "meetings"


class Role(StrEnum):
    """Which of an import's tables a file, a row or a column belongs to."""

    STAKEHOLDERS = "stakeholders"
    MEETINGS = "meetings"
    PARTICIPATIONS = "participations"


class ImportStatus(StrEnum):
    """How far an import has come."""

    MAPPING = "mapping"
    MATCHING = "matching"
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
    status: Mapped[ImportStatus] = mapped_column(default=ImportStatus.MAPPING)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    filename: Mapped[str]
    # Role -> where its rows stand and what its columns mean, with a few of them: see uploads.py.
    tables: Mapped[dict] = mapped_column(JSON, default=dict, info={"private": True})
    sheets: Mapped[list] = mapped_column(JSON, default=list)
    """The tables of its files that could be chosen: [{"file", "name", "rows"}]."""
    error: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    by: Mapped[User] = relationship()

    __mapper_args__ = {"version_id_col": version}


class ImportFile(Model):
    """The bytes of an uploaded file, kept until its rows have been taken."""

    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"), index=True)
    filename: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ImportRow(Model):
    """One row of the file: what it says, what it matches, what was decided, what became of it."""

    __table_args__ = (
        UniqueConstraint("import_id", "role", "number"),
        Index("ix_import_row_match", "import_id", "match"),
        Index("ix_import_row_status", "import_id", "status"),
        Index("ix_import_row_subject", "import_id", "subject"),
    )
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"))
    role: Mapped[Role]
    number: Mapped[int]
    """The row's number in the file, as a spreadsheet counts."""
    cells: Mapped[list] = mapped_column(JSON)
    """The texts of the row, column by column, as they stand in the file."""
    subject: Mapped[str] = mapped_column(default="")
    """Rows with the same one speak of the same organisation: one decision is enough."""
    group: Mapped[str] = mapped_column(default="")
    """Rows with the same one are taken together: a meeting and who came."""
    match: Mapped[RowMatch]
    match_id: Mapped[int | None]
    match_version: Mapped[int | None]
    """The version of the matched record that the preview showed."""
    matches: Mapped[list] = mapped_column(JSON, default=list)
    """Records it may be, best first: [{"id", "name", "detail", "score"}]."""
    facts: Mapped[dict] = mapped_column(JSON, default=dict)
    """What the preview shows: {"name", "detail", "changes": [[field, old, new]], …}."""
    decision: Mapped[str] = mapped_column(String(40), default="")
    """``new``, ``skip``, or the id of the record it is; empty: as matched."""
    status: Mapped[RowStatus] = mapped_column(default=RowStatus.WAITING)
    reason: Mapped[str] = mapped_column(Text, default="")
    taken_at: Mapped[datetime | None]
    undo: Mapped[list] = mapped_column(JSON, default=list)
    """What this row created or changed, with the old values: see recorder.py."""


class ImportWork(Model):
    """Who works on an import now: only the one who holds the token goes on."""

    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"), unique=True)
    token: Mapped[str] = mapped_column(String(40))
    beat_at: Mapped[datetime]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ColumnMemory(Model):
    """Which field the users of this house mean by a column heading."""

    __table_args__ = (UniqueConstraint("role", "heading"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role]
    heading: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(80))
    """Empty: this column is not imported."""
