"""What is known about a question: the stored answer, and whether it is still true."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from crm.db import db
from crm.jobs import later
from crm.network.jobs import compute, data_version, is_fresh, stored
from crm.network.models import Analysis, StoredFinding
from crm.network.questions import Question
from crm.regions import services as regions
from crm.stakeholders.choices import IN_USE
from crm.stakeholders.models import Stakeholder


@dataclass(frozen=True)
class Answer:
    """What is known about a question now."""

    question: Question
    analysis: Analysis | None
    """The latest stored results, perhaps of older data; None while they are first computed."""
    fresh: bool
    """Whether they are of the data as it is now."""


def answer(question: Question) -> Answer:
    """Return the stored results of a question; have them computed where they are old."""
    analysis = stored(question)
    if is_fresh(analysis, data_version()):
        return Answer(question, analysis, fresh=True)
    later(compute, question.on.isoformat(), question.months, once=_job_key(question))
    # Where jobs run at once, the results are there now.
    analysis = stored(question)
    return Answer(question, analysis, is_fresh(analysis, data_version()))


def has_organisations() -> bool:
    """Whether anything is recorded that could be on a map."""
    one = select(Stakeholder.id).where(IN_USE).limit(1)
    return db.session.scalar(one) is not None


def _job_key(question: Question) -> str:
    return f"analysis:{question.on}:{question.months}"


def findings(
    analysis: Analysis,
    keys: Iterable[str] | None = None,
    *,
    region: str | None = None,
    limit: int | None = None,
) -> list[StoredFinding]:
    """Return the findings of an analysis, most severe first; only those of keys and a region."""
    query = (
        select(StoredFinding)
        .where(StoredFinding.analysis_id == analysis.id)
        .order_by(StoredFinding.rank)
        .limit(limit)
    )
    if region:
        query = query.where(regions.within(StoredFinding.region_code, region))
    if keys is not None:
        query = query.where(StoredFinding.key.in_(list(keys)))
    return list(db.session.scalars(query))
