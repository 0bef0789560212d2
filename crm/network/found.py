"""Stored findings as the analysis knows them, and back."""

from typing import Any

from crm.network.models import StoredFinding
from graphs.records import Finding, Step

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
