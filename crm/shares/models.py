"""Maps that people without an account may look at, and how often they did."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model
from crm.users.models import User


class ShareState(StrEnum):
    """Whether a link still opens its map; derived, never stored."""

    OPEN = "open"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class MapShare(Model):
    """One map with its day and its filters, open to whoever has the link until it expires."""

    __table_args__ = (
        CheckConstraint("title <> ''", name="has_a_title"),
        CheckConstraint("expires_at > at", name="expires_after_it_was_made"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The link is this and our signature of it: who reads the database still cannot write the link.
    nonce: Mapped[str] = mapped_column(String(64), unique=True, info={"private": True})
    title: Mapped[str] = mapped_column(String(200))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime]
    on: Mapped[date]
    months: Mapped[int]
    """The window; 0: all years."""
    filters: Mapped[dict[str, Any]]
    """The parameters of the map, each a list of texts."""
    names_hidden: Mapped[bool]
    expires_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    by: Mapped[User] = relationship()

    def state(self, now: datetime) -> ShareState:
        """Whether the link opens its map at this moment; withdrawn stays withdrawn."""
        if self.withdrawn_at is not None:
            return ShareState.WITHDRAWN
        return ShareState.OPEN if now < self.expires_at else ShareState.EXPIRED


class MapShareCount(Model):
    """How often a shared map was drawn for somebody outside of the team: no more than that."""

    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    share_id: Mapped[int] = mapped_column(ForeignKey("map_share.id"), unique=True)
    views: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime | None]

    share: Mapped[MapShare] = relationship()
