"""Groups dealt out to nodes anew, again and again, and how the ties then mix."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.arrays.compiled import compiled

Numbers = NDArray[Any]


def deals(lots: np.random.Generator, group: Numbers, times: int) -> Numbers:
    """Return the group of each of n nodes in so many deals, each made of the one before.

    Parameters
    ----------
    lots : numpy.random.Generator
        Goes on from where it is: two times three deals are six.
    group : array of n int
        The groups to begin with. Holds the last deal afterwards.
    times : int

    Returns
    -------
    array of (times, n) int, of the type of `group`

    Examples
    --------
    >>> dealt = deals(np.random.default_rng(1), np.array([0, 0, 1, 2]), 5)
    >>> np.sort(dealt).tolist() == [[0, 0, 1, 2]] * 5
    True
    """
    return _dealt(lots, group, times)


@compiled
def _dealt(lots: np.random.Generator, group: Numbers, times: int) -> Numbers:
    found = np.empty((times, len(group)), dtype=group.dtype)
    for turn in range(times):
        for place in range(len(group) - 1, 0, -1):
            drawn = int(lots.random() * (place + 1))
            group[place], group[drawn] = group[drawn], group[place]
        found[turn] = group
    return found


def mixed(dealt: Numbers, one: Numbers, other: Numbers, groups: int) -> tuple[Numbers, Numbers]:
    """Return for each deal how many ties lie inside each group, and how many ends of ties in it.

    Parameters
    ----------
    dealt : array of (k, n) int
        The group of each node, below `groups`.
    one, other : arrays of m int
        The ends of each tie, by place.
    groups : int

    Returns
    -------
    two arrays of (k, groups) int

    Examples
    --------
    A chain of three, the first two of one group:

    >>> one, other = np.array([0, 1]), np.array([1, 2])
    >>> [rows.tolist() for rows in mixed(np.array([[0, 0, 1]]), one, other, 2)]
    [[[1, 0]], [[3, 1]]]
    """
    return _mixed(dealt, one, other, groups)


@compiled
def _mixed(dealt: Numbers, one: Numbers, other: Numbers, groups: int) -> tuple[Numbers, Numbers]:
    inside = np.zeros((len(dealt), groups), dtype=np.int64)
    seen = np.zeros((len(dealt), groups), dtype=np.int64)
    for turn in range(len(dealt)):
        for tie in range(len(one)):
            here, there = dealt[turn, one[tie]], dealt[turn, other[tie]]
            seen[turn, here] += 1
            seen[turn, there] += 1
            if here == there:
                inside[turn, here] += 1
    return inside, seen
