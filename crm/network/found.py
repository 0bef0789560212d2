"""Stored findings: the query of them, and how the analysis knows them."""

from typing import Any

from sqlalchemy import Select, select

from crm.network.models import Analysis, StoredFinding
from crm.regions import services as regions
from graphs.findings import CODES
from graphs.records import Finding, Step

SOUGHT = CODES
"""The kinds of findings that the analysis looks for."""

ABOUT_A_ROW = (
    "expiring-agreement",
    "unmet-need",
    "overdue-commitment",
    "overdue-action",
    "programme-dependence",
)
"""The codes whose first evidence is the row that they are about."""
OF_A_REGION = ("split-region",)
"""The codes that are about a region as a whole."""


def findings_of(analysis: Analysis, region: str | None = None) -> Select[StoredFinding]:
    """Return the query of the findings of an analysis; with a region, of those in it."""
    query = select(StoredFinding).where(StoredFinding.analysis_id == analysis.id)
    return query.where(regions.within(StoredFinding.region_code, region)) if region else query


def as_found(stored: StoredFinding) -> Finding:
    """Return a stored finding as it was found."""
    evidence = tuple((str(table), int(number)) for table, number in stored.evidence)
    return Finding(
        code=stored.code,
        severity=stored.severity,
        impact=stored.impact,
        need=stored.need,
        region=stored.region_code,
        sectors=tuple(stored.sectors),
        organisations=tuple(stored.organisations),
        evidence=evidence,
        values=stored.values,
        step=_step(stored.step),
        of_region=stored.code in OF_A_REGION,
        row=evidence[0] if stored.code in ABOUT_A_ROW and evidence else None,
    )


def _step(stored: dict[str, Any] | None) -> Step | None:
    if stored is None:
        return None
    about = stored["about"]
    return Step(**{**stored, "about": (about[0], about[1]) if about else None})
