"""The shortest ways along working ties: from whole regions and sectors, to whoever is missing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graphs.findings.ground import Ground

CHUNK = 64
"""Sets of starts that are followed at once: 64 times 100 000 organisations is 26 MB."""

UNREACHED = np.iinfo(np.int16).max


@dataclass(frozen=True, slots=True)
class Map:
    """The working ties as a matrix, and where each organisation stands in it."""

    ids: NDArray[np.int64]
    at: dict[int, int]
    ties: csr_array


def map_of(ground: Ground) -> Map:
    """Return the matrix of a network of n organisations and m working ties."""
    ids = sorted(ground.partners)
    at = {one: place for place, one in enumerate(ids)}
    columns = [at[other] for one in ids for other in ground.partners[one]]
    starts = np.cumsum([0] + [len(ground.partners[one]) for one in ids])
    ones = np.ones(len(columns), dtype=np.float32)
    shape = (len(ids), len(ids))
    return Map(np.array(ids), at, csr_array((ones, np.array(columns, dtype=int), starts), shape))


def steps_from(ways: Map, sets: Sequence[Iterable[int]]) -> Iterator[NDArray[np.int16]]:
    """Yield for each set how many steps every organisation is away from its nearest member.

    Yields
    ------
    array of n int16, in the order of ``ways.ids``
        0 for the set itself, `UNREACHED` where no path leads.

    Notes
    -----
    Breadth-first search from many sets at once, as products with the matrix of ties: a round
    takes O(k·m) for k sets, in numpy instead of Python.
    """
    for first in range(0, len(sets), CHUNK):
        chunk = sets[first : first + CHUNK]
        steps = np.full((len(chunk), len(ways.ids)), UNREACHED, dtype=np.int16)
        front = np.zeros(steps.shape, dtype=np.float32)
        for row, starts in enumerate(chunk):
            front[row, [ways.at[one] for one in starts]] = 1
        count = 0
        while front.any():
            steps[front > 0] = count
            front = ((front @ ways.ties > 0) & (steps == UNREACHED)).astype(np.float32)
            count += 1
        yield from steps


def before(ground: Ground, ways: Map, steps: NDArray[np.int16], one: int) -> int | None:
    """Return who comes before an organisation on a shortest way: it knows it best."""
    here = steps[ways.at[one]]
    if here in (0, UNREACHED):
        return None
    nearer = [other for other in ground.partners[one] if steps[ways.at[other]] == here - 1]
    return min(nearer, key=lambda other: (-ground.strength(one, other), other))


def start_of(ground: Ground, ways: Map, steps: NDArray[np.int16], one: int) -> int:
    """Return where a shortest way to an organisation begins."""
    while (other := before(ground, ways, steps, one)) is not None:
        one = other
    return one


def count(steps: NDArray[np.int16], place: int) -> int | None:
    """Return a number of steps, None where no path leads."""
    return None if steps[place] == UNREACHED else int(steps[place])
