"""``split-region``: the engaged organisations of a region fall into several components."""

from collections.abc import Iterator, Sequence

from graphs.findings.ground import Ground, Partners
from graphs.measures.cuts import pairs_of
from graphs.places import province_of
from graphs.records import Finding, Step

CODE = "split-region"


def find(ground: Ground) -> Iterator[Finding]:
    """Yield one finding per region whose engaged organisations are not all connected.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    graphs.index.synergies : Cohesion, in the same graph.
    """
    for region in ground.regions:
        parts = parts_of(ground, region)
        if len(parts) < 2:
            continue
        counted = sum(len(part) for part in parts)
        connected = sum(pairs_of(len(part)) for part in parts)
        who, to, through, steps = _nearest(ground, parts)
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


def around_of(ground: Ground, region: str) -> set[int]:
    """Return a region's organisations and, as for cohesion, those of its province that connect."""
    province = province_of(ground.places, region)
    return set(ground.members[region]).union(ground.connectors.get(province or "", ()))


def parts_of(ground: Ground, region: str) -> list[list[int]]:
    """Return the engaged organisations of a region by component, the largest part first."""
    around = around_of(ground, region)
    counted = set(ground.engaged_of(region))
    waiting = set(counted)
    parts: list[list[int]] = []
    while waiting:
        part = reached(ground.partners, waiting.pop(), around) & counted
        waiting -= part
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part))


def reached(partners: Partners, start: int, around: set[int]) -> set[int]:
    """Return the component of an organisation among those around it."""
    seen, front = {start}, [start]
    while front:
        for other in partners[front.pop()]:
            if other in around and other not in seen:
                seen.add(other)
                front.append(other)
    return seen


def _nearest(
    ground: Ground, parts: Sequence[Sequence[int]]
) -> tuple[int | None, int | None, int | None, int | None]:
    """Return two organisations of different parts with the fewest steps between, and the way.

    All parts grow by one step at a time through the whole network until two meet. Where none
    can, the best connected of the two largest parts have to start from nothing.
    """
    owner = {one: part for part, ones in enumerate(parts) for one in ones}
    steps = dict.fromkeys(owner, 0)
    origin = {one: one for one in owner}
    front = sorted(owner)
    while len({owner[one] for one in front}) > 1:
        meetings, reached_now = [], []
        for one in front:
            for other in ground.partners[one]:
                if other not in owner:
                    owner[other], origin[other] = owner[one], origin[one]
                    steps[other] = steps[one] + 1
                    reached_now.append(other)
                elif owner[other] != owner[one]:
                    way = steps[one] + steps[other] + 1
                    meetings.append((way, origin[one], origin[other], one, other))
        if meetings:
            way, who, to, mine, yours = min(meetings)
            return who, to, mine if mine != who else yours, way
        front = sorted(reached_now)
    return ground.hub(parts[0]), ground.hub(parts[1]), None, None
