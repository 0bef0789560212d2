"""Where groups that grow step by step meet first."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.arrays.compiled import compiled

Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A shortest way between two groups."""

    steps: int
    ends: tuple[int, int, int, int]
    """The two members between whom it leads, and the two next to each other in its middle."""


def meeting(starts: Numbers, ends: Numbers, owner: Numbers) -> Meeting | None:
    """Return where any two of some groups meet, None where no way leads from one to another.

    Parameters
    ----------
    starts, ends
        As in :class:`graphs.arrays.Arrays`, of n nodes and m edges.
    owner : array of n int
        The group of each node, -1 for those of none. Not changed.

    Returns
    -------
    Meeting or None
        Of the first meetings the one with the fewest steps, then the first places.

    Notes
    -----
    All groups grow by one step at a time until two meet; who is reached belongs to the group that
    came first, of equals by the node of the first place. Time O(n log n + m).

    Examples
    --------
    A chain of four, from one end to the other:

    >>> starts, ends = np.array([0, 1, 3, 5, 6]), np.array([1, 0, 2, 1, 3, 2])
    >>> meeting(starts, ends, np.array([0, -1, -1, 1]))
    Meeting(steps=3, ends=(0, 3, 1, 2))
    """
    found = _met(
        starts.astype(np.int32, copy=False),
        ends.astype(np.int32, copy=False),
        owner.astype(np.int32, copy=False),
    )
    steps, *between = found.tolist()
    return Meeting(steps, tuple(between)) if steps else None


@compiled
def _met(starts: Numbers, ends: Numbers, group: Numbers) -> NDArray[np.int64]:
    """Return the steps and the four ends of the meeting; all nothing if there is none."""
    count = len(starts) - 1
    owner = group.copy()
    steps = np.zeros(count, dtype=np.int64)
    origin = np.arange(count)
    front = np.flatnonzero(owner >= 0)
    best = np.zeros(5, dtype=np.int64)
    while True:
        several = False
        for node in front:
            several |= owner[node] != owner[front[0]]
        if not several:
            return best
        far = np.empty(count, dtype=np.int64)
        many = 0
        for node in front:
            for arc in range(starts[node], starts[node + 1]):
                other = ends[arc]
                if owner[other] < 0:
                    owner[other] = owner[node]
                    origin[other] = origin[node]
                    steps[other] = steps[node] + 1
                    far[many] = other
                    many += 1
                elif owner[other] != owner[node]:
                    way = steps[node] + steps[other] + 1
                    here = (way, origin[node], origin[other], node, other)
                    if best[0] == 0 or here < (best[0], best[1], best[2], best[3], best[4]):
                        best[0], best[1], best[2], best[3], best[4] = here
        if best[0]:
            return best
        front = np.sort(far[:many])
