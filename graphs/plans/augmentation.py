"""The fewest new ties that hold a network together, also when somebody leaves it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil
from time import monotonic

import networkx as nx

from graphs.findings.ground import survey
from graphs.measures.parts import of_region
from graphs.places import province_of
from graphs.plans.answers import Augmentation, Introduction, Pair
from graphs.plans.board import Board
from graphs.plans.cuts import LEVELS, blocks_of, ends_of, fewest, lower_bound, paired, skeleton
from graphs.records import Place

ALL_PAIRS = 80
"""In a region of more organisations than this not every pair of them is looked at."""
FEW = 3


def fewest_ties(
    graph: nx.Graph,
    candidates: Iterable[Pair] | None = None,
    survives: str = "organisation",
    time_limit: float = 2.0,
) -> Augmentation:
    """Return the fewest new ties that hold a network together.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        All its edges count. Not changed.
    candidates : iterable of (node, node), of length c, optional
        The ties that could come about; any, if not given. What cannot be reached with all of
        them together is not asked for, and told.
    survives : str
        What the network shall survive in one piece: ``nothing`` (it is connected), the loss of
        any single ``tie`` (2-edge-connected), or the exit of any single ``organisation``
        (2-connected, also called biconnected).
    time_limit : float > 0, default=2
        Seconds after which the best found so far is returned, with its gap.

    Returns
    -------
    Augmentation
        The ties, each with its lower node first, in order; a lower bound of their number and
        the gap to it; and what is left to be desired: components, organisations whose exit and
        ties whose loss would still part others. Fewer than three nodes cannot be parted by an
        exit: they only need to be connected.

    Raises
    ------
    ValueError
        If `survives` or the time limit cannot be, or a candidate names nobody of the graph.

    See Also
    --------
    fewest_ties_of_region : The same for one region, with ties that can come about there.
    networkx.k_edge_augmentation : Which answers here for ties, when any may be added.

    Notes
    -----
    Surviving the loss of a tie is not enough to survive an exit: two triangles that share a
    corner have no bridge, and that corner is their single broker.

    Any tie allowed: connecting takes one tie less than components, and surviving the loss of a
    tie ⌈p/2⌉ + q for p leaves and q isolated parts of the bridge forest; networkx finds them in
    linear time. For exits the least number is max(d − 1, ⌈p/2⌉ + q), with p leaves and q isolated
    parts of the forest of blocks and d the most components any single exit leaves [1]_; ends of
    the forest are joined two by two so that this number falls with every tie. Time O(n + m) for
    each pair tried: 1 s for 100 ends at 300 organisations.

    Only some ties allowed: NP-hard in general [2]_. A 0/1 programme with one row for every set
    of nodes that is parted, of which only those are written that a solution so far violates.

    References
    ----------
    .. [1] Eswaran, K. P. & Tarjan, R. E. (1976). Augmentation problems. SIAM Journal on Computing
       5, 653-665. https://doi.org/10.1137/0205044; corrected in Hsu, T. & Ramachandran, V.
       (1993). Finding a smallest augmentation to biconnect a graph. SIAM Journal on Computing 22,
       889-912. https://doi.org/10.1137/0222056
    .. [2] Frederickson, G. N. & JáJá, J. (1981). Approximation algorithms for several graph
       augmentation problems. SIAM Journal on Computing 10, 270-283.
       https://doi.org/10.1137/0210019

    Examples
    --------
    Two triangles that share a corner:

    >>> bowtie = nx.Graph([(0, 1), (0, 2), (1, 2), (2, 3), (2, 4), (3, 4)])
    >>> fewest_ties(bowtie, survives="tie").ties
    ()
    >>> answer = fewest_ties(bowtie)
    >>> len(answer.ties), answer.bound, answer.gap, answer.splitting
    (1, 1, 0.0, ())

    When one of them must not be asked, what is left is told:

    >>> fewest_ties(bowtie, candidates=[(0, 1)]).splitting
    (2,)
    """
    if survives not in LEVELS or not time_limit > 0:
        raise ValueError(f"survives is one of {', '.join(LEVELS)}, and time_limit above 0.")
    until = monotonic() + time_limit
    plain = nx.Graph(graph.edges)
    plain.add_nodes_from(graph)
    bound = lower_bound(plain, survives)
    if candidates is not None:
        allowed = _allowed(plain, candidates)
        small = skeleton(plain, (one for pair in allowed for one in pair))
        ties, limit = fewest(small, allowed, survives, until)
    elif survives == "organisation":
        ties, limit = paired(skeleton(plain, map(min, ends_of(plain))), until), 0.0
    else:
        k = 1 if survives == "nothing" or len(plain) < 3 else 2
        found = nx.k_edge_augmentation(plain, k) if len(plain) > 1 else ()
        ties, limit = sorted((min(pair), max(pair)) for pair in found), 0.0
    return _answer(plain, ties, survives, bound, limit)


def fewest_ties_of_region(
    graph: nx.Graph,
    places: Mapping[str, Place],
    region: str,
    *,
    offices: Mapping[str, int] | None = None,
    spared: Iterable[int] = (),
    survives: str = "organisation",
    time_limit: float = 2.0,
) -> Augmentation:
    """Return the fewest introductions after which no single exit parts a region.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        A network of :func:`graphs.build.network`, with all its ties. Not changed.
    places : Mapping from code to Place
    region : str
        The region. Its engaged organisations shall hold together, by working ties to each
        other alone.
    offices, spared
        As for :func:`graphs.plans.introductions.introductions`, which says also which pairs can
        be brought together: only those are candidates.
    survives, time_limit
        As for :func:`fewest_ties`.

    Returns
    -------
    Augmentation
        With `lines`: who meets whom, through whom. A region without engaged organisations
        needs no ties.

    Notes
    -----
    Up to 80 engaged organisations every pair is a candidate, and `bound` holds for all of them.
    In larger regions it is the number that would do if any tie were possible.

    Organisations that are only known, or have left, are not asked to hold anything together:
    they have findings of their own. Nor do those of the province count here as connectors, as
    they do for the index: a region that hangs on the province's office can lose it.

    Examples
    --------
    An office that alone knows the three others of its district:

    >>> star = nx.star_graph(3)
    >>> nx.set_node_attributes(star, "16.04", "region")
    >>> nx.set_node_attributes(star, "district", "level")
    >>> answer = fewest_ties_of_region(star, {}, "16.04")
    >>> [(line.a, line.b, line.through) for line in answer.lines]
    [(1, 2, 0), (1, 3, 0)]
    """
    ground = survey(graph, places, [region, *filter(None, [province_of(places, region)])])
    board = Board(ground, offices, frozenset(spared))
    inside = of_region(graph, places, region)
    plain = nx.Graph()
    plain.add_nodes_from(one for one in sorted(inside) if one in ground.engaged)
    plain.add_edges_from(
        (one, other) for one in plain for other in ground.partners[one] if other in plain
    )
    ways = {
        pair: found[0]
        for pair in _proposed(plain, board)
        if board.spared.isdisjoint(pair) and (found := board.ways(*pair))
    }
    nearest = sorted(ways, key=lambda pair: (len(ways[pair]), pair))
    answer = fewest_ties(plain, nearest, survives, time_limit)
    if len(plain) > ALL_PAIRS:
        # The programme knows no fewer of the pairs proposed, and not all were.
        bound = min(lower_bound(plain, survives), answer.bound)
        answer = replace(answer, bound=bound, gap=_gap(len(answer.ties), bound))
    lines = tuple(
        Introduction(*pair, ways[pair][-2] if len(ways[pair]) > 2 else None, ways[pair])
        for pair in answer.ties
    )
    return replace(answer, lines=lines)


def _allowed(graph: nx.Graph, candidates: Iterable[Pair]) -> list[Pair]:
    """Return the new ties among the candidates, each once, in the order given."""
    pairs = list(dict.fromkeys((min(pair), max(pair)) for pair in candidates))
    for a, b in pairs:
        if a not in graph or b not in graph:
            raise ValueError(f"({a}, {b}) are no two organisations of the network.")
    return [(a, b) for a, b in pairs if a != b and not graph.has_edge(a, b)]


def _answer(
    graph: nx.Graph, ties: list[Pair], survives: str, bound: int, limit: float
) -> Augmentation:
    """Return the ties with what is proved about their number and what they leave."""
    after = graph.copy()
    after.add_edges_from(ties)
    parts = nx.number_connected_components(after)
    splitting = tuple(sorted(nx.articulation_points(after)))
    weak = tuple(sorted((min(pair), max(pair)) for pair in nx.bridges(after)))
    asked = {"nothing": (), "tie": weak, "organisation": splitting} if len(after) > 2 else {}
    missed = parts > 1 or asked.get(survives)
    # The least number is one for all that is asked; where that cannot be reached, fewer may do.
    least = max(ceil(limit - 1e-6), 0 if missed else bound)
    least = min(least, len(ties))
    gap = _gap(len(ties), least)
    return Augmentation(tuple(sorted(ties)), least, gap, parts, splitting, weak)


def _gap(ties: int, bound: int) -> float:
    """Return how far a number of ties may be from the fewest, as a share of it."""
    return (ties - bound) / ties if ties else 0.0


def _proposed(graph: nx.Graph, board: Board) -> Iterator[Pair]:
    """Yield pairs of a region whose tie may go around somebody.

    Two of one block cannot be parted by one exit: a tie of theirs changes nothing. Of a large
    region not every pair is looked at, but from the best connected of each end of its forest of
    blocks everybody they may come to know soonest, the best connected first.
    """
    blocks = blocks_of(graph)
    if len(graph) <= ALL_PAIRS:
        firsts: dict[int, Iterable[int]] = dict.fromkeys(graph, graph)
    else:
        ends = [board.hubs(end)[:FEW] for end in ends_of(graph)]
        among = sorted({one for end in ends for one in end})
        firsts = {one: [*_soonest(graph, board, one), *_neighbours(among, one)] for one in among}
    for one, others in firsts.items():
        for other in others:
            if (
                one != other
                and not graph.has_edge(one, other)
                and blocks[one].isdisjoint(blocks[other])
                and (one < other or other not in firsts)
            ):
                yield min(one, other), max(one, other)


def _soonest(graph: nx.Graph, board: Board, one: int) -> list[int]:
    """Return whom an organisation may meet through its partners and theirs."""
    known = board.known[one]
    near = {other for via in known for other in board.known[via] if other in graph} - known
    further = {other for via in board.hubs(near) for other in board.known[via] if other in graph}
    return [*board.hubs(near - {one}), *board.hubs(further - near - known - {one})]


def _neighbours(among: Sequence[int], one: int) -> list[int]:
    """Return those next to somebody in a list that goes round, and half way round it."""
    at, size = among.index(one), len(among)
    steps = [*range(1, FEW + 1), *range(size // 2 - FEW, size // 2 + FEW)]
    return [among[(at + step) % size] for step in steps]
