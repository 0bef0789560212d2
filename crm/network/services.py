"""The analysis of the network: computed in the background, kept per version of the data."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import networkx as nx
from sqlalchemy import insert, select

import graphs.build
import graphs.findings
import graphs.index
from crm.audit.models import DataVersion
from crm.db import db
from crm.jobs import is_waiting, job, later
from crm.network import records
from crm.network.measured import node_measures, numbers
from crm.network.models import Analysis, StoredFinding
from crm.network.questions import Question
from crm.transaction import transaction
from graphs import places as known_places
from graphs.records import Finding, Index, Options, Place

KEPT = 40
"""How many questions keep their stored answers."""


@dataclass(frozen=True)
class Answer:
    """What is known about a question now."""

    question: Question
    analysis: Analysis | None
    """The latest stored results, perhaps of older data; None while they are first computed."""
    fresh: bool
    """Whether they are of the data as it is now."""


def data_version() -> int:
    """Return the number of the data's present state."""
    return db.session.scalar(select(DataVersion.number)) or 0


def answer(question: Question) -> Answer:
    """Return the stored results of a question; have them computed where they are old."""
    analysis = _stored(question)
    if analysis is not None and analysis.data_version == data_version():
        return Answer(question, analysis, fresh=True)
    later(compute, question.on.isoformat(), question.months, once=_job_key(question))
    # Where jobs run at once, the results are there now.
    analysis = _stored(question)
    fresh = analysis is not None and analysis.data_version == data_version()
    return Answer(question, analysis, fresh)


def is_computing(question: Question) -> bool:
    """Whether a job for this question is waiting or under way."""
    return is_waiting(_job_key(question))


def graph_of(question: Question) -> nx.Graph:
    """Return the network of a question, all ties, all organisations."""
    options = Options(window_days=question.window_days)
    return graphs.build.network(records.actors(), records.ties(), question.on, options)


@job
def compute(on: str, months: int) -> None:
    """Answer a question and store the answer, unless that was done for this data already."""
    question = Question(date.fromisoformat(on), months)
    version = data_version()
    stored = _stored(question)
    if stored is not None and stored.data_version == version:
        return
    begun = time.perf_counter()
    found = analyse(question)
    _store(question, version, found, time.perf_counter() - begun)


@dataclass(frozen=True)
class Found:
    """Everything that an analysis of one question found."""

    numbers: dict[str, Any]
    regions: dict[str, Index]
    nodes: dict[int, dict[str, Any]]
    findings: list[Finding]


def analyse(question: Question) -> Found:
    """Answer a question from the data as it is now."""
    graph = graph_of(question)
    places = records.places()
    codes = active_regions(graph, places)
    return Found(
        numbers=numbers(graph),
        regions=graphs.index.synergies(graph, places, codes),
        nodes=node_measures(graph),
        findings=graphs.findings.find(graph, places, codes),
    )


def active_regions(graph: nx.Graph, places: dict[str, Place]) -> list[str]:
    """Return the provinces in which some organisation is engaged, and all their districts."""
    engaged = graphs.build.engaged(graph)
    provinces = {
        known_places.province_of(places, graph.nodes[node]["region"]) for node in engaged
    } - {None}
    return sorted(
        code
        for code, place in places.items()
        if code in provinces or (place.level == "district" and place.parent in provinces)
    )


def _job_key(question: Question) -> str:
    return f"analysis:{question.on}:{question.months}"


def _stored(question: Question) -> Analysis | None:
    query = select(Analysis).where(
        Analysis.on == question.on, Analysis.window_days == (question.window_days or 0)
    )
    return db.session.scalar(query)


def _store(question: Question, version: int, found: Found, seconds: float) -> None:
    with transaction(by=None):
        if old := _stored(question):
            db.session.delete(old)
            db.session.flush()
        analysis = Analysis(
            on=question.on,
            window_days=question.window_days or 0,
            data_version=version,
            computed_at=datetime.now(UTC),
            seconds=seconds,
            numbers=found.numbers,
            regions={code: _plain_index(one) for code, one in found.regions.items()},
            nodes={str(one): measures for one, measures in found.nodes.items()},
        )
        db.session.add(analysis)
        db.session.flush()
        _forget_old()
        rows = [_row(analysis.id, rank, one) for rank, one in enumerate(found.findings, start=1)]
        if rows:
            db.session.execute(insert(StoredFinding), rows)


def _forget_old() -> None:
    """Keep the latest answers only: any day may be asked, and each answer is large."""
    query = select(Analysis).order_by(Analysis.computed_at.desc(), Analysis.id.desc())
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
    step = finding.step
    return {
        "analysis_id": analysis_id,
        "rank": rank,
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
        else {"kind": step.kind, "who": step.who, "to": step.to, "through": step.through},
    }


def findings(
    analysis: Analysis, keys: Iterable[str] | None = None, limit: int | None = None
) -> list[StoredFinding]:
    """Return the findings of an analysis, most severe first; only those with the given keys."""
    query = (
        select(StoredFinding)
        .where(StoredFinding.analysis_id == analysis.id)
        .order_by(StoredFinding.rank)
        .limit(limit)
    )
    if keys is not None:
        query = query.where(StoredFinding.key.in_(list(keys)))
    return list(db.session.scalars(query))
