"""Whom everybody stands between: all pairs two ties apart, by the groups of the three."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.arrays.compiled import compiled
from graphs.arrays.form import Arrays

Numbers = NDArray[Any]

COORDINATOR, GATEKEEPER, ITINERANT, LIAISON, EXCLUSIVE = range(5)


def roles(arrays: Arrays, group: NDArray[Any]) -> NDArray[np.int64]:
    """Return how many pairs each of n nodes brokers in each role: five rows of n.

    Parameters
    ----------
    arrays : Arrays of n nodes and m edges
    group : array of n int

    Returns
    -------
    array of (5, n) int
        Coordinator, gatekeeper, itinerant, liaison, and liaison without anybody beside.

    Notes
    -----
    All pairs two ties apart, from one of them on. Time O(Σ k²) over the degrees k.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphs.arrays import arrays_of
    >>> roles(arrays_of(nx.star_graph(3)), np.array([0, 1, 2, 0]))[:, 0].tolist()
    [0, 2, 0, 1, 1]
    """
    return _counted(arrays.starts, arrays.ends, group)


@compiled
def _counted(starts: Numbers, ends: Numbers, group: Numbers) -> NDArray[np.int64]:
    count = len(starts) - 1
    counts = np.zeros((5, count), dtype=np.int64)
    partner_of = np.full(count, -1, dtype=np.int64)
    ways = np.zeros(count, dtype=np.int64)
    through = np.empty(count, dtype=np.int64)
    reached = np.empty(count, dtype=np.int64)
    for one in range(count):
        for arc in range(starts[one], starts[one + 1]):
            partner_of[ends[arc]] = one
        far = 0
        for arc in range(starts[one], starts[one + 1]):
            broker = ends[arc]
            for onward in range(starts[broker], starts[broker + 1]):
                other = ends[onward]
                if other <= one or partner_of[other] == one:
                    continue
                if ways[other] == 0:
                    through[other] = broker
                    reached[far] = other
                    far += 1
                ways[other] += 1
                if group[one] == group[other]:
                    role = COORDINATOR if group[broker] == group[one] else ITINERANT
                elif group[broker] == group[one] or group[broker] == group[other]:
                    role = GATEKEEPER
                else:
                    role = LIAISON
                counts[role, broker] += 1
        for at in range(far):
            other = reached[at]
            broker = through[other]
            if (
                ways[other] == 1
                and group[one] != group[other]
                and group[broker] != group[one]
                and group[broker] != group[other]
            ):
                counts[EXCLUSIVE, broker] += 1
            ways[other] = 0
    return counts
