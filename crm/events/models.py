"""Events of all kinds: visits, meetings, workshops, trainings; often known only by their year."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model
from crm.programmes.models import Programme
from crm.regions.models import Region
from crm.stakeholders.models import Stakeholder, Tag


class EventKind(StrEnum):
    """What kind of meeting it is."""

    VISIT = "visit"
    MEETING = "meeting"
    SHM = "shm"
    RAKOR = "rakor"
    WORKSHOP = "workshop"
    TRAINING = "training"
    SHARING_CLASS = "sharing_class"
    AUDIENCE = "audience"
    SIGNING = "signing"
    HANDOVER = "handover"
    OTHER = "other"


class EventStatus(StrEnum):
    """Where an event stands; whether it is past follows from its date."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class DatePrecision(StrEnum):
    """How exactly the date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Event(Model):
    """One meeting, planned or past."""

    __table_args__ = (
        CheckConstraint("title != ''", name="has_title"),
        CheckConstraint(
            "ends_on IS NULL OR starts_on IS NOT NULL AND ends_on >= starts_on", name="in_order"
        ),
        CheckConstraint("capacity > 0", name="capacity_positive"),
    )
    shapes_network = True

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    search_text: Mapped[str] = mapped_column(Text)
    kind: Mapped[EventKind] = mapped_column(default=EventKind.MEETING)
    status: Mapped[EventStatus] = mapped_column(default=EventStatus.PLANNED)
    # The first day of the month or year where no more is known; None where nothing is.
    starts_on: Mapped[date | None] = mapped_column(index=True)
    ends_on: Mapped[date | None]
    date_precision: Mapped[DatePrecision] = mapped_column(default=DatePrecision.DAY)
    starts_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    place: Mapped[str] = mapped_column(default="")
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    capacity: Mapped[int | None]
    purpose: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[str] = mapped_column(Text, default="")
    # What a list from elsewhere calls it (M001): the same file imported twice finds it again.
    reference: Mapped[str | None] = mapped_column(String(120), unique=True)
    source: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    region: Mapped[Region | None] = relationship()
    host: Mapped[Stakeholder | None] = relationship()
    programme: Mapped[Programme | None] = relationship()
    tags: Mapped[list[Tag]] = relationship(secondary="event_tag", order_by=Tag.name)

    __mapper_args__ = {"version_id_col": version}

    def is_past(self, today: date) -> bool:
        """Whether the last day that may be meant has passed; an unknown one never does."""
        last = self.ends_on or self.starts_on
        if last is None:
            return False
        known = {DatePrecision.YEAR: 1, DatePrecision.MONTH: 2, DatePrecision.DAY: 3}
        parts = known[self.date_precision]
        return last.timetuple()[:parts] < today.timetuple()[:parts]


class EventTag(Model):
    """That an event carries a tag."""

    __table_args__ = (UniqueConstraint("event_id", "tag_id"),)
    part_of = "event_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"))
