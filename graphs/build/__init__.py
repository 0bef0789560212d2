"""From rows to a graph: who is tied to whom on a day, how strongly, and what proves it.

The layers and their shares are those of ``docs/measures.md``, "The graph". Build the graph from
*all* organisations and filter the graph afterwards: a group counts for less the larger it is, so
leaving organisations out before would make the ties of the others look stronger.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import combinations
from typing import Any

import networkx as nx

from graphs.arrays import Actors, Compact, Groups, values_of
from graphs.build.columns import compact
from graphs.build.rules import (
    NEAR_ENOUGH,
    ageing,
    counted_ties,
    latest_contact,
    undated_weight,
)
from graphs.records import LAYERS, Actor, Options, Tie

ATTENDANCE_ONLY = {"attendance"}

DEFAULTS = Options()
"""The settings of ``docs/measures.md``."""

Pair = tuple[int, int]
Edge = dict[str, Any]

__all__ = [
    "DEFAULTS",
    "NEAR_ENOUGH",
    "ageing",
    "collector_paused",
    "counted_ties",
    "engaged",
    "latest_contact",
    "network",
    "working",
]


def network(
    actors: Iterable[Actor], ties: Iterable[Tie], on: date, options: Options = DEFAULTS
) -> nx.Graph:
    """Return the partnership network of one day.

    Parameters
    ----------
    actors : iterable of Actor, of length n
        The organisations, each once. All of them become nodes, tied or not.
    ties : iterable of Tie, or Groups
        The groups. Members that are not actors (archived, merged) are left out of their group,
        and repeated members count once. A group in which fewer than two actors are left ties
        nobody. Where groups come in columns, the network is :class:`graphs.arrays.Compact`: the
        same nodes, edges and data, to be read only, in a tenth of the time and memory.
    on : date
        The day. What began later is not known yet on that day.
    options : Options
        Window, weights of the layers, half-life of attendance, threshold of a working tie.
        ``half_life_days=math.inf`` switches ageing off; that suits a view of all years, where
        an event of nine years ago would otherwise count for 2⁻⁹ of one of today.

    Returns
    -------
    nx.Graph of n nodes
        Nodes in order of id, with ``sector``, ``level``, ``region`` and ``attended`` (bool:
        present at an event in the window, also as the only one). Edges with

        - ``strength`` : float, the sum over layers of weight · ``layers[layer]``
        - ``layers`` : dict of layer to the sum of the shares of its groups, without weight
        - ``last_contact`` : date or None, the latest known day up to ``on`` on which one of the
          groups counted began, met or (``support``) was kept
        - ``evidence`` : list of (table, id), sorted, each once;
          empty for ties that name no table
        - ``working`` : bool, see Notes

        and ``graph.graph["on"]``. The order of the input changes nothing.

    Raises
    ------
    ValueError
        If two actors have one id, or a tie has a layer that is unknown or has no weight.

    See Also
    --------
    working : The same network with its working ties only.

    Notes
    -----
    A group of p actors gives each of its pairs the share 1/(p − 1) [1]_, or 1 for ``support``;
    for ``attendance`` times 2^(−age in days / half-life). It counts when

    - ``agreement``, ``team``: starts ≤ on ≤ ends. An open end is in force; so is an unknown
      start, since somebody recorded it: hiding it would report a gap that is none.
    - ``support``: promised ≤ on, and on ≤ due or kept within the window. A promise without a due
      day is open until it is kept.
    - ``attendance``: 0 ≤ age ≤ window. Events without a date count only when there is no window,
      and then weigh as much as the oldest dated event: they prove a contact, and never more of
      it than any event whose day is known. (Where no event has a date, none is aged.)

    A tie works when it has an agreement, support or team, or when weight · attendance reaches
    ``options.working_attendance``. Strength is not a distance.

    Time O(Σ p²): 3 s for 100 000 actors and 500 000 pairs, 0.7 s in columns.

    References
    ----------
    .. [1] Newman, M. E. J. (2001). Scientific collaboration networks. II. Physical Review E 64,
       016132. https://doi.org/10.1103/PhysRevE.64.016132

    Examples
    --------
    A visit of three, today, and an agreement of two of them:

    >>> actors = [Actor(1, "opd", "province"), Actor(2, "media", "province"),
    ...           Actor(3, "business", "province")]
    >>> day = date(2017, 11, 6)
    >>> ties = [Tie("attendance", (1, 2, 3), day, evidence=("event", 7)),
    ...         Tie("agreement", (1, 2), day, evidence=("agreement", 5))]
    >>> graph = network(actors, ties, day)
    >>> graph.edges[1, 3]["strength"], graph.edges[1, 2]["strength"]
    (0.5, 3.5)
    >>> graph.edges[1, 2]["layers"], graph.edges[1, 2]["evidence"]
    ({'agreement': 1.0, 'attendance': 0.5}, [('agreement', 5), ('event', 7)])
    """
    if isinstance(ties, Groups):
        columns = actors if isinstance(actors, Actors) else Actors.of(actors)
        return compact(columns, ties, on, options)
    graph = nx.Graph(on=on)
    for actor in sorted(actors, key=lambda one: one.id):
        if actor.id in graph:
            raise ValueError(f"Two actors have the id {actor.id}.")
        graph.add_node(
            actor.id, sector=actor.sector, level=actor.level, region=actor.region, attended=False
        )
    counted = counted_ties(ties, on, options)
    with collector_paused():
        pairs = _pairs(graph, counted, on, options)
        _complete(pairs.values(), options)
        _tie(graph, pairs)
    return graph


def working(graph: nx.Graph) -> nx.Graph:
    """Return the network with its working ties only, and with all its nodes.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        A network of :func:`network`. An edge without the attribute ``working`` works.

    Returns
    -------
    nx.Graph of n nodes
        A new graph. Its attributes, lists and dicts are copies: changing it leaves ``graph`` as
        it is. Of a compact graph it is a compact one.

    Notes
    -----
    Time O(n + m): 1.5 s for 100 000 nodes and 500 000 edges.

    Examples
    --------
    >>> graph = nx.Graph([(1, 2, {"working": True}), (2, 3, {"working": False})])
    >>> working(graph).edges, len(working(graph))
    (EdgeView([(1, 2)]), 3)
    """
    if isinstance(graph, Compact):
        return graph.working
    result = nx.Graph(**graph.graph)
    with collector_paused():
        result.add_nodes_from((node, data.copy()) for node, data in graph.nodes(data=True))
        result.add_edges_from(
            (one, other, {name: _copied(value) for name, value in data.items()})
            for one, other, data in graph.edges(data=True)
            if data.get("working", True)
        )
    return result


def engaged(graph: nx.Graph) -> set[int]:
    """Return the organisations that have a working tie or attended an event in the window.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        A network of :func:`network` or :func:`working`. An edge without the attribute
        ``working`` works; a node without ``attended`` did not attend.

    Returns
    -------
    set of int

    Notes
    -----
    Time O(n + m).

    Examples
    --------
    >>> graph = nx.Graph([(1, 2, {"working": True}), (2, 3, {"working": False})])
    >>> graph.add_node(4, attended=True)
    >>> sorted(engaged(graph))
    [1, 2, 4]
    """
    if isinstance(graph, Compact):
        active = graph.attended.copy()
        for ends in (graph.pairs.one, graph.pairs.other):
            active[ends[graph.pairs.works]] = True
        return set(graph.actors.ids[active].tolist())
    found = {node for node, attended in values_of(graph, "attended").items() if attended}
    for one, other, works in graph.edges(data="working", default=True):
        if works:
            found.add(one)
            found.add(other)
    return found


def _pairs(graph: nx.Graph, counted: list[Tie], on: date, options: Options) -> dict[Pair, Edge]:
    """Return what is known of every pair, and note on the nodes of the graph who attended."""
    pairs: dict[Pair, Edge] = {}
    undated = undated_weight(counted, on, options)
    for tie in counted:
        members = sorted(one for one in set(tie.members) if one in graph)
        share = 1.0
        if tie.layer == "attendance":
            for one in members:
                graph.nodes[one]["attended"] = True
            share = undated if tie.starts is None else ageing(on, tie.starts, options)
        if tie.layer != "support" and len(members) > 1:
            share /= len(members) - 1
        _collect(pairs, members, tie, share, latest_contact(tie, on))
    return pairs


def _collect(
    pairs: dict[Pair, Edge], members: list[int], tie: Tie, share: float, contact: date | None
) -> None:
    """Add one group to every pair of its members."""
    layer, evidence = tie.layer, [tie.evidence] if tie.evidence[0] else []
    for pair in combinations(members, 2):
        edge = pairs.get(pair)
        if edge is None:
            pairs[pair] = {
                "strength": 0.0,
                "layers": {layer: share},
                "last_contact": contact,
                "evidence": [*evidence],
            }
            continue
        layers = edge["layers"]
        layers[layer] = layers.get(layer, 0.0) + share
        edge["evidence"] += evidence
        latest = edge["last_contact"]
        if contact is not None and (latest is None or contact > latest):
            edge["last_contact"] = contact


def _complete(edges: Iterable[Edge], options: Options) -> None:
    """Work out what follows from all groups of each pair."""
    threshold = options.working_attendance - NEAR_ENOUGH
    weights = options.weights
    for edge in edges:
        layers, evidence = edge["layers"], edge["evidence"]
        if len(layers) > 1:
            layers = edge["layers"] = {layer: layers[layer] for layer in LAYERS if layer in layers}
        if len(evidence) > 1:
            edge["evidence"] = sorted(set(evidence))
        strength = 0.0
        for layer, share in layers.items():
            strength += weights[layer] * share
        edge["strength"] = strength
        edge["working"] = strength >= threshold if layers.keys() == ATTENDANCE_ONLY else True


def _tie(graph: nx.Graph, pairs: Mapping[Pair, Edge]) -> None:
    """Put the pairs into the graph as edges, in order of their ids.

    ``add_edges_from`` copies what it is given and looks up both ends again, which for 700 000
    edges takes longer than all else here. The nodes are there, and nobody else holds the dicts.
    """
    adjacent = graph._adj
    for one, other in sorted(pairs):
        adjacent[one][other] = adjacent[other][one] = pairs[one, other]


def _copied(value: Any) -> Any:
    """Return a copy of a dict or list, and anything else as it is."""
    return value.copy() if isinstance(value, dict | list) else value


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking over millions of new objects again and again.

    For work that makes many objects and no circles of references, so that there is nothing for
    the collector to find; with it, 500 000 pairs take more than twice as long.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
