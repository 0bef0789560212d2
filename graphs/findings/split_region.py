"""``split-region``: the engaged organisations of a region fall into several components."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np

from graphs.arrays.meeting import meeting
from graphs.findings.ground import Ground
from graphs.findings.paths import Map
from graphs.measures.cuts import pairs_of
from graphs.places import province_of
from graphs.records import Finding, Step

CODE = "split-region"


def find(ground: Ground, ways: Map) -> Iterator[Finding]:
    """Yield one finding per region whose engaged organisations are not all connected.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    graphs.index.synergies : Cohesion, in the same graph.
    """
    for region, parts in _split(ground, ways):
        counted = sum(len(part) for part in parts)
        connected = sum(pairs_of(len(part)) for part in parts)
        who, to, through, steps = _nearest(ground, ways, parts)
        yield ground.finding(
            CODE,
            region,
            1 - connected / pairs_of(counted),
            organisations=(one for part in parts[1:] for one in part),
            evidence=ground.proof(who, through) + ground.proof(to, through),
            values={
                "parts": len(parts),
                "largest": len(parts[0]),
                "engaged": counted,
                "steps": steps,
            },
            step=Step("connect", who=who, to=to, through=through),
            of_region=True,
        )


def _split(ground: Ground, ways: Map) -> Iterator[tuple[str, list[list[int]]]]:
    """Yield the regions of several parts and their engaged organisations, the largest part first.

    All at once; :func:`graphs.plans.parts.parts_of` is the same for one, in plain Python.
    """
    blocks = ways.blocks(
        [
            (ground.members[one], ground.connectors.get(province_of(ground.places, one) or "", ()))
            for one in ground.regions
        ]
    )
    active = np.fromiter(map(ground.engaged.__contains__, ways.ids.tolist()), dtype=bool)
    trees = ways.trees(blocks, blocks.counted & active[blocks.organisation])
    counted = np.flatnonzero(trees.own)
    block = blocks.block[trees.order[counted]]
    names = ways.ids[blocks.organisation[trees.order[counted]]]
    order = np.lexsort((names, trees.part[counted], block))
    rows = zip(*(one[order].tolist() for one in (block, trees.part[counted], names)), strict=True)
    for number, ours in groupby(rows, key=itemgetter(0)):
        parts = [[row[2] for row in part] for _, part in groupby(ours, key=itemgetter(1))]
        if len(parts) > 1:
            yield ground.regions[number], sorted(parts, key=lambda part: (-len(part), part))


def _nearest(
    ground: Ground, ways: Map, parts: Sequence[Sequence[int]]
) -> tuple[int | None, int | None, int | None, int | None]:
    """Return two organisations of different parts with the fewest steps between, and the way.

    Where no way leads, the best connected of the two largest parts have to start from nothing.
    """
    owner = np.full(len(ways.ids), -1, dtype=np.int32)
    for number, part in enumerate(parts):
        owner[ways.places(part)] = number
    met = meeting(ways.ties.indptr, ways.ties.indices, owner)
    if met is None:
        return ground.hub(parts[0]), ground.hub(parts[1]), None, None
    who, to, mine, yours = ways.ids[list(met.ends)].tolist()
    return who, to, mine if mine != who else yours, met.steps
