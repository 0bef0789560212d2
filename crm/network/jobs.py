"""The work behind the analysis pages: computing an answer and keeping it."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import insert, select

from crm import clock
from crm.audit.models import DataVersion
from crm.db import db
from crm.jobs import job
from crm.network import closings, kept_plans, naming
from crm.network import months as series_kept
from crm.network.analysis import METHOD, Found, analyse
from crm.network.models import Analysis, FindingName, KeptQuestion, StoredFinding
from crm.network.questions import Question, opening
from crm.transaction import transaction
from graphs.records import Finding, Index

KEPT = 40
"""How many questions keep their stored answers."""


ALLOCATIONS = 200_000
"""New objects after which Python looks for those that nobody needs."""

TOGETHER = 5_000
"""Findings that are stored at once: the rows of all of a large network would take 100 MB."""


def data_version() -> int:
    """Return the number of the data's present state."""
    return db.session.scalar(select(DataVersion.number)) or 0


def is_fresh(analysis: Analysis | None, version: int) -> bool:
    """Whether results are of this version of the data, and of this program."""
    return analysis is not None and analysis.data_version == version and analysis.method == METHOD


@job
def compute(on: str, months: int) -> None:
    """Answer a question and store the answer, unless that was done for this data already."""
    question = Question(date.fromisoformat(on), months)
    version = data_version()
    if is_fresh(stored(question), version):
        return
    begun = time.perf_counter()
    with _collecting_seldom():
        found = analyse(question)
        _store(question, version, found, time.perf_counter() - begun)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Look for what nobody needs any more less often: an analysis makes millions that it needs.

    A fifth of its time at 100,000 organisations. Where another job does the same, it is left to it.
    """
    before = gc.get_threshold()
    if before[0] >= ALLOCATIONS:
        yield
        return
    gc.set_threshold(ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@job
def compute_months(on: str, months: int) -> None:
    """Work out the months before a day and keep them, unless that was done for this data."""
    question = Question(date.fromisoformat(on), months)
    version = data_version()
    if not series_kept.is_fresh(series_kept.stored(question), version):
        series_kept.renew(question, version, clock.now())


@job
def compute_plan(kind: str, on: str, months: int, asked: dict[str, Any]) -> None:
    """Work out a plan and keep it, unless that was done for this data already."""
    question = Question(date.fromisoformat(on), months)
    # A plan stands on the findings of the data as it is now.
    compute(on, months)
    analysis = stored(question)
    if analysis is None:  # forgotten in this very moment: whoever still wants it asks again
        return
    old = kept_plans.stored(kind, question, asked)
    if old is None or old.data_version != analysis.data_version:
        kept_plans.renew(kind, question, analysis, asked, clock.now())


def stored(question: Question) -> Analysis | None:
    query = select(Analysis).where(
        Analysis.on == question.on, Analysis.window_days == (question.window_days or 0)
    )
    return db.session.scalar(query)


def _store(question: Question, version: int, found: Found, seconds: float) -> None:
    kept, keys = question == opening(clock.today()), {one.key for one in found.findings}
    # A search of its own: while we write, others would wait for it.
    still = closings.still_standing(question, keys, METHOD) if kept else None
    with transaction(by=None):
        old = stored(question)
        # Another worker was here first, with the same data or newer: theirs stands.
        if old is not None and old.method == METHOD and old.data_version >= version:
            return
        if kept:
            closings.compare(question, keys, version, METHOD, still, at=clock.now())
        if old is not None:
            db.session.delete(old)
            db.session.flush()
        analysis = Analysis(
            on=question.on,
            window_days=question.window_days or 0,
            data_version=version,
            method=METHOD,
            computed_at=clock.now(),
            seconds=seconds,
            numbers=found.numbers,
            regions={code: _plain_index(one) for code, one in found.regions.items()},
            nodes={str(one): measures for one, measures in found.nodes.items()},
        )
        db.session.add(analysis)
        db.session.flush()
        if kept:
            closings.keep(analysis)
        _forget_old()
        for first in range(0, len(found.findings), TOGETHER):
            some = found.findings[first : first + TOGETHER]
            rows = [_row(analysis.id, rank, one) for rank, one in enumerate(some, start=first + 1)]
            db.session.execute(insert(StoredFinding), rows)
            if named := naming.rows(rows):
                db.session.execute(insert(FindingName), named)


def _forget_old() -> None:
    """Keep the latest answers only: any day may be asked, and each answer is large."""
    kept = select(KeptQuestion.analysis_id).where(KeptQuestion.analysis_id.is_not(None))
    query = (
        select(Analysis)
        .where(Analysis.id.not_in(kept))
        .order_by(Analysis.computed_at.desc(), Analysis.id.desc())
    )
    for old in db.session.scalars(query.offset(KEPT)):
        db.session.delete(old)


def _plain_index(index: Index) -> dict[str, Any]:
    return {
        "value": index.value,
        "coverage": index.coverage,
        "linkage": index.linkage,
        "cohesion": index.cohesion,
        "resilience": index.resilience,
        "engaged": index.engaged,
        "organisations": index.organisations,
        "sectors": dict(index.sectors),
    }


def _row(analysis_id: int, rank: int, finding: Finding) -> dict[str, Any]:
    return {"analysis_id": analysis_id, "rank": rank, **plain(finding)}


def plain(finding: Finding) -> dict[str, Any]:
    """Return a finding as the columns of a stored one."""
    step = finding.step
    return {
        "key": finding.key,
        "code": finding.code,
        "severity": finding.severity,
        "impact": finding.impact,
        "need": finding.need,
        "region_code": finding.region,
        "sectors": list(finding.sectors),
        "sector_marks": "".join(f"|{one}|" for one in finding.sectors),
        "organisations": list(finding.organisations),
        "evidence": [list(pair) for pair in finding.evidence],
        "values": dict(finding.values),
        "step": None
        if step is None
        else {
            "kind": step.kind,
            "who": step.who,
            "to": step.to,
            "through": step.through,
            "position": step.position,
            "owner": step.owner,
            "about": list(step.about) if step.about else None,
        },
    }
