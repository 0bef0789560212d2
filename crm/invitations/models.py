"""Participation: whom an event invited, what they answered, who came; three separate facts."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.contacts.models import Contact, Position
from crm.db import Model
from crm.events.models import Event
from crm.stakeholders.models import Stakeholder


class ParticipationRole(StrEnum):
    """What an organisation does at an event."""

    HOST = "host"
    SPEAKER = "speaker"
    PARTICIPANT = "participant"
    PARTNER = "partner"
    SPONSOR = "sponsor"
    REPORTER = "reporter"


class Invitation(StrEnum):
    """Whether the invitation went out."""

    NONE = "none"
    DRAFT = "draft"
    SENT = "sent"


class Answer(StrEnum):
    """What they answered."""

    NONE = "none"
    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


class Attendance(StrEnum):
    """Whether they came."""

    UNKNOWN = "unknown"
    PRESENT = "present"
    ABSENT = "absent"


class Participation(Model):
    """One organisation, or one post in it, at one event."""

    __table_args__ = (
        # One row per organisation and post; the post is optional, hence coalesce.
        Index(
            "uq_participation_event_stakeholder_position",
            "event_id",
            "stakeholder_id",
            "post_key",
            unique=True,
        ),
    )
    shapes_network = True
    part_of = "event_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    post_key: Mapped[int] = mapped_column(default=0)
    """The position's id, 0 without: NULL would let the same organisation in twice. Of further
    guests without a post, which the invite list may give a seat: −1, −2 …"""
    role: Mapped[ParticipationRole] = mapped_column(default=ParticipationRole.PARTICIPANT)
    invitation: Mapped[Invitation] = mapped_column(default=Invitation.NONE)
    invited_on: Mapped[date | None]
    answer: Mapped[Answer] = mapped_column(default=Answer.NONE)
    answered_on: Mapped[date | None]
    attendance: Mapped[Attendance] = mapped_column(default=Attendance.UNKNOWN)
    represented_by: Mapped[str] = mapped_column(default="", info={"private": True})
    represented_by_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    reason: Mapped[str] = mapped_column(String(1000), default="")
    """Why this guest was proposed, kept from the invite list."""
    source: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]
    """Since when it is off the list; added again, it is this row that comes back."""
    # For letters, answers and check-in by link: kept as a hash only.
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    checked_in_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    stakeholder: Mapped[Stakeholder] = relationship()
    position: Mapped[Position | None] = relationship()
    contact: Mapped[Contact | None] = relationship(foreign_keys=contact_id)
    represented_by_contact: Mapped[Contact | None] = relationship(foreign_keys=represented_by_id)

    __mapper_args__ = {"version_id_col": version}
