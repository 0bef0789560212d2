"""Which of the changes between two answers can have closed a finding."""

from collections.abc import Callable
from typing import Any

from crm.network.changes import Changed, Home, Row
from crm.network.found import ABOUT_A_ROW
from crm.network.models import StoredFinding

NAMED = 3
"""How many rows are named as the cause."""

TIES = frozenset({"event", "agreement", "commitment", "team", "stakeholder"})
CLOSED_BY = {
    "single-contact": {"event", "follow_up"},
    "expiring-agreement": {"agreement"},
    "unmet-need": {"resource", "commitment"},
    "overdue-commitment": {"commitment"},
    "overdue-action": {"follow_up"},
    "programme-dependence": TIES | {"programme"},
    "never-invited": TIES | {"invitation"},
}
"""What kinds of changes can close a finding of each code; the others are closed by ties."""

CLOSED_BY_COMING = ("uncovered-sector", "single-contact", "never-invited")
"""The codes that a guest closes even where nobody else is met."""

WHOLE_REGION = ("split-region", "single-broker", "inward-sector", "programme-dependence")
"""The codes that any organisation of the region can close."""


def of(finding: StoredFinding, changed: Changed) -> tuple[list[list[Any]], list[list[Any]]]:
    """Return the rows that can have closed a finding, and those put away, likeliest first."""
    concerns, own = _concerns(finding, changed.homes), _own(finding)
    kinds = CLOSED_BY.get(finding.code, TIES)
    scored = []
    for place, one in enumerate(changed.changes):
        if one.kind not in kinds:
            continue
        if one.alone and not one.put_away and finding.code not in CLOSED_BY_COMING:
            continue
        touched = sum(map(concerns, one.organisations))
        if touched or one.row == own:
            # What is changed of an organisation itself closes less than what it took part in.
            lesser = one.row[0] == "stakeholder"
            scored.append((one.row != own, lesser, -touched, place, one))
    ranked = [one for *_, one in sorted(scored, key=lambda item: item[:-1])]
    return (
        [list(one.row) for one in ranked if not one.put_away][:NAMED],
        [list(one.row) for one in ranked if one.put_away][:NAMED],
    )


def _own(finding: StoredFinding) -> Row | None:
    """Return the row that a finding is about."""
    if finding.code not in ABOUT_A_ROW or not finding.evidence:
        return None
    table, number = finding.evidence[0]
    return table, number


def _concerns(finding: StoredFinding, homes: dict[int, Home]) -> Callable[[int], bool]:
    """Return which organisations can close a finding by what they take part in."""
    region, sectors = finding.region_code, set(finding.sectors)

    def lies_in(one: int) -> bool:
        home = homes.get(one)
        if home is None or (sectors and home[0] not in sectors):
            return False
        return region is None or f"{home[1]}.".startswith(f"{region}.")

    if sectors or finding.code in WHOLE_REGION:
        return lies_in
    ours = set(finding.organisations)
    return lambda one: one in ours
