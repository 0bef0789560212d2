"""Organisations that may be the same one under another name."""

from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlalchemy import or_, select

from crm.db import db
from crm.stakeholders import names
from crm.stakeholders.models import Stakeholder

ENOUGH = 78.0
"""From this likeness on, out of 100, a name is shown as possibly the same."""


@dataclass(frozen=True)
class Match:
    """One organisation that a name may mean."""

    stakeholder: Stakeholder
    score: float
    """0-100; 100: the same name."""


def to(name: str, *, region_code: str | None = None, limit: int = 5) -> list[Match]:
    """Return the organisations most like a name, best first."""
    key = names.key(name)
    if len(key) < 4:
        return []
    longest = sorted(key.split(), key=len, reverse=True)[:3]
    query = (
        select(Stakeholder)
        .where(
            Stakeholder.merged_into_id.is_(None),
            or_(*(Stakeholder.search_text.contains(word, autoescape=True) for word in longest)),
        )
        .limit(2_000)
    )
    scored = [
        Match(one, max(likeness(key, other) for other in one.search_text.split("\n")))
        for one in db.session.scalars(query)
    ]
    good = [match for match in scored if match.score >= ENOUGH]
    return sorted(good, key=lambda match: (-match.score, match.stakeholder.name))[:limit]


def likeness(one: str, other: str) -> float:
    """Return how alike two compared names are, 0-100; 0 where the guard says they differ."""
    return float(fuzz.token_sort_ratio(one, other))
