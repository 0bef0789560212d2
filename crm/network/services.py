"""What is known about a question: the stored answer, and whether it is still true."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from crm.db import db
from crm.jobs import has_failed, later
from crm.network import kept_plans
from crm.network.found import findings_of
from crm.network.jobs import compute, compute_plan, data_version, is_fresh, stored
from crm.network.models import Analysis, KeptQuestion, StoredFinding
from crm.network.questions import Question
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
    failed: bool = False
    """Whether computing them failed a moment ago."""


def answer(question: Question) -> Answer:
    """Return the stored results of a question; have them computed where they are old."""
    analysis = stored(question)
    if is_fresh(analysis, data_version()):
        return Answer(question, analysis, fresh=True)
    later(compute, question.on.isoformat(), question.months, once=_job_key(question))
    # Where jobs run at once, the results are there now.
    analysis = stored(question)
    fresh = is_fresh(analysis, data_version())
    return Answer(question, analysis, fresh, not fresh and has_failed(_job_key(question)))


def former(awaited: Answer) -> Answer | None:
    """Return the results with which pages opened before a newer day; None where none are kept.

    :param awaited: of the day with which they open now
    """
    question = awaited.question
    kept = (
        select(Analysis)
        .join(KeptQuestion, KeptQuestion.analysis_id == Analysis.id)
        .where(Analysis.window_days == (question.window_days or 0), Analysis.on != question.on)
    )
    analysis = db.session.scalar(kept)
    if analysis is None:
        return None
    return Answer(Question(analysis.on, question.months), analysis, False, awaited.failed)


@dataclass(frozen=True)
class Plan:
    """What is known about a plan now."""

    answer: dict[str, Any] | None
    """Ids, keys and numbers; None while they are first worked out."""
    fresh: bool
    """Whether it is of the data as it is now."""
    version: int = 0
    """The version of the data that it was worked out from."""
    failed: bool = False
    """Whether working it out failed a moment ago."""


def plan(kind: str, known: Answer, asked: dict[str, Any]) -> Plan:
    """Return the kept answer to a heavier question; have it worked out where it is old.

    :param kind: one of ``crm.network.kept_plans.KINDS``, which also say what is asked
    """
    question = known.question
    kept = kept_plans.stored(kind, question, asked)
    once = f"plan:{kept_plans.digest(kind, question, asked)}"
    # Its findings come first: the page asks again as soon as they are there.
    if known.fresh and (kept is None or kept.data_version != data_version()):
        later(compute_plan, kind, question.on.isoformat(), question.months, asked, once=once)
        # Where jobs run at once, the plan is there now.
        kept = kept_plans.stored(kind, question, asked)
    version = kept.data_version if kept else 0
    fresh = kept is not None and version == data_version()
    failed = not fresh and (known.failed or has_failed(once))
    return Plan(kept.answer if kept else None, fresh, version, failed)


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
    query = findings_of(analysis, region).order_by(StoredFinding.rank).limit(limit)
    if keys is not None:
        query = query.where(StoredFinding.key.in_(list(keys)))
    return list(db.session.scalars(query))
