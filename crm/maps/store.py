"""Maps that were drawn before: nodes, ties and positions, kept per version of the data."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import networkx as nx
from sqlalchemy import Select
from sqlalchemy import select as rows
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from crm.db import db
from crm.maps.models import StoredMap
from crm.network import analysis, records
from crm.network.jobs import data_version
from crm.network.questions import Question
from crm.network.selection import MOST_AROUND, MOST_SHOWN, Selection, select
from crm.transaction import beside
from graphs.draw import grouped
from graphs.layout import positions

log = logging.getLogger("sinergi.maps")

SEED = 20171106
"""Same data, same picture. The day of the workshop in the first document."""
KEPT = 60
KEPT_OF_EACH = (
    *("sector", "level", "region", "group", "size", "inside"),
    *("strength", "layers", "working", "ties"),
    *("change", "before", "after"),
)
"""What a picture needs to know of a node and of a tie."""

Positions = dict[Any, tuple[float, float]]


def drawn(question: Question, selection: Selection, now: datetime) -> tuple[nx.Graph, Positions]:
    """Return what a map shows and where its nodes stand; from the store where nothing changed."""

    def shown() -> nx.Graph:
        places = records.places()
        graph = select(analysis.graph_of(question), selection, places)
        working = sum(works for *_pair, works in graph.edges(data="working"))
        if len(graph) > (MOST_SHOWN if selection.focus is None else MOST_AROUND):
            graph = grouped(graph, places, selection.opened)
        graph.graph = {"working_ties": working}
        return graph

    # The groups beside one that is opened stay where they are.
    closed = replace(selection, opened=frozenset())
    return arranged(digest(question, selection), shown, now, beside=digest(question, closed))


def arranged(
    key: str, shown: Callable[[], nx.Graph], now: datetime, *, beside: str
) -> tuple[nx.Graph, Positions]:
    """Return a graph and where its nodes stand; from the store where nothing changed.

    :param shown: builds the graph; what is known of it as a whole is plain values
    :param beside: the key of a picture whose nodes keep their places in this one
    """
    version = data_version()
    stored = _stored(key)
    if stored is not None and stored.data_version == version:
        return _unpacked(stored.picture)
    # What was drawn before stays where it is.
    before = stored or _stored(beside)
    previous = _unpacked(before.picture)[1] if before is not None else None
    graph = shown()
    picture = _packed(graph, positions(graph, seed=SEED, previous=previous))
    try:
        _keep(key, version, now, picture)
    except (IntegrityError, StaleDataError):
        log.info("a picture was not kept: somebody drew the same one in the same moment")
    except OperationalError:
        log.info("a picture was not kept: the database is busy")
    # What is shown first is what is shown ever after.
    return _unpacked(picture)


def _stored(key: str) -> StoredMap | None:
    return db.session.scalar(_with(key))


def _with(key: str) -> Select[StoredMap]:
    return rows(StoredMap).where(StoredMap.key == key)


def digest(question: Question, selection: Selection, beside: str = "") -> str:
    """Return the key of a picture; ``beside`` is what else tells it from others."""
    # A newer program may draw the same data otherwise.
    text = f"{analysis.METHOD}:{question.on}:{question.months}:{selection.key}{beside}"
    return hashlib.sha256(text.encode()).hexdigest()


def _keep(key: str, version: int, now: datetime, picture: dict[str, Any]) -> None:
    with beside() as session:
        stored = session.scalar(_with(key))
        if stored is None:
            stored = StoredMap(key=key)
            session.add(stored)
        stored.data_version, stored.drawn_at, stored.picture = version, now, picture
        session.flush()
        for old in session.scalars(
            rows(StoredMap).order_by(StoredMap.drawn_at.desc(), StoredMap.id.desc()).offset(KEPT)
        ):
            session.delete(old)


def _packed(graph: nx.Graph, where: Positions) -> dict[str, Any]:
    return {
        **graph.graph,
        "nodes": [
            [node, round(where[node][0], 1), round(where[node][1], 1), _plain(data)]
            for node, data in graph.nodes(data=True)
        ],
        "edges": [[one, other, _plain(data)] for one, other, data in graph.edges(data=True)],
    }


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in KEPT_OF_EACH if name in data}


def _unpacked(picture: dict[str, Any]) -> tuple[nx.Graph, Positions]:
    about = {name: value for name, value in picture.items() if name not in ("nodes", "edges")}
    graph = nx.Graph(**about)
    graph.add_nodes_from((node, data) for node, _x, _y, data in picture["nodes"])
    graph.add_edges_from((one, other, data) for one, other, data in picture["edges"])
    return graph, {node: (x, y) for node, x, y, _data in picture["nodes"]}
