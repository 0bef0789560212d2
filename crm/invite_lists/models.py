"""The rules of an event's invite list, and what its guests may change, both kept."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model
from crm.events.models import Event


class InviteDraft(Model):
    """The rules under which an event's invite list is computed."""

    part_of = "event_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """As crm.invite_lists.rules.Rules writes it."""
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()

    __mapper_args__ = {"version_id_col": version}


class StoredEffect(Model):
    """What an event may change, or has changed, as far as that was worked out."""

    __table_args__ = (UniqueConstraint("event_id", "on", "window_days"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    on: Mapped[date]
    window_days: Mapped[int]
    """0: all years, as for an analysis."""
    data_version: Mapped[int]
    method: Mapped[int] = mapped_column(server_default="0")
    rules_version: Mapped[int]
    """The version of the list's rules; of another, or of older data: out of date."""
    computed_at: Mapped[datetime]
    result: Mapped[dict[str, Any]]
    """As crm.invite_lists.effects.work_out returns it."""
