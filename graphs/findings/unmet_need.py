"""``unmet-need``: an organisation needs something, and nobody has promised it."""

from collections import Counter
from collections.abc import Iterator

from graphs.findings.ground import Ground
from graphs.findings.offers import Offers, in_time, where
from graphs.findings.paths import Map, before, count, steps_from
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
    needs: list[tuple[Resource, str | None]] = []
    for one in sorted(facts.resources, key=lambda one: one.id):
        if one.side != "need" or one.organisation not in ground.partners:
            continue
        looked_at, region = ground.home(where(ground, one))
        if looked_at and in_time(one, ground) and one.commitment not in promised:
            needs.append((one, region))
    offers = Offers(ground, ways, facts)
    per_organisation = Counter(one.organisation for one, _ in needs)
    sets = [[one.organisation] for one, _ in needs]
    for (one, region), steps in zip(needs, steps_from(ways, sets), strict=True):
        giving = offers.of([one.kind], without=[one.organisation])
        offer = offers.nearest(giving, steps, where(ground, one))
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
                "offers": offers.organisations(giving),
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
