"""Which new tie closes which finding: one class per code, and the list of them.

Another code becomes plannable by one more class in `CLOSERS`. It says where its findings are
filed, proposes pairs worth looking at, and tells what a tie does to one of its findings: the
*share* of its severity that goes, 1 when it closes, and a *mark* of what exactly goes, so that two
ties that bring the same relief count once.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Protocol

from graphs.findings import (
    fragile_bridge,
    isolated_stakeholder,
    single_broker,
    split_region,
    uncovered_sector,
    unlinked_sectors,
)
from graphs.measures.cuts import pairs_of
from graphs.plans.answers import Pair
from graphs.plans.board import Board
from graphs.plans.parts import around_of, parts_of, parts_without, reached, tied_within
from graphs.records import Finding

Effect = tuple[float, Hashable]
"""The share of a finding's severity that a tie takes away, and what it takes away by that."""

CLOSED = "closed"
NEAREST_HUBS = 3
FEW_PARTS = 6
"""Of a region in very many parts, the smaller ones are only brought together with the largest."""


class Closer(Protocol):
    """How new ties close the findings of one code."""

    def __init__(self, board: Board, findings: Sequence[Finding], limit: float) -> None:
        """Look at all findings of the code at once."""

    def pairs(self, finding: Finding) -> Iterator[Pair]:
        """Yield pairs that may close a finding; which of them do, and may meet, is seen later."""

    def effect(self, finding: Finding, a: int, b: int) -> Effect | None:
        """Return what a working tie of two organisations does to a finding, None for nothing."""


class UncoveredSector:
    """Somebody of the sector and region becomes engaged, by whatever tie."""

    def __init__(self, board: Board, findings: Sequence[Finding], limit: float) -> None:
        self.board = board

    def pairs(self, finding: Finding) -> Iterator[Pair]:
        """Yield those known there, with their office and who is best connected in the region."""
        board, region = self.board, finding.region
        there = board.hubs(board.ground.engaged_of(region or ""))[:NEAREST_HUBS]
        for one in board.hubs(finding.organisations):
            for other in {board.office(one), _through(finding), *there, *board.known[one]}:
                if other is not None:
                    yield one, other

    def effect(self, finding: Finding, a: int, b: int) -> Effect | None:
        """Close it when one of the two is of the sector and region: it is engaged then."""
        ground = self.board.ground
        inside = self.board.inside[finding.region or ""]
        for one in (a, b):
            if one in inside and ground.sector(one) in finding.sectors:
                return 1.0, CLOSED
        return None


class UnlinkedSectors:
    """An organisation of one sector and one of the other, both of the region."""

    def __init__(self, board: Board, findings: Sequence[Finding], limit: float) -> None:
        self.board = board

    def pairs(self, finding: Finding) -> Iterator[Pair]:
        """Yield the best connected of both sectors, and the pair that the finding names."""
        first, second = finding.sectors
        there = self.board.ground.by_sector(self.board.ground.members[finding.region or ""])
        yield from product(self.board.hubs(there[first]), self.board.hubs(there[second]))
        yield from _named(finding)

    def effect(self, finding: Finding, a: int, b: int) -> Effect | None:
        """Close it when the two are of the two sectors and of the region."""
        ground = self.board.ground
        inside = self.board.inside[finding.region or ""]
        sectors = {ground.sector(a), ground.sector(b)}
        meets = a in inside and b in inside and sectors == set(finding.sectors)
        return (1.0, CLOSED) if meets else None


class IsolatedStakeholder:
    """Any tie of the organisation."""

    def __init__(self, board: Board, findings: Sequence[Finding], limit: float) -> None:
        self.board = board

    def pairs(self, finding: Finding) -> Iterator[Pair]:
        """Yield whom it met, who those know, its office, and the hubs of its region."""
        board, (one,) = self.board, finding.organisations
        met = board.ground.acquaintances(one)[: board.breadth]
        others = {board.office(one), *met, *(named for pair in _named(finding) for named in pair)}
        for other in met[:NEAREST_HUBS]:
            others.update(board.hubs(board.known[other])[:NEAREST_HUBS])
        if finding.region is not None:
            others.update(board.hubs(board.ground.engaged_of(finding.region))[:NEAREST_HUBS])
        yield from ((one, other) for other in others if other is not None)

    def effect(self, finding: Finding, a: int, b: int) -> Effect | None:
        """Close it when it is one of the two."""
        return (1.0, CLOSED) if finding.organisations[0] in (a, b) else None


class SplitRegion:
    """Two parts of the region grow together; with only two parts it is one region again."""

    def __init__(self, board: Board, findings: Sequence[Finding], limit: float) -> None:
        self.board = board
        self.parts = {one.key: parts_of(board.ground, one.region or "") for one in findings}
        self.part = {one.key: self._of(one) for one in findings}

    def _of(self, finding: Finding) -> dict[int, int]:
        """Return the part of everybody who is connected to it, connectors of the province too."""
        ground = self.board.ground
        around = around_of(ground, finding.region or "")
        return {
            one: number
            for number, part in enumerate(self.parts[finding.key])
            for one in reached(ground.partners, part[0], around)
        }

    def pairs(self, finding: Finding) -> Iterator[Pair]:
        """Yield the best connected of every two parts, and the pair that the finding names."""
        yield from _across(self.board, self.parts[finding.key])
        yield from _named(finding)

    def effect(self, finding: Finding, a: int, b: int) -> Effect | None:
        """Take away the pairs that a tie between two parts connects."""
        part = self.part[finding.key]
        mark = _between(part, a, b)
        if mark is None:
            return None
        sizes = [len(one) for one in self.parts[finding.key]]
        if len(sizes) == 2:
            return 1.0, CLOSED
        apart = pairs_of(sum(sizes)) - sum(pairs_of(size) for size in sizes)
        return sizes[mark[0]] * sizes[mark[1]] / apart, mark


class SingleBroker:
    """Two parts that only the broker holds together get a tie that goes around it."""

    def __init__(self, board: Board, findings: Sequence[Finding], limit: float) -> None:
        self.board, self.limit = board, limit
        self.total: dict[str, int] = {}
        self.parts: dict[str, list[list[int]]] = {}
        self.part: dict[str, dict[int, int]] = {}
        tied: dict[str | None, dict[int, list[int]]] = {}
        ground = board.ground
        for one in findings:
            if one.region not in tied:
                members = (
                    sorted(ground.partners) if one.region is None else ground.members[one.region]
                )
                tied[one.region] = tied_within(ground, members)
            parts = parts_without(tied[one.region], one.organisations[0])
            self.total[one.key], self.parts[one.key] = len(tied[one.region]), parts
            self.part[one.key] = {
                member: number for number, part in enumerate(parts) for member in part
            }

    def pairs(self, finding: Finding) -> Iterator[Pair]:
        """Yield the broker's own partners of every two parts: it can introduce them."""
        known = self.board.known[finding.organisations[0]]
        parts = [[one for one in part if one in known] for part in self.parts[finding.key]]
        yield from _across(self.board, parts)
        yield from _named(finding)

    def effect(self, finding: Finding, a: int, b: int) -> Effect | None:
        """Take away the pairs that would no longer lose each other."""
        mark = _between(self.part[finding.key], a, b)
        if mark is None:
            return None
        parts = self.parts[finding.key]
        kept = len(parts[mark[0]]) * len(parts[mark[1]]) / pairs_of(self.total[finding.key] - 1)
        if len(parts) == 2 or finding.impact - kept < self.limit - single_broker.TOLERANCE:
            return 1.0, CLOSED
        return kept / finding.impact, mark


class FragileBridge:
    """A second tie between the two sides: the first is no bridge any more."""

    def __init__(self, board: Board, findings: Sequence[Finding], limit: float) -> None:
        self.board = board
        self.sides = {one.key: self._sides(*one.organisations) for one in findings}

    def _sides(self, one: int, other: int) -> tuple[set[int], set[int]]:
        """Return who hangs on each end of a bridge."""
        everybody = set(self.board.ground.partners)
        partners = self.board.ground.partners
        first, second = (
            reached({**partners, start: [end for end in partners[start] if end != cut]}, start,
                    everybody - {cut})
            for start, cut in ((one, other), (other, one))
        )  # fmt: skip
        return first, second

    def pairs(self, finding: Finding) -> Iterator[Pair]:
        """Yield the partners of both ends, the best connected first, and the ends with those."""
        one, other = finding.organisations
        partners = self.board.ground.partners
        mine, yours = (self.board.hubs(partners[end])[:NEAREST_HUBS] for end in (one, other))
        yield from product([one, *mine], [other, *yours])
        yield from _named(finding)

    def effect(self, finding: Finding, a: int, b: int) -> Effect | None:
        """Close it when the two are of different sides."""
        first, second = self.sides[finding.key]
        across = (a in first and b in second) or (b in first and a in second)
        return (1.0, CLOSED) if across else None


CLOSERS: Mapping[str, type[Closer]] = {
    uncovered_sector.CODE: UncoveredSector,
    unlinked_sectors.CODE: UnlinkedSectors,
    isolated_stakeholder.CODE: IsolatedStakeholder,
    split_region.CODE: SplitRegion,
    single_broker.CODE: SingleBroker,
    fragile_bridge.CODE: FragileBridge,
}
"""The findings that a new tie can close, and how. The others are closed by other means: a call,
a renewal, a promise kept."""

OF_ORGANISATION = {isolated_stakeholder.CODE}
"""Codes about one organisation: only its own ties matter, wherever it lies."""

OF_NETWORK = {fragile_bridge.CODE}
"""Codes that ties of any region can close."""


def _named(finding: Finding) -> Iterator[Pair]:
    """Yield the two whom the next step of a finding brings together, if it names two."""
    step = finding.step
    if step is not None and step.who is not None and step.to is not None:
        yield step.who, step.to


def _through(finding: Finding) -> int | None:
    """Return who makes the introduction in the next step of a finding."""
    return finding.step.through if finding.step is not None else None


def _across(board: Board, parts: Sequence[Iterable[int]]) -> Iterator[Pair]:
    """Yield pairs of different parts: of the best connected, and with the largest part of all."""
    hubs = [board.hubs(part) for part in parts]
    for one, other in combinations(range(len(hubs)), 2):
        if one == 0 or other < FEW_PARTS:
            yield from product(hubs[one], hubs[other])


def _between(part: Mapping[int, int], a: int, b: int) -> tuple[int, int] | None:
    """Return the two different parts that a tie would join, None where it joins none."""
    one, other = part.get(a), part.get(b)
    if one is None or other is None or one == other:
        return None
    return min(one, other), max(one, other)
