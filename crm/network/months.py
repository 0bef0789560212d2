"""Working out the network month by month, and keeping it: only what changed is done again."""

import hashlib
from collections import Counter
from datetime import date, datetime
from typing import Any

import networkx as nx
from sqlalchemy import select

import graphs.index
import graphs.series
from crm.db import db
from crm.network import records
from crm.network.analysis import METHOD, active_regions, options_of
from crm.network.models import StoredSeries
from crm.network.questions import Question
from crm.transaction import transaction
from graphs.places import path
from graphs.records import Index, Options, Place, Tie

MONTHS = 60
"""How many months a series has at most, up to its day."""
KEPT = 12
"""How many questions keep their series."""
WHOLE = ""
"""The whole network, where a code is expected."""


def stored(question: Question) -> StoredSeries | None:
    """Return what is kept for a question, perhaps of older data."""
    query = select(StoredSeries).where(
        StoredSeries.on == question.on, StoredSeries.window_days == (question.window_days or 0)
    )
    return db.session.scalar(query)


def is_fresh(series: StoredSeries | None, version: int) -> bool:
    """Whether a series is of this version of the data, and of this program."""
    return series is not None and (series.data_version, series.method) == (version, METHOD)


def renew(question: Question, version: int, now: datetime) -> None:
    """Work out the months before a day from the data as it is now, and keep them."""
    days, points = _computed(question, _latest(question))
    with transaction(by=None):
        old = stored(question)
        # Another worker was here first, with the same data or newer: theirs stands.
        if old is not None and old.method == METHOD and old.data_version >= version:
            return
        if old is not None:
            db.session.delete(old)
            db.session.flush()
        db.session.add(
            StoredSeries(
                on=question.on,
                window_days=question.window_days or 0,
                data_version=version,
                method=METHOD,
                computed_at=now,
                days=days,
                points=points,
            )
        )
        db.session.flush()
        query = select(StoredSeries).order_by(StoredSeries.computed_at.desc())
        for one in db.session.scalars(query.offset(KEPT)):
            db.session.delete(one)


def _computed(
    question: Question, before: StoredSeries | None
) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    """Return the digests and the points of all days; a day that stands as before is not redone."""
    actors, ties, places = records.actors(), records.ties(), records.places()
    by_id = {one.id: one for one in actors}
    # Each tie with its members in words, once: every day is told from these.
    said = {id(tie): repr((tie, [by_id.get(one) for one in tie.members])) for tie in ties}
    homes = nx.Graph()
    homes.add_nodes_from((one.id, {"region": one.region}) for one in actors)
    codes = active_regions(homes, places)
    options = options_of(question)
    days: dict[str, str] = {}
    points: dict[str, dict[str, Any]] = {code: {} for code in (WHOLE, *codes)}
    for day in _days(ties, question.on):
        counting = graphs.series.touching(ties, [day], options)
        digest = _digest(counting, said, codes, options)
        days[day.isoformat()] = digest
        if before is not None and before.days.get(day.isoformat()) == digest:
            for code, known in points.items():
                known[day.isoformat()] = before.points[code][day.isoformat()]
            continue
        by_day = graphs.series.series(
            actors, counting, [day], lambda graph: _measured(graph, places, codes), options
        )
        for code, values in by_day[day].items():
            points[code][day.isoformat()] = values
    return days, points


def _measured(graph: nx.Graph, places: dict[str, Place], codes: list[str]) -> dict[str, list[Any]]:
    """Return the values of a point for the whole network and for each region."""
    ways = {node: frozenset(path(places, home)) for node, home in graph.nodes(data="region")}
    ties: Counter[str] = Counter()
    for one, other, works in graph.edges(data="working"):
        if works:
            ties[WHOLE] += 1
            ties.update(ways[one] & ways[other])
    indices = {WHOLE: graphs.index.synergy(graph, places)}
    indices |= graphs.index.synergies(graph, places, codes)
    return {code: [*_parts(index), index.engaged, ties[code]] for code, index in indices.items()}


def _parts(index: Index) -> list[float | None]:
    parts = (index.value, index.coverage, index.linkage, index.cohesion, index.resilience)
    return [None if one is None else round(one, 4) for one in parts]


def _days(ties: list[Tie], on: date) -> list[date]:
    """Return the ends of the months from the first dated tie on, of the last years at most."""
    first = min((tie.starts for tie in ties if tie.starts and tie.starts <= on), default=on)
    return graphs.series.month_ends(first, on)[-MONTHS:]


def _digest(counting: list[Tie], said: dict[int, str], codes: list[str], options: Options) -> str:
    """Return what tells the network of a day from another one.

    Who has no tie on a day counts in no part of the index, so a new organisation changes nothing.
    """
    text = "".join([repr(options), repr(codes), *(said[id(tie)] for tie in counting)])
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _latest(question: Question) -> StoredSeries | None:
    """Return the series of the same window that was computed last, of whatever day."""
    query = (
        select(StoredSeries)
        .where(StoredSeries.window_days == (question.window_days or 0))
        .where(StoredSeries.method == METHOD)
        .order_by(StoredSeries.computed_at.desc())
        .limit(1)
    )
    return db.session.scalar(query)
