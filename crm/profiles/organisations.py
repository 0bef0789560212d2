"""The place of one organisation in the network: its figures, partners and findings."""

from dataclasses import dataclass
from typing import Any

from crm.formats import number
from crm.gaps.sentences import Named, Teller, Told
from crm.help import inputs
from crm.help.inputs import Inputs
from crm.language import _, _n
from crm.network import services
from crm.network.models import Analysis, StoredFinding
from crm.network.words import sector_within
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Stakeholder

ROLE_NAMES = {
    "coordinator": _("Between two of its own sector"),
    "gatekeeper": _("Between its own sector and another"),
    "itinerant": _("Between two of the same other sector"),
    "liaison": _("Between two different other sectors"),
    "exclusive_liaison": _("of these, pairs that only it connects"),
}
"""The roles of Gould and Fernandez, said as what the organisation stands between."""

FINDINGS_SHOWN = 5
MEETINGS_SHOWN = 3
INTRODUCING = ("connect", "introduce", "mix", "relieve")
"""The next steps that bring two organisations together."""
BETWEEN = ("coordinator", "gatekeeper", "itinerant", "liaison")
"""The roles that share out all pairs; exclusive ones are among those of the liaison."""


@dataclass(frozen=True)
class Meeting:
    """An introduction that gaps suggest."""

    pair: str
    """The two who meet, as a plan of introductions names them."""
    step: str
    """The next step of the most severe of them."""
    gaps: int
    severity: float
    """Of all these gaps."""


@dataclass(frozen=True)
class Lost:
    """Who would lose their connection to most of the others."""

    count: int
    shown: list[Named]
    more: int


@dataclass(frozen=True)
class NetworkProfile:
    """What the network says about one organisation."""

    sentence: str
    """Its role in plain words."""
    roles: list[tuple[Any, str]]
    """How many pairs of others it stands between, by what kind of pair."""
    introductions: list[Meeting]
    """Which gaps suggest, with it or by it; what has to do with the most severity first."""
    lost: Lost | None
    """Who would be cut off without it; None where nobody would."""
    figures: list[tuple[str, str]]
    """By the name of a measure, as crm.help.explained has it."""
    inputs: Inputs
    """From what those follow."""
    findings: list[Told]
    more: int

    @property
    def counted_in_regions(self) -> bool:
        """Whether a gap shown counts whom a region alone would lose."""
        return any(
            told.finding.code == "single-broker" and told.finding.region_code is not None
            for told in self.findings
        )


def of(analysis: Analysis, stakeholder: Stakeholder) -> NetworkProfile | None:
    """Return the place of an organisation; None where the network does not hold it."""
    measured = analysis.nodes.get(str(stakeholder.id))
    if measured is None:
        return None
    found = _about(analysis, stakeholder.id)
    return NetworkProfile(
        sentence=" ".join(str(one) for one in (_role(measured), *_place(analysis, measured))),
        roles=_roles(measured),
        introductions=_introductions(found),
        lost=_lost(measured),
        figures=[
            ("partners", number(measured["degree"])),
            ("betweenness", number(measured["betweenness"], 3)),
            ("constraint", number(measured["constraint"], 3)),
            ("effective-size", number(measured["effective_size"], 1)),
            ("core", number(measured["core"])),
            ("exit", number(measured["exit"], 3)),
        ],
        inputs=inputs.of_organisation(measured, analysis.numbers),
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


def _place(analysis: Analysis, measured: dict[str, Any]) -> list[Any]:
    """Return between whom it stands, and how far inside: sentences, as far as there are any."""
    said = []
    # Results that were stored before these were counted do not have them.
    roles, partners = measured.get("roles", {}), measured.get("partners", {})
    if pairs := sum(roles.get(name, 0) for name in BETWEEN):
        sectors = sorted(partners, key=lambda one: (-partners[one], one))
        said.append(
            _n(
                "Between its partners (%(sectors)s) it connects %(num)s pair that does not work "
                "together directly.",
                "Between its partners (%(sectors)s) it connects %(num)s pairs that do not work "
                "together directly.",
                pairs,
                sectors=", ".join(sector_within(one) for one in sectors),
            )
        )
    if measured["degree"] > 1 and measured["core"] == analysis.numbers["core"]:
        said.append(_("It stands in the core of the network."))
    elif measured["degree"] == 1:
        said.append(_("It stands at the edge of the network."))
    return said


def _roles(measured: dict[str, Any]) -> list[tuple[Any, str]]:
    counts = measured.get("roles", {})
    return [(ROLE_NAMES[name], number(counts[name])) for name in ROLE_NAMES if counts.get(name)]


def _introductions(found: list[StoredFinding]) -> list[Meeting]:
    """Return the introductions that its gaps suggest, by the severity that they have to do with."""
    of_pair: dict[tuple[int, int], list[StoredFinding]] = {}
    for finding in found:
        step = finding.step or {}
        who, to = step.get("who"), step.get("to")
        if step.get("kind") in INTRODUCING and who is not None and to is not None:
            of_pair.setdefault((min(who, to), max(who, to)), []).append(finding)
    severity = {pair: sum(one.severity for one in about) for pair, about in of_pair.items()}
    chosen = sorted(of_pair, key=lambda pair: (-severity[pair], pair))[:MEETINGS_SHOWN]
    teller = Teller(of_pair[pair][0] for pair in chosen)
    return [
        Meeting(
            pair=f"{pair[0]}-{pair[1]}",
            step=teller.tell(of_pair[pair][0]).step,
            gaps=len(of_pair[pair]),
            severity=severity[pair],
        )
        for pair in chosen
    ]


def _lost(measured: dict[str, Any]) -> Lost | None:
    # Results that were stored before these were counted do not have them.
    cut_off = measured.get("cut_off")
    if cut_off is None:
        return None
    named = stakeholders.named(cut_off["organisations"])
    shown = sorted((Named(one, name) for one, name in named.items()), key=lambda one: one.name)
    return Lost(cut_off["count"], shown, cut_off["count"] - len(shown))
