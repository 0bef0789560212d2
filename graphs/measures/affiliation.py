"""Who came to what: events and organisations in one network, before it is folded into ties.

Folding events into ties between guests forgets which meetings made them: a rakor of thirty and
thirty visits of two become much alike. Here both stay; ``graphs.measures.two_mode`` measures it.
"""

from collections.abc import Iterable
from datetime import date

import networkx as nx

from graphs.records import Actor, Options, Tie

EVENTS = "events"
"""The ``mode`` of nodes that are events; the others are organisations."""


def affiliation(
    actors: Iterable[Actor], ties: Iterable[Tie], on: date, options: Options | None = None
) -> nx.Graph:
    """Return which organisations came to which events of the window.

    Parameters
    ----------
    actors : iterable of Actor, of length a
        The organisations, each once.
    ties : iterable of Tie
        Those of the layer ``attendance`` are events; all others are left out.
    on : date
        The day. What came later is not known yet.
    options : Options, optional
        ``window_days`` decides which events count; without a window also those without a date.

    Returns
    -------
    nx.Graph of a organisations and e events
        Bipartite. Organisations are their ids, with ``mode="organisations"``, ``sector`` and
        ``region``, also those that came to nothing; an event is the row that proves it, such as
        ``("event", 7)``, or ``("", k)`` for the k-th without one, with ``mode="events"`` and
        ``day``. Guests that are not actors are left out, and so are events without any guest
        left.

    Raises
    ------
    ValueError
        If two actors have one id, or two events name one row.

    See Also
    --------
    graphs.build.network : The same folded into ties, with all other layers.

    Notes
    -----
    Time O(a + Σ p) for events of p guests.

    Examples
    --------
    >>> actors = [Actor(1, "opd", "province"), Actor(2, "media", "province")]
    >>> visit = Tie("attendance", (1, 2), date(2017, 11, 6), evidence=("event", 7))
    >>> affiliation(actors, [visit], date(2017, 12, 1)).edges
    EdgeView([(1, ('event', 7)), (2, ('event', 7))])
    """
    window = (options or Options()).window_days
    graph = nx.Graph(on=on)
    for actor in sorted(actors, key=lambda one: one.id):
        if actor.id in graph:
            raise ValueError(f"Two actors have the id {actor.id}.")
        graph.add_node(actor.id, mode="organisations", sector=actor.sector, region=actor.region)
    events = [tie for tie in ties if tie.layer == "attendance" and _counts(tie, on, window)]
    events.sort(key=lambda tie: (tie.evidence, tie.starts or date.min, tie.members))
    for number, tie in enumerate(events):
        guests = sorted(one for one in set(tie.members) if one in graph)
        event = tie.evidence if tie.evidence[0] else ("", number)
        if event in graph:
            raise ValueError(f"Two events name the row {event}.")
        if guests:
            graph.add_node(event, mode=EVENTS, day=tie.starts)
            graph.add_edges_from((one, event) for one in guests)
    return graph


def _counts(tie: Tie, on: date, window_days: int | None) -> bool:
    """Return whether an event lies in the window."""
    if tie.starts is None:
        return window_days is None
    age = (on - tie.starts).days
    return age >= 0 and (window_days is None or age <= window_days)
