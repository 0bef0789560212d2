"""A region in the network: its index with what each part was worked out from, gaps, brokers."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from crm.formats import number
from crm.gaps.sentences import Teller, Told
from crm.language import _, _n
from crm.network import services
from crm.network.models import Analysis, StoredFinding
from crm.network.words import SECTOR_NAMES, sector_within
from crm.regions.ranking import RankedPlace
from crm.stakeholders import services as stakeholders

FINDINGS_SHOWN = 10
BROKERS_SHOWN = 5
PAIRS = len(list(combinations(SECTOR_NAMES, 2)))


@dataclass(frozen=True)
class SectorCount:
    """How many organisations of one sector a region has."""

    code: str
    known: int
    at_work: int | None
    """None while that is not known."""


@dataclass(frozen=True)
class Broker:
    """An organisation of a region that others need to reach each other."""

    id: int
    name: str
    degree: int
    betweenness: float | None
    sentence: Any
    """What hangs on it, in words; None where the network would hold."""


@dataclass(frozen=True)
class RegionProfile:
    """What the analysis found about one region."""

    index: dict[str, Any] | None
    """None where the index is not worked out: nobody is known in its province."""
    whys: dict[str, list[Any]]
    """For each part of the index, the figures from which it follows, in sentences."""
    place: RankedPlace | None
    """The region with the poverty figure by which it is ranked."""
    rank: tuple[int, int] | None
    """Its place by poverty among its siblings, 1 the poorest, and of how many."""
    findings: list[Told]
    all_findings: int
    brokers: list[Broker]


def of(analysis: Analysis, code: str) -> RegionProfile:
    """Return what a stored analysis says about a region."""
    found = services.findings(analysis, region=code)
    teller = Teller(found[:FINDINGS_SHOWN])
    index = analysis.regions.get(code)
    return RegionProfile(
        index=index,
        whys=_whys(index, found, code) if index and index["value"] is not None else {},
        place=teller.places.get(code),
        rank=_rank(teller, code),
        findings=teller.told(found[:FINDINGS_SHOWN]),
        all_findings=len(found),
        brokers=_brokers(analysis, found, code),
    )


def whys(analysis: Analysis, code: str) -> dict[str, list[Any]]:
    """Return for each part of a region's index the figures from which it follows, in sentences."""
    index = analysis.regions.get(code)
    if not index or index["value"] is None:
        return {}
    return _whys(index, services.findings(analysis, region=code), code)


def sectors(code: str, analysis: Analysis | None) -> list[SectorCount]:
    """Return for each sector how many organisations of a region are known, and how many at work."""
    known = {sector.value: count for sector, count in stakeholders.count_by_sector(code).items()}
    index = analysis.regions.get(code) if analysis else None
    return [
        SectorCount(one, known.get(one, 0), index["sectors"].get(one, 0) if index else None)
        for one in SECTOR_NAMES
    ]


def _whys(index: dict[str, Any], found: list[StoredFinding], code: str) -> dict[str, list[Any]]:
    """Return the sentences that say from which figures the parts of an index follow."""
    engaged = index["engaged"]
    pairs = engaged * (engaged - 1) // 2
    at_work = [sector_within(one) for one, count in index["sectors"].items() if count]
    missing = [sector_within(one) for one, count in index["sectors"].items() if not count]
    unlinked = [
        " – ".join(sector_within(sector) for sector in one.sectors)
        for one in found
        if one.code == "unlinked-sectors" and one.region_code == code
    ]
    return {
        "coverage": [
            _("At work: %(names)s (%(n)s of 6).", names=_listed(at_work), n=number(len(at_work))),
            *([_("Missing: %(names)s.", names=_listed(missing))] if missing else []),
        ],
        "linkage": [
            _(
                "%(linked)s of %(all)s pairs of sectors have a working tie in this region.",
                linked=number(round(index["linkage"] * PAIRS)),
                all=number(PAIRS),
            ),
            *(
                [_("Both at work, but without a tie: %(names)s.", names=_listed(unlinked))]
                if unlinked
                else []
            ),
        ],
        "cohesion": _cohesion(index["cohesion"], engaged, pairs),
        "resilience": _resilience(index["resilience"], engaged),
    }


def _cohesion(value: float, engaged: int, pairs: int) -> list[Any]:
    if engaged < 2:
        return [_("A single organisation is at work: there is no pair to be connected.")]
    return [
        _(
            "The %(engaged)s organisations at work form %(pairs)s pairs; %(connected)s of them are "
            "connected.",
            engaged=number(engaged),
            pairs=number(pairs),
            connected=number(round(value * pairs)),
        ),
        _("Organisations of the province connect too, without being counted themselves."),
    ]


def _resilience(value: float, engaged: int) -> list[Any]:
    if engaged < 3:
        return [_("With fewer than three organisations at work nothing is left to hold.")]
    return [
        _(
            "After the exit of the one organisation that hurts most, %(share)s of the remaining "
            "pairs are still connected.",
            share=f"{number(100 * value)} %",
        ),
        _("Every organisation of the region and of its province was left out once."),
    ]


def _listed(names: list[Any]) -> str:
    return ", ".join(str(one) for one in names) or "—"


def _rank(teller: Teller, code: str) -> tuple[int, int] | None:
    place = teller.places.get(code)
    if place is None or place.poverty is None:
        return None
    siblings = [
        one.poverty
        for one in teller.places.values()
        if (one.level, one.parent_code) == (place.level, place.parent_code)
        and one.poverty is not None
    ]
    return 1 + sum(one > place.poverty for one in siblings), len(siblings)


def _brokers(analysis: Analysis, found: list[StoredFinding], code: str) -> list[Broker]:
    """Return who stands most between others: first those on whom, by a finding, a place hangs."""
    hangs = {
        one.organisations[0]: one.values["cut_off"]
        for one in reversed(found)
        if one.code == "single-broker"
    }
    names = stakeholders.names_in(code)
    measured = {one: analysis.nodes[str(one)] for one in names if str(one) in analysis.nodes}
    between = [one for one, figures in measured.items() if figures["betweenness"] or one in hangs]
    between.sort(key=lambda one: (one not in hangs, -(measured[one]["betweenness"] or 0), one))
    return [
        Broker(
            id=one,
            name=names[one],
            degree=measured[one]["degree"],
            betweenness=measured[one]["betweenness"],
            sentence=_n(
                "Without it %(num)s organisation is cut off from the others of its region.",
                "Without it %(num)s organisations are cut off from the others of their region.",
                hangs[one],
            )
            if one in hangs
            else _("The network as a whole has parts that only it connects.")
            if measured[one]["cut"]
            else None,
        )
        for one in between[:BROKERS_SHOWN]
    ]
