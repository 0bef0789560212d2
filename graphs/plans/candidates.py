"""The pairs that could be introduced, each with what its tie would close or relieve."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graphs.findings import THRESHOLDS
from graphs.places import path
from graphs.plans.answers import Pair
from graphs.plans.board import Board, Way
from graphs.plans.closing import CLOSED, CLOSERS, OF_NETWORK, OF_ORGANISATION, Closer
from graphs.records import Finding

Relief = tuple[str, Hashable]
"""The key of a finding and the mark of what is taken away of it."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One pair that could be introduced, through one way."""

    pair: Pair
    way: Way
    reliefs: Mapping[Relief, float]
    """The share of severity, 0-1, of each relief."""

    @property
    def through(self) -> int | None:
        """Who introduces: of two between, the one who knows the second."""
        return self.way[-2] if len(self.way) > 2 else None

    @property
    def closes(self) -> set[str]:
        """Keys of the findings that this tie alone closes."""
        return {key for key, mark in self.reliefs if mark == CLOSED}


class Effects:
    """What any tie would do to the findings asked for."""

    def __init__(
        self, board: Board, findings: Iterable[Finding], thresholds: Mapping[str, float]
    ) -> None:
        self.board = board
        self.findings = sorted(
            {one.key: one for one in findings if one.code in CLOSERS}.values(),
            key=lambda one: (-one.severity, one.key),
        )
        of_code: dict[str, list[Finding]] = defaultdict(list)
        for one in self.findings:
            of_code[one.code].append(one)
        limits = {**THRESHOLDS, **thresholds}
        self.closers: dict[str, Closer] = {
            code: CLOSERS[code](board, ones, limits.get(code, 0.0))
            for code, ones in of_code.items()
        }
        self.of_region: dict[str | None, list[Finding]] = defaultdict(list)
        self.of_organisation: dict[int, list[Finding]] = defaultdict(list)
        for one in self.findings:
            if one.code in OF_ORGANISATION:
                self.of_organisation[one.organisations[0]].append(one)
            else:
                self.of_region[None if one.code in OF_NETWORK else one.region].append(one)

    def of(self, a: int, b: int) -> dict[Relief, float]:
        """Return all reliefs of a tie between two organisations."""
        found: dict[Relief, float] = {}
        for finding in self._near(a, b):
            effect = self.closers[finding.code].effect(finding, a, b)
            if effect is not None:
                share, mark = effect
                found[finding.key, mark] = share
        return found

    def proposed(self) -> list[Pair]:
        """Return the pairs that some finding proposes, each once, in order."""
        pairs = set()
        partners = self.board.ground.partners
        for finding in self.findings:
            for a, b in self.closers[finding.code].pairs(finding):
                if a != b and b not in partners[a]:
                    pairs.add((min(a, b), max(a, b)))
        return sorted(pairs)

    def _near(self, a: int, b: int) -> Iterator[Finding]:
        """Yield the findings that a tie of the two can have to do with."""
        nodes, places = self.board.ground.graph.nodes, self.board.ground.places
        regions: set[str | None] = {None}
        for one in (a, b):
            regions.update(path(places, nodes[one].get("region")))
            yield from self.of_organisation.get(one, ())
        for region in regions:
            yield from self.of_region.get(region, ())


def candidates(
    board: Board,
    effects: Effects,
    *,
    must: Collection[Pair],
    must_not: Collection[Pair],
    alternatives: int,
    lossless: bool,
) -> list[Tie]:
    """Return the ties to choose from, the nearest first.

    Parameters
    ----------
    must : collection of pair
        Pairs the user asked for: they are candidates, plausible or not.
    must_not : collection of pair
        Pairs that may not be; only those that must be as well are kept, to show the clash.
    alternatives : int
        How many ways, each through somebody else, a pair may have.
    lossless : bool
        Keep of the pairs that do exactly the same only the nearest. Nothing is lost by it as
        long as no rule counts organisations or introducers.
    """
    wanted, refused = frozenset(must), frozenset(must_not)
    ties: list[Tie] = []
    for pair in sorted({*effects.proposed(), *wanted}):
        if pair in refused and pair not in wanted:
            continue
        if not board.spared.isdisjoint(pair) and pair not in wanted:
            continue
        if pair not in wanted and board.makes_an_island(*pair):
            continue
        reliefs = effects.of(*pair)
        ways = board.ways(*pair, most=alternatives)
        if pair in wanted:
            ways = ways or [pair]
        elif not reliefs:
            continue
        ties += [Tie(pair, way, reliefs) for way in ways]
    ties.sort(key=lambda one: (len(one.way), -_strength(board, one.way), one.pair, one.way))
    return [*_one_each(ties, wanted)] if lossless else ties


def _one_each(ties: Sequence[Tie], wanted: Collection[Pair]) -> Iterator[Tie]:
    """Yield the first tie of each that do the same, and all that must be."""
    seen: set[frozenset[Relief]] = set()
    for one in ties:
        does = frozenset(one.reliefs)
        if one.pair in wanted or does not in seen:
            seen.add(does)
            yield one


def _strength(board: Board, way: Way) -> float:
    """Return the strength of the weakest tie on a way, 0 where one is missing."""
    graph = board.ground.graph
    steps = list(pairwise(way))
    known = all(graph.has_edge(one, other) for one, other in steps)
    return min(board.ground.strength(one, other) for one, other in steps) if known else 0.0
