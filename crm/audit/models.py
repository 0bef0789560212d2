"""The audit trail: who did what to which record, and the number of the data's present state."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from crm.db import Model


class AuditEntry(Model):
    """One change, view or export of one record, never edited and never deleted."""

    __table_args__ = (Index("ix_audit_entry_root", "root", "root_id", "id"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    action: Mapped[str]
    record: Mapped[str]
    record_id: Mapped[int]
    # The record in whose history the entry is shown: a new alias belongs to its stakeholder.
    root: Mapped[str]
    root_id: Mapped[int]
    changes: Mapped[dict[str, Any]]
    data_version: Mapped[int | None] = mapped_column(index=True)
    """The state of the data that it led to; None where it can change no analysis."""


class DataVersion(Model):
    """One row, one number: it grows with every change that can change the analysis."""

    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
