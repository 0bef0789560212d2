"""The resource map: who can teach or give what, and who lacks what."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.commitments.models import Commitment, Support
from crm.db import Model
from crm.stakeholders.models import Stakeholder


class ResourceSide(StrEnum):
    """Whether something is offered or needed."""

    OFFER = "offer"
    NEED = "need"


class Resource(Model):
    """One thing that an organisation offers or needs."""

    shapes_network = True

    id: Mapped[int] = mapped_column(primary_key=True)
    side: Mapped[ResourceSide]
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    kind: Mapped[Support]
    what: Mapped[str]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    # A need is met by a promise, not by somebody saying so.
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitment.id"), index=True)
    about: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    stakeholder: Mapped[Stakeholder] = relationship()
    commitment: Mapped[Commitment | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
