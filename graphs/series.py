"""The same measures on many days: how the network grew, and what it lost, month by month.

Every day is built anew from the dated ties, so a point of a series is exactly what the same
measure says of that day: nothing is carried over, nothing is smoothed.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import networkx as nx

from graphs import build, measures
from graphs.build import DEFAULTS
from graphs.index import synergies
from graphs.records import Actor, Index, Options, Place, Tie

Answer = TypeVar("Answer")


def month_ends(first: date, last: date) -> list[date]:
    """Return the last day of every month from one day to another.

    Parameters
    ----------
    first, last : date
        Both months included. The last point is `last` itself: its month may not be over.

    Returns
    -------
    list of date
        In order; empty when `last` lies before `first`.

    Examples
    --------
    >>> [str(day) for day in month_ends(date(2017, 12, 5), date(2018, 2, 10))]
    ['2017-12-31', '2018-01-31', '2018-02-10']
    """
    days: list[date] = []
    day = first
    while day <= last:
        end = day.replace(day=monthrange(day.year, day.month)[1])
        days.append(min(end, last))
        day = end + timedelta(days=1)
    return days


def touching(ties: Iterable[Tie], days: Sequence[date], options: Options = DEFAULTS) -> list[Tie]:
    """Return the ties that may count on one of some days.

    Parameters
    ----------
    ties : iterable of Tie, of length m
        The groups, with their dates.
    days : sequence of date
        In any order.
    options : Options
        As for :func:`graphs.build.network`.

    Returns
    -------
    list of Tie
        In their order; none without days. Every tie that counts on a day is among them, so the
        network of a day follows from these ties and their members alone.

    Notes
    -----
    It looks at dates only and keeps a tie in doubt. Time O(m).

    Examples
    --------
    >>> old = Tie("team", (1, 2), date(2015, 1, 1), date(2016, 12, 31))
    >>> touching([old], [date(2016, 6, 1)]) == [old], touching([old], [date(2017, 6, 1)])
    (True, [])
    """
    if not days:
        return []
    first, last = min(days), max(days)
    oldest = None if options.window_days is None else first - timedelta(options.window_days)
    return [
        tie
        for tie in ties
        if not (tie.starts is not None and tie.starts > last)
        and not (
            tie.layer == "attendance"
            and oldest is not None
            and (tie.starts is None or tie.starts < oldest)
        )
        and not (tie.layer in ("agreement", "team") and tie.ends is not None and tie.ends < first)
    ]


def series(
    actors: Iterable[Actor],
    ties: Iterable[Tie],
    days: Iterable[date],
    measure: Callable[[nx.Graph], Answer],
    options: Options = DEFAULTS,
) -> dict[date, Answer]:
    """Return what a measure says of the network of each of some days.

    Parameters
    ----------
    actors : iterable of Actor, of length n
        The organisations. They have no dates: who is known today was a node on every day, as an
        isolate until its first tie.
    ties : iterable of Tie
        The groups, with their dates.
    days : iterable of date, of length d
        Such as :func:`month_ends`.
    measure : callable of nx.Graph to anything
        Takes the network of :func:`graphs.build.network`, with *all* its ties. Measures of
        working ties take ``build.working(graph)``; :func:`figures` does so by itself.
    options : Options
        As for :func:`graphs.build.network`.

    Returns
    -------
    dict of date to what `measure` answers
        In the order of the days.

    Raises
    ------
    ValueError
        As :func:`graphs.build.network`.

    Notes
    -----
    An agreement whose start is not known is in force on every day up to its end; early points
    may show it before it was made. Time: d networks of those ties that touch the days.

    Examples
    --------
    An agreement of a year:

    >>> actors = [Actor(1, "opd", "province"), Actor(2, "media", "province")]
    >>> ties = [Tie("agreement", (1, 2), date(2018, 1, 15), date(2018, 3, 14))]
    >>> months = month_ends(date(2017, 12, 1), date(2018, 3, 31))
    >>> list(series(actors, ties, months, nx.number_of_edges).values())
    [0, 1, 1, 0]
    """
    asked = list(days)
    known = sorted(actors, key=lambda one: one.id)
    counting = touching(ties, asked, options)
    return {day: measure(build.network(known, counting, day, options)) for day in asked}


@dataclass(frozen=True, slots=True)
class Figures:
    """A network in the numbers that are worth following over time, of its working ties."""

    organisations: int
    engaged: int
    """Have a working tie or came to an event in the window."""
    isolated: int
    """Have no working tie."""
    ties: int
    components: int
    largest: int
    """Organisations of the largest component."""
    density: float | None
    centralisation: float | None
    fragmentation: float | None
    ei: float | None
    ei_expected: float | None


def figures(graph: nx.Graph) -> Figures:
    """Return the shape of a network of one day in a few numbers.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        A network of :func:`graphs.build.network`; nodes with ``sector``. An edge without the
        attribute ``working`` works.

    Returns
    -------
    Figures

    Raises
    ------
    KeyError
        If a node has no sector.

    Notes
    -----
    As the functions of :mod:`graphs.measures` define them. Time O(n + m).

    Examples
    --------
    >>> graph = nx.path_graph(3)
    >>> nx.set_node_attributes(graph, "opd", "sector")
    >>> found = figures(graph)
    >>> found.engaged, found.ties, found.fragmentation, found.ei
    (3, 2, 0.0, -1.0)
    """
    plain = _plain(graph)
    parts = measures.components(plain)
    mixing = measures.ei_index(plain)
    return Figures(
        organisations=len(graph),
        engaged=len(build.engaged(graph)),
        isolated=sum(not partners for _, partners in plain.degree()),
        ties=plain.number_of_edges(),
        components=len(parts),
        largest=len(parts[0]) if parts else 0,
        density=measures.density(plain),
        centralisation=measures.degree_centralisation(plain),
        fragmentation=measures.fragmentation(plain),
        ei=mixing.value,
        ei_expected=mixing.expected,
    )


def index_series(
    actors: Iterable[Actor],
    ties: Iterable[Tie],
    places: Mapping[str, Place],
    regions: Sequence[str],
    days: Iterable[date],
    options: Options = DEFAULTS,
) -> dict[str, dict[date, Index]]:
    """Return the synergy index of some regions on each of some days.

    Parameters
    ----------
    actors, ties, days, options
        As for :func:`series`.
    places : mapping of code to Place
        The known regions, which say what lies in what.
    regions : sequence of str
        The codes asked for.

    Returns
    -------
    dict of code to dict of date to Index
        In the order asked, days as given.

    Raises
    ------
    ValueError
        As :func:`graphs.build.network`.

    Notes
    -----
    Time of :func:`series` and of :func:`graphs.index.synergies` per day: 5 s for 60 months of
    552 regions at 1 500 organisations and 5 000 pairs.

    Examples
    --------
    >>> actors = [Actor(1, "opd", "district", "16.71"), Actor(2, "media", "district", "16.71")]
    >>> ties = [Tie("team", (1, 2), date(2018, 1, 15))]
    >>> found = index_series(actors, ties, {}, ["16.71"], [date(2018, 1, 1), date(2018, 2, 1)])
    >>> [index.engaged for index in found["16.71"].values()]
    [0, 2]
    """
    by_day = series(actors, ties, days, lambda graph: synergies(graph, places, regions), options)
    return {region: {day: indices[region] for day, indices in by_day.items()} for region in regions}


def _plain(graph: nx.Graph) -> nx.Graph:
    """Return the working ties without what they are made of: a copy of evidence costs more."""
    plain = nx.Graph()
    plain.add_nodes_from(
        (node, {"sector": data["sector"]}) for node, data in graph.nodes(data=True)
    )
    works = graph.edges(data="working", default=True)
    plain.add_edges_from((one, other) for one, other, working in works if working)
    return plain
