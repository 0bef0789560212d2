"""``single-broker``: one organisation holds a region, or the whole network, together."""

from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray

from graphs.arrays.forest import Forest
from graphs.findings.ground import Ground
from graphs.findings.paths import Map
from graphs.measures.cuts import pairs_of
from graphs.records import Finding, Step

CODE = "single-broker"

RISE = 0.05
"""From this rise of fragmentation on, one exit is a finding."""

TOLERANCE = 1e-9


def find(ground: Ground, ways: Map, threshold: float = RISE) -> Iterator[Finding]:
    """Yield one finding per region, and for the whole network, and organisation it depends on.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    graphs.measures.fragmentation_after_exit : F without each organisation.
    """
    regions = [*ground.regions, None]
    everybody = sorted(ground.partners)
    groups = [everybody if one is None else ground.members[one] for one in regions]
    blocks = ways.blocks([(members, ()) for members in groups])
    trees = ways.trees(blocks, np.ones(len(blocks.organisation), dtype=bool))
    found = blocks.fragmentation(trees)
    names = ways.ids[blocks.organisation[trees.order]]
    block = blocks.block[trees.order]
    # F also rises when one of few connected organisations leaves and separates nobody: fewer
    # pairs, but no broker.
    brokers = np.flatnonzero(found.falls(threshold - TOLERANCE))
    for at in brokers[np.lexsort((names[brokers], block[brokers]))].tolist():
        numbers = float(found.now[at]), float(found.without[at]), int(found.size[at])
        parts = _parts(trees, at, names)
        yield _finding(ground, regions[block[at]], int(names[at]), parts, *numbers)


def _parts(trees: Forest, broker: int, names: NDArray[np.int64]) -> list[list[int]]:
    """Return the parts that only a broker holds together, the largest first."""
    first = trees.roots[trees.part[broker]]
    apart = np.zeros(trees.size[first], dtype=bool)
    apart[broker - first] = True
    parts = []
    child, end = broker + 1, broker + trees.size[broker]
    while child < end:
        last = child + trees.size[child]
        if trees.low[child] >= broker:
            parts.append(sorted(names[child:last].tolist()))
            apart[child - first : last - first] = True
        child = last
    rest = names[first : first + len(apart)][~apart].tolist()
    parts += [sorted(rest)] if rest else []
    return sorted(parts, key=lambda part: (-len(part), part))


def _finding(
    ground: Ground,
    region: str | None,
    broker: int,
    parts: list[list[int]],
    now: float,
    after: float,
    total: int,
) -> Finding:
    """Return the finding with the tie that relieves its broker most.

    A tie between two of the parts saves as many pairs as the product of their sizes: the two
    largest. The broker itself can introduce its own partners to each other.
    """
    who, to = (_partner(ground, broker, part) for part in parts[:2])
    relieved = after - len(parts[0]) * len(parts[1]) / pairs_of(total - 1)
    return ground.finding(
        CODE,
        region,
        after - now,
        organisations=(broker,),
        evidence=ground.proof(broker, who) + ground.proof(broker, to),
        values={
            "rise": after - now,
            "fragmentation": now,
            "without": after,
            "relieved": relieved,
            "parts": len(parts),
            "largest": len(parts[0]),
            "cut_off": sum(len(part) for part in parts[1:]),
            "organisations_in_graph": total,
        },
        step=Step("relieve", who=who, to=to, through=broker),
    )


def _partner(ground: Ground, broker: int, part: Collection[int]) -> int | None:
    """Return the best connected partner of a broker in one of its parts."""
    known = set(ground.partners[broker])
    return ground.hub(one for one in part if one in known)
