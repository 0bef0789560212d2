"""Many small graphs side by side, one per region, so that all are searched at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from graphs.arrays import Actors
from graphs.arrays.forest import Exits, Forest, exits, forest, pairs
from graphs.arrays.gathering import spans
from graphs.places import path, province_of
from graphs.records import Place

Numbers = NDArray[Any]
Flags = NDArray[np.bool_]


class Ties(Protocol):
    """The organisations of a network and the pairs that may work together."""

    @property
    def actors(self) -> Actors:
        """The organisations; each is named by its place."""

    @property
    def one(self) -> NDArray[Any]:
        """The first end of every pair."""

    @property
    def other(self) -> NDArray[Any]:
        """The second one."""

    @property
    def sector(self) -> NDArray[Any]:
        """The place of each organisation's sector in ``SECTORS``, or beyond."""


class Run(Protocol):
    """Which of them are there at one time."""

    @property
    def working(self) -> Flags:
        """Which pairs work together."""

    @property
    def engaged(self) -> Flags:
        """Which organisations are engaged."""


@dataclass(frozen=True, slots=True)
class Fragmentation:
    """F of the graph in which each one stands, in order of discovery."""

    now: NDArray[np.float64]
    without: NDArray[np.float64]
    """After its exit."""
    parts: Numbers
    """Into how many parts the rest of its component falls."""
    size: Numbers
    """How many there are in the graph."""

    def falls(self, rise: float) -> Flags:
        """Return whose exit lets F rise so much and separates some of three and more."""
        return (self.size > 2) & (self.without - self.now >= rise) & (self.parts > 1)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Graphs of several regions as one: an organisation has a place in each it belongs to."""

    organisation: Numbers
    block: Numbers
    counted: Flags
    """Whether an organisation is counted there, or only carries paths."""
    tail: Numbers
    head: Numbers
    pair: Numbers
    """Each tie from both of its ends, ordered by tail; and the pair it is."""
    sizes: Numbers
    place: Mapping[tuple[int, int], int]
    """The place of (block, organisation)."""

    def trees(self, working: Flags, counted: Flags) -> Forest:
        """Return the depth-first trees of all graphs together, by the pairs that work."""
        there = working[self.pair]
        degrees = np.bincount(self.tail[there], minlength=len(self.organisation))
        starts = np.concatenate([[0], np.cumsum(degrees)])
        return forest(starts, self.head[there], counted)

    def connected(self, trees: Forest) -> Numbers:
        """Return the connected pairs of counted organisations of each graph."""
        return _summed(
            self.block[trees.order[trees.roots]], pairs(trees.weight[trees.roots]), len(self.sizes)
        )

    def after_exit(self, trees: Forest, connected: Numbers) -> tuple[Numbers, Exits]:
        """Return the pairs left in each graph when each one leaves, in order of discovery."""
        left = exits(trees)
        whole = connected[self.block[trees.order]]
        return whole - pairs(trees.whole) + left.pairs, left

    def fragmentation(self, trees: Forest) -> Fragmentation:
        """Return F of the graph of each one with it and without, all counted."""
        connected = self.connected(trees)
        left, cut = self.after_exit(trees, connected)
        block = self.block[trees.order]
        size = self.sizes[block]
        now = 1 - connected[block] / np.maximum(pairs(size), 1)
        return Fragmentation(now, 1 - left / np.maximum(pairs(size - 1), 1), cut.parts, size)


def blocks_of(
    count: int,
    one: NDArray[Any],
    other: NDArray[Any],
    groups: Sequence[tuple[Numbers, Numbers]],
    *,
    places: bool = False,
) -> Blocks:
    """Return graphs given by the organisations that are counted and those that only connect.

    All of n organisations and k pairs are named by their places. Time O(n + k), and what lies
    around each graph.
    """
    total = len(one)
    ends = np.concatenate([one, other]).astype(np.int32)
    widths = np.bincount(ends, minlength=count)
    order = np.argsort(ends, kind="stable")
    partners = np.concatenate([other, one])[order].astype(np.int32)
    numbers = (order % max(total, 1)).astype(np.int32)
    del ends, order
    starts = np.cumsum(widths) - widths
    local = np.full(count, -1, dtype=np.int32)
    organisations, counted, tails, heads, known, sizes = [], [], [], [], [], []
    first = 0
    for members, connectors in groups:
        everyone = np.union1d(members, connectors).astype(np.int32)
        local[everyone] = np.arange(first, first + len(everyone))
        around = spans(starts[everyone], widths[everyone])
        to = local[partners[around]]
        inside = to >= 0
        tails.append(np.repeat(local[everyone], widths[everyone])[inside])
        heads.append(to[inside])
        known.append(numbers[around[inside]])
        organisations.append(everyone)
        counted.append(np.isin(everyone, members, assume_unique=True))
        sizes.append(len(everyone))
        first += len(everyone)
        local[everyone] = -1
    organisation = _joined(organisations)
    block = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    where = zip(block.tolist(), organisation.tolist(), strict=True) if places else ()
    return Blocks(
        organisation,
        block,
        _joined(counted).astype(bool),
        _joined(tails),
        _joined(heads),
        _joined(known),
        np.array(sizes, dtype=np.int64),
        {key: at for at, key in enumerate(where)},
    )


def _joined(arrays: Sequence[Numbers]) -> Numbers:
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.int64)


def _summed(where: Numbers, what: Numbers, count: int) -> Numbers:
    """Return integers added up by where they belong."""
    return np.bincount(where, what, minlength=count).astype(np.int64)


class Regions:
    """Who belongs to which region, and what each region has in a run."""

    def __init__(self, ties: Ties, places: Mapping[str, Place], codes: Iterable[str]) -> None:
        """Find the members and connectors of some regions, of any level."""
        self.codes = sorted(set(codes))
        self.number = {code: number for number, code in enumerate(self.codes)}
        members: list[list[int]] = [[] for _ in self.codes]
        connectors: dict[str, list[int]] = {}
        ways: dict[str | None, tuple[list[list[int]], str | None]] = {}
        homes = zip(ties.actors.regions, ties.actors.levels, strict=True)
        for place, (region, level) in enumerate(homes):
            if region not in ways:
                asked = [code for code in path(places, region) if code in self.number]
                inside = [members[self.number[code]] for code in asked]
                ways[region] = inside, province_of(places, region)
            around, home = ways[region]
            for ours in around:
                ours.append(place)
            if home is not None and level == "province":
                connectors.setdefault(home, []).append(place)
        self.members = [np.array(one, dtype=np.int64) for one in members]
        self.connectors = [
            np.array(connectors.get(province_of(places, code) or "", []), dtype=np.int64)
            for code in self.codes
        ]
        self.region = np.repeat(np.arange(len(self.codes)), [len(one) for one in members])
        self.member = _joined(self.members)
        self.sector = ties.sector[self.member]

    def engaged(self, run: Run) -> Numbers:
        """Return the engaged organisations of every region and sector; no sector is the last."""
        here = run.engaged[self.member]
        cells = self.region[here] * 7 + self.sector[here]
        return np.bincount(cells, minlength=7 * len(self.codes)).reshape(-1, 7)
