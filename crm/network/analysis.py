"""Answering a question about the network from the data as it is now."""

from dataclasses import dataclass, replace
from typing import Any

import networkx as nx
import numpy as np

import graphs.build
import graphs.findings
import graphs.index
from crm.network import records, settings
from crm.network.facts import facts
from crm.network.measured import measured
from crm.network.questions import Question
from crm.network.settings import Settings
from crm.stakeholders.offices import library_offices, lies_in
from graphs import places as known_places
from graphs.arrays import values_of
from graphs.arrays.columns import NEVER, layer_of
from graphs.findings import never_invited
from graphs.records import Facts, Finding, Index, Options, Place

METHOD = 8
"""Grows whenever something else follows from the same data. What an earlier program stored is then
computed anew, and what differs between the two is nobody's work. 2: all fifteen kinds. 3: no office
is to invite itself. 4: nobody introduces the office of the province. 5: loops are compiled: sums
end in other digits, and the deals of chance are drawn otherwise. 6: whom findings name is stored
beside them. 7: nobody from elsewhere is approached to cover a region. 8: ties of
undated records are counted."""


def options_of(question: Question) -> Options:
    """Return how the network of a question is built, with the settings as they are now."""
    return settings.in_force().options(question)


def graph_of(question: Question, options: Options | None = None) -> nx.Graph:
    """Return the network of a question, all ties, all organisations."""
    options = options or options_of(question)
    return graphs.build.network(records.organisations(), records.groups(), question.on, options)


@dataclass(frozen=True)
class Found:
    """Everything that an analysis of one question found."""

    numbers: dict[str, Any]
    regions: dict[str, Index]
    nodes: dict[int, dict[str, Any]]
    findings: list[Finding]


def analyse(question: Question, by: Settings | None = None) -> Found:
    """Answer a question from the data as it is now, with the settings in force or with others."""
    by = by or settings.in_force()
    graph = graph_of(question, by.options(question))
    places = records.places()
    codes = active_regions(graph, places)
    numbers, nodes = measured(graph)
    undated = undated_ties(question, by.options(question), numbers["working_ties"])
    return Found(
        numbers=numbers | {"undated_ties": undated},
        regions=graphs.index.synergies(graph, places, codes),
        nodes=nodes,
        findings=findings_in(graph, places, codes, by, facts(question.on)),
    )


def undated_ties(question: Question, options: Options, all_ties: int) -> int:
    """Return how many working ties would not be there without records that name no beginning.

    An agreement, a team or a promise without one counts on every past day; events are left as
    they are, as without a window they count undated by definition.
    """
    groups = records.groups()
    undated = (groups.starts == NEVER) & (groups.layer != layer_of("attendance"))
    if not undated.any():
        return 0
    later = np.where(undated, question.on.toordinal() + 1, groups.starts)
    dated = graphs.build.network(
        records.organisations(), replace(groups, starts=later), question.on, options
    )
    return all_ties - graphs.build.working(dated).number_of_edges()


def findings_in(
    graph: nx.Graph, places: dict[str, Place], codes: list[str], by: Settings, known: Facts
) -> list[Finding]:
    """Return what is missing in a network, of which some facts are known.

    Without findings that tell a library office to be invited to its own events.
    """
    found = graphs.findings.find(graph, places, codes, by.wanted, by.thresholds, known)
    offices = library_offices()

    def invites_itself(one: Finding) -> bool:
        home = offices.get(one.organisations[0]) if one.code == never_invited.CODE else None
        return home is not None and lies_in(one.region, home)

    return [one for one in found if not invites_itself(one)]


def active_regions(graph: nx.Graph, places: dict[str, Place]) -> list[str]:
    """Return the provinces in which some organisation is known, and all their districts.

    Known, not engaged: a list of organisations that were never met is full of gaps.
    """
    homes = set(values_of(graph, "region").values())
    provinces = {known_places.province_of(places, home) for home in homes} - {None}
    return sorted(
        code
        for code, place in places.items()
        if code in provinces or (place.level == "district" and place.parent in provinces)
    )
