"""What if they leave: a question about an exit, answered from the data as it is now."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from typing import Any

import networkx as nx
from sqlalchemy import select

import graphs.build
from crm.contacts.models import Position
from crm.db import db
from crm.invitations.models import Attendance, Participation
from crm.network import facts, records
from crm.network.analysis import graph_of, options_of
from crm.network.introducing import plain_index
from crm.network.models import Analysis
from crm.network.questions import Question
from crm.network.selection import MOST_SHOWN
from graphs.build import working
from graphs.records import Evidence
from graphs.simulate import Removal, Simulation, simulate

MOST_KEPT = 1000
"""So many organisations and ties of a kind are kept by id; all are counted."""
ALL_SHOWN = 300
"""A network of no more organisations than this is drawn as a whole."""


def leave(question: Question, analysis: Analysis, asked: dict[str, Any]) -> dict[str, Any]:
    """Return what happens when organisations, holders of posts, or programmes leave.

    :param asked: ``organisations``, ``positions`` and ``programmes`` by id, and ``ever``: whether
        the programmes' past goes too, as if they had never been
    """
    actors = records.actors()
    removal = Removal(
        organisations=frozenset(asked["organisations"]),
        memberships=_held_by(asked["positions"]),
        programmes=frozenset(asked["programmes"]),
        since=None if asked["ever"] else question.on,
    )
    # Also programmes that ended: what they brought about may be asked for.
    known = replace(facts.facts(question.on), programmes=tuple(facts.programmes(None)))
    with graphs.build.collector_paused():
        found = simulate(
            actors,
            records.ties(),
            removal,
            question.on,
            records.places(),
            analysis.regions,
            facts=known,
            options=options_of(question),
        )
    return _plain(found, {one.id for one in actors}, asked)


def _plain(found: Simulation, known: Collection[int], asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "removed": list(found.removed),
        "unknown": [one for one in asked["organisations"] if one not in known],
        "before": asdict(found.before),
        "after": asdict(found.after),
        "index": {
            code or "": [plain_index(before), plain_index(after)]
            for code, (before, after) in found.index.items()
            if code is None or before != after
        },
        "sectors_lost": {code: list(sectors) for code, sectors in found.sectors_lost.items()},
        "lost_ties": [list(pair) for pair in found.lost_ties[:MOST_KEPT]],
        "lost": len(found.lost_ties),
        "weakened_ties": [list(pair) for pair in found.weakened_ties[:MOST_KEPT]],
        "weakened": len(found.weakened_ties),
        "cut_off": list(found.cut_off[:MOST_KEPT]),
        "cut": len(found.cut_off),
        "losses": {
            code or "": asdict(loss)
            for code, loss in found.losses.items()
            if code is None or loss.ties or loss.commitments
        },
        "bereaved": len(found.bereaved),
        "heirs": [asdict(one) for one in found.heirs],
        "shown": _shown(found),
    }


def _shown(found: Simulation) -> list[int]:
    """Return whom a picture of the exit shows: all while they are few, else those concerned."""
    after = working(found.graph)
    ends = {one for pair in (*found.lost_ties, *found.weakened_ties) for one in pair}
    concerned = {*found.removed, *found.cut_off, *ends}
    everybody = concerned | {one for one, degree in after.degree() if degree}
    if len(everybody) <= ALL_SHOWN:
        return sorted(everybody)
    around = {other for one in concerned if one in after for other in after[one]}
    nearby = concerned | around
    return sorted(nearby if len(nearby) <= MOST_SHOWN else concerned)


def concerned(question: Question, answer: dict[str, Any]) -> nx.Graph:
    """Return whom an exit concerns, with what becomes of each of their ties.

    :param answer: what ``leave`` found
    """
    before = working(graph_of(question))
    graph = nx.Graph(before.subgraph(one for one in answer["shown"] if one in before))
    lost = {frozenset(pair) for pair in answer["lost_ties"]}
    weaker = {frozenset(pair) for pair in answer["weakened_ties"]}
    for one, other, data in graph.edges(data=True):
        pair = frozenset((one, other))
        change = "lost" if pair in lost else "weaker" if pair in weaker else "same"
        graph.edges[one, other].update(data | {"change": change})
    return graph


def _held_by(positions: Iterable[int]) -> frozenset[tuple[Evidence, int]]:
    """Return the organisations' parts in events that hang on those who hold these posts.

    Who came is known from who stood in, else who was invited by name, else who holds the post.
    An organisation that sent somebody else as well keeps its part.
    """
    leaving = {
        one.id: one
        for one in db.session.scalars(select(Position).where(Position.id.in_(list(positions))))
    }
    persons = {(one.stakeholder_id, one.contact_id) for one in leaving.values() if one.contact_id}
    homes = {one.stakeholder_id for one in leaving.values()}
    query = (
        select(Participation, Position.contact_id)
        .outerjoin(Position, Position.id == Participation.position_id)
        .where(
            Participation.stakeholder_id.in_(homes),
            Participation.archived_at.is_(None),
            Participation.attendance == Attendance.PRESENT,
        )
        .order_by(Participation.id)
    )
    goes: set[tuple[Evidence, int]] = set()
    stays: set[tuple[Evidence, int]] = set()
    for one, holder in db.session.execute(query):
        part = (("event", one.event_id), one.stakeholder_id)
        came = one.represented_by_id
        if came is None and not one.represented_by:
            came = one.contact_id or holder
        hangs = (
            (one.stakeholder_id, came) in persons
            if came
            else (one.position_id in leaving and not one.represented_by)
        )
        (goes if hangs else stays).add(part)
    return frozenset(goes - stays)
