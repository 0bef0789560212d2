"""``single-contact``: all contact with an organisation runs through one person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np

from graphs.arrays.columns import NEVER
from graphs.arrays.known import NOBODY, Encounters
from graphs.findings.ground import Ground
from graphs.records import Encounter, Facts, Finding, Post, Step

CODE = "single-contact"

LEAST = 2
"""Encounters with a name, from which on one and the same person is more than chance."""

WINDOW = 730
"""Days: who met them before may have left."""

ONE_SIDE, BOTH_SIDES = 0.2, 0.3
"""When that person leaves, an organisation we met is lost: 0.4. Half of it, as it has not
happened; three quarters where both ends hang on one person."""


def find(ground: Ground, facts: Facts, least: float = LEAST) -> Iterator[Finding]:
    """Yield one finding per organisation that one person of theirs, or of ours, knows alone.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    """
    met = _met(ground, Encounters.of(facts.encounters), least)
    posts: dict[int, list[Post]] = defaultdict(list)
    for post in facts.posts:
        if _held(post, ground.on):
            posts[post.organisation].append(post)
    for organisation, encounters in sorted(met.items()):
        theirs, ours = alone(encounters, least)
        looked_at, region = ground.home(ground.region(organisation))
        if (theirs is None and ours is None) or not looked_at:
            continue
        others = [post for post in posts[organisation] if post.person not in (None, theirs)]
        rows = (one.evidence for one in sorted(encounters, key=lambda one: one.evidence))
        yield ground.finding(
            CODE,
            region,
            BOTH_SIDES if theirs is not None and ours is not None else ONE_SIDE,
            organisations=(organisation,),
            evidence=(row for row in rows if row[0]),
            values={
                "theirs": theirs,
                "ours": ours,
                "encounters": len(encounters),
                "unnamed": sum(one.person is None for one in encounters),
                "posts": len(others),
                "last_contact": max(one.day for one in encounters if one.day).isoformat(),
            },
            step=Step(
                "second_contact",
                who=organisation,
                position=min((post.id for post in others), default=None),
                owner=ours,
            ),
        )


def _met(ground: Ground, met: Encounters, least: float) -> dict[int, list[Encounter]]:
    """Return the encounters of organisations of which one side is one person.

    In columns: of a hundred thousand encounters only those are made that may say something.
    """
    ago = ground.on.toordinal() - met.day
    counted = np.flatnonzero((met.day != NEVER) & (ago >= 0) & (ago <= WINDOW))
    alike: set[int] = set()
    for side in (met.person, met.ours):
        named = counted[side[counted] != NOBODY]
        pairs = np.stack([met.organisation[named], side[named]])
        ones, times = np.unique(pairs, axis=1, return_counts=True)
        organisations, first, persons = np.unique(ones[0], return_index=True, return_counts=True)
        alike.update(organisations[(persons == 1) & (times[first] >= least)].tolist())
    asked = np.array(sorted(alike & ground.partners.keys()), dtype=np.int64)
    found: dict[int, list[Encounter]] = defaultdict(list)
    for at in counted[np.isin(met.organisation[counted], asked)].tolist():
        found[int(met.organisation[at])].append(met[at])
    return found


def counts(one: Encounter, on: date) -> bool:
    """Return whether an encounter lies in the window."""
    return one.day is not None and 0 <= (on - one.day).days <= WINDOW


def alone(encounters: Sequence[Encounter], least: float) -> tuple[int | None, int | None]:
    """Return their and our only person, None for a side with several or with too few named."""
    return (
        _only((one.person for one in encounters), least),
        _only((one.ours for one in encounters), least),
    )


def _only(persons: Iterable[int | None], least: float) -> int | None:
    """Return the one person named in all encounters that name somebody."""
    named = [one for one in persons if one is not None]
    return named[0] if len(named) >= least and len(set(named)) == 1 else None


def _held(post: Post, on: date) -> bool:
    """Return whether a post is held by its person on the day."""
    return (post.starts is None or post.starts <= on) and (post.ends is None or on <= post.ends)
