"""Whether a region still hangs on a programme, in one run."""

from collections.abc import Iterable, Sequence

import numpy as np

from graphs.findings import programme_dependence
from graphs.index.together import Picture
from graphs.records import Evidence, Finding
from graphs.stability.ground import Check, Ground
from graphs.stability.ties import Flags, Numbers, Reals, Rows, Run, Ties


def dependence(ground: Ground, findings: Sequence[Finding]) -> Check:
    """The programme is there, and it carries enough of the region."""
    ties, rows = ground.ties, ground.ties.rows
    programmes = {("programme", one.id): one for one in ground.facts.programmes}
    codes = sorted({one.region or "" for one in findings})
    region = np.array([codes.index(one.region or "") for one in findings], dtype=np.int64)
    carried = sorted({one.row or ("", 0) for one in findings})
    programme = np.array([carried.index(one.row or ("", 0)) for one in findings], dtype=np.int64)
    own = np.array([rows.of(one) for one in carried], dtype=np.int64)[programme]
    finances = [_flags(rows, programmes[one].finances) for one in carried]
    members = [ground.regions.members[ground.regions.number[code]] for code in codes]
    near, pair = _ties_around(ties, members)
    home, row, value = _promises_to(ground, codes)
    of_tie = rows.of_ties[ties.tie]
    named = rows.named[ties.tie]
    count, share = len(codes), ground.limits[programme_dependence.CODE]
    pairs_there, least = len(ties.one), programme_dependence.LEAST

    def by_region(flags: Flags, weights: Numbers | None = None) -> Numbers:
        there = None if weights is None else weights[flags]
        return np.bincount(home[flags], there, minlength=count).astype(np.int64)

    def check(run: Run, picture: Picture) -> Flags:
        working = run.working[pair]
        total = np.bincount(near[working], minlength=count)
        promised = run.kept[row]
        promises, rupiah = by_region(promised), by_region(promised, value)
        parts = np.zeros((3, len(carried), count))
        for at, mine in enumerate(finances):
            ours = mine[of_tie]
            other = np.bincount(ties.pair[run.parts & named & ~ours], minlength=pairs_there) > 0
            proved = np.bincount(ties.pair[run.parts & ours], minlength=pairs_there) > 0
            hung = (run.working & proved & ~other)[pair]
            given = promised & mine[row]
            parts[0, at] = _share(np.bincount(near[hung], minlength=count), total, total >= least)
            parts[1, at] = _share(by_region(given), promises, promises >= least)
            parts[2, at] = _share(by_region(given, value), rupiah, promises >= least)
        enough = parts.max(axis=0)[programme, region] >= share - programme_dependence.TOLERANCE
        return run.kept[own] & enough

    return check


def _flags(rows: Rows, wanted: Iterable[Evidence]) -> Flags:
    """Return which rows are among those wanted; those that prove nothing here are none of ours."""
    flags = np.zeros(rows.total, dtype=bool)
    flags[[rows.number[one] for one in wanted if one in rows.number]] = True
    return flags


def _share(part: Numbers, whole: Numbers, enough: Flags) -> Reals:
    return np.where(enough & (whole > 0), part / np.maximum(whole, 1), 0.0)


def _ties_around(ties: Ties, members: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """Return the pairs with at least one end in each region, as (region, pair) in two columns."""
    near, found = [], []
    for number, ones in enumerate(members):
        inside = np.zeros(len(ties.actors), dtype=bool)
        inside[ones] = True
        pairs_here = np.flatnonzero(inside[ties.one] | inside[ties.other])
        near.append(np.full(len(pairs_here), number))
        found.append(pairs_here)
    return np.concatenate(near), np.concatenate(found)


def _promises_to(ground: Ground, codes: Sequence[str]) -> tuple[Numbers, Numbers, Numbers]:
    """Return the promises that count, as columns: region, row, rupiah."""
    at = ground.ties.at
    counted = [
        one
        for one in ground.facts.commitments
        if one.giver in at and one.receiver in at
        if programme_dependence.counts(one, ground.ties.on)
    ]
    found = []
    for number, code in enumerate(codes):
        members = set(ground.regions.members[ground.regions.number[code]].tolist())
        for one in counted:
            if at[one.receiver] in members:
                row = ground.ties.rows.number["commitment", one.id]
                found.append((number, row, one.value or 0))
    columns = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return columns[0], columns[1], columns[2]
