"""``expiring-agreement``: an agreement ends soon, and no other one takes its place."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from graphs.findings.ground import Ground
from graphs.records import Agreement, Facts, Finding, Step

CODE = "expiring-agreement"

DAYS = 90
"""Until its end: how long the offices of a province need to renew a paper."""

HALF = 0.5
"""On the last day. The strongest kind of tie ends, but its people still know each other."""


def find(ground: Ground, facts: Facts, days: float = DAYS) -> Iterator[Finding]:
    """Yield one finding per agreement in force that ends soon and has no successor.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    """
    papers: dict[int, list[Agreement]] = defaultdict(list)
    for one in facts.agreements:
        for party in one.parties:
            papers[party].append(one)
    for one in sorted(facts.agreements, key=lambda one: one.id):
        parties = sorted({party for party in one.parties if party in ground.partners})
        if len(parties) < 2 or one.ends is None or not _in_force(one, ground.on):
            continue
        left = (one.ends - ground.on).days
        looked_at, region = ground.home(*(ground.region(party) for party in parties))
        if left > days or not looked_at or _continued(one, papers[parties[0]], parties, days):
            continue
        who = ground.hub(parties)
        row = ("agreement", one.id)
        yield ground.finding(
            CODE,
            region,
            HALF * (1 - left / (2 * days)),
            organisations=parties,
            evidence=[row],
            values={"ends": one.ends.isoformat(), "days": left, "parties": len(parties)},
            step=Step(
                "renew",
                who=who,
                to=ground.hub(party for party in parties if party != who),
                about=row,
            ),
            row=row,
        )


def _in_force(one: Agreement, on: date) -> bool:
    """Return whether an agreement has begun and not ended."""
    return (one.starts is None or one.starts <= on) and (one.ends is None or on <= one.ends)


def _continued(
    one: Agreement, others: Sequence[Agreement], parties: Sequence[int], days: float
) -> bool:
    """Return whether another paper binds the same parties without a break, and lasts longer."""
    assert one.ends is not None
    lasting = one.ends + timedelta(days=days)
    return any(
        other.id != one.id
        and set(parties) <= set(other.parties)
        and (other.starts is None or other.starts <= one.ends + timedelta(days=1))
        and (other.ends is None or other.ends > lasting)
        for other in others
    )
