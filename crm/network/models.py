"""What the analysis found, kept per version of the data, and where the map's nodes stand."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

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
    """The version of the data that it was computed from; older than the data's: out of date."""
    method: Mapped[int] = mapped_column(server_default="0")
    """The method of the program that computed it; another than the program's: out of date."""
    computed_at: Mapped[datetime]
    seconds: Mapped[float]
    numbers: Mapped[dict[str, Any]]
    """Figures of the network as a whole, by name."""
    regions: Mapped[dict[str, Any]]
    """The synergy index of each region, by code."""
    nodes: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    """Measures of each organisation, by id; large, so loaded only when asked for."""


class StoredFinding(Model):
    """One finding of a stored analysis."""

    __table_args__ = (
        Index("ix_stored_finding_ranked", "analysis_id", "rank"),
        UniqueConstraint("analysis_id", "key"),
    )
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    analysis_id: Mapped[int] = mapped_column(ForeignKey("analysis.id", ondelete="CASCADE"))
    rank: Mapped[int]
    """1 is the most severe."""
    key: Mapped[str] = mapped_column(String(400))
    code: Mapped[str] = mapped_column(String(40), index=True)
    severity: Mapped[float]
    impact: Mapped[float]
    need: Mapped[float]
    region_code: Mapped[str | None] = mapped_column(String(13), index=True)
    sectors: Mapped[list[Any]]
    sector_marks: Mapped[str] = mapped_column(String(120))
    """The sectors as ``|opd|media|``, to be searched."""
    organisations: Mapped[list[Any]]
    evidence: Mapped[list[Any]]
    values: Mapped[dict[str, Any]]
    step: Mapped[dict[str, Any] | None]
    stability: Mapped[float | None]
    """In which share of the runs it stands, each without a tenth of the records; None: not yet."""

    analysis: Mapped[Analysis] = relationship()


class FindingName(Model):
    """Whom a stored finding and its next step name: what the list of gaps is searched by."""

    # By analysis and rank, as these are known before the findings have ids.
    __table_args__ = (
        PrimaryKeyConstraint("analysis_id", "what", "named_id", "rank"),
        {"sqlite_with_rowid": False},
    )
    audited = False

    analysis_id: Mapped[int] = mapped_column(ForeignKey("analysis.id", ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(String(20))
    """``stakeholder`` or ``position``."""
    named_id: Mapped[int]
    rank: Mapped[int]


class StabilityState(StrEnum):
    """How far the stability of stored results has come."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class StoredStability(Model):
    """How far the stored results hang on single records, and how far that has been worked out."""

    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    analysis_id: Mapped[int] = mapped_column(
        ForeignKey("analysis.id", ondelete="CASCADE"), unique=True
    )
    state: Mapped[StabilityState]
    attempts: Mapped[int]
    """How often it was begun: a job that is killed is taken up again, but not for ever."""
    done: Mapped[int]
    runs: Mapped[int]
    records: Mapped[int | None]
    """How many records there are to leave out; None until it is done."""
    seconds: Mapped[float | None]
    index: Mapped[dict[str, Any]]
    """The 5 % and 95 % quantiles of the index of each region, by code; empty until it is done."""


class ClosingCause(StrEnum):
    """Why a finding no longer stands."""

    RECORDS = "records"
    """Something was recorded that concerns its organisations."""
    ARCHIVED = "archived"
    """What it was about was put away, ended or called off: nobody closed it."""
    DATA = "data"
    """The data changed, and nothing that was changed can be named."""
    TIME = "time"
    """The day moved on."""
    SETTINGS = "settings"
    PROGRAM = "program"


class ClosedFinding(Model):
    """A finding of the kept question that stood before and no longer does, as it stood last."""

    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(400), index=True)
    code: Mapped[str] = mapped_column(String(40), index=True)
    severity: Mapped[float]
    region_code: Mapped[str | None] = mapped_column(String(13), index=True)
    sector_marks: Mapped[str] = mapped_column(String(120))
    found: Mapped[dict[str, Any]]
    """The other columns of the stored finding, as it stood last."""
    stood_on: Mapped[date]
    """The last day on which it was seen to stand."""
    closed_on: Mapped[date]
    """The first day on which it was seen not to."""
    closed_at: Mapped[datetime] = mapped_column(index=True)
    cause: Mapped[ClosingCause]
    records: Mapped[list[Any]]
    """The rows that did it, as pairs of table and id, the likeliest first."""
    reopened_at: Mapped[datetime | None]
    """When it was back; it may be closed again, and then has another row."""


class KeptQuestion(Model):
    """One row: the results of the question with which pages open, to compare the next ones with."""

    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    analysis_id: Mapped[int | None] = mapped_column(ForeignKey("analysis.id", ondelete="SET NULL"))
    kept_since: Mapped[date]
    """Since when findings that are closed are written down."""


class StoredSeries(Model):
    """Index, organisations at work and ties of every active region, month by month."""

    __table_args__ = (UniqueConstraint("on", "window_days"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    window_days: Mapped[int]
    """0: all years, as for an analysis."""
    data_version: Mapped[int]
    method: Mapped[int] = mapped_column(server_default="0")
    computed_at: Mapped[datetime]
    days: Mapped[dict[str, Any]]
    """For each day, in order, a digest of what its points follow from."""
    points: Mapped[dict[str, Any]]
    """By code of the region ("" for the whole network) and day, as crm.network.months has them."""


class StoredPlan(Model):
    """The answer to a heavier question about the network: a plan, an exit, two days compared."""

    __table_args__ = (Index("ix_stored_plan_computed_at", "computed_at"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    """A digest of what was asked: see crm.network.kept_plans."""
    data_version: Mapped[int]
    computed_at: Mapped[datetime]
    answer: Mapped[dict[str, Any]]
    """Ids, keys and numbers, as crm.network.introducing and crm.network.leaving write them."""


class NetworkSetting(Model):
    """A setting of the analysis that the team may change."""

    shapes_network = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    value: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}
