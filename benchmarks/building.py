"""The network from the database: against reading the same groups and tying them, and no more."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import combinations

import networkx as nx
from sqlalchemy import select

from benchmarks.figures import Figure, compared
from benchmarks.house import House
from crm.agreements.models import AgreementParty
from crm.commitments.models import Commitment
from crm.db import db
from crm.events.models import Event
from crm.invitations.models import Attendance, Participation
from crm.network import analysis
from crm.network.questions import Question
from crm.regulations.models import TeamMember
from crm.stakeholders.models import Stakeholder

MOST = {1_500: 0.3, 100_000: 3.0}


def figures(house: House) -> Iterator[Figure]:
    """Yield the time from rows to a network, in a window and of all years."""
    everything = Question(house.question.on, 0)
    for question, name in ((house.question, "2 years"), (everything, "all years")):
        with house.app.app_context():
            yield compared(
                f"Graph from the database, {name}",
                partial(analysis.graph_of, question),
                partial(bare_graph, question),
                about="bare nx.Graph of the same pairs",
                size=house.size,
                database=house.database,
                unit="s",
                runs=3 if house.size > 20_000 else 7,
                warm=house.size <= 20_000,
                most=MOST.get(house.size) if question == house.question else None,
            )


def bare_graph(question: Question) -> nx.Graph:
    """Return the pairs of a question as a graph without a single attribute."""
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(db.session.scalars(select(Stakeholder.id)))
    for members in _groups(question):
        graph.add_edges_from(combinations(members, 2))
    return graph


def _groups(question: Question) -> Iterator[list[int]]:
    met = (
        select(Participation.event_id, Participation.stakeholder_id)
        .join(Event, Event.id == Participation.event_id)
        .where(Participation.attendance == Attendance.PRESENT, Participation.archived_at.is_(None))
    )
    if question.window_days is not None:
        first = question.on - timedelta(days=question.window_days)
        met = met.where(Event.starts_on.between(first, question.on))
    for query in (
        met,
        select(AgreementParty.agreement_id, AgreementParty.stakeholder_id),
        select(TeamMember.team_id, TeamMember.stakeholder_id),
    ):
        found: dict[int, list[int]] = defaultdict(list)
        for group, member in db.session.execute(query):
            found[group].append(member)
        yield from found.values()
    yield from (
        list(pair)
        for pair in db.session.execute(select(Commitment.giver_id, Commitment.receiver_id))
    )
