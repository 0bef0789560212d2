"""``programme-dependence``: much of what a region has hangs on a programme that ends soon."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from graphs.findings.ground import Ground
from graphs.findings.offers import Offers
from graphs.findings.paths import Map, before, count, steps_from
from graphs.places import path
from graphs.records import Commitment, Evidence, Facts, Finding, Programme, Step

CODE = "programme-dependence"

SHARE = 0.5
DAYS = 365
"""Until its end: a budget year, in which somebody else can plan for it."""

LEAST = 3
"""Ties or promises of a region. With one or two, one visit makes the share."""

WINDOW = 730
"""Days for which a kept promise counts, as in the network."""

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of a region hangs on a programme: of its ties, promises, and rupiah."""

    ties: tuple[int, int]
    promises: tuple[int, int]
    rupiah: tuple[int, int]

    @property
    def largest(self) -> float:
        """The largest of the three shares, of those there is enough of."""
        return max(
            _share(self.ties, enough=self.ties[1] >= LEAST),
            _share(self.promises, enough=self.promises[1] >= LEAST),
            _share(self.rupiah, enough=self.promises[1] >= LEAST),
        )


def _share(part: tuple[int, int], enough: bool) -> float:
    return part[0] / part[1] if enough and part[1] else 0.0


def find(
    ground: Ground, ways: Map, facts: Facts, share: float = SHARE, days: float = DAYS
) -> Iterator[Finding]:
    """Yield one finding per region and programme that carries much of it and ends soon.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    """
    ending = ending_soon(facts, ground.on, days)
    if not ending:
        return
    ties = ties_of_regions(ground)
    pairs = {pair for found in ties.values() for pair in found}
    support = support_of_regions(ground, facts)
    open_ones = []
    for one in ending:
        rows = set(one.finances)
        hung = {pair for pair in pairs if _hangs(ground, pair, rows)}
        for region in sorted(ties.keys() | support.keys()):
            hanging = [pair for pair in ties[region] if pair in hung]
            given = [each for each in support[region] if ("commitment", each.id) in rows]
            found = Shares(
                (len(hanging), len(ties[region])),
                (len(given), len(support[region])),
                (_rupiah(given), _rupiah(support[region])),
            )
            if found.largest >= share - TOLERANCE:
                open_ones.append((one, region, found, (hanging, given)))
    offers = Offers(ground, ways, facts)
    all_kinds = {one.id: _kinds(facts, one) for one in ending}
    dependent = [_dependent(ground, region, *lost) for _, region, _, lost in open_ones]
    for (one, region, found, (hanging, given)), ours, steps in zip(
        open_ones, dependent, steps_from(ways, dependent), strict=True
    ):
        kinds = {each.kind for each in given} or all_kinds[one.id]
        heirs = offers.of(kinds, without=[one.lead, one.funder, *ours])
        heir = offers.nearest(heirs, steps, region)
        who = heir.organisation if heir else None
        assert one.ends is not None
        left = (one.ends - ground.on).days
        row = ("programme", one.id)
        yield ground.finding(
            CODE,
            region,
            found.largest * (1 - left / (2 * days)),
            organisations=ours,
            evidence=[row, *_proof(ground, hanging, given, set(one.finances))],
            values={
                "ends": one.ends.isoformat(),
                "days": left,
                "share": found.largest,
                "ties": found.ties[0],
                "ties_of_region": found.ties[1],
                "promises": found.promises[0],
                "promises_of_region": found.promises[1],
                "rupiah": found.rupiah[0],
                "rupiah_of_region": found.rupiah[1],
                "heirs": offers.organisations(heirs),
                "steps": count(steps, ways.at[who]) if who is not None else None,
            },
            step=Step(
                "succeed",
                who=who,
                to=ground.hub(ours),
                through=before(ground, ways, steps, who) if who is not None else None,
                about=("resource", heir.id) if heir else row,
            ),
            row=row,
        )


def ending_soon(facts: Facts, on: date, days: float) -> list[Programme]:
    """Return the programmes that end within so many days, in order of id."""
    return [
        one
        for one in sorted(facts.programmes, key=lambda one: one.id)
        if one.ends is not None and 0 <= (one.ends - on).days <= days
    ]


def ties_of_regions(ground: Ground) -> defaultdict[str, list[tuple[int, int]]]:
    """Return the working ties with at least one end in each region looked at."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    around = {
        one: {step for step in path(ground.places, ground.region(one)) if step in ground.members}
        for one in ground.partners
    }
    for one, known in ground.partners.items():
        for other in known:
            if one < other:
                for region in around[one] | around[other]:
                    found[region].append((one, other))
    return found


def support_of_regions(ground: Ground, facts: Facts) -> defaultdict[str, list[Commitment]]:
    """Return the promises to organisations of each region looked at that count on the day."""
    found: defaultdict[str, list[Commitment]] = defaultdict(list)
    for one in sorted(facts.commitments, key=lambda one: one.id):
        if one.receiver in ground.partners and one.giver in ground.partners:
            for region in path(ground.places, ground.region(one.receiver)):
                if region in ground.members and counts(one, ground.on):
                    found[region].append(one)
    return found


def counts(one: Commitment, on: date) -> bool:
    """Return whether a promise counts on the day, as the layer ``support`` does."""
    if one.cancelled or (one.promised is not None and one.promised > on):
        return False
    if one.realised is not None and one.realised <= on and (on - one.realised).days <= WINDOW:
        return True
    kept = one.realised is not None and one.realised <= on
    return on <= one.due if one.due is not None else not kept


def _hangs(ground: Ground, pair: tuple[int, int], rows: set[Evidence]) -> bool:
    """Return whether all that proves a tie is carried by the programme."""
    proof = ground.proof(*pair)
    return bool(proof) and rows.issuperset(proof)


def _rupiah(promises: Sequence[Commitment]) -> int:
    return sum(one.value or 0 for one in promises)


def _dependent(
    ground: Ground, region: str, hanging: Sequence[tuple[int, int]], given: Sequence[Commitment]
) -> list[int]:
    """Return the organisations of the region that would lose something."""
    touched = {one for pair in hanging for one in pair} | {one.receiver for one in given}
    return [one for one in ground.members[region] if one in touched]


def _kinds(facts: Facts, programme: Programme) -> set[str]:
    """Return all that a programme gives anywhere."""
    rows = set(programme.finances)
    return {one.kind for one in facts.commitments if ("commitment", one.id) in rows}


def _proof(
    ground: Ground,
    hanging: Sequence[tuple[int, int]],
    given: Sequence[Commitment],
    rows: set[Evidence],
) -> list[Evidence]:
    """Return the rows of the programme that bind the region, each once."""
    found = {row for pair in hanging for row in ground.proof(*pair)}
    return sorted((found | {("commitment", one.id) for one in given}) & rows)
