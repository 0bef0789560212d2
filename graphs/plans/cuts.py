"""Where a network would be parted, and the fewest ties across all such places."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import ceil
from time import monotonic

import networkx as nx
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from graphs.plans.answers import Pair
from graphs.plans.question import incidence

LEVELS = ("nothing", "tie", "organisation")
"""What a network can be asked to survive in one piece."""

Cut = tuple[tuple[int, ...], int]
"""Positions of the candidates that cross a place, and how many ties it still lacks."""


def fewest(
    graph: nx.Graph, candidates: Sequence[Pair], survives: str, until: float
) -> tuple[list[Pair], float]:
    """Return the fewest candidates that do all that all of them could do, and a lower bound.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
    candidates : sequence of (node, node), of length c
        New ties, the most welcome first.
    survives : str
        One of `LEVELS`.
    until : float
        When to stop, by the monotonic clock.
    """
    rows: dict[Cut, None] = {}
    least = lower_bound(graph, survives)
    if least and _parted(graph, candidates, survives) == _whole(len(graph), survives):
        # All of them together do all that can be asked: no fewer than of any ties are enough.
        rows[tuple(range(len(candidates))), least] = None
    chosen: list[Pair] = []
    bound = 0.0
    proven = True
    asked = 0
    while True:
        rows.update(dict.fromkeys(_cuts(graph, candidates, chosen, survives)))
        if len(rows) == asked:  # nothing is parted that these could mend
            break
        asked = len(rows)
        left = until - monotonic()
        solved = _solve(len(candidates), list(rows), left) if left > 0 else None
        if solved is None:
            proven = False
            break
        at, bound, proven = solved
        chosen = [candidates[one] for one in at]
        if not proven:
            break
    if not proven:
        chosen = _repaired(graph, candidates, chosen, survives)
    return chosen, bound


def lower_bound(graph: nx.Graph, survives: str) -> int:
    """Return the fewest ties of any kind that make a graph survive something.

    >>> lower_bound(nx.star_graph(4), "organisation"), lower_bound(nx.star_graph(4), "tie")
    (3, 2)
    """
    parts = nx.number_connected_components(graph)
    if survives == "nothing" or len(graph) < 3:
        return max(0, parts - 1)
    if survives == "tie":
        bare = graph.copy()
        bare.remove_edges_from(list(nx.bridges(graph)))
        if nx.is_connected(bare):
            return 0
        whole = {one: at for at, ones in enumerate(nx.connected_components(bare)) for one in ones}
        ends = [0] * (max(whole.values()) + 1)
        for pair in nx.bridges(graph):
            for one in pair:
                ends[whole[one]] += 1
        return ceil(ends.count(1) / 2) + ends.count(0)
    if nx.is_biconnected(graph):
        return 0
    leaves, alone = _ends(graph)
    blocks = blocks_of(graph)
    worst = max(parts - 1 + len(blocks[one]) for one in graph)
    return max(worst - 1, ceil(len(leaves) / 2) + len(alone))


def blocks_of(graph: nx.Graph) -> Mapping[int, set[int]]:
    """Return the numbers of the blocks in which each node lies; none for an isolate."""
    found: dict[int, set[int]] = {one: set() for one in graph}
    for number, block in enumerate(nx.biconnected_components(graph)):
        for one in block:
            found[one].add(number)
    return found


def skeleton(graph: nx.Graph, kept: Iterable[int] = ()) -> nx.Graph:
    """Return a graph that is parted by the same losses, with as few nodes and edges as it takes.

    Of every block its cut points and the nodes to keep remain, in a circle: a circle is held
    together as a block is, by every loss of one.

    >>> small = skeleton(nx.disjoint_union(nx.complete_graph(9), nx.path_graph(3)), kept=[5])
    >>> sorted(small), small.number_of_edges()
    ([0, 1, 5, 9, 10, 11], 5)
    """
    wanted = {*kept, *nx.articulation_points(graph)}
    small = nx.Graph()
    small.add_nodes_from(one for one in graph if not graph[one])
    for block in nx.biconnected_components(graph):
        ours = sorted(block & wanted)
        ours += sorted(block - wanted)[: max(0, min(3, len(block)) - len(ours))]
        nx.add_path(small, ours) if len(ours) == 2 else nx.add_cycle(small, ours)
    return small


def paired(graph: nx.Graph, until: float) -> list[Pair]:
    """Return ties of any kind with which a graph survives every exit, the fewest as a rule.

    As long as something is parted, two ends get a tie whose bound is one less after it; such a
    pair exists always [1]_. Out of time, the ends half way round a walk are joined untested.

    References
    ----------
    .. [1] Hsu, T. & Ramachandran, V. (1993). Finding a smallest augmentation to biconnect a
       graph. SIAM Journal on Computing 22, 889-912. https://doi.org/10.1137/0222056

    Examples
    --------
    >>> paired(nx.path_graph(4), monotonic() + 1)
    [(0, 3)]
    """
    after, ties = graph.copy(), list[Pair]()
    while bound := lower_bound(after, "organisation"):
        leaves, alone = _ends(after)
        ends = {min(end) for end in leaves + alone}
        walk = [one for one in nx.dfs_preorder_nodes(_with_a_root(after)) if one in ends]
        size = len(walk)
        steps = sorted(range(1, size), key=lambda step: abs(2 * step - size))
        pairs = [(one, walk[(at + step) % size]) for step in steps for at, one in enumerate(walk)]
        best = pairs[0]
        for pair in pairs:
            if monotonic() > until:
                break
            after.add_edge(*pair)
            fewer = lower_bound(after, "organisation") < bound
            after.remove_edge(*pair)
            if fewer:
                best = pair
                break
        after.add_edge(*best)
        ties.append((min(best), max(best)))
    return ties


def _with_a_root(graph: nx.Graph) -> nx.Graph:
    """Return a graph in order, with one more node before all that leads into every component."""
    root = object()
    rooted = nx.Graph((root, min(part)) for part in nx.connected_components(graph))
    rooted.add_edges_from(sorted((min(pair), max(pair)) for pair in graph.edges))
    return rooted


def ends_of(graph: nx.Graph) -> list[set[int]]:
    """Return the leaves of the forest of blocks, without their cut point, and what is alone."""
    leaves, alone = _ends(graph)
    return leaves + alone


def _ends(graph: nx.Graph) -> tuple[list[set[int]], list[set[int]]]:
    """Return the leaves of the forest of blocks and what is alone, apart from each other."""
    joints = set(nx.articulation_points(graph))
    leaves, alone = [], [{one} for one in graph if not graph[one]]
    for block in nx.biconnected_components(graph):
        joined = block & joints
        if not joined:
            alone.append(set(block))
        elif len(joined) == 1:
            leaves.append(block - joined)
    return leaves, alone


def _cuts(
    graph: nx.Graph, candidates: Sequence[Pair], chosen: Sequence[Pair], survives: str
) -> Iterator[Cut]:
    """Yield the places where a graph with the chosen ties is still parted, and may not be."""
    after = graph.copy()
    after.add_edges_from(chosen)
    of_end: dict[int, list[int]] = defaultdict(list)
    for at, (a, b) in enumerate(candidates):
        of_end[a].append(at)
        of_end[b].append(at)

    def cut(side: Collection[int], without: int | None, lacking: int) -> Iterator[Cut]:
        """Yield the cut around one side; without one node, ties to it do not help."""
        here = set(side)
        crossing = set()
        for one in here:
            for at in of_end[one]:
                a, b = candidates[at]
                if (a in here) != (b in here) and without not in (a, b):
                    crossing.add(at)
        if crossing:
            yield tuple(sorted(crossing)), min(lacking, len(crossing))

    two_ties = survives != "nothing" and len(graph) > 2
    parts = list(nx.connected_components(after))
    if len(parts) > 1:
        for part in parts:
            yield from cut(part, None, 2 if two_ties else 1)
    if two_ties and survives == "tie":
        for pair in list(nx.bridges(after)):
            after.remove_edge(*pair)
            # A tie of ours that is a bridge leaves a place that lacks two.
            lacking = 1 if graph.has_edge(*pair) else 2
            yield from cut(nx.node_connected_component(after, pair[0]), None, lacking)
            after.add_edge(*pair)
    if survives == "organisation":
        for joint in sorted(nx.articulation_points(after)):
            others = after.subgraph(set(after) - {joint})
            for part in nx.connected_components(others):
                yield from cut(part, joint, 1)


def _solve(size: int, rows: Sequence[Cut], seconds: float) -> tuple[list[int], float, bool] | None:
    """Return the fewest candidates across all rows, a lower bound, and whether it is proven."""
    answer = milp(
        np.ones(size),
        integrality=np.ones(size),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(
            incidence([row[0] for row in rows], size), np.array([row[1] for row in rows]), np.inf
        ),
        options={"mip_rel_gap": 0, "time_limit": seconds},
    )
    bound = answer.mip_dual_bound
    limit = float(bound) if bound is not None and np.isfinite(bound) else 0.0
    if answer.x is None:
        return None
    return np.flatnonzero(answer.x > 0.5).tolist(), limit, answer.status == 0


def _repaired(
    graph: nx.Graph, candidates: Sequence[Pair], chosen: Sequence[Pair], survives: str
) -> list[Pair]:
    """Return ties that do all that can be done, none of which is idle, for want of time."""
    ours = list(chosen)
    while True:
        taken = set(ours)
        fresh = []
        for crossing, lacking in _cuts(graph, candidates, ours, survives):
            have = sum(candidates[at] in taken for at in crossing)
            new = [candidates[at] for at in crossing if candidates[at] not in taken]
            fresh += new[: max(0, lacking - have)]
            taken.update(fresh)
        if not fresh:
            break
        ours += fresh
    best = _parted(graph, ours, survives)
    for one in ours[::-1]:
        rest = [other for other in ours if other != one]
        if _parted(graph, rest, survives) == best:
            ours = rest
    return ours


def _parted(graph: nx.Graph, ties: Sequence[Pair], survives: str) -> int:
    """Return how much is parted: a number that no further tie raises."""
    after = graph.copy()
    after.add_edges_from(ties)
    parts = nx.number_connected_components(after)
    if survives == "nothing":
        return parts
    if survives == "tie":
        return 2 * parts + sum(1 for _ in nx.bridges(after))
    return parts + sum(parts - 1 + len(blocks) for blocks in blocks_of(after).values())


def _whole(size: int, survives: str) -> int:
    """Return the same number for a network in which everybody is tied to everybody."""
    if size < 2 or survives == "nothing":
        return min(size, 1) * (2 if survives == "tie" else 1)
    return 2 + (size == 2) if survives == "tie" else 1 + size
