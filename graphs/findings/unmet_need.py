"""``unmet-need``: an organisation needs something, and nobody has promised it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graphs.findings.ground import Ground
from graphs.findings.paths import Map, before, count, steps_from
from graphs.places import path, province_of
from graphs.records import Facts, Finding, Resource, Step

CODE = "unmet-need"

OPEN = 0.4
"""As much as an organisation that is being lost; the needs of one organisation share it."""


def find(ground: Ground, ways: Map, facts: Facts) -> Iterator[Finding]:
    """Yield one finding per need on the day without a promise that is not cancelled.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    """
    promised = {one.id for one in facts.commitments if not one.cancelled}
    offers: dict[str, list[Resource]] = defaultdict(list)
    needs: list[tuple[Resource, str | None]] = []
    for one in sorted(facts.resources, key=lambda one: one.id):
        if one.organisation not in ground.partners or not in_time(one, ground.on):
            continue
        if one.side == "offer":
            offers[one.kind].append(one)
        elif one.commitment not in promised:
            looked_at, region = ground.home(where(ground, one))
            if looked_at:
                needs.append((one, region))
    per_organisation = Counter(one.organisation for one, _ in needs)
    sets = [[one.organisation] for one, _ in needs]
    for (one, region), steps in zip(needs, steps_from(ways, sets), strict=True):
        giving = [two for two in offers[one.kind] if two.organisation != one.organisation]
        offer = nearest(ground, ways, steps, giving, where(ground, one))
        who = offer.organisation if offer else None
        through = before(ground, ways, steps, who) if who is not None else None
        row = ("resource", one.id)
        evidence = [row]
        if offer:
            evidence.append(("resource", offer.id))
        yield ground.finding(
            CODE,
            region,
            OPEN / per_organisation[one.organisation],
            organisations=(one.organisation,),
            evidence=evidence,
            values={
                "kind": one.kind,
                "needs": per_organisation[one.organisation],
                "offers": len({two.organisation for two in giving}),
                "steps": count(steps, ways.at[who]) if who is not None else None,
                "since": one.starts.isoformat() if one.starts else None,
            },
            step=Step(
                "ask",
                who=who,
                to=one.organisation,
                through=None if through == one.organisation else through,
                about=("resource", offer.id) if offer else None,
            ),
            row=row,
        )


def where(ground: Ground, one: Resource) -> str | None:
    """Return where something is needed or offered: there, or where the organisation lies."""
    return one.region or ground.region(one.organisation)


def in_time(one: Resource, on: date) -> bool:
    """Return whether a need or an offer holds on the day."""
    return (one.starts is None or one.starts <= on) and (one.ends is None or on <= one.ends)


def nearest(
    ground: Ground,
    ways: Map,
    steps: NDArray[np.int16],
    offers: Sequence[Resource],
    region: str | None,
) -> Resource | None:
    """Return the nearest offer: fewest steps, then same region, same province, elsewhere."""
    province = province_of(ground.places, region)

    def order(one: Resource) -> tuple[int, int, int]:
        place = where(ground, one)
        if region is not None and region in path(ground.places, place):
            away = 0
        else:
            away = 1 if province_of(ground.places, place) == province else 2
        return int(steps[ways.at[one.organisation]]), away, one.id

    return min(offers, key=order, default=None)
