"""Taking facts away without touching what stays: the share of a group hangs on its size."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count

import networkx as nx

from graphs.build import network
from graphs.records import Actor, Commitment, Evidence, Facts, Options, Tie
from graphs.simulate.answers import Removal


def network_after(
    actors: Sequence[Actor],
    ties: Sequence[Tie],
    removal: Removal,
    facts: Facts,
    on: date,
    options: Options,
) -> nx.Graph:
    """Return the network of a day without what is removed, as a new graph.

    Notes
    -----
    A meeting of ten stays a meeting of ten for those who were there, whoever of them leaves
    afterwards. So organisations leave the finished graph; who leaves a group only is replaced
    in it by a stand-in that leaves the finished graph as well; and a group that goes as a whole
    loses its members but keeps its day, by which events without one are aged.
    """
    stand_ins = count(min((one.id for one in actors), default=0) - 1, -1)
    added: list[int] = []
    left = list(_left(ties, removal, financed(removal, facts), on, stand_ins, added))
    extra = [Actor(one, "", "") for one in added]
    graph = network([*actors, *extra], left, on, options)
    graph.remove_nodes_from([*added, *removal.organisations])
    return graph


def financed(removal: Removal, facts: Facts) -> frozenset[Evidence]:
    """Return the rows that the removed programmes finance."""
    return frozenset(
        row for one in facts.programmes if one.id in removal.programmes for row in one.finances
    )


def lost_commitments(removal: Removal, facts: Facts, on: date) -> list[Commitment]:
    """Return the promises that are open on a day and will not be kept after the removal.

    A promise is open when it was made by that day, is neither cancelled nor kept in full, and
    is not past its due day.
    """
    rows = financed(removal, facts) if removal.since is None or on >= removal.since else ()
    return [
        one
        for one in facts.commitments
        if _is_open(one, on)
        and (
            one.giver in removal.organisations
            or one.receiver in removal.organisations
            or ("commitment", one.id) in rows
            or any((("commitment", one.id), end) in removal.memberships
                   for end in (one.giver, one.receiver))
        )
    ]  # fmt: skip


def _left(
    ties: Iterable[Tie],
    removal: Removal,
    rows: frozenset[Evidence],
    on: date,
    stand_ins: Iterator[int],
    added: list[int],
) -> Iterator[Tie]:
    """Yield the ties that are left, and note the stand-ins in them."""
    leaving: Mapping[Evidence, set[int]] = {row: set() for row, _ in removal.memberships}
    for row, one in removal.memberships:
        leaving[row].add(one)
    for tie in ties:
        if tie.evidence in rows and _ends(tie, removal.since, on):
            yield replace(tie, members=())
        elif gone := leaving.get(tie.evidence, set()).intersection(tie.members):
            swap = dict(zip(sorted(gone), stand_ins, strict=False))
            added += swap.values()
            yield replace(tie, members=tuple(swap.get(one, one) for one in tie.members))
        else:
            yield tie


def _ends(tie: Tie, since: date | None, on: date) -> bool:
    """Return whether a tie that a programme finances is gone, on a day after its end."""
    if since is None:
        return True
    if tie.layer == "attendance":
        return tie.starts is not None and tie.starts >= since
    if tie.layer == "support" and tie.realised is not None and tie.realised < since:
        return False
    return on >= since


def _is_open(one: Commitment, on: date) -> bool:
    """Return whether a promise is made and not yet kept on a day."""
    return (
        not one.cancelled
        and (one.promised is None or one.promised <= on)
        and (one.realised is None or one.realised > on)
        and (one.due is None or one.due >= on)
    )
