"""``overdue-commitment``: support was promised until a day that has passed, and did not come."""

from collections.abc import Iterator

from graphs.findings.ground import Ground
from graphs.records import Facts, Finding, Step

CODE = "overdue-commitment"

BROKEN = 0.4
"""A promise a year late: trust built once is being lost, as with an organisation that we met."""

YEAR = 365


def find(ground: Ground, facts: Facts) -> Iterator[Finding]:
    """Yield one finding per promise past its due day that was neither kept nor cancelled.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    """
    for one in sorted(facts.commitments, key=lambda one: one.id):
        ends = (one.giver, one.receiver)
        if one.cancelled or one.due is None or any(end not in ground.partners for end in ends):
            continue
        kept = one.realised is not None and one.realised <= ground.on
        late = (ground.on - one.due).days
        # It is the receiver's loss; that of a ministry is a matter of the giver's region.
        code = ground.region(one.receiver) or ground.region(one.giver)
        looked_at, region = ground.home(code)
        if kept or late <= 0 or not looked_at:
            continue
        row = ("commitment", one.id)
        yield ground.finding(
            CODE,
            region,
            BROKEN * lateness(late) * (0.5 if one.partly else 1.0),
            organisations=ends,
            evidence=[row],
            values={
                "kind": one.kind,
                "due": one.due.isoformat(),
                "days": late,
                "value": one.value,
                "partly": int(one.partly),
            },
            step=Step("remind", who=one.giver, to=one.receiver, about=row),
            row=row,
        )


def lateness(days: int) -> float:
    """Return how much a delay weighs: a half from the first day, all of it after a year.

    >>> lateness(0), lateness(365), lateness(1000)
    (0.5, 1.0, 1.0)
    """
    return 0.5 + 0.5 * min(1.0, days / YEAR)
