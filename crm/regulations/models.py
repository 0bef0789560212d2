"""Regulations on their way to signature, and the teams that exist by decree (SK)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.contacts.models import Contact, Position
from crm.db import Model
from crm.regions.models import Region
from crm.stakeholders.models import Stakeholder


class RegulationStage(StrEnum):
    """How far a regulation has come."""

    PROPOSED = "proposed"
    DRAFTED = "drafted"
    DISCUSSED = "discussed"
    SIGNED = "signed"
    REVOKED = "revoked"


class Regulation(Model):
    """A Pergub, Perda, Perbup or SK."""

    __table_args__ = (CheckConstraint("title != ''", name="has_title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(String(40))
    """``pergub``, ``perda``, ``perbup``, ``sk``, …"""
    number: Mapped[str] = mapped_column(String(120), default="")
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    stage: Mapped[RegulationStage]
    target_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    ends: Mapped[date | None]
    content: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    region: Mapped[Region | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Team(Model):
    """A cross-sector team; it is in force while its SK is."""

    shapes_network = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    regulation_id: Mapped[int | None] = mapped_column(ForeignKey("regulation.id"))
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    region: Mapped[Region | None] = relationship()
    regulation: Mapped[Regulation | None] = relationship()
    members: Mapped[list["TeamMember"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class TeamMember(Model):
    """That an organisation, by a post or a person, belongs to a team."""

    __table_args__ = (UniqueConstraint("team_id", "stakeholder_id", "role"),)
    shapes_network = True
    part_of = "team_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    role: Mapped[str] = mapped_column(String(120), default="")
    starts: Mapped[date | None]
    ends: Mapped[date | None]

    stakeholder: Mapped[Stakeholder] = relationship()
    position: Mapped[Position | None] = relationship()
    contact: Mapped[Contact | None] = relationship()
