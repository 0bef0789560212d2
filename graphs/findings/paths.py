"""The shortest ways along working ties: from whole regions and sectors, to whoever is missing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graphs.arrays.forest import Forest
from graphs.arrays.steps import UNREACHED
from graphs.arrays.steps import steps_from as steps_by_place
from graphs.findings.ground import Ground
from graphs.index.blocks import Blocks, Flags, blocks_of


@dataclass(frozen=True, slots=True)
class Map:
    """The working ties as a matrix, and where each organisation stands in it."""

    ids: NDArray[np.int64]
    """In order."""
    at: dict[int, int]
    ties: csr_array

    def places(self, organisations: Sequence[int]) -> NDArray[np.int64]:
        """Return where some organisations of the network stand."""
        return np.searchsorted(self.ids, np.array(organisations, dtype=np.int64))

    def blocks(self, groups: Sequence[tuple[Sequence[int], Sequence[int]]]) -> Blocks:
        """Return the graphs of those that are counted and those that only connect, side by side."""
        tails = np.repeat(np.arange(len(self.ids)), np.diff(self.ties.indptr))
        once = tails < self.ties.indices
        members = [(self.places(ours), self.places(others)) for ours, others in groups]
        return blocks_of(len(self.ids), tails[once], self.ties.indices[once], members)

    def trees(self, blocks: Blocks, counted: Flags) -> Forest:
        """Return the depth-first trees of all graphs together."""
        return blocks.trees(np.ones(self.ties.nnz // 2, dtype=bool), counted)


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

    See Also
    --------
    graphs.arrays.steps.steps_from : The same by place, and how.
    """
    places = [[ways.at[one] for one in members] for members in sets]
    return steps_by_place(ways.ties.indptr, ways.ties.indices, places)


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
