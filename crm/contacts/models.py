"""Contacts and positions: people, and the posts they hold at organisations."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model
from crm.stakeholders.models import Stakeholder


class Basis(StrEnum):
    """Why we may keep a person's data: the grounds of UU 27/2022, article 20."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_DUTY = "legal_duty"
    VITAL_INTEREST = "vital_interest"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTEREST = "legitimate_interest"


class Contact(Model):
    """A person; titles stand apart, so that one person has one name."""

    __table_args__ = (CheckConstraint("name != ''", name="has_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    title_before: Mapped[str] = mapped_column(String(80), default="")
    title_after: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(60), default="", info={"private": True})
    phone_e164: Mapped[str] = mapped_column(
        String(20), default="", index=True, info={"private": True}
    )
    email: Mapped[str] = mapped_column(String(255), default="", info={"private": True})
    basis: Mapped[Basis | None]
    basis_proof: Mapped[str] = mapped_column(default="")
    basis_on: Mapped[date | None]
    about: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}

    @property
    def lacks_basis(self) -> bool:
        """Whether there is a way to reach the person, but no ground to keep it."""
        return self.basis is None and bool(self.phone or self.email)

    @property
    def full_name(self) -> str:
        """The name with its titles, as on a letter."""
        named = f"{self.title_before} {self.name}".strip()
        return f"{named}, {self.title_after}" if self.title_after else named


class Position(Model):
    """A post at an organisation, and who holds it; the person is optional."""

    __table_args__ = (
        CheckConstraint("title != ''", name="has_title"),
        CheckConstraint("ends IS NULL OR starts IS NULL OR ends >= starts", name="in_order"),
    )
    shapes_network = True
    part_of = "stakeholder_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    title: Mapped[str]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    stakeholder: Mapped[Stakeholder] = relationship()
    contact: Mapped[Contact | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def held_on(self, day: date) -> bool:
        """Whether the post was held by this person on a day."""
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )


class PrivacyRequest(Model):
    """What a person asked us to do with their data, and until when it must be answered."""

    part_of = "contact_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    """``access``, ``correction``, ``erasure`` or ``withdrawal``."""
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
