"""Whether sectors are inward, in all runs at once: as matrices; one by one takes minutes."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graphs.arrays.deals import deals
from graphs.findings.inward_sector import CODE, PERMUTATIONS
from graphs.records import SECTORS, Finding
from graphs.stability.ground import Ground
from graphs.stability.ties import Flags, Reals, Run

Small = NDArray[np.int8]

CHUNK = 20_000
"""Ties, or organisations, that are looked at together, in all permutations: 40 MB."""

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
        self.degrees = np.zeros((runs, len(self.members)), dtype=np.float32)

    def remember(self, number: int, run: Run) -> None:
        """Keep what one run left."""
        there = run.working[self.inside]
        self.working[number] = np.packbits(there)
        ends = np.concatenate([self.one[there], self.other[there]])
        self.degrees[number] = np.bincount(ends, minlength=len(self.members))

    def stands(self, seed: int) -> Flags:
        """Return whether each finding stands in each run, by run and finding.

        Sectors are dealt out as :func:`graphs.measures.chance.ei_by_chance` does: who is tied
        changes from run to run, how the sectors are dealt does not.
        """
        anew = deals(np.random.default_rng(seed), self.sector.copy(), PERMUTATIONS)
        dealt = np.concatenate([self.sector[None], anew])
        working = np.unpackbits(self.working, axis=1, count=len(self.inside))
        return np.stack([self._stands(dealt, working, sector) for sector in self.asked], axis=1)

    def _stands(self, dealt: Small, working: NDArray[np.uint8], sector: int) -> Flags:
        """Return whether one sector is inward in each run."""
        ours = dealt == sector
        seen = np.zeros((len(self.degrees), len(ours)))
        for first in range(0, len(self.members), CHUNK):
            part = slice(first, first + CHUNK)
            seen += self.degrees[:, part] @ ours[:, part].T.astype(np.float32)
        inside = np.zeros(seen.shape)
        for first in range(0, len(self.inside), CHUNK):
            part = slice(first, first + CHUNK)
            both = ours[:, self.one[part]] & ours[:, self.other[part]]
            inside += working[:, part].astype(np.float32) @ both.T.astype(np.float32)
        values = np.full(seen.shape, np.nan)
        np.divide(seen - 4 * inside, seen, out=values, where=seen > 0)
        size, others = int((self.sector == sector).sum()), len(self.members) - 1
        expected = (others + 1 - size - (size - 1)) / others if others else np.nan
        tied = self.degrees > 0
        enough = (tied[:, ours[0]].sum(axis=1) >= self.least) & (
            tied[:, ~ours[0]].sum(axis=1) >= self.least
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
