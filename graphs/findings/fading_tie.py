"""``fading-tie``: no contact for long between two partners, one of whom has few others."""

from collections.abc import Iterator

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
    totals = {
        one: sum(ground.strength(one, other) for other in known)
        for one, known in ground.partners.items()
    }
    for one, known in sorted(ground.partners.items()):
        for other in known:
            data = ground.graph.edges[one, other]
            last = data.get("last_contact")
            age = (ground.on - last).days if last else 0
            if one > other or age <= days:
                continue
            strength = ground.strength(one, other)
            who = min((one, other), key=lambda end: (totals[end], end))
            carried = strength / totals[who] if totals[who] else 0.0
            looked_at, region = ground.home(ground.region(one), ground.region(other))
            if carried < share - TOLERANCE or not looked_at:
                continue
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
