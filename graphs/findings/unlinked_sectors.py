"""``unlinked-sectors``: two sectors engaged in a region, and no working tie between them there."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from graphs.findings.ground import Ground
from graphs.findings.paths import Map, before, count, start_of, steps_from
from graphs.places import path
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
    linked = _linked(ground)
    searches: list[tuple[str, dict[str, list[int]], str, list[str], int]] = []
    for region in ground.regions:
        there = ground.by_sector(ground.engaged_of(region))
        pairs = combinations([one for one in SECTORS if one in there], 2)
        open_pairs = [pair for pair in pairs if pair not in linked[region]]
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


def _linked(ground: Ground) -> dict[str, set[tuple[str | None, str | None]]]:
    """Return the pairs of sectors between which organisations of each region are tied."""
    home, sector = ground.homes, ground.sectors
    kinds = {
        (home[one], sector[one], home[other], sector[other])
        for one, partners in ground.partners.items()
        for other in partners
    }
    inside = {code: set(path(ground.places, code)) for code in {kind[0] for kind in kinds}}
    linked: dict[str, set[tuple[str | None, str | None]]] = defaultdict(set)
    for here, first, there, second in kinds:
        for region in inside[here] & inside[there]:
            linked[region].add((first, second))
    return linked


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
