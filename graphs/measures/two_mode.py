"""Which sectors an event brings together, and whether the same organisations meet again.

Of networks of events and organisations, as :func:`graphs.measures.affiliation` gives them.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import networkx as nx

from graphs.measures.affiliation import EVENTS
from graphs.measures.cuts import pairs_of


@dataclass(frozen=True, slots=True)
class TwoMode:
    """A network of events and organisations in a few numbers."""

    organisations: int
    events: int
    attendances: int
    density: float | None
    """Attendances as a share of all there could be; None without events or organisations."""
    per_organisation: float | None
    """Events of an organisation, on average; those that came to nothing count as well."""
    per_event: float | None
    """Guests of an event, on average."""
    clustering: float | None
    """How often pairs of guests meet again; see :func:`two_mode_clustering`."""
    mixed: float | None
    """Share of events with guests of two sectors or more."""


def two_mode(graph: nx.Graph, by: str = "sector") -> TwoMode:
    """Return density, mean degrees, clustering and mixing of events and organisations.

    Parameters
    ----------
    graph : nx.Graph of a organisations and e events
        Of :func:`affiliation`, or any bipartite graph whose events have ``mode="events"``.
    by : str, default="sector"
        The attribute that groups the organisations.

    Returns
    -------
    TwoMode
        None for what is a mean over nothing.

    Raises
    ------
    KeyError
        If an organisation has no such attribute.

    Notes
    -----
    Density of two modes is m/(a e), as no organisation attends another [1]_. Degrees of single
    events and organisations are ``graph.degree``. Time as :func:`two_mode_clustering`.

    References
    ----------
    .. [1] Borgatti, S. P. and Everett, M. G. (1997). Network analysis of 2-mode data. Social
       Networks 19, 243-269. https://doi.org/10.1016/S0378-8733(96)00301-2

    Examples
    --------
    Davis' eighteen women of Natchez and their fourteen events:

    >>> davis = nx.davis_southern_women_graph()
    >>> for node, data in davis.nodes(data=True):
    ...     data.update(mode="events" if data["bipartite"] else "women", sector="community")
    >>> found = two_mode(davis)
    >>> found.organisations, found.events, found.attendances, round(found.density, 3)
    (18, 14, 89, 0.353)
    >>> round(found.clustering, 3), found.mixed
    (0.468, 0.0)
    """
    events = _events(graph)
    organisations, attendances = len(graph) - len(events), graph.number_of_edges()
    reach = sectors_at_events(graph, by)
    return TwoMode(
        organisations,
        len(events),
        attendances,
        _share(attendances, organisations * len(events)),
        _share(attendances, organisations),
        _share(attendances, len(events)),
        two_mode_clustering(graph),
        _share(sum(len(sectors) > 1 for sectors in reach.values()), len(events)),
    )


def sectors_at_events(graph: nx.Graph, by: str = "sector") -> dict[Hashable, dict[str, int]]:
    """Return for every event how many organisations of each sector were there.

    Parameters
    ----------
    graph : nx.Graph of a organisations and e events
        As for :func:`two_mode`.
    by : str, default="sector"
        The attribute that groups the organisations.

    Returns
    -------
    dict of event to dict of sector to int
        Events in the order of the graph; sectors in order of name, without those that sent
        nobody.

    Raises
    ------
    KeyError
        If an organisation has no such attribute.

    Notes
    -----
    Time O(n + m).

    Examples
    --------
    >>> graph = nx.Graph([(1, "visit"), (2, "visit"), (3, "visit")])
    >>> nx.set_node_attributes(graph, {1: "opd", 2: "opd", 3: "media"}, "sector")
    >>> graph.nodes["visit"]["mode"] = "events"
    >>> sectors_at_events(graph)
    {'visit': {'media': 1, 'opd': 2}}
    """
    return {
        event: dict(
            sorted(
                Counter(graph.nodes[one][by] for one in graph.adj[event]).items(),
                key=lambda item: str(item[0]),
            )
        )
        for event in _events(graph)
    }


def two_mode_clustering(graph: nx.Graph) -> float | None:
    """Return how often two organisations that met, meet again at another event.

    Parameters
    ----------
    graph : nx.Graph of a organisations and e events
        As for :func:`two_mode`.

    Returns
    -------
    float in [0, 1] or None
        4 · (pairs of organisations at the same two events) / (chains of three attendances): 0
        when no two meet twice, 1 when all guests of an event share all their events. None when
        no event has two guests one of whom was elsewhere too.

    Notes
    -----
    The bipartite clustering of [1]_. Plain clustering of the folded network is high whatever
    happens, as every event folds into a clique; this one sees repeated meetings only. Time
    O(Σ p²) for events of p guests, memory for the pairs that met.

    References
    ----------
    .. [1] Robins, G. and Alexander, M. (2004). Small worlds among interlocking directors.
       Computational & Mathematical Organization Theory 10, 69-94.
       https://doi.org/10.1023/B:CMOT.0000032580.12184.c0

    Examples
    --------
    Two that met twice, and a third that came along once: one closed square, of six chains.

    >>> graph = nx.Graph([(1, "a"), (2, "a"), (1, "b"), (2, "b"), (3, "b")])
    >>> nx.set_node_attributes(graph, {"a": "events", "b": "events"}, "mode")
    >>> round(two_mode_clustering(graph), 3)
    0.667
    """
    events = _events(graph)
    chains = sum(
        (len(graph.adj[event]) - 1) * (len(graph.adj[one]) - 1)
        for event in events
        for one in graph.adj[event]
    )
    squares = sum(pairs_of(count) for count in _met(graph, events).values())
    return _share(4 * squares, chains)


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two organisations go to the same events."""

    shared: int
    """Events at which both were."""
    jaccard: float
    """Shared events as a share of those of either: 1 when one never comes without the other."""


def overlaps(graph: nx.Graph, at_least: int = 1) -> dict[tuple[int, int], Overlap]:
    """Return for pairs of organisations how many events they share, and what share of theirs.

    Parameters
    ----------
    graph : nx.Graph of a organisations and e events
        As for :func:`two_mode`.
    at_least : int, default=1
        Pairs that share fewer events are left out; at least 1.

    Returns
    -------
    dict of (node, node) to Overlap
        The smaller node first; the pairs that share most first, equal ones by their nodes.

    Raises
    ------
    ValueError
        If `at_least` is below 1: pairs that never met are all other pairs.

    Notes
    -----
    Shared events are the one-mode projection of [1]_; dividing by what either attends keeps
    those who are everywhere from overlapping with everybody. Time and memory as
    :func:`two_mode_clustering`.

    References
    ----------
    .. [1] Breiger, R. L. (1974). The duality of persons and groups. Social Forces 53, 181-190.
       https://doi.org/10.2307/2576011

    Examples
    --------
    >>> graph = nx.Graph([(1, "a"), (2, "a"), (1, "b"), (2, "b"), (3, "b")])
    >>> nx.set_node_attributes(graph, {"a": "events", "b": "events"}, "mode")
    >>> overlaps(graph)[1, 2], overlaps(graph)[1, 3]
    (Overlap(shared=2, jaccard=1.0), Overlap(shared=1, jaccard=0.5))
    """
    if at_least < 1:
        raise ValueError(f"at_least must be at least 1, not {at_least}.")
    met = _met(graph, _events(graph))
    chosen = sorted((-count, pair) for pair, count in met.items() if count >= at_least)
    return {
        (one, other): Overlap(
            -count, -count / (len(graph.adj[one]) + len(graph.adj[other]) + count)
        )
        for count, (one, other) in chosen
    }


def events_reached(graph: nx.Graph, organisations: Iterable[int]) -> float | None:
    """Return the share of events at which at least one of some organisations was.

    Parameters
    ----------
    graph : nx.Graph of a organisations and e events
        As for :func:`two_mode`.
    organisations : iterable of node
        Repetitions count once; an empty set reaches nothing.

    Returns
    -------
    float in [0, 1] or None
        None without events.

    Raises
    ------
    networkx.NodeNotFound
        If an organisation is not in the graph.

    Notes
    -----
    The coverage of a set [1]_: who together has been everywhere? Choosing the *best* k is a
    matter of :func:`graphs.plans.invite_list.invite_list`; taking the one that adds most, again
    and again, is not always best. Time O(Σ k) over their degrees k.

    References
    ----------
    .. [1] Everett, M. G. and Borgatti, S. P. (1999). The centrality of groups and classes. Journal
       of Mathematical Sociology 23, 181-201. https://doi.org/10.1080/0022250X.1999.9990219

    Examples
    --------
    Evelyn and Nora saw all fourteen events of Natchez between them:

    >>> davis = nx.davis_southern_women_graph()
    >>> nx.set_node_attributes(davis, dict.fromkeys(davis.graph["bottom"], "events"), "mode")
    >>> events_reached(davis, ["Evelyn Jefferson", "Nora Fayette"])
    1.0
    """
    chosen = set(organisations)
    if strangers := chosen - set(graph):
        raise nx.NodeNotFound(f"These nodes are not in the graph: {sorted(strangers)}.")
    reached = {event for one in chosen for event in graph.adj[one]}
    return _share(len(reached), len(_events(graph)))


def _events(graph: nx.Graph) -> list[Any]:
    """Return the nodes that are events."""
    return [node for node, mode in graph.nodes(data="mode") if mode == EVENTS]


def _met(graph: nx.Graph, events: Iterable[Any]) -> Mapping[tuple[int, int], int]:
    """Return how often every two organisations met."""
    met: defaultdict[tuple[int, int], int] = defaultdict(int)
    for event in events:
        for pair in combinations(sorted(graph.adj[event]), 2):
            met[pair] += 1
    return met


def _share(part: float, whole: float) -> float | None:
    """Return a part of a whole, None of nothing."""
    return part / whole if whole else None
