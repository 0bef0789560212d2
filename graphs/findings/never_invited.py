"""``never-invited``: it could close an open finding, and nobody ever asked it to come."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from graphs.arrays.columns import NEVER
from graphs.arrays.known import Invitations
from graphs.findings.ground import Ground
from graphs.places import path
from graphs.records import Facts, Finding, Gathering, Step

CODE = "never-invited"

WINDOW = 730
"""Days in which nobody invited it."""

HALF = 0.5
"""An invitation is half of the way: they still have to come."""

CLOSING = {"approach", "introduce", "connect"}
"""Steps that bring whom they name to the table, and close the finding. Whom ``seek`` names lies
elsewhere and cannot; an organisation without any tie has a finding of its own, which says who
visits it."""


def find(
    ground: Ground, facts: Facts, found: Iterable[Finding], days: float = WINDOW
) -> Iterator[Finding]:
    """Yield one finding per organisation that a next step names and nobody invited.

    Parameters
    ----------
    ground : Ground
    facts : Facts
    found : iterable of Finding
        The open ones, with the step that would close each.
    days : float
        How far back to look for an invitation, or for attendance without one.

    See Also
    --------
    graphs.findings.find : The other arguments, the order, and all codes.
    """
    asked = _last_asked(facts)
    for one, closes in sorted(closed_by(found).items()):
        last = asked.get(one)
        attended = one in ground.attended
        if attended or (last is not None and (ground.on - last).days <= days):
            continue
        worst = min(closes, key=lambda finding: (-finding.severity, finding.key))
        event = _next(ground, facts, worst.region)
        assert worst.step is not None
        yield ground.finding(
            CODE,
            worst.region,
            HALF * worst.impact,
            organisations=(one,),
            evidence=[("event", event.id)] if event else [],
            values={
                "closes": len(closes),
                "code": worst.code,
                "severity": worst.severity,
                "last_invited": last.isoformat() if last else None,
                "event_day": event.day.isoformat() if event and event.day else None,
            },
            step=Step(
                "invite",
                who=one,
                through=worst.step.through,
                about=("event", event.id) if event else None,
            ),
        )


def closed_by(found: Iterable[Finding]) -> dict[int, list[Finding]]:
    """Return the findings that each organisation named by their steps could close."""
    closes: dict[int, list[Finding]] = defaultdict(list)
    for finding in found:
        step = finding.step
        if step is not None and step.kind in CLOSING:
            for one in dict.fromkeys((step.who, step.to)):
                if one is not None:
                    closes[one].append(finding)
    return closes


def _last_asked(facts: Facts) -> dict[int, date]:
    """Return the last day for which each organisation was invited, up to the future."""
    asked = Invitations.of(facts.invitations)
    known = asked.day != NEVER
    ones, which = np.unique(asked.organisation[known], return_inverse=True)
    last = np.zeros(len(ones), dtype=np.int64)
    np.maximum.at(last, which, asked.day[known])
    return dict(zip(ones.tolist(), map(date.fromordinal, last.tolist()), strict=True))


def _next(ground: Ground, facts: Facts, region: str | None) -> Gathering | None:
    """Return the next event of a region, else of what it lies in, else of the whole country."""
    rank = {code: at for at, code in enumerate(path(ground.places, region))}
    coming = [
        (rank.get(one.region or "", len(rank)), one.day, one.id, one)
        for one in facts.gatherings
        if one.day is not None
        and one.day >= ground.on
        and (one.region is None or one.region in rank)
    ]
    return min(coming, default=(0, None, 0, None), key=lambda item: item[:3])[3]
