"""A large network as regions × sectors: one node where hundreds of organisations would stand."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

import networkx as nx

from graphs.places import path, province_of
from graphs.records import LAYERS, Place

COUNTRY = "*"
"""Stands in the id of a group for organisations of no region."""


def grouped(graph: nx.Graph, places: Mapping[str, Place], opened: Collection[str] = ()) -> nx.Graph:
    """Return a network in which organisations of one region and sector are one node.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        A network of :func:`graphs.build.network`, or a part of it.
    places : Mapping from code to Place
        The known regions, which say what lies in what.
    opened : collection of group id
        Groups whose organisations stand for themselves. Those that are not there are not
        looked at.

    Returns
    -------
    nx.Graph
        Organisations of opened groups under their own id with their own attributes, and
        ``group``, the id of the group they came from. Then the groups: the id is
        ``"<region>:<sector>"``, ``"*:<sector>"`` for organisations of no region, and each has

        - ``sector``, ``region``, ``level`` (``national`` for no region) and ``group``, its id
        - ``members``: ids of its organisations, sorted; ``size``: how many
        - ``inside``: ties among its members, which the picture cannot show

        Regions are provinces; when all organisations with a region are of one province, they
        are its districts, and the province for its own organisations. Ties between two nodes
        are one edge with ``ties`` (how many), ``strength`` and ``layers`` (sums), ``working``
        (whether any works) and ``last_contact`` (the latest). The graph given stays as it is.

    See Also
    --------
    graphs.layout.positions, graphs.draw.picture : Take such a network as well.

    Notes
    -----
    Time O(n + m).

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([(1, 2), (1, 3), (2, 3)])
    >>> for one, region, sector in ((1, "16.04", "opd"), (2, "16", "opd"), (3, "62", "media")):
    ...     graph.nodes[one].update(sector=sector, region=region, level="district")
    >>> groups = grouped(graph, {})
    >>> groups.nodes(data="size"), groups.edges["16:opd", "62:media"]["ties"]
    (NodeDataView({'16:opd': 2, '62:media': 1}, data='size'), 2)
    >>> groups.nodes["16:opd"]["inside"]
    1
    >>> sorted(grouped(graph, {}, opened=["16:opd"]), key=str)
    [1, 2, '62:media']
    """
    regions = _regions(graph, places)
    home = {
        one: f"{regions[one] or COUNTRY}:{data.get('sector')}"
        for one, data in graph.nodes(data=True)
    }
    shown = {one: one if group in opened else group for one, group in home.items()}
    result = nx.Graph(**graph.graph)
    for one in sorted(home):
        if shown[one] == one:
            result.add_node(one, **graph.nodes[one], group=home[one])
    members: dict[str, list[int]] = defaultdict(list)
    for one in sorted(home):
        members[home[one]].append(one)
    for group in sorted(members.keys() - set(opened)):
        ours = tuple(members[group])
        result.add_node(group, **_group(graph, places, group, regions[ours[0]], ours))
    for one, other, data in graph.edges(data=True):
        if shown[one] != shown[other]:
            _add(result, shown[one], shown[other], data)
        elif shown[one] in result and shown[one] != one:
            result.nodes[shown[one]]["inside"] += 1
    return result


def _regions(graph: nx.Graph, places: Mapping[str, Place]) -> dict[int, str | None]:
    """Return the province of each organisation, or its district where there is one province."""
    codes = dict(graph.nodes(data="region"))
    provinces = {one: province_of(places, code) for one, code in codes.items()}
    if len(set(provinces.values()) - {None}) > 1:
        return provinces
    # The way up ends at the province; what comes before it is the district.
    return {one: (path(places, code)[-2:] or (None,))[0] for one, code in codes.items()}


def _group(
    graph: nx.Graph,
    places: Mapping[str, Place],
    group: str,
    region: str | None,
    members: tuple[int, ...],
) -> dict[str, Any]:
    """Return the attributes of a group."""
    if region is None:
        level = "national"
    else:
        level = "province" if province_of(places, region) == region else "district"
    return {
        "sector": graph.nodes[members[0]].get("sector"),
        "region": region,
        "level": level,
        "group": group,
        "members": members,
        "size": len(members),
        "inside": 0,
    }


def _add(result: nx.Graph, one: int | str, other: int | str, data: Mapping[str, Any]) -> None:
    """Add a tie to what is known of its two ends."""
    if not result.has_edge(one, other):
        result.add_edge(
            one, other, ties=0, strength=0.0, layers={}, working=False, last_contact=None
        )
    sums = result.edges[one, other]
    sums["ties"] += 1
    sums["strength"] += data.get("strength", 1.0)
    layers = data.get("layers", {})
    sums["layers"] = {
        layer: sums["layers"].get(layer, 0.0) + layers.get(layer, 0.0)
        for layer in LAYERS
        if layer in sums["layers"] or layer in layers
    }
    sums["working"] = sums["working"] or data.get("working", True)
    days = [day for day in (sums["last_contact"], data.get("last_contact")) if day is not None]
    sums["last_contact"] = max(days, default=None)
