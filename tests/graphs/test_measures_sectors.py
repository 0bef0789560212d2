"""Do organisations work with their like? Known answers and small networks to count on."""

from itertools import combinations

import networkx as nx
import pytest

from graphs import measures
from graphs.measures import Mixing
from graphs.records import SECTORS

KARATE = nx.karate_club_graph()


def coloured(edges, **sectors: list[int]) -> nx.Graph:
    graph = nx.Graph()
    for sector, nodes in sectors.items():
        graph.add_nodes_from(nodes, sector=sector)
    graph.add_edges_from(edges)
    return graph


class TestWholeNetwork:
    def test_known_answer(self):
        mixing = measures.ei_index(KARATE, by="club")
        assert (mixing.external, mixing.internal) == (11, 67)
        assert mixing.value == pytest.approx(-0.7179, abs=5e-5)
        assert mixing.expected == pytest.approx(0.0303, abs=5e-5)

    def test_expects_068_of_six_sectors_of_twenty(self):
        graph = nx.Graph()
        for number in range(120):
            graph.add_node(number, sector=SECTORS[number % 6])
        assert measures.ei_index(graph) == Mixing(None, pytest.approx(0.6807, abs=5e-5), 0, 0)
        graph.add_edges_from(combinations(range(120), 2))
        all_pairs = measures.ei_index(graph)
        assert all_pairs.value == all_pairs.expected

    @pytest.mark.parametrize(
        ("graph", "value", "expected"),
        [
            (coloured([], opd=[]), None, None),
            (coloured([], opd=[1]), None, None),
            (coloured([], opd=[1, 2]), None, -1.0),
            (coloured([(1, 2)], opd=[1, 2]), -1.0, -1.0),
            (coloured([(1, 2)], opd=[1], media=[2]), 1.0, 1.0),
        ],
    )
    def test_edges(self, graph, value, expected):
        mixing = measures.ei_index(graph)
        assert (mixing.value, mixing.expected) == (value, expected)

    def test_needs_the_attribute(self):
        with pytest.raises(KeyError):
            measures.ei_index(nx.path_graph(2))


class TestBySector:
    """Offices 1-2-3 in a chain, and a newspaper 4 that knows 3; a bank 5 knows nobody."""

    GRAPH = coloured([(1, 2), (2, 3), (3, 4)], opd=[1, 2, 3], media=[4], business=[5])

    def test_counts_once_per_endpoint_in_the_sector(self):
        by_sector = measures.ei_by_sector(self.GRAPH)
        assert list(by_sector) == ["business", "media", "opd"]
        assert by_sector["opd"] == Mixing((1 - 4) / 5, (2 - 2) / 4, external=1, internal=4)
        assert by_sector["media"] == Mixing(1.0, 1.0, external=1, internal=0)
        assert by_sector["business"] == Mixing(None, 1.0, external=0, internal=0)

    @pytest.mark.parametrize(("graph", "by"), [(GRAPH, "sector"), (KARATE, "club")])
    def test_adds_up_to_twice_the_whole(self, graph, by):
        whole, parts = measures.ei_index(graph, by), measures.ei_by_sector(graph, by).values()
        assert sum(part.external for part in parts) == 2 * whole.external
        assert sum(part.internal for part in parts) == 2 * whole.internal

    def test_expects_what_a_complete_network_has(self):
        graph = self.GRAPH.copy()
        graph.add_edges_from(combinations(graph, 2))
        for mixing in measures.ei_by_sector(graph).values():
            assert mixing.value == pytest.approx(mixing.expected)

    def test_of_a_single_organisation_expects_nothing(self):
        assert measures.ei_by_sector(coloured([], opd=[1])) == {"opd": Mixing(None, None, 0, 0)}


class TestSectorTies:
    def test_counts_ties_beside_expectation(self):
        graph = TestBySector.GRAPH  # 3 ties on 10 pairs
        assert measures.sector_ties(graph) == {
            ("business", "business"): (0, 0.0),
            ("business", "media"): (0, pytest.approx(3 * 1 / 10)),
            ("business", "opd"): (0, pytest.approx(3 * 3 / 10)),
            ("media", "media"): (0, 0.0),
            ("media", "opd"): (1, pytest.approx(3 * 3 / 10)),
            ("opd", "opd"): (2, pytest.approx(3 * 3 / 10)),
        }

    def test_expects_as_many_ties_as_there_are(self):
        cells = measures.sector_ties(KARATE, by="club").values()
        assert sum(ties for ties, _ in cells) == KARATE.number_of_edges()
        assert sum(expected for _, expected in cells) == pytest.approx(KARATE.number_of_edges())

    def test_of_a_single_organisation_expects_nothing(self):
        assert measures.sector_ties(coloured([], opd=[1])) == {("opd", "opd"): (0, None)}
