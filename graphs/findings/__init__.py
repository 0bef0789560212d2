"""What is missing in the synergy, one file per kind of finding, most severe first."""

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from graphs.findings import (
    isolated_stakeholder,
    single_broker,
    split_region,
    uncovered_sector,
    unlinked_sectors,
)
from graphs.findings.ground import survey
from graphs.findings.paths import map_of
from graphs.records import LEVELS, SECTORS, Finding, Place

CODES = (
    uncovered_sector.CODE,
    unlinked_sectors.CODE,
    isolated_stakeholder.CODE,
    split_region.CODE,
    single_broker.CODE,
)
"""The findings there are, in the order in which equally severe ones are listed."""

WANTED = {"province": SECTORS, "district": SECTORS}
"""The sectors that should be engaged, by level of region: all six."""

THRESHOLDS = {single_broker.CODE: single_broker.RISE}
"""From where on a finding stands, for the codes that have a scale."""


def find(
    graph: nx.Graph,
    places: Mapping[str, Place],
    regions: Iterable[str],
    wanted: Mapping[str, Sequence[str]] | None = None,
    thresholds: Mapping[str, float] | None = None,
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
        ``single-broker``: the rise of F from which on one exit is a finding, 0.05.

    Returns
    -------
    list of Finding
        By severity, then code, region and organisations: the same for the same network.
        Codes, numbers and ids only; sentences are made where they are shown.

    Raises
    ------
    ValueError
        If `wanted` names a level or sector, or `thresholds` a code, that does not exist, or a
        threshold is not above 0.

    See Also
    --------
    graphs.index.synergies : How far each region is, in one number.
    graphs.plans.invite_list.invite_list : Whom to invite to close most of this.

    Notes
    -----
    ``docs/measures.md``, *Findings*, says when each code stands, what its impact is and why,
    and names its values. Severity = 100 · impact · need.

    Time O(r·m) in numpy for the shortest ways, O(n + m) for the rest: 0.4 s for 550 regions
    of 1 500 organisations and 6 000 ties.

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
        *split_region.find(ground),
        *single_broker.find(ground, limits[single_broker.CODE]),
    ]
    return sorted(found, key=_order)


def _order(one: Finding) -> tuple[float, int, str, tuple[int, ...], tuple[int, ...]]:
    """Return the place of a finding in the list."""
    sectors = tuple(SECTORS.index(sector) for sector in one.sectors)
    return -one.severity, CODES.index(one.code), one.region or "", sectors, one.organisations


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
