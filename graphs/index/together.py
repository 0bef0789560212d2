"""The synergy index of all regions at once, in arrays, and what its parts say of findings."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from graphs.arrays.forest import pairs
from graphs.index.blocks import Flags, Numbers, Regions, Run, Ties, blocks_of
from graphs.records import SECTORS

Reals = NDArray[np.float64]

KINDS = len(SECTORS) + 1


@dataclass(frozen=True, slots=True)
class Picture:
    """What every region has at one time."""

    engaged: Numbers
    """By region and sector; organisations of no sector in the last column."""
    linked: Flags
    """By region and two sectors, the first of them first: whether a working tie joins them."""
    parts: Numbers
    """Components with an engaged organisation."""
    coverage: Reals
    linkage: Reals
    cohesion: Reals
    resilience: Reals
    index: Reals
    """Of every region, with its four parts; nan where nobody is engaged."""


class Indices:
    """The index of many regions, over and over again."""

    def __init__(self, ties: Ties, regions: Regions) -> None:
        """Lay out the graphs of cohesion and the ties inside of every region."""
        self.regions = regions
        around = zip(regions.members, regions.connectors, strict=True)
        self.blocks = blocks = blocks_of(len(ties.actors), ties.one, ties.other, list(around))
        ours = (blocks.tail < blocks.head) & blocks.counted[blocks.tail]
        ours &= blocks.counted[blocks.head]
        self.inside = blocks.pair[ours]
        sectors = np.sort(
            np.stack([ties.sector[ties.one[self.inside]], ties.sector[ties.other[self.inside]]]),
            axis=0,
        )
        self.cell = (blocks.block[blocks.tail[ours]] * KINDS + sectors[0]) * KINDS + sectors[1]
        self.pairs = [one * KINDS + other for one, other in combinations(range(len(SECTORS)), 2)]

    def picture(self, run: Run) -> Picture:
        """Return what every region has at one time."""
        count, blocks = len(self.regions.codes), self.blocks
        engaged = self.regions.engaged(run)
        cells = self.cell[run.working[self.inside]]
        linked = np.bincount(cells, minlength=count * KINDS**2).reshape(count, KINDS, KINDS) > 0
        counted = blocks.counted & run.engaged[blocks.organisation]
        trees = blocks.trees(run.working, counted)
        connected = blocks.connected(trees)
        alive = trees.roots[trees.weight[trees.roots] > 0]
        parts = np.bincount(blocks.block[trees.order[alive]], minlength=count)
        left, _ = blocks.after_exit(trees, connected)
        total = engaged.sum(axis=1)
        at = blocks.block[trees.order]
        resilience = np.ones(count)
        possible = np.maximum(pairs(total[at] - trees.own), 1)
        np.minimum.at(resilience, at, left / possible)
        coverage = (engaged[:, : len(SECTORS)] > 0).sum(axis=1) / len(SECTORS)
        linkage = linked.reshape(count, KINDS**2)[:, self.pairs].sum(axis=1) / len(self.pairs)
        cohesion = np.where(total > 1, connected / np.maximum(pairs(total), 1), 0.0)
        resilience = np.where(total > 2, resilience, 0.0)
        index = 100 * (coverage + linkage + cohesion + resilience) / 4
        index = np.where(total > 0, index, np.nan)
        return Picture(engaged, linked, parts, coverage, linkage, cohesion, resilience, index)
