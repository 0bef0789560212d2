"""What the analysis found, kept per version of the data, and where the map's nodes stand."""

from datetime import date, datetime

from sqlalchemy import JSON, Float, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.db import Model


class Analysis(Model):
    """The stored results for one question (day and window) on one version of the data."""

    __table_args__ = (UniqueConstraint("on", "window_days"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    # 0: all years. NULL would not be unique.
    window_days: Mapped[int]
    data_version: Mapped[int]
    """The version that the results were computed from; older than the data's: out of date."""
    wanted_version: Mapped[int] = mapped_column(default=0)
    """The version that a job is computing now; asked for at ``wanted_at``."""
    wanted_at: Mapped[datetime | None]
    computed_at: Mapped[datetime | None]
    seconds: Mapped[float] = mapped_column(Float, default=0.0)
    results: Mapped[dict] = mapped_column(JSON, default=dict)
    """Numbers of the network and the index of every region."""
    findings: Mapped[list] = mapped_column(JSON, default=list)
    """Findings, most severe first."""
    error: Mapped[str] = mapped_column(default="")


class MapPosition(Model):
    """Where an organisation stands on the map of one question, so that it stays there."""

    __table_args__ = (UniqueConstraint("map_key", "stakeholder_id"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    map_key: Mapped[str] = mapped_column(String(80), index=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"))
    x: Mapped[float]
    y: Mapped[float]
