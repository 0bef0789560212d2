"""How many steps all nodes are from many sets of others: 64 searches in the bits of one number."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.arrays.compiled import compiled

Numbers = NDArray[Any]

CHUNK = 64
"""Sets that are followed at once."""

UNREACHED = 32767
"""So many steps away, or more, counts as not reached."""


def steps_from(
    starts: Numbers, ends: Numbers, sets: Sequence[Sequence[int]]
) -> Iterator[NDArray[np.int16]]:
    """Yield for each set how many steps every node is away from its nearest member.

    Parameters
    ----------
    starts, ends
        As in :class:`graphs.arrays.Arrays`, of n nodes and m edges.
    sets : sequence of sequences of int, of length k
        Nodes by their places. Nobody is reached from an empty one.

    Yields
    ------
    array of n int16
        0 for the set itself, `UNREACHED` where no path leads, or none of fewer steps.

    Notes
    -----
    Breadth-first search from 64 sets at once: a node knows in one number from which of them it
    was reached, and hears it from all of its partners by one *or* [1]_. Time O(k / 64 · (n + m))
    per level: 20 ms for 64 sets in 50 000 nodes and 150 000 edges.

    References
    ----------
    .. [1] Then, M. et al. (2014). The more the merrier: efficient multi-source graph traversal.
       Proc. VLDB Endowment 8, 449-460. https://doi.org/10.14778/2735496.2735507

    Examples
    --------
    A chain of three and somebody alone:

    >>> starts, ends = np.array([0, 1, 3, 4, 4]), np.array([1, 0, 2, 1])
    >>> [row.tolist() for row in steps_from(starts, ends, [[0], [0, 2]])]
    [[0, 1, 2, 32767], [0, 1, 0, 32767]]
    """
    rows = starts.astype(np.int32, copy=False), ends.astype(np.int32, copy=False)
    for first in range(0, len(sets), CHUNK):
        some = sets[first : first + CHUNK]
        front = np.zeros(len(starts) - 1, dtype=np.uint64)
        for number, members in enumerate(some):
            front[np.asarray(members, dtype=np.int64)] |= np.uint64(1 << number)
        yield from _walked(*rows, front, len(some))


@compiled
def _walked(starts: Numbers, ends: Numbers, front: Numbers, sets: int) -> NDArray[np.int16]:
    """Return the steps of at most 64 sets, one row for each."""
    count = len(starts) - 1
    steps = np.full((sets, count), UNREACHED, dtype=np.int16)
    seen = np.zeros(count, dtype=np.uint64)
    everyone = ~np.uint64(0) >> np.uint64(CHUNK - sets)
    level = 0
    while level < UNREACHED and np.any(front):
        for node in range(count):
            if front[node]:
                seen[node] |= front[node]
                for one in range(sets):
                    if front[node] >> np.uint64(one) & np.uint64(1):
                        steps[one, node] = level
        level += 1
        heard = np.zeros(count, dtype=np.uint64)
        for node in range(count):
            if seen[node] != everyone:
                for arc in range(starts[node], starts[node + 1]):
                    heard[node] |= front[ends[arc]]
                heard[node] &= ~seen[node]
        front = heard
    return steps
