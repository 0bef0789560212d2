"""Which findings stand in a run: one check per kind, all findings of a kind at once.

A check is made once from the findings of its codes, and then asked for every run. It answers with
what the finding's own file would find in a network of the records that are left.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from graphs.findings import (
    expiring_agreement,
    fading_tie,
    fragile_bridge,
    isolated_stakeholder,
    overdue_action,
    overdue_commitment,
    programme_dependence,
    single_broker,
    single_contact,
    split_region,
    uncovered_sector,
    unlinked_sectors,
    unmet_need,
)
from graphs.index.blocks import blocks_of
from graphs.index.together import Picture
from graphs.records import SECTORS, Encounter, Finding
from graphs.stability.dependence import dependence
from graphs.stability.ground import Check, Ground
from graphs.stability.ties import Flags, Numbers, Run, Ties


def _sectors(findings: Sequence[Finding], at: int) -> list[int]:
    return [SECTORS.index(one.sectors[at]) for one in findings]


def uncovered(ground: Ground, findings: Sequence[Finding]) -> Check:
    """Nobody of the sector is engaged."""
    regions = [ground.regions.number[one.region or ""] for one in findings]
    sectors = _sectors(findings, 0)
    return lambda run, picture: picture.engaged[regions, sectors] == 0


def unlinked(ground: Ground, findings: Sequence[Finding]) -> Check:
    """Both sectors are engaged, and no tie joins them."""
    regions = [ground.regions.number[one.region or ""] for one in findings]
    first, second = _sectors(findings, 0), _sectors(findings, 1)

    def check(run: Run, picture: Picture) -> Flags:
        both = (picture.engaged[regions, first] > 0) & (picture.engaged[regions, second] > 0)
        return both & ~picture.linked[regions, first, second]

    return check


def isolated(ground: Ground, findings: Sequence[Finding]) -> Check:
    """It has no working tie."""
    ones = [ground.ties.at[one.organisations[0]] for one in findings]
    return lambda run, picture: run.degree[ones] == 0


def split(ground: Ground, findings: Sequence[Finding]) -> Check:
    """The engaged fall into two components or more."""
    regions = [ground.regions.number[one.region or ""] for one in findings]
    return lambda run, picture: picture.parts[regions] > 1


def brokers_and_bridges(ground: Ground, findings: Sequence[Finding]) -> Check:
    """One exit costs too many pairs; one tie is the only way between two sides.

    Of one layer it is in every run, as records left out bring no other one.
    """
    everybody = np.arange(len(ground.ties.actors))
    regions = {one.region for one in findings if one.code == single_broker.CODE}
    codes = sorted(code for code in regions if code is not None)
    members = [ground.regions.members[ground.regions.number[code]] for code in codes]
    nobody = everybody[:0]
    groups = [(one, nobody) for one in (*members, everybody)]
    ties = ground.ties
    blocks = blocks_of(len(ties.actors), ties.one, ties.other, groups, places=True)
    whole = len(codes)
    block: dict[str | None, int] = {code: number for number, code in enumerate(codes)}
    brokers = [one for one in findings if one.code == single_broker.CODE]
    bridges = [one for one in findings if one.code == fragile_bridge.CODE]
    mine = np.array([one.code == single_broker.CODE for one in findings], dtype=bool)
    at_of = ground.ties.at
    broker = _places(
        blocks.place,
        ((block.get(one.region, whole), at_of[one.organisations[0]]) for one in brokers),
    )
    ends = [
        _places(blocks.place, ((whole, at_of[one.organisations[end]]) for one in bridges))
        for end in (0, 1)
    ]
    counted = np.ones(len(blocks.organisation), dtype=bool)
    rise = ground.limits[single_broker.CODE] - single_broker.TOLERANCE
    least = ground.limits[fragile_bridge.CODE]

    def check(run: Run, picture: Picture) -> Flags:
        trees = blocks.trees(run.working, counted)
        place = np.empty(len(trees.order), dtype=np.int64)
        place[trees.order] = np.arange(len(trees.order))
        holds = blocks.fragmentation(trees).falls(rise)[place[broker]]
        one, other = place[ends[0]], place[ends[1]]
        # A bridge is always a way by which the search went; its lower end is the one found later.
        tree = (trees.above[one] == other) | (trees.above[other] == one)
        low = np.maximum(one, other)
        below, size = trees.size[low], trees.size[trees.roots][trees.part[low]]
        only = tree & (trees.low[low] >= low) & (np.minimum(below, size - below) >= least)
        answer = np.empty(len(findings), dtype=bool)
        answer[mine], answer[~mine] = holds, only
        return answer

    return check


def _places(place: Mapping[tuple[int, int], int], where: Iterable[tuple[int, int]]) -> Numbers:
    """Return the places of organisations in blocks, in order."""
    return np.array([place[key] for key in where], dtype=np.int64)


def fading(ground: Ground, findings: Sequence[Finding]) -> Check:
    """The tie works, its last contact is long ago, and one end hangs on it."""
    ties = ground.ties
    days = ground.limits[fading_tie.CODE]
    share = ground.limits[f"{fading_tie.CODE}-share"] - fading_tie.TOLERANCE
    added = _Parts(ties, findings)
    numbers = added.pairs
    contact = ties.contact[ties.tie[added.part]]
    count, today = len(ties.actors), ties.on.toordinal()

    def check(run: Run, picture: Picture) -> Flags:
        last = np.zeros(len(findings), dtype=np.int64)
        np.maximum.at(last, added.finding, np.where(run.parts[added.part], contact, 0))
        strength = np.where(run.working, run.strength, 0.0)
        totals = np.bincount(ties.one, strength, minlength=count)
        totals += np.bincount(ties.other, strength, minlength=count)
        least = np.minimum(totals[ties.one[numbers]], totals[ties.other[numbers]])
        carried = np.divide(strength[numbers], least, out=np.zeros(len(findings)), where=least > 0)
        old = (last > 0) & (today - last > days)
        return run.working[numbers] & old & (carried >= share)

    return check


class _Parts:
    """What records add to the pairs of some findings."""

    def __init__(self, ties: Ties, findings: Sequence[Finding]) -> None:
        self.pairs = np.array([ties.number_of(*one.organisations) for one in findings], int)
        order = np.argsort(ties.pair, kind="stable")
        first = np.searchsorted(ties.pair[order], self.pairs)
        last = np.searchsorted(ties.pair[order], self.pairs, side="right")
        self.part = np.concatenate(
            [order[:0], *(order[one:other] for one, other in zip(first, last, strict=True))]
        )
        self.finding = np.repeat(np.arange(len(findings)), last - first)


def contacts(ground: Ground, findings: Sequence[Finding]) -> Check:
    """All encounters that are left and name somebody name the same person."""
    met: dict[int, list[tuple[int, Encounter]]] = defaultdict(list)
    for row, one in zip(ground.ties.rows.of_encounters, ground.facts.encounters, strict=True):
        if single_contact.counts(one, ground.ties.on):
            met[one.organisation].append((row, one))
    least = ground.limits[single_contact.CODE]
    ours = [met[one.organisations[0]] for one in findings]

    def stands(kept: Flags, encounters: Sequence[tuple[int, Encounter]]) -> bool:
        left = [one for row, one in encounters if kept[row]]
        return single_contact.alone(left, least) != (None, None)

    return lambda run, picture: np.array([stands(run.kept, one) for one in ours], dtype=bool)


def rows(ground: Ground, findings: Sequence[Finding]) -> Check:
    """The row it is about is there."""
    ours = [ground.ties.rows.of(one.row or ("", 0)) for one in findings]
    return lambda run, picture: run.kept[ours]


CHECKS: Mapping[tuple[str, ...], Callable[[Ground, Sequence[Finding]], Check]] = {
    (uncovered_sector.CODE,): uncovered,
    (unlinked_sectors.CODE,): unlinked,
    (isolated_stakeholder.CODE,): isolated,
    (split_region.CODE,): split,
    (single_broker.CODE, fragile_bridge.CODE): brokers_and_bridges,
    (single_contact.CODE,): contacts,
    (fading_tie.CODE,): fading,
    (
        expiring_agreement.CODE,
        unmet_need.CODE,
        overdue_commitment.CODE,
        overdue_action.CODE,
    ): rows,
    (programme_dependence.CODE,): dependence,
}
"""How to check the findings of each code. ``never-invited`` and ``inward-sector`` are not here:
one follows from other findings, one is worked out for all runs at once."""
