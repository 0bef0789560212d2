"""Findings that no longer stand: written down when the kept question is answered anew.

One question is kept, that with which pages open: its findings are those the team works on. Of any
other day or window two answers are never compared, as what differs would be the question.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from crm.db import db
from crm.network import causes, changes, old_day
from crm.network.models import Analysis, ClosedFinding, ClosingCause, KeptQuestion, StoredFinding
from crm.network.questions import Question
from crm.regions import services as regions

WORK = (ClosingCause.RECORDS, ClosingCause.DATA)
"""What the team did; the clock, settings and a new program close nothing."""

KEPT_COLUMNS = ("impact", "need", "sectors", "organisations", "evidence", "values", "step")


def of_key(key: str) -> list[ClosedFinding]:
    """Return when a finding was closed, the latest time first."""
    query = select(ClosedFinding).where(ClosedFinding.key == key)
    return list(db.session.scalars(query.order_by(ClosedFinding.id.desc())))


def count_of_work(region: str | None = None) -> int:
    """Return how many findings the team closed that stayed closed."""
    query = select(func.count()).where(
        ClosedFinding.cause.in_(WORK), ClosedFinding.reopened_at.is_(None)
    )
    if region:
        query = query.where(regions.within(ClosedFinding.region_code, region))
    return db.session.scalar(query) or 0


def kept_since() -> date | None:
    """Return since when closed findings are written down; None before the first results."""
    return db.session.scalar(select(KeptQuestion.kept_since))


def as_it_stood(closed: ClosedFinding) -> StoredFinding:
    """Return the finding as it was stored last, to be told; it is not in the database any more."""
    return StoredFinding(
        id=-closed.id,
        key=closed.key,
        code=closed.code,
        severity=closed.severity,
        region_code=closed.region_code,
        sector_marks=closed.sector_marks,
        **closed.found,
    )


def still_standing(question: Question, keys: Collection[str], method: int) -> set[str] | None:
    """Return what would stand had the day not moved on; None where that need not be known.

    :param keys: of the findings that stand now
    """
    before = _before(question)
    if before is None or before.on == question.on or before.method != method:
        return None
    if not _gone(before, keys):
        return None
    changed = changes.changed(before.data_version, question)
    if changed.settings or not changed.changes:
        return None
    return old_day.standing(before.on, question, changed.rows)


def compare(
    question: Question,
    keys: Collection[str],
    version: int,
    method: int,
    still: Collection[str] | None,
    *,
    at: datetime,
) -> None:
    """Write down which findings of the last results no longer stand, and which are back.

    Called within the transaction that stores the new results, before the old ones go.

    :param keys: of the findings that stand now
    :param still: as :func:`still_standing` said before
    """
    before = _before(question)
    if before is None:
        return
    _reopen(keys, at)
    gone_keys = _gone(before, keys)
    if not gone_keys:
        return
    was = select(StoredFinding).where(StoredFinding.analysis_id == before.id)
    gone = [
        one for one in db.session.scalars(was.order_by(StoredFinding.rank)) if one.key in gone_keys
    ]
    why = _why(before, question, version, method, still)
    for one in gone:
        cause, records = why(one)
        db.session.add(
            ClosedFinding(
                key=one.key,
                code=one.code,
                severity=one.severity,
                region_code=one.region_code,
                sector_marks=one.sector_marks,
                found={name: getattr(one, name) for name in KEPT_COLUMNS},
                stood_on=before.on,
                closed_on=question.on,
                closed_at=at,
                cause=cause,
                records=records,
            )
        )


def keep(analysis: Analysis) -> None:
    """Remember these results: the next ones are compared with them."""
    # Read anew: the results that it pointed to may have gone, and taken the pointer with them.
    query = select(KeptQuestion).execution_options(populate_existing=True)
    kept = db.session.scalar(query)
    if kept is None:
        kept = KeptQuestion(kept_since=analysis.computed_at.date())
        db.session.add(kept)
    kept.analysis_id = analysis.id


def _reopen(keys: Collection[str], at: datetime) -> None:
    closed = select(ClosedFinding).where(ClosedFinding.reopened_at.is_(None))
    for one in db.session.scalars(closed):
        if one.key in keys:
            one.reopened_at = at


def _before(question: Question) -> Analysis | None:
    """Return the kept results, where they answer the same question of this day or an earlier one.

    Where the last recorded day moved back, that is another question.
    """
    kept = db.session.scalar(select(KeptQuestion))
    before = db.session.get(Analysis, kept.analysis_id) if kept and kept.analysis_id else None
    if before is None or before.window_days != (question.window_days or 0):
        return None
    return before if before.on <= question.on else None


def _gone(before: Analysis, keys: Collection[str]) -> set[str]:
    """Return the keys of the findings of earlier results that are not among these."""
    was = select(StoredFinding.key).where(StoredFinding.analysis_id == before.id)
    return set(db.session.scalars(was)).difference(keys)


def _why(
    before: Analysis, question: Question, version: int, method: int, still: Collection[str] | None
) -> Any:
    """Return a function that says why a finding is gone, and by which rows."""
    if before.method != method:
        return lambda _finding: (ClosingCause.PROGRAM, [])
    changed = changes.changed(before.data_version, question)
    if changed.settings:
        return lambda _finding: (ClosingCause.SETTINGS, [])
    moved = question.on != before.on

    def why(finding: StoredFinding) -> tuple[ClosingCause, list[list[Any]]]:
        by, put_away = causes.of(finding, changed)
        # Where it was not asked, as nothing had been entered at that moment, nothing is claimed.
        if moved and (still is None or finding.key in still):
            return ClosingCause.TIME, []
        if by:
            return ClosingCause.RECORDS, by
        if put_away:
            return ClosingCause.ARCHIVED, put_away
        if moved:
            return ClosingCause.TIME, []
        return (ClosingCause.DATA if version != before.data_version else ClosingCause.TIME), []

    return why
