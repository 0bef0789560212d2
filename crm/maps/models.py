"""Where the nodes of a map stand, kept per version of the data."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from crm.db import Model


class StoredMap(Model):
    """The nodes, ties and positions of one selection of one question, so that they stay put."""

    __table_args__ = (Index("ix_stored_map_drawn_at", "drawn_at"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    """A digest of the question and the selection."""
    data_version: Mapped[int]
    drawn_at: Mapped[datetime]
    picture: Mapped[dict[str, Any]]
    """As crm.maps.store writes it."""
