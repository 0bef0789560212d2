"""``fragile-bridge``: one tie of one kind is all that holds two sides together."""

from collections.abc import Iterator

from graphs.arrays.forest import forest
from graphs.findings.ground import Ground
from graphs.findings.paths import Map
from graphs.records import Finding, Step

CODE = "fragile-bridge"

LEAST = 3
"""Organisations on the smaller side: fewer are a matter of these organisations, not of a side."""

HALF = 0.5
"""Nothing is lost yet."""


def find(ground: Ground, ways: Map, least: float = LEAST) -> Iterator[Finding]:
    """Yield one finding per bridge of the whole network that has one layer and two real sides.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    graphs.measures.bridges : All bridges.
    """
    trees = forest(ways.ties.indptr, ways.ties.indices)
    for place in trees.bridges.tolist():
        below, whole = int(trees.size[place]), int(trees.size[trees.roots[trees.part[place]]])
        smaller = min(below, whole - below)
        ends = [int(ways.ids[trees.order[at]]) for at in (place, trees.above[place])]
        if below > whole - below:
            ends.reverse()
        inner, outer = ends
        data = ground.tie(inner, outer)
        layers = data.get("layers", {})
        looked_at, region = ground.home(ground.region(inner), ground.region(outer))
        if smaller < least or len(layers) > 1 or not looked_at:
            continue
        last = data.get("last_contact")
        yield ground.finding(
            CODE,
            region,
            HALF * smaller / (smaller + least),
            organisations=sorted(ends),
            evidence=ground.proof(inner, outer),
            values={
                "smaller": smaller,
                "larger": whole - smaller,
                "layer": next(iter(layers), None),
                "strength": ground.strength(inner, outer),
                "last_contact": last.isoformat() if last else None,
            },
            step=Step(
                "second_tie",
                who=_partner(ground, inner, outer),
                to=_partner(ground, outer, inner),
                through=outer,
            ),
        )


def _partner(ground: Ground, one: int, other: int) -> int | None:
    """Return who on the same side could carry a second tie: the best connected partner."""
    return ground.hub(partner for partner in ground.partners[one] if partner != other)
