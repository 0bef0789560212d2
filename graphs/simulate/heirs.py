"""Who could take over what is lost: who offers the same, or works with the bereaved already."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from math import inf

import networkx as nx

from graphs.places import lies_in, province_of
from graphs.records import Place, Resource
from graphs.simulate.answers import Heir


def heirs(
    left: nx.Graph,
    places: Mapping[str, Place],
    bereaved: Collection[int],
    kinds: Collection[str],
    resources: Iterable[Resource],
    on: date,
    excluded: Collection[int],
    most: int,
) -> tuple[Heir, ...]:
    """Return who could take over, the nearest first.

    Parameters
    ----------
    left : nx.Graph of n nodes and m edges
        The working ties afterwards.
    bereaved : collection of int, of length b
        Who loses something. One of them can be the heir of the others.
    kinds : collection of str
        What is lost.
    resources : iterable of Resource
        Offers and needs; those count that are offers, in force on the day, and made for no
        region or for one in which somebody bereaved lies.
    excluded : collection of int
        Who cannot take over: those who give no longer.
    most : int
        How many to name at most.

    Returns
    -------
    tuple of Heir
        By steps to the nearest of the bereaved, nearness of place, kinds offered, bereaved
        reached, id.

    Notes
    -----
    Time O(n + m), and once more for each of the bereaved that offers something itself.
    """
    regions = {one: left.nodes[one].get("region") for one in bereaved}
    offers: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for one in resources:
        if _offered(one, kinds, on) and any(
            lies_in(places, region, one.region) for region in regions.values()
        ):
            offers[one.organisation][one.kind].append(one.id)
    ours = set(bereaved)
    steps = _steps(left, ours)
    found = []
    for heir in sorted({*offers, *(other for one in ours for other in left[one])}):
        if heir in excluded or heir not in left or not ours - {heir}:
            continue
        reaches = sorted(ours.intersection(left[heir]) - {heir})
        away = steps.get(heir)
        if heir in ours:
            alone = _steps(left, {heir})
            away = min((alone[one] for one in ours - {heir} if one in alone), default=None)
        given = offers.get(heir, {})
        found.append(
            Heir(
                organisation=heir,
                offers=tuple(sorted(given)),
                resources=tuple(sorted(row for rows in given.values() for row in rows)),
                reaches=tuple(reaches),
                steps=away,
                distance=_distance(left, places, heir, regions),
            )
        )
    return tuple(sorted(found, key=_order)[:most])


def _order(heir: Heir) -> tuple[float, int, int, int, int]:
    """Return the place of an heir in the list."""
    steps = inf if heir.steps is None else heir.steps
    return steps, heir.distance, -len(heir.offers), -len(heir.reaches), heir.organisation


def _steps(graph: nx.Graph, starts: Collection[int]) -> dict[int, int]:
    """Return how many steps everybody who can be reached is away from the nearest start."""
    steps = dict.fromkeys(sorted(starts), 0)
    front = list(steps)
    for one in front:  # the list grows while it is being walked
        fresh = [other for other in graph[one] if other not in steps]
        steps.update(dict.fromkeys(fresh, steps[one] + 1))
        front += fresh
    return steps


def _offered(one: Resource, kinds: Collection[str], on: date) -> bool:
    """Return whether somebody offers one of these kinds on a day."""
    begun = one.starts is None or one.starts <= on
    return (
        one.side == "offer" and one.kind in kinds and begun and (one.ends is None or on <= one.ends)
    )


def _distance(
    left: nx.Graph, places: Mapping[str, Place], heir: int, regions: Mapping[int, str | None]
) -> int:
    """Return 0 in the region of somebody else bereaved, 1 in the province, 2 elsewhere."""
    mine = left.nodes[heir].get("region")
    others = {region for one, region in regions.items() if one != heir and region is not None}
    if mine in others:
        return 0
    home = province_of(places, mine)
    return 1 if home in {province_of(places, region) for region in others} else 2
