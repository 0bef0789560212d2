"""``overdue-action``: we said we would do something until a day that has passed."""

from collections.abc import Iterator

from graphs.findings.ground import Ground
from graphs.findings.overdue_commitment import lateness
from graphs.records import Facts, Finding, Step

CODE = "overdue-action"

OWED = 0.2
"""Half of a partner's broken promise: it lies in our own hands."""


def find(ground: Ground, facts: Facts) -> Iterator[Finding]:
    """Yield one finding per follow-up past its due day that is neither done nor cancelled.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    """
    for one in sorted(facts.actions, key=lambda one: one.id):
        done = one.done is not None and one.done <= ground.on
        if one.cancelled or done or one.due is None or one.due >= ground.on:
            continue
        known = one.organisation if one.organisation in ground.partners else None
        code = one.region or (ground.region(known) if known is not None else None)
        looked_at, region = ground.home(code)
        if not looked_at:
            continue
        late = (ground.on - one.due).days
        row = ("follow_up", one.id)
        yield ground.finding(
            CODE,
            region,
            OWED * lateness(late),
            organisations=() if known is None else (known,),
            evidence=[row],
            values={"due": one.due.isoformat(), "days": late},
            step=Step("finish", who=known, owner=one.owner, about=row),
            row=row,
        )
