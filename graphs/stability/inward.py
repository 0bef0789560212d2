"""Whether sectors are inward, in all runs at once: as matrices; one by one takes minutes."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from graphs.arrays.deals import deals
from graphs.findings.inward_sector import CODE, PERMUTATIONS
from graphs.records import SECTORS, Finding
from graphs.stability.ground import Ground
from graphs.stability.ties import Flags, Reals, Run

Small = NDArray[np.int8]

CHUNK = 20_000
"""Ties, or organisations, that are looked at together, in some deals: 8 MB."""

TOGETHER = 100
"""Deals that are looked at together: 10 MB for 100 000 organisations."""

TOLERANCE = 1e-12


class Inward:
    """The findings of inward sectors of one scope: the whole network, or a province."""

    def __init__(
        self, ground: Ground, findings: Sequence[Finding], scope: str | None, runs: int
    ) -> None:
        """Remember who is in the scope and which pairs lie inside."""
        ties = ground.ties
        self.members = (
            np.arange(len(ties.actors))
            if scope is None
            else ground.regions.members[ground.regions.number[scope]]
        )
        local = np.full(len(ties.actors), -1)
        local[self.members] = np.arange(len(self.members))
        self.inside = np.flatnonzero((local[ties.one] >= 0) & (local[ties.other] >= 0))
        self.one, self.other = local[ties.one[self.inside]], local[ties.other[self.inside]]
        self.sector = ties.sector[self.members].astype(np.int8)
        self.least = ground.limits[CODE]
        self.asked = [SECTORS.index(one.sectors[0]) for one in findings]
        self.working = np.zeros((runs, (len(self.inside) + 7) // 8), dtype=np.uint8)

    def remember(self, number: int, run: Run) -> None:
        """Keep what one run left."""
        self.working[number] = np.packbits(run.working[self.inside])

    def stands(self, seed: int) -> Flags:
        """Return whether each finding stands in each run, by run and finding.

        Sectors are dealt out as :func:`graphs.measures.chance.ei_by_chance` does: who is tied
        changes from run to run, how the sectors are dealt does not.
        """
        working = np.unpackbits(self.working, axis=1, count=len(self.inside))
        degrees = self._degrees(working.view(bool))
        shape = len(self.asked), len(working), 1 + PERMUTATIONS
        seen, inside = np.zeros(shape), np.zeros(shape)
        first = 0
        for dealt in self._deals(seed):
            here = slice(first, first + len(dealt))
            for at, sector in enumerate(self.asked):
                seen[at, :, here], inside[at, :, here] = self._mixed(
                    dealt == sector, working, degrees
                )
            first += len(dealt)
        tied = degrees > 0
        return np.stack(
            [self._inward(*one, tied) for one in zip(self.asked, seen, inside, strict=True)],
            axis=1,
        )

    def _degrees(self, working: Flags) -> NDArray[np.float32]:
        """Return how many working partners everybody has in each run."""
        degrees = np.empty((len(working), len(self.members)), dtype=np.float32)
        for number, there in enumerate(working):
            ends = np.concatenate([self.one[there], self.other[there]])
            degrees[number] = np.bincount(ends, minlength=len(self.members))
        return degrees

    def _deals(self, seed: int) -> Iterator[Small]:
        """Yield the sectors as they are, and then dealt out, some deals at a time."""
        yield self.sector[None]
        lots, last = np.random.default_rng(seed), self.sector.copy()
        for done in range(0, PERMUTATIONS, TOGETHER):
            yield deals(lots, last, min(TOGETHER, PERMUTATIONS - done))

    def _mixed(
        self, ours: Flags, working: NDArray[np.uint8], degrees: NDArray[np.float32]
    ) -> tuple[Reals, Reals]:
        """Return the ends of ties of a sector, and the ties inside, by run and deal."""
        seen = np.zeros((len(working), len(ours)))
        for first in range(0, len(self.members), CHUNK):
            part = slice(first, first + CHUNK)
            seen += degrees[:, part] @ ours[:, part].T.astype(np.float32)
        inside = np.zeros(seen.shape)
        for first in range(0, len(self.inside), CHUNK):
            part = slice(first, first + CHUNK)
            both = ours[:, self.one[part]] & ours[:, self.other[part]]
            inside += working[:, part].astype(np.float32) @ both.T.astype(np.float32)
        return seen, inside

    def _inward(self, sector: int, seen: Reals, inside: Reals, tied: Flags) -> Flags:
        """Return whether one sector is inward in each run."""
        values = np.full(seen.shape, np.nan)
        np.divide(seen - 4 * inside, seen, out=values, where=seen > 0)
        ours = self.sector == sector
        size, others = int(ours.sum()), len(self.members) - 1
        expected = (others + 1 - size - (size - 1)) / others if others else np.nan
        enough = (tied[:, ours].sum(axis=1) >= self.least) & (
            tied[:, ~ours].sum(axis=1) >= self.least
        )
        inward = values[:, 0] < _lows(values[:, 1:]) - TOLERANCE
        return enough & inward & (values[:, 0] < expected)


def _lows(values: Reals) -> Reals:
    """Return the 2.5 % quantile of what is defined in each run; nan, that nothing is below."""
    found = np.full(len(values), np.nan)
    for number, one in enumerate(values):
        defined = one[~np.isnan(one)]
        if len(defined):
            found[number] = np.quantile(defined, 0.025)
    return found
