"""``unlinked-sectors``: two sectors engaged in a region, and no working tie between them there."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from graphs.findings.ground import Ground
from graphs.findings.paths import Map, before, count, start_of, steps_from
from graphs.records import SECTORS, Finding, Step

CODE = "unlinked-sectors"

HALF = 0.5
"""Both sectors are at the table already: half of what a missing sector costs."""


def find(ground: Ground, ways: Map) -> Iterator[Finding]:
    """Yield one finding per region and pair of engaged sectors without a tie between them.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    """
    searches: list[tuple[str, dict[str, list[int]], str, list[str], int]] = []
    for region in ground.regions:
        there = ground.by_sector(ground.engaged_of(region))
        open_pairs = _unlinked(ground, region, [one for one in SECTORS if one in there])
        others: dict[str, list[str]] = defaultdict(list)
        for one, other in open_pairs:
            others[one].append(other)
        searches += [(region, there, one, to, len(open_pairs)) for one, to in others.items()]
    sets = [there[one] for _, there, one, _, _ in searches]
    for (region, there, one, to, total), steps in zip(
        searches, steps_from(ways, sets), strict=True
    ):
        for other in to:
            step = _introduction(ground, ways, steps, there[one], there[other])
            assert step.to is not None
            yield ground.finding(
                CODE,
                region,
                HALF / total,
                sectors=(one, other),
                organisations=sorted(there[one] + there[other]),
                evidence=ground.proof(step.who, step.through) + ground.proof(step.to, step.through),
                values={
                    "unlinked": total,
                    "first": len(there[one]),
                    "second": len(there[other]),
                    "steps": count(steps, ways.at[step.to]),
                },
                step=step,
            )


def _unlinked(ground: Ground, region: str, sectors: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs of these sectors between which no organisations of the region are tied."""
    inside = set(ground.members[region])
    linked = {
        (ground.sector(one), ground.sector(other))
        for one in inside
        for other in ground.partners[one]
        if other in inside
    }
    return [pair for pair in combinations(sectors, 2) if pair not in linked]


def _introduction(
    ground: Ground, ways: Map, steps: NDArray[np.int16], first: list[int], second: list[int]
) -> Step:
    """Return the pair with the fewest steps between, and who on the way knows the second."""
    nearest = min(int(steps[ways.at[one]]) for one in second)
    to = ground.hub(one for one in second if steps[ways.at[one]] == nearest)
    assert to is not None
    through = before(ground, ways, steps, to)
    if through is None:
        return Step("introduce", who=ground.hub(first), to=to)
    return Step("introduce", who=start_of(ground, ways, steps, to), to=to, through=through)
