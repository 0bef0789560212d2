"""Answering a question about the network from the data as it is now."""

import math
from dataclasses import dataclass
from typing import Any

import networkx as nx

import graphs.build
import graphs.findings
import graphs.index
from crm.network import records
from crm.network.facts import facts
from crm.network.measured import measured
from crm.network.questions import Question
from graphs import places as known_places
from graphs.records import Finding, Index, Options, Place

METHOD = 2
"""Grows whenever something else follows from the same data. What an earlier program stored is then
computed anew, and what differs between the two is nobody's work. 2: all fifteen kinds."""


def options_of(question: Question) -> Options:
    """Return how the network of a question is built."""
    # A view of all years does not age: a visit of 2017 would weigh next to nothing in 2026.
    if question.window_days is None:
        return Options(window_days=None, half_life_days=math.inf)
    return Options(window_days=question.window_days)


def graph_of(question: Question) -> nx.Graph:
    """Return the network of a question, all ties, all organisations."""
    options = options_of(question)
    return graphs.build.network(records.organisations(), records.groups(), question.on, options)


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
    numbers, nodes = measured(graph)
    return Found(
        numbers=numbers,
        regions=graphs.index.synergies(graph, places, codes),
        nodes=nodes,
        findings=graphs.findings.find(graph, places, codes, facts=facts(question.on)),
    )


def active_regions(graph: nx.Graph, places: dict[str, Place]) -> list[str]:
    """Return the provinces in which some organisation is known, and all their districts.

    Known, not engaged: a list of organisations that were never met is full of gaps.
    """
    homes = {region for _node, region in graph.nodes(data="region")}
    provinces = {known_places.province_of(places, home) for home in homes} - {None}
    return sorted(
        code
        for code, place in places.items()
        if code in provinces or (place.level == "district" and place.parent in provinces)
    )
