"""Programmes: who leads and pays them, where they run, and when they end."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model
from crm.regions.models import Region
from crm.stakeholders.models import Stakeholder


class Programme(Model):
    """A programme such as PerpuSeru or TPBIS."""

    __table_args__ = (
        CheckConstraint("name != ''", name="has_name"),
        CheckConstraint("ends IS NULL OR starts IS NULL OR ends >= starts", name="in_order"),
    )
    shapes_network = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    search_text: Mapped[str] = mapped_column(Text)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    funder_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    about: Mapped[str] = mapped_column(Text, default="")
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    lead: Mapped[Stakeholder | None] = relationship(foreign_keys=lead_id)
    funder: Mapped[Stakeholder | None] = relationship(foreign_keys=funder_id)
    regions: Mapped[list[Region]] = relationship(secondary="programme_region", order_by=Region.code)

    __mapper_args__ = {"version_id_col": version}


class ProgrammeRegion(Model):
    """That a programme runs in a region."""

    __table_args__ = (UniqueConstraint("programme_id", "region_code"),)
    part_of = "programme_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
