"""``isolated-stakeholder``: an organisation that we know, with no working tie on the day."""

from collections.abc import Iterator

from graphs.findings.ground import Ground
from graphs.places import path, province_of
from graphs.records import Finding, Step

CODE = "isolated-stakeholder"

MET = 0.4
"""Somebody met it: trust was built and is being lost."""
KNOWN = 0.2
"""It is only known: nothing is lost yet, but nothing is won either."""


def find(ground: Ground) -> Iterator[Finding]:
    """Yield one finding per organisation without a working tie, in the region nearest to it.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    """
    hubs: dict[str | None, int | None] = {}
    for one in sorted(ground.partners):
        if ground.partners[one]:
            continue
        code = ground.homes[one]
        region = next((step for step in path(ground.places, code) if step in ground.members), None)
        if region is None and code is not None:
            continue
        met = ground.acquaintances(one)
        attended = one in ground.attended
        last = ground.last_contact(one, met[0]) if met else None
        yield ground.finding(
            CODE,
            region,
            MET if met or attended else KNOWN,
            organisations=(one,),
            evidence=ground.proofs(one) if met else (),
            values={
                "met": met[0] if met else None,
                "acquaintances": len(met),
                "strength": ground.strength(one, met[0]) if met else None,
                "last_contact": last.isoformat() if last else None,
                "attended": int(attended),
            },
            step=_visit(ground, one, region, met, hubs),
        )


def _visit(
    ground: Ground,
    one: int,
    region: str | None,
    met: list[int],
    hubs: dict[str | None, int | None],
) -> Step:
    """Return who should visit: the strongest acquaintance with partners of its own, else a hub.

    Who met the organisation before can announce the visit. Hubs are kept by region: nobody who
    is visited has partners, so they are the same for all.
    """
    partnered = [other for other in met if ground.partners[other]]
    if partnered:
        return Step("visit", who=one, to=partnered[0])
    if region not in hubs:
        hubs[region] = _hub(ground, region)
    return Step("visit", who=one, to=hubs[region], through=met[0] if met else None)


def _hub(ground: Ground, region: str | None) -> int | None:
    """Return the hub of a region, else of its province, else of all organisations."""
    home = province_of(ground.places, region)
    circles = (
        ground.members[region] if region is not None else (),
        ground.connectors.get(home or "", ()),
        ground.partners,
    )
    for circle in circles:
        to = ground.hub(other for other in circle if ground.partners[other])
        if to is not None:
            return to
    return None
