"""One region or some sectors as a network of their own."""

import networkx as nx
import pytest

from graphs import measures
from graphs.records import Place

PLACES = {"X": Place("X", "district", parent="16")}


@pytest.fixture
def graph() -> nx.Graph:
    graph = nx.path_graph(5)
    graph.graph["on"] = "today"
    regions = {0: "16", 1: "16.71", 2: "X", 3: "62", 4: None}
    nx.set_node_attributes(graph, regions, "region")
    nx.set_node_attributes(graph, dict(enumerate(("opd", "media", "opd", "opd", "ngo"))), "sector")
    return graph


@pytest.mark.parametrize(
    ("region", "nodes", "ties"),
    [
        ("16", [0, 1, 2], 2),
        ("16.71", [1], 0),
        ("62", [3], 0),
        ("31", [], 0),
        (None, [0, 1, 2, 3, 4], 4),
    ],
)
def test_a_region_holds_those_below_it_and_their_ties(graph, region, nodes, ties):
    part = measures.of_region(graph, PLACES, region)
    assert list(part) == nodes
    assert part.number_of_edges() == ties
    assert part.graph == {"on": "today"}


def test_sectors_hold_their_isolates(graph):
    part = measures.of_sectors(graph, {"opd", "media"})
    assert list(part) == [0, 1, 2, 3]
    assert list(part.edges) == [(0, 1), (1, 2), (2, 3)]
    assert measures.degree(measures.of_sectors(graph, {"opd"})) == {0: 0, 2: 1, 3: 1}


def test_the_whole_stays_as_it_is(graph):
    measures.of_region(graph, PLACES, "16").remove_node(1)
    assert len(graph) == 5
    assert graph.has_edge(0, 1)
