"""The list of findings: what it shows, and what a download of it says."""

from sqlalchemy import Select, func, or_, select

from crm.db import db
from crm.gaps.sentences import Teller
from crm.gaps.words import FINDING_NAMES
from crm.language import _
from crm.network.found import findings_of
from crm.network.models import Analysis, StoredFinding
from crm.network.naming import ranks_naming
from crm.regions.models import Region
from crm.stakeholders import names
from crm.stakeholders.models import Sector
from crm.tables import Column


def found(
    analysis: Analysis,
    *,
    q: str = "",
    region: str | None = None,
    sector: Sector | None = None,
    code: str | None = None,
) -> Select[StoredFinding]:
    """Return the query of the findings of an analysis that fit the filters.

    ``q`` looks for each word in the names of regions, and in those of the organisations and posts
    that a finding and its next step name: other names and abbreviations as well.
    """
    query = findings_of(analysis, region)
    if code:
        query = query.where(StoredFinding.code == code)
    if sector:
        query = query.where(StoredFinding.sector_marks.contains(f"|{sector.value}|"))
    for word in names.search_words(q) or q.split():
        places = select(Region.code).where(Region.name.icontains(word, autoescape=True))
        naming = ranks_naming(analysis, word)
        query = query.where(
            or_(
                StoredFinding.region_code.in_(places),
                *(StoredFinding.rank.in_(ranks) for ranks in naming),
            )
        )
    return query


def count(analysis: Analysis, region: str | None) -> int:
    """Return how many findings a region has; without one, how many there are."""
    query = found(analysis, region=region).with_only_columns(func.count())
    return db.session.scalar(query) or 0


def columns(teller: Teller) -> list[Column]:
    """Return the columns; the teller keeps the names that its sentences need."""
    return [
        Column("rank", _("Severity"), StoredFinding.rank, lambda one: round(one.severity, 1), True),
        Column("finding", _("What is missing"), None, lambda one: teller.tell(one).sentence),
        Column("step", _("Next step"), None, lambda one: teller.tell(one).step, hidden=True),
        Column(
            "region", _("Region"), StoredFinding.region_code, lambda one: teller.tell(one).region
        ),
        Column("code", _("Kind of gap"), StoredFinding.code, lambda one: FINDING_NAMES[one.code]),
        # What is not known yet comes last, whichever is asked for first.
        Column(
            "stability",
            _("Stable"),
            func.coalesce(StoredFinding.stability, 2),
            lambda one: None if one.stability is None else round(100 * one.stability),
            True,
        ),
        Column("region_code", _("Region code"), None, lambda one: one.region_code, hidden=True),
        Column("key", _("Key"), None, lambda one: one.key, hidden=True),
    ]
