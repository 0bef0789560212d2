"""``fading-tie``: no contact for long between two partners, one of whom has few others."""

from collections.abc import Iterator

import numpy as np

from graphs.arrays import Compact
from graphs.arrays.columns import NEVER
from graphs.findings.ground import Ground
from graphs.records import Finding, Step

CODE = "fading-tie"

DAYS = 365
"""Since the last contact."""

SHARE = 0.5
"""Of the strength of all working ties of one end. Who keeps more than it loses is not being lost;
five who met once, long ago, would be ten findings with a quarter, and none of them hangs on one."""

FULL = 0.4
"""What an organisation without any tie left counts: the tie of one that has no other, after twice
the days."""

TOLERANCE = 1e-9


def find(ground: Ground, days: float = DAYS, share: float = SHARE) -> Iterator[Finding]:
    """Yield one finding per working tie that carries much of one end and grows old.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    """
    totals = _totals(ground)
    for one, other in _old(ground, days):
        strength = ground.strength(one, other)
        who = min((one, other), key=lambda end: (totals[end], end))
        carried = strength / totals[who] if totals[who] else 0.0
        if carried < share - TOLERANCE:
            continue
        looked_at, region = ground.home(ground.region(one), ground.region(other))
        if looked_at:
            data = ground.tie(one, other)
            last = data["last_contact"]
            age = (ground.on - last).days
            yield ground.finding(
                CODE,
                region,
                FULL * min(carried, 1.0) * min(1.0, age / (2 * days)),
                organisations=(one, other),
                evidence=ground.proof(one, other),
                values={
                    "last_contact": last.isoformat(),
                    "days": age,
                    "strength": strength,
                    "share": carried,
                    "layers": "+".join(data.get("layers", {})),
                },
                step=Step("call", who=who, to=other if who == one else one),
            )


def _totals(ground: Ground) -> dict[int, float]:
    """Return the strength of all working ties of everybody."""
    graph = ground.graph
    if isinstance(graph, Compact):
        pairs = graph.working.pairs
        ends = np.concatenate([pairs.one, pairs.other])
        strengths = np.concatenate([pairs.strength, pairs.strength])
        summed = np.bincount(ends, strengths, len(graph)).tolist()
        return dict(zip(graph.nodes_in_order, summed, strict=True))
    return {
        one: sum(ground.strength(one, other) for other in known)
        for one, known in ground.partners.items()
    }


def _old(ground: Ground, days: float) -> Iterator[tuple[int, int]]:
    """Yield the working ties whose last contact is longer ago, in order."""
    graph = ground.graph
    if isinstance(graph, Compact):
        pairs, today = graph.pairs, ground.on.toordinal()
        old = pairs.works & (pairs.contact != NEVER) & (today - pairs.contact > days)
        ones, others = (graph.actors.ids[ends[old]].tolist() for ends in (pairs.one, pairs.other))
        yield from zip(ones, others, strict=True)
        return
    for one, known in sorted(ground.partners.items()):
        for other in known:
            last = graph.edges[one, other].get("last_contact")
            if one < other and last and (ground.on - last).days > days:
                yield one, other
