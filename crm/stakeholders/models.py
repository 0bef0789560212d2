"""Stakeholders: the organisations we work with, never persons."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model
from crm.regions.models import Level, Region
from crm.sectors import Sector
from crm.users.models import User


class Stage(StrEnum):
    """How far the partnership has come; set by people."""

    IDENTIFIED = "identified"
    MAPPED = "mapped"
    APPROACHED = "approached"
    COMMITTED = "committed"
    FORMALISED = "formalised"
    REALISED = "realised"
    MAINTAINED = "maintained"
    INACTIVE = "inactive"
    DECLINED = "declined"


class Kind(Model):
    """A sub-type within a sector: bappeda, library office, bank, radio …; an editable list."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    sector: Mapped[Sector]
    name_id: Mapped[str]
    name_en: Mapped[str]


class Tag(Model):
    """A word that the team sticks on records."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)


class Stakeholder(Model):
    """An organisation: a government office, university, community, NGO, business or medium."""

    __table_args__ = (
        CheckConstraint("name != ''", name="has_name"),
        CheckConstraint("influence BETWEEN 1 AND 5", name="influence_range"),
        CheckConstraint("interest BETWEEN 1 AND 5", name="interest_range"),
    )
    shapes_network = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(String(120), default="")
    # What a name is compared by, and what the search looks through: see names.py.
    name_key: Mapped[str] = mapped_column(index=True)
    search_text: Mapped[str] = mapped_column(Text)
    sector: Mapped[Sector] = mapped_column(index=True)
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("kind.id"))
    level: Mapped[Level]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    influence: Mapped[int | None]
    interest: Mapped[int | None]
    stage: Mapped[Stage] = mapped_column(default=Stage.IDENTIFIED)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    about: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    phone_e164: Mapped[str] = mapped_column(String(20), default="")
    source: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]
    # Set by a merge: everything of this one then belongs to the other, and undo finds the way back.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder.id"))

    kind: Mapped[Kind | None] = relationship()
    region: Mapped[Region | None] = relationship()
    owner: Mapped[User | None] = relationship()
    aliases: Mapped[list["StakeholderAlias"]] = relationship(
        cascade="all, delete-orphan", order_by="StakeholderAlias.name"
    )
    identifiers: Mapped[list["StakeholderIdentifier"]] = relationship(
        cascade="all, delete-orphan", order_by="StakeholderIdentifier.scheme"
    )
    tags: Mapped[list[Tag]] = relationship(secondary="stakeholder_tag", order_by=Tag.name)

    __mapper_args__ = {"version_id_col": version}


class StakeholderAlias(Model):
    """Another name under which the same office is known."""

    __table_args__ = (UniqueConstraint("stakeholder_id", "key"),)
    part_of = "stakeholder_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)


class StakeholderIdentifier(Model):
    """The number of an organisation in somebody else's register: NPP, NPSN, PDDikti, ROR …"""

    __table_args__ = (UniqueConstraint("scheme", "value"),)
    part_of = "stakeholder_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    scheme: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(String(200))


class StakeholderTag(Model):
    """That an organisation carries a tag."""

    __table_args__ = (UniqueConstraint("stakeholder_id", "tag_id"),)
    part_of = "stakeholder_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), index=True)


class StakeholderMerge(Model):
    """That one record was merged into another, and what it takes to undo it."""

    part_of = "stakeholder_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    moved: Mapped[dict] = mapped_column(default=dict)
    """Table name -> ids of the rows that were moved."""
