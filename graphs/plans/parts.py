"""Into which parts a region falls, one region at a time, as plans look into a few of them."""

from collections.abc import Sequence

from graphs.findings.ground import Ground, Partners
from graphs.places import province_of


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


def tied_within(ground: Ground, members: Sequence[int]) -> dict[int, list[int]]:
    """Return the working partners of organisations among themselves."""
    inside = set(members)
    return {one: [other for other in ground.partners[one] if other in inside] for one in members}


def parts_without(tied: dict[int, list[int]], broker: int) -> list[list[int]]:
    """Return the parts that only a broker holds together, the largest first."""
    others = tied.keys() - {broker}
    seen: set[int] = set()
    parts = []
    for start in tied[broker]:
        if start not in seen:
            part = reached(tied, start, others)
            seen |= part
            parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part))
