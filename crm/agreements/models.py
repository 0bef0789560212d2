"""Agreements between two or more parties; whether one is in force follows from its dates."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model
from crm.programmes.models import Programme
from crm.stakeholders.models import Stakeholder

EXPIRING_DAYS = 90


class AgreementKind(StrEnum):
    """What the paper is called."""

    MOU = "mou"
    PKS = "pks"
    MOA = "moa"
    IA = "ia"
    NOTA = "nota_kesepakatan"
    OTHER = "other"


class AgreementStatus(StrEnum):
    """Where an agreement stands on a day; always derived."""

    PLANNED = "planned"
    ACTIVE = "active"
    EXPIRING = "expiring"
    EXPIRED = "expired"


class Agreement(Model):
    """A paper that two or more organisations signed."""

    __table_args__ = (
        CheckConstraint("title != ''", name="has_title"),
        CheckConstraint("ends IS NULL OR starts IS NULL OR ends >= starts", name="in_order"),
    )
    shapes_network = True

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    search_text: Mapped[str] = mapped_column(Text)
    kind: Mapped[AgreementKind] = mapped_column(default=AgreementKind.MOU)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    scope: Mapped[str] = mapped_column(Text, default="")
    starts: Mapped[date | None]
    ends: Mapped[date | None] = mapped_column(index=True)
    source: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    parent: Mapped["Agreement | None"] = relationship(remote_side=id)
    programme: Mapped[Programme | None] = relationship()
    parties: Mapped[list["AgreementParty"]] = relationship(
        cascade="all, delete-orphan", order_by="AgreementParty.id", back_populates="agreement"
    )

    __mapper_args__ = {"version_id_col": version}

    def status(self, today: date) -> AgreementStatus:
        """Where the agreement stands on a day; without a start it counts from the beginning."""
        if self.starts and today < self.starts:
            return AgreementStatus.PLANNED
        if self.ends is None:
            return AgreementStatus.ACTIVE
        if self.ends < today:
            return AgreementStatus.EXPIRED
        soon = self.ends <= today + timedelta(days=EXPIRING_DAYS)
        return AgreementStatus.EXPIRING if soon else AgreementStatus.ACTIVE


class AgreementParty(Model):
    """One of the organisations that signed, with the number that it filed the paper under."""

    __table_args__ = (UniqueConstraint("agreement_id", "stakeholder_id"),)
    shapes_network = True
    part_of = "agreement_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    number: Mapped[str] = mapped_column(String(120), default="")

    agreement: Mapped[Agreement] = relationship(back_populates="parties")
    stakeholder: Mapped[Stakeholder] = relationship()
