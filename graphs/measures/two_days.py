"""What became of each tie between two days."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import networkx as nx

KINDS = ("new", "lost", "stronger", "weaker", "same")
"""What may have become of a tie, the most telling first."""
LEAST = 0.1
"""Less than this share of the larger strength is no change."""


@dataclass(frozen=True, slots=True)
class TieChange:
    """What became of one tie."""

    kind: str
    """One of :data:`KINDS`."""
    before: float
    """Its strength on the first day; 0 where there was no tie."""
    after: float
    """Its strength on the second day; 0 where there is no tie any more."""


def tie_changes(
    before: nx.Graph, after: nx.Graph, least: float = LEAST
) -> dict[tuple[Any, Any], TieChange]:
    """Return what became of every tie that there is on one of two days or on both.

    Parameters
    ----------
    before : nx.Graph of m edges
        The network on the first day; edges with ``strength``, 1 where they have none.
    after : nx.Graph of k edges
        The same on the second day. Give both of :func:`graphs.build.working` to compare working
        ties: one that still exists and works no more then counts as lost.
    least : float in [0, 1], default=0.1
        From which change of strength on, as a share of the larger of the two, a tie is stronger
        or weaker; a smaller one is ``same``. Strengths fade by themselves, day by day.

    Returns
    -------
    dict of (node, node) to TieChange
        One per pair tied in either network, at most m + k; the smaller node first, numbers before
        texts, and in that order.

    Raises
    ------
    ValueError
        If `least` does not lie between 0 and 1.

    See Also
    --------
    graphs.series.series : Figures of many days, instead of the ties of two.

    Notes
    -----
    The pairs of a network of two moments, as panel data are compared before anything is modelled
    [1]_: ties that appear (0 → 1), dissolve (1 → 0) and stay (1 → 1), the last ones by strength.
    Time O((m + k) log(m + k)).

    References
    ----------
    .. [1] Snijders, T. A. B., van de Bunt, G. G. and Steglich, C. E. G. (2010). Introduction to
       stochastic actor-based models for network dynamics. Social Networks 32, 44-60.
       https://doi.org/10.1016/j.socnet.2009.02.004

    Examples
    --------
    >>> first = nx.Graph()
    >>> first.add_weighted_edges_from([(1, 2, 4.0), (2, 3, 1.0), (3, 4, 2.0)], "strength")
    >>> second = nx.Graph()
    >>> second.add_weighted_edges_from([(2, 1, 3.0), (3, 2, 1.05), (4, 5, 3.0)], "strength")
    >>> {pair: change.kind for pair, change in tie_changes(first, second).items()}
    {(1, 2): 'weaker', (2, 3): 'same', (3, 4): 'lost', (4, 5): 'new'}
    """
    if not 0 <= least <= 1:
        raise ValueError(f"least must lie between 0 and 1, not {least}.")
    was, now = _strengths(before), _strengths(after)
    return {
        pair: _change(was.get(pair), now.get(pair), least)
        for pair in sorted(was.keys() | now.keys(), key=lambda pair: (*map(_place, pair),))
    }


def _strengths(graph: nx.Graph) -> dict[tuple[Any, Any], float]:
    return {
        (one, other) if _place(one) <= _place(other) else (other, one): float(strength)
        for one, other, strength in graph.edges(data="strength", default=1.0)
    }


def _place(node: Hashable) -> tuple[bool, Any]:
    """Return where a node stands in order: groups have texts for ids."""
    return isinstance(node, str), node


def _change(was: float | None, now: float | None, least: float) -> TieChange:
    if was is None or now is None:
        return TieChange("new" if was is None else "lost", was or 0.0, now or 0.0)
    if abs(now - was) <= least * max(now, was):
        return TieChange("same", was, now)
    return TieChange("stronger" if now > was else "weaker", was, now)
