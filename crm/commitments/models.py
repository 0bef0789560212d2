"""Commitments: support that one organisation promised to another, and what came of it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.agreements.models import Agreement
from crm.db import Model, Money
from crm.programmes.models import Programme
from crm.stakeholders.models import Stakeholder


class Support(StrEnum):
    """What is given."""

    MONEY = "money"
    GOODS = "goods"
    PLACE = "place"
    PEOPLE = "people"
    TRAINING = "training"
    PUBLICITY = "publicity"
    POLICY = "policy"
    LEGAL_HELP = "legal_help"


class CommitmentStatus(StrEnum):
    """How much of a promise was kept."""

    PROMISED = "promised"
    PARTLY = "partly"
    REALISED = "realised"
    CANCELLED = "cancelled"


class Commitment(Model):
    """One promise of support from a giver to a receiver."""

    __table_args__ = (
        CheckConstraint("giver_id != receiver_id", name="two_sides"),
        CheckConstraint("value >= 0", name="value_positive"),
        CheckConstraint("status != 'realised' OR realised_on IS NOT NULL", name="realised_has_day"),
    )
    shapes_network = True

    id: Mapped[int] = mapped_column(primary_key=True)
    giver_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    receiver_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    kind: Mapped[Support]
    what: Mapped[str]
    value: Mapped[int | None] = mapped_column(Money)
    status: Mapped[CommitmentStatus] = mapped_column(default=CommitmentStatus.PROMISED)
    promised_on: Mapped[date | None]
    due_on: Mapped[date | None] = mapped_column(index=True)
    realised_on: Mapped[date | None]
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    about: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    giver: Mapped[Stakeholder] = relationship(foreign_keys=giver_id)
    receiver: Mapped[Stakeholder] = relationship(foreign_keys=receiver_id)
    programme: Mapped[Programme | None] = relationship()
    agreement: Mapped[Agreement | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
