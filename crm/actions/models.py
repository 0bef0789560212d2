"""Follow-ups: what was agreed, by whom, until when; a plan (POA) groups them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model
from crm.events.models import Event
from crm.regions.models import Region
from crm.stakeholders.models import Stakeholder
from crm.users.models import User


class ActionStatus(StrEnum):
    """Where a follow-up stands; whether it is overdue follows from its due date."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Plan(Model):
    """A plan of action (POA)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    about: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    region: Mapped[Region | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class FollowUp(Model):
    """One thing to do, with an owner and a due date."""

    __table_args__ = (
        CheckConstraint("title != ''", name="has_title"),
        CheckConstraint("status != 'done' OR done_on IS NOT NULL", name="done_has_day"),
    )
    shapes_network = True

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    search_text: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text, default="")
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    stakeholder_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True)
    # The key of the finding that it answers: see graphs.records.Finding.key.
    finding_key: Mapped[str | None] = mapped_column(index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    owner_note: Mapped[str] = mapped_column(default="")
    """An owner without an account, by office: "Bappeda Provinsi"."""
    due_on: Mapped[date | None] = mapped_column(index=True)
    status: Mapped[ActionStatus] = mapped_column(default=ActionStatus.OPEN)
    done_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    event: Mapped[Event | None] = relationship()
    stakeholder: Mapped[Stakeholder | None] = relationship()
    plan: Mapped[Plan | None] = relationship()
    owner: Mapped[User | None] = relationship()
    region: Mapped[Region | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def is_overdue(self, today: date) -> bool:
        """Whether the day has passed and it is still open."""
        return self.status is ActionStatus.OPEN and self.due_on is not None and self.due_on < today
