"""The components of a network, for which most of its ties need not be looked at."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.arrays.compiled import compiled

Numbers = NDArray[Any]

SAMPLE = 1024
"""Nodes that are asked for the component to which most belong."""


def parts(starts: Numbers, ends: Numbers) -> Numbers:
    """Return the number of the component of each node of an undirected graph.

    Parameters
    ----------
    starts, ends
        As in :class:`graphs.arrays.Arrays`, of n nodes and m edges.

    Returns
    -------
    array of n int
        From 0 without gaps, in order of the first node of each.

    Notes
    -----
    Everybody is put together with two partners first. Nearly all are then in one component, and
    who is need not look at its other ties: whoever is not yet in it looks at them from the other
    end [1]_. Time O(n + m), of which m counts outside of the largest component only: 3 ms for
    100 000 nodes and 700 000 edges.

    References
    ----------
    .. [1] Sutton, M., Ben-Nun, T. and Barak, A. (2018). Optimizing parallel graph connectivity
       computation via subgraph sampling. Proc. IPDPS 2018, 12-21.
       https://doi.org/10.1109/IPDPS.2018.00012

    Examples
    --------
    >>> parts(np.array([0, 1, 1, 2]), np.array([2, 0])).tolist()
    [0, 1, 0]
    """
    return _labelled(starts.astype(np.int32, copy=False), ends.astype(np.int32, copy=False))


def grouped(labels: Numbers) -> tuple[Numbers, Numbers]:
    """Return nodes label by label, and where those of each label begin.

    Examples
    --------
    >>> [one.tolist() for one in grouped(np.array([0, 1, 0, 2]))]
    [[0, 2, 1, 3], [0, 2, 3]]
    """
    return _grouped(labels, np.bincount(labels))


@compiled
def _labelled(starts: Numbers, ends: Numbers) -> Numbers:
    nodes = len(starts) - 1
    above = np.arange(nodes).astype(np.int32)
    largest = -1
    for turn in range(2):
        for node in range(nodes):
            first, last = starts[node], starts[node + 1]
            if turn == 0:
                last = min(last, first + 2)
            elif above[node] == largest:
                continue
            else:
                first = min(last, first + 2)
            for arc in range(first, last):
                # Both go to the top of their trees; the higher top then stands below the lower.
                one, other = node, ends[arc]
                while above[one] != one:
                    above[one] = above[above[one]]
                    one = above[one]
                while above[other] != other:
                    above[other] = above[above[other]]
                    other = above[other]
                above[max(one, other)] = min(one, other)
        for node in range(nodes):
            above[node] = above[above[node]]
        if turn == 0 and nodes:
            count = np.zeros(nodes, dtype=np.int32)
            largest = above[0]
            for asked in range(0, nodes, max(1, nodes // SAMPLE)):
                count[above[asked]] += 1
                if count[above[asked]] > count[largest]:
                    largest = above[asked]
    label = np.empty(nodes, dtype=np.int32)
    parts = 0
    for node in range(nodes):
        # The top of a tree is its first node, and so already has its number.
        if above[node] == node:
            label[node] = parts
            parts += 1
        else:
            label[node] = label[above[node]]
    return label


@compiled
def _grouped(labels: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
    first = np.cumsum(sizes) - sizes
    free = first.copy()
    order = np.empty(len(labels), dtype=np.int32)
    for node in range(len(labels)):
        order[free[labels[node]]] = node
        free[labels[node]] += 1
    return order, first
