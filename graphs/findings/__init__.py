"""What is missing in the synergy, one file per kind of finding, most severe first."""

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from graphs.findings import (
    expiring_agreement,
    fading_tie,
    fragile_bridge,
    inward_sector,
    isolated_stakeholder,
    never_invited,
    overdue_action,
    overdue_commitment,
    programme_dependence,
    single_broker,
    single_contact,
    split_region,
    uncovered_sector,
    unlinked_sectors,
    unmet_need,
)
from graphs.findings.ground import Ground, survey
from graphs.findings.paths import Map, map_of
from graphs.records import LEVELS, SECTORS, Evidence, Facts, Finding, Place

CODES = (
    uncovered_sector.CODE,
    unlinked_sectors.CODE,
    isolated_stakeholder.CODE,
    split_region.CODE,
    single_broker.CODE,
    fragile_bridge.CODE,
    single_contact.CODE,
    fading_tie.CODE,
    expiring_agreement.CODE,
    unmet_need.CODE,
    overdue_commitment.CODE,
    overdue_action.CODE,
    programme_dependence.CODE,
    never_invited.CODE,
    inward_sector.CODE,
)
"""The findings there are, in the order in which equally severe ones are listed."""

OF_GAPS = CODES[:5]
"""The findings of what is missing; the others ask for facts, and say what is about to be lost."""

WANTED = {"province": SECTORS, "district": SECTORS}
"""The sectors that should be engaged, by level of region: all six."""

THRESHOLDS = {
    single_broker.CODE: single_broker.RISE,
    fragile_bridge.CODE: fragile_bridge.LEAST,
    single_contact.CODE: single_contact.LEAST,
    fading_tie.CODE: fading_tie.DAYS,
    f"{fading_tie.CODE}-share": fading_tie.SHARE,
    expiring_agreement.CODE: expiring_agreement.DAYS,
    programme_dependence.CODE: programme_dependence.SHARE,
    f"{programme_dependence.CODE}-days": programme_dependence.DAYS,
    never_invited.CODE: never_invited.WINDOW,
    inward_sector.CODE: inward_sector.LEAST,
}
"""From where on a finding stands, for the codes that have a scale."""


def find(
    graph: nx.Graph,
    places: Mapping[str, Place],
    regions: Iterable[str],
    wanted: Mapping[str, Sequence[str]] | None = None,
    thresholds: Mapping[str, float] | None = None,
    facts: Facts | None = None,
    seed: int = 1,
) -> list[Finding]:
    """Return everything that is missing in some regions, most severe first.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        A network of :func:`graphs.build.network`, with *all* its ties: those that do not work
        tell who met whom before.
    places : Mapping from code to Place
        The known regions, with their poverty.
    regions : iterable of str, of length r
        Codes of the provinces and districts to look at. Villages are left out. The whole
        network is looked at as well for ``single-broker``, and organisations of no region for
        ``isolated-stakeholder``; those findings have the region None.
    wanted : Mapping from level to sectors, optional
        Which sectors should be engaged in a region; all six in provinces and districts if not
        given. A level that is not there wants none.
    thresholds : Mapping from code to float, optional
        From where on a finding stands; `THRESHOLDS` names them all, with their defaults.
        ``single-broker``: the rise of F, 0.05. ``fragile-bridge``: organisations on the smaller
        side, 3. ``single-contact``: encounters, 2. ``fading-tie``, ``expiring-agreement``,
        ``never-invited``: days, 365, 90, 730. ``fading-tie-share``, ``programme-dependence``:
        shares, 0.5, 0.5. ``programme-dependence-days``: 365. ``inward-sector``: organisations
        with a tie of the sector, and of the others, 5.
    facts : Facts, optional
        What is recorded beside the ties. With it, all of `CODES` are looked for; `Facts()` is
        enough for those that the ties alone show. Without it, only those of `OF_GAPS`.
    seed : int, default=1
        Of the permutations of ``inward-sector``.

    Returns
    -------
    list of Finding
        By severity, then code, region and organisations: the same for the same network.
        Codes, numbers and ids only; sentences are made where they are shown.

    Raises
    ------
    ValueError
        If `wanted` names a level or sector, or `thresholds` a code, that does not exist, or a
        threshold is not above 0; or if there are facts and the graph has no day.

    See Also
    --------
    graphs.index.synergies : How far each region is, in one number.
    graphs.plans.invite_list.invite_list : Whom to invite to close most of this.

    Notes
    -----
    ``docs/measures.md``, *Findings*, says when each code stands, what its impact is and why,
    and names its values. Severity = 100 · impact · need.

    Time O(r·m) in numpy for the shortest ways, O(n + m) for the rest: 0.4 s for 550 regions
    of 1 500 organisations and 6 000 ties. With facts, O(m) more for each need and each region
    of an ending programme, and 500 permutations of O(n + m): 0.3 s for these.

    Examples
    --------
    A district with an office and a community that work together, and a bank nobody has met:

    >>> from datetime import date
    >>> from graphs.build import network
    >>> from graphs.records import Actor, Tie
    >>> actors = [
    ...     Actor(1, "opd", "district", "16.04"),
    ...     Actor(2, "community", "district", "16.04"),
    ...     Actor(3, "business", "district", "16.04"),
    ... ]
    >>> day = date(2017, 11, 6)
    >>> graph = network(actors, [Tie("team", (1, 2), day)], day)
    >>> wanted = {"district": ["opd", "community", "business"]}
    >>> for one in find(graph, {}, ["16.04"], wanted):
    ...     print(one.code, one.sectors, round(one.severity), one.step.who, one.step.to)
    uncovered-sector ('business',) 75 3 None
    isolated-stakeholder () 15 3 1
    """
    wanted = _checked_wanted(WANTED if wanted is None else wanted)
    limits = _checked_thresholds(thresholds or {})
    ground = survey(graph, places, regions)
    ways = map_of(ground)
    found = [
        *uncovered_sector.find(ground, ways, wanted),
        *unlinked_sectors.find(ground, ways),
        *isolated_stakeholder.find(ground),
        *split_region.find(ground, ways),
        *single_broker.find(ground, ways, limits[single_broker.CODE]),
    ]
    if facts is not None:
        found += _of_facts(ground, ways, facts, limits, found, seed)
    return sorted(found, key=_order)


def _of_facts(
    ground: Ground,
    ways: Map,
    facts: Facts,
    limits: Mapping[str, float],
    gaps: Sequence[Finding],
    seed: int,
) -> list[Finding]:
    """Return what is about to be lost, was promised, or was never asked for."""
    fading, ending = fading_tie.CODE, programme_dependence.CODE
    return [
        *fragile_bridge.find(ground, ways, limits[fragile_bridge.CODE]),
        *single_contact.find(ground, facts, limits[single_contact.CODE]),
        *fading_tie.find(ground, limits[fading], limits[f"{fading}-share"]),
        *expiring_agreement.find(ground, facts, limits[expiring_agreement.CODE]),
        *unmet_need.find(ground, ways, facts),
        *overdue_commitment.find(ground, facts),
        *overdue_action.find(ground, facts),
        *programme_dependence.find(ground, ways, facts, limits[ending], limits[f"{ending}-days"]),
        *never_invited.find(ground, facts, gaps, limits[never_invited.CODE]),
        *inward_sector.find(ground, limits[inward_sector.CODE], seed),
    ]


def _order(
    one: Finding,
) -> tuple[float, int, str, tuple[int, ...], tuple[int, ...], Evidence]:
    """Return the place of a finding in the list."""
    sectors = tuple(SECTORS.index(sector) for sector in one.sectors)
    code, region = CODES.index(one.code), one.region or ""
    return -one.severity, code, region, sectors, one.organisations, one.row or ("", 0)


def _checked_wanted(wanted: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """Return the wanted sectors, or refuse a level or sector that does not exist."""
    for level, sectors in wanted.items():
        if level not in LEVELS:
            raise ValueError(f"there is no level {level!r}.")
        if unknown := sorted(set(sectors) - set(SECTORS)):
            raise ValueError(f"there is no sector {unknown[0]!r}.")
    return wanted


def _checked_thresholds(thresholds: Mapping[str, float]) -> dict[str, float]:
    """Return all thresholds, or refuse one that does not exist or always holds."""
    for code, limit in thresholds.items():
        if code not in THRESHOLDS:
            raise ValueError(f"{code!r} has no threshold.")
        if not limit > 0:
            raise ValueError(f"the threshold of {code} must be above 0, not {limit}.")
    return {**THRESHOLDS, **thresholds}
