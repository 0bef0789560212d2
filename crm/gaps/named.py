"""What the sentences about a finding name: organisations, rows by their titles, days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from crm.formats import day
from crm.gaps.titles import Row
from crm.network import naming
from crm.network.found import ABOUT_A_ROW
from crm.network.models import StoredFinding

if TYPE_CHECKING:
    from crm.gaps.sentences import Teller

Numbers = list[tuple[Any, Any]]
"""The figures behind a sentence, with their names."""


def organisations_of(finding: StoredFinding) -> Iterable[int]:
    """Yield the organisations that a finding and its next step name."""
    return naming.organisations(finding.organisations, finding.step, finding.values)


def rows_of(finding: StoredFinding) -> Iterable[Row]:
    """Yield what the sentences about a finding call by its title."""
    step = finding.step or {}
    if finding.code in ABOUT_A_ROW and finding.evidence:
        yield _row(finding)
    if about := step.get("about"):
        yield about[0], about[1]
    owners = (step.get("owner"), finding.values.get("ours"))
    yield from (("user", one) for one in owners if one is not None)
    if step.get("position") is not None:
        yield "position", step["position"]
    if step.get("kind") == "finish" and step.get("owner") is None and finding.evidence:
        yield "owner_note", finding.evidence[0][1]


def _row(finding: StoredFinding) -> Row:
    table, number = finding.evidence[0]
    return table, number


def title_of(teller: Teller, finding: StoredFinding) -> str:
    """Return the title of the row that a finding is about; a dash where it is gone."""
    return teller.title(_row(finding)) if finding.evidence else "—"


def day_of(text: str | None) -> str:
    """Return a stored day in words; a dash where there is none."""
    return day(date.fromisoformat(text)) if text else "—"


def names_of(teller: Teller, finding: StoredFinding) -> list[str]:
    """Return the names of the organisations that a finding is about."""
    return [teller.name(one) for one in finding.organisations]
