"""The shape of a network: known answers, counted ones, and a second library."""

import networkx as nx
import pytest
import rustworkx

from graphs import measures

KARATE = nx.karate_club_graph()
FLORENTINE = nx.florentine_families_graph()
FLORENTINE_16 = nx.florentine_families_graph()
FLORENTINE_16.add_node("Pucci")


def rust(graph: nx.Graph) -> rustworkx.PyGraph:
    return rustworkx.networkx_converter(graph)


class TestDegree:
    def test_counts_partners_and_keeps_isolates(self):
        graph = nx.disjoint_union(nx.star_graph(3), nx.empty_graph(1))
        assert measures.degree(graph) == {0: 3, 1: 1, 2: 1, 3: 1, 4: 0}


class TestComponents:
    def test_come_largest_first_and_then_by_smallest_node(self):
        graph = nx.Graph([(9, 8), (8, 7), (5, 6), (3, 4)])
        graph.add_nodes_from([2, 1])
        assert measures.components(graph) == [{7, 8, 9}, {3, 4}, {5, 6}, {1}, {2}]

    def test_of_nobody_are_none(self):
        assert measures.components(nx.Graph()) == []


class TestDensity:
    @pytest.mark.parametrize(
        ("graph", "density"),
        [
            (nx.complete_graph(4), 1.0),
            (nx.path_graph(3), 2 / 3),
            (nx.empty_graph(5), 0.0),
            (nx.empty_graph(1), None),
            (nx.empty_graph(0), None),
        ],
    )
    def test_is_a_share_of_pairs(self, graph, density):
        assert measures.density(graph) == density


class TestDegreeCentralisation:
    @pytest.mark.parametrize(
        ("graph", "answer"), [(KARATE, 0.3996), (FLORENTINE, 0.2747), (FLORENTINE_16, 0.2667)]
    )
    def test_known_answers(self, graph, answer):
        assert measures.degree_centralisation(graph) == pytest.approx(answer, abs=5e-5)

    @pytest.mark.parametrize(
        ("graph", "answer"),
        [
            (nx.star_graph(9), 1.0),
            (nx.complete_graph(9), 0.0),
            (nx.empty_graph(9), 0.0),
            (nx.path_graph(4), 2 / 6),  # (2−1) + (2−1) over 3·2
            (nx.path_graph(2), None),
            (nx.empty_graph(0), None),
        ],
    )
    def test_edges(self, graph, answer):
        assert measures.degree_centralisation(graph) == answer


class TestCoreNumbers:
    def test_known_answer(self):
        cores = measures.core_numbers(KARATE)
        assert max(cores.values()) == 4
        assert sum(core == 4 for core in cores.values()) == 10

    def test_isolates_are_in_the_zeroth_core(self):
        assert measures.core_numbers(nx.empty_graph(2)) == {0: 0, 1: 0}

    def test_agree_with_a_second_library(self):
        for seed in range(5):
            graph = nx.gnp_random_graph(60, 0.08, seed=seed)
            assert measures.core_numbers(graph) == dict(rustworkx.core_number(rust(graph)))


class TestClustering:
    def test_is_not_defined_below_two_partners(self):
        graph = nx.Graph([(1, 2), (2, 3), (3, 1), (3, 4)])
        graph.add_node(5)
        assert measures.clustering(graph) == {1: 1.0, 2: 1.0, 3: 1 / 3, 4: None, 5: None}

    def test_is_nought_for_a_broker_between_strangers(self):
        assert measures.clustering(nx.star_graph(3))[0] == 0.0


class TestDiameter:
    @pytest.mark.parametrize(
        ("graph", "diameter"),
        [
            (nx.path_graph(7), 6),
            (nx.cycle_graph(9), 4),
            (nx.star_graph(4), 2),
            (nx.complete_graph(4), 1),
            (nx.empty_graph(3), 0),
            (nx.empty_graph(0), None),
            (KARATE, 5),
            (nx.disjoint_union(nx.complete_graph(4), nx.path_graph(3)), 1),  # largest, not widest
            (nx.disjoint_union(nx.complete_graph(4), nx.path_graph(4)), 3),  # of equals the widest
        ],
    )
    def test_counted(self, graph, diameter):
        assert measures.diameter(graph) == diameter

    def test_agrees_with_trying_every_node(self):
        for seed in range(60):
            graph = nx.gnp_random_graph(25, 0.02 + seed / 400, seed=seed)
            parts = measures.components(graph)
            largest = [part for part in parts if len(part) == len(parts[0])]
            assert measures.diameter(graph) == max(
                nx.diameter(graph.subgraph(part)) for part in largest
            )
