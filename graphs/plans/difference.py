"""What a plan changes: the network with new ties, and two states of a network compared."""

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from graphs.build import DEFAULTS
from graphs.findings import find
from graphs.index import synergies, synergy
from graphs.plans.answers import Difference, Pair
from graphs.records import Facts, Index, Options, Place


def with_ties(graph: nx.Graph, ties: Iterable[Pair], options: Options = DEFAULTS) -> nx.Graph:
    """Return the network after some organisations have met, each two of them alone.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        A network of :func:`graphs.build.network`. Not changed.
    ties : iterable of (int, int)
        Who met whom.
    options : Options
        Those of the network: a meeting weighs what its layer ``attendance`` does.

    Returns
    -------
    nx.Graph
        A new graph, in which every tie works, as that of a meeting of two on the day of the
        network. It has no evidence: it is only planned. Both have attended.

    Raises
    ------
    ValueError
        If a tie names nobody of the network, or is one organisation twice.

    Notes
    -----
    Time O(n + m).

    Examples
    --------
    >>> graph = nx.empty_graph([1, 2, 3])
    >>> after = with_ties(graph, [(1, 2)])
    >>> after.edges[1, 2]["working"], len(after), graph.number_of_edges()
    (True, 3, 0)
    """
    after = nx.Graph(**graph.graph)
    after.add_nodes_from((node, data.copy()) for node, data in graph.nodes(data=True))
    after.add_edges_from((a, b, data.copy()) for a, b, data in graph.edges(data=True))
    for a, b in ties:
        if a == b or a not in after or b not in after:
            raise ValueError(f"({a}, {b}) are no two organisations of the network.")
        edge = after.edges[a, b] if after.has_edge(a, b) else {"evidence": []}
        layers = edge.get("layers", {})
        met = {**layers, "attendance": layers.get("attendance", 0.0) + 1.0}
        strength = edge.get("strength", 0.0) + options.weights["attendance"]
        day = graph.graph.get("on")
        after.add_edge(
            a, b, **edge | {"layers": met, "strength": strength, "working": True,
                            "last_contact": day},
        )  # fmt: skip
        after.nodes[a]["attended"] = after.nodes[b]["attended"] = True
    return after


def difference(
    before: nx.Graph,
    after: nx.Graph,
    places: Mapping[str, Place],
    regions: Iterable[str],
    wanted: Mapping[str, Sequence[str]] | None = None,
    thresholds: Mapping[str, float] | None = None,
    facts: Facts | None = None,
) -> Difference:
    """Return what differs between two states of a network: indices and findings.

    Parameters
    ----------
    before, after : nx.Graph
        Two networks of :func:`graphs.build.network`, best of one day: else time has its part in
        the difference, as meetings fade.
    places, regions, wanted, thresholds, facts
        As for :func:`graphs.findings.find`.

    Returns
    -------
    Difference
        The index of each region, and of the country as None, before and after; findings that
        stand no more, that stand only now, and that stand with another severity, each most
        severe first.

    Notes
    -----
    Closing one of several missing sectors of a region shares its point among the others, which
    become more severe: look at `closed` and `opened` first.

    Time: twice the findings and indices.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> for at, sector in enumerate(["opd", "media"]):
    ...     graph.add_node(at, sector=sector, level="district", region="16.04", attended=True)
    >>> met = with_ties(graph, [(0, 1)])
    >>> answer = difference(graph, met, {}, ["16.04"], wanted={})
    >>> [one.code for one in answer.closed], answer.opened
    (['split-region', 'unlinked-sectors', 'isolated-stakeholder', 'isolated-stakeholder'], ())
    >>> [round(one.value, 1) for one in answer.index["16.04"]]
    [8.3, 35.0]
    """
    codes = sorted(set(regions))
    old = {one.key: one for one in find(before, places, codes, wanted, thresholds, facts)}
    new = {one.key: one for one in find(after, places, codes, wanted, thresholds, facts)}
    return Difference(
        index=indices(before, after, places, codes),
        closed=tuple(one for key, one in old.items() if key not in new),
        opened=tuple(one for key, one in new.items() if key not in old),
        changed=tuple(
            (one, new[key])
            for key, one in old.items()
            if key in new and new[key].severity != one.severity
        ),
    )


def indices(
    before: nx.Graph, after: nx.Graph, places: Mapping[str, Place], regions: Sequence[str]
) -> dict[str | None, tuple[Index, Index]]:
    """Return the index of some regions and of the country, as None, before and after.

    >>> empty = nx.Graph()
    >>> [one.value for one in indices(empty, empty, {}, [])[None]]
    [None, None]
    """
    old, new = (synergies(graph, places, regions) for graph in (before, after))
    found: dict[str | None, tuple[Index, Index]] = {code: (old[code], new[code]) for code in old}
    return {None: (synergy(before, places), synergy(after, places)), **found}
