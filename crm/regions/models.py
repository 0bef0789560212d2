"""Regions by Kemendagri code, and the dated figures known about them."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model


class Level(StrEnum):
    """How wide an organisation's work reaches, or what kind of region it is."""

    NATIONAL = "national"
    PROVINCE = "province"
    DISTRICT = "district"
    VILLAGE = "village"


class Region(Model):
    """A province, kabupaten or kota, kecamatan, or village."""

    __table_args__ = (Index("ix_region_parent_code_name", "parent_code", "name"),)
    shapes_network = True

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(13), unique=True)
    name: Mapped[str]
    level: Mapped[Level]
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    # BPS counts regions differently (Papua!): its code stands beside ours, never instead of it.
    bps_code: Mapped[str | None] = mapped_column(String(10))
    time_zone: Mapped[str] = mapped_column(String(40), default="Asia/Jakarta")
    version: Mapped[int] = mapped_column(default=1)

    parent: Mapped["Region | None"] = relationship(remote_side=code)

    __mapper_args__ = {"version_id_col": version}


class RegionIndicator(Model):
    """One figure about one region, with its year and its source."""

    __table_args__ = (UniqueConstraint("region_code", "name", "year", "source"),)
    shapes_network = True
    part_of = "region_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    """``population`` or ``poverty_percent``."""
    value: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    year: Mapped[int]
    counted_on: Mapped[date | None]
    source: Mapped[str]
    source_url: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    region: Mapped[Region] = relationship()

    __mapper_args__ = {"version_id_col": version}
