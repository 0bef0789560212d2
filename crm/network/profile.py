"""The place of one organisation in the network: its figures, partners and findings."""

from dataclasses import dataclass
from typing import Any

from crm.formats import number
from crm.language import _, _n
from crm.network import services
from crm.network.models import Analysis, StoredFinding
from crm.network.sentences import Teller, Told
from crm.stakeholders.models import Stakeholder

FINDINGS_SHOWN = 5


@dataclass(frozen=True)
class NetworkProfile:
    """What the network says about one organisation."""

    sentence: str
    """Its role in plain words."""
    figures: list[tuple[Any, Any]]
    findings: list[Told]
    more: int


def of(analysis: Analysis, stakeholder: Stakeholder) -> NetworkProfile | None:
    """Return the place of an organisation; None where the network does not hold it."""
    measured = analysis.nodes.get(str(stakeholder.id))
    if measured is None:
        return None
    found = _about(analysis, stakeholder.id)
    return NetworkProfile(
        sentence=str(_role(measured)),
        figures=[
            (_("Partners"), number(measured["degree"])),
            (_("Betweenness"), number(measured["betweenness"], 3)),
            (_("Constraint"), number(measured["constraint"], 3)),
            (_("Effective size"), number(measured["effective_size"], 1)),
            (_("Core"), number(measured["core"])),
            (_("Rise of fragmentation on exit"), number(measured["exit"], 3)),
        ],
        findings=Teller(found[:FINDINGS_SHOWN]).told(found[:FINDINGS_SHOWN]),
        more=max(len(found) - FINDINGS_SHOWN, 0),
    )


def _about(analysis: Analysis, one: int) -> list[StoredFinding]:
    """Return the findings that name an organisation, or whose next step does."""
    return [
        finding
        for finding in services.findings(analysis)
        if one in finding.organisations[:1]
        or one in ((finding.step or {}).get("who"), (finding.step or {}).get("to"))
    ]


def _role(measured: dict[str, Any]) -> Any:
    if measured["degree"] == 0:
        return _("It has no working tie on this day.")
    if measured["cut"]:
        return _n(
            "It works with %(num)s partner, and holds parts together that would be separate "
            "without it.",
            "It works with %(num)s partners, and holds parts together that would be separate "
            "without it.",
            measured["degree"],
        )
    return _n(
        "It works with %(num)s partner; the network would hold without it.",
        "It works with %(num)s partners; the network would hold without it.",
        measured["degree"],
    )
