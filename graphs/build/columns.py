"""The network of one day from columns: the rules of records, for all groups at once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.arrays import Actors, Compact, Groups, Pairs
from graphs.arrays.columns import NEVER
from graphs.build.rules import NEAR_ENOUGH, ageing
from graphs.records import LAYERS, Options

Numbers = NDArray[Any]
Flags = NDArray[np.bool_]

ATTENDANCE, SUPPORT = LAYERS.index("attendance"), LAYERS.index("support")


def compact(actors: Actors, groups: Groups, on: date, options: Options) -> Compact:
    """Return the network of one day in columns; see :func:`graphs.build.network`."""
    order = np.argsort(actors.ids, kind="stable")
    ids = actors.ids[order]
    if len(ids) > 1 and (ids[1:] == ids[:-1]).any():
        raise ValueError(f"Two actors have the id {int(ids[1:][ids[1:] == ids[:-1]][0])}.")
    missing = [name for name in LAYERS if name not in options.weights]
    for name in missing:
        if (groups.layer == LAYERS.index(name)).any():
            raise ValueError(f"The options have no weight for the layer {name!r}.")
    if (order[1:] < order[:-1]).any():
        sorted_ones = [actors[at] for at in order.tolist()]
        actors = Actors.of(sorted_ones)
    today = on.toordinal()
    counted = np.flatnonzero(_counts(groups, today, options.window_days))
    # Shares are added up in the order of the days, as from records: sums then agree to the last
    # digit.
    names = (groups.number[counted], groups.table[counted], groups.starts[counted])
    counted = counted[np.lexsort(names)]
    members = _members(ids, groups, counted)
    attended = np.zeros(len(ids), dtype=bool)
    attended[members.place[groups.layer[counted][members.group] == ATTENDANCE]] = True
    shares = _shares(groups, counted, members.sizes, on, options)
    pairs, proof = _pairs(groups, counted, members, shares, today, len(ids), options)
    return Compact(actors, attended, pairs, groups, proof, on)


def _counts(groups: Groups, today: int, window: int | None) -> Flags:
    """Return whether each group binds its members on the day."""
    starts, ends, realised = groups.starts, groups.ends, groups.realised
    in_force = (ends == NEVER) | (today <= ends)
    begun = (starts == NEVER) | (starts <= today)
    kept = (groups.layer == SUPPORT) & (realised != NEVER) & (realised <= today)
    recent = np.ones(len(groups), dtype=bool)
    lately = np.ones(len(groups), dtype=bool)
    if window is not None:
        recent = (starts != NEVER) & (today - starts <= window)
        lately = today - realised <= window
    still = np.where(kept, lately | ((ends != NEVER) & (today <= ends)), in_force)
    return begun & np.where(groups.layer == ATTENDANCE, recent, still)


@dataclass(frozen=True, slots=True)
class _Members:
    """Who belongs to the groups that count: actors only, in order of place, each once a group."""

    group: Numbers
    """By member: the place of the group among those that count."""
    place: Numbers
    """By member: the place of the actor."""
    sizes: Numbers
    """By group."""


def _members(ids: Numbers, groups: Groups, counted: Numbers) -> _Members:
    sizes = groups.sizes[counted]
    group = np.repeat(np.arange(len(counted)), sizes)
    skip = np.repeat(groups.first[counted] - (np.cumsum(sizes) - sizes), sizes)
    member = groups.members[skip + np.arange(len(group))]
    place = np.searchsorted(ids, member)
    known = place < len(ids)
    known[known] = ids[place[known]] == member[known]
    keys = np.unique(group[known] * max(len(ids), 1) + place[known])
    group, place = keys // max(len(ids), 1), keys % max(len(ids), 1)
    return _Members(group, place, np.bincount(group, minlength=len(counted)))


def _shares(
    groups: Groups, counted: Numbers, sizes: Numbers, on: date, options: Options
) -> NDArray[np.float64]:
    """Return what each group adds to each of its pairs, without the weight of its layer."""
    layer, starts = groups.layer[counted], groups.starts[counted]
    shares = np.ones(len(counted))
    met = layer == ATTENDANCE
    if met.any():
        days, which = np.unique(starts[met], return_inverse=True)
        dated = [date.fromordinal(int(day)) for day in days if day != NEVER]
        # Once for each day in Python, whose powers are those of records to the last digit.
        weights = [ageing(on, day, options) for day in dated]
        if len(dated) < len(days):
            weights.insert(0, weights[0] if weights else 1.0)
        shares[met] = np.array(weights)[which]
    return np.where((layer != SUPPORT) & (sizes > 1), shares / np.maximum(sizes - 1, 1), shares)


def _pairs(
    groups: Groups,
    counted: Numbers,
    members: _Members,
    shares: NDArray[np.float64],
    today: int,
    count: int,
    options: Options,
) -> tuple[Pairs, Numbers]:
    """Return what is known of every pair, and the groups that prove them, pair by pair."""
    one, other, group = _combined(members)
    keys, pair = np.unique(one * np.int64(max(count, 1)) + other, return_inverse=True)
    total = len(keys)
    layer = groups.layer[counted]
    layers = np.full((total, len(LAYERS)), np.nan)
    strength = np.zeros(total)
    hard = np.zeros(total, dtype=bool)
    for number, name in enumerate(LAYERS):
        ours = layer[group] == number
        there = np.bincount(pair[ours], minlength=total) > 0
        summed = np.bincount(pair[ours], shares[group[ours]], minlength=total)
        layers[there, number] = summed[there]
        if there.any():
            strength += np.where(there, options.weights[name] * summed, 0.0)
        if number != ATTENDANCE:
            hard |= there
    works = hard | (strength >= options.working_attendance - NEAR_ENOUGH)
    kept = (layer == SUPPORT) & (groups.realised[counted] != NEVER)
    kept &= groups.realised[counted] <= today
    days = np.where(kept, groups.realised[counted], groups.starts[counted])
    contact = np.zeros(total, dtype=np.int64)
    np.maximum.at(contact, pair, days[group])
    last = np.cumsum(np.bincount(pair, minlength=total))
    first = np.concatenate([[0], last[:-1]]) if total else last
    # In order of the rows: tables are in order of name.
    rows = np.lexsort((groups.number[counted], groups.table[counted]))
    rank = np.empty(len(counted), dtype=np.int64)
    rank[rows] = np.arange(len(counted))
    proof = counted[group[np.argsort(pair * len(counted) + rank[group])]]
    places = (keys // max(count, 1)).astype(np.int32), (keys % max(count, 1)).astype(np.int32)
    return Pairs(*places, strength, works, layers, contact, first, last), proof


def _combined(members: _Members) -> tuple[Numbers, Numbers, Numbers]:
    """Return both ends of every pair of every group, and the group, in order of the groups."""
    sizes = members.sizes
    begins = np.cumsum(sizes) - sizes
    made = sizes * (sizes - 1) // 2
    into = np.cumsum(made) - made
    total = int(made.sum())
    one, other = np.zeros(total, dtype=np.int64), np.zeros(total, dtype=np.int64)
    for size in np.unique(sizes[sizes > 1]).tolist():
        which = np.flatnonzero(sizes == size)
        inside = members.place[begins[which][:, None] + np.arange(size)]
        left, right = np.triu_indices(size, 1)
        to = into[which][:, None] + np.arange(len(left))
        one[to], other[to] = inside[:, left], inside[:, right]
    return one, other, np.repeat(np.arange(len(sizes)), made)
