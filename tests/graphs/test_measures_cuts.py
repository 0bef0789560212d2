"""What falls apart when somebody leaves: known answers, counted ones, and the long way round."""

import time

import networkx as nx
import pytest
import rustworkx

from graphs import measures
from graphs.measures import cuts

KARATE = nx.karate_club_graph()
FLORENTINE = nx.florentine_families_graph()


def without(graph: nx.Graph, node) -> nx.Graph:
    left = graph.copy()
    left.remove_node(node)
    return left


class TestFragmentation:
    def test_known_answers(self):
        assert measures.fragmentation(without(FLORENTINE, "Medici")) == pytest.approx(
            0.3846, abs=5e-5
        )
        assert measures.fragmentation(without(KARATE, 0)) == pytest.approx(0.3163, abs=5e-5)

    @pytest.mark.parametrize(
        ("graph", "answer"),
        [
            (nx.path_graph(5), 0.0),
            (nx.empty_graph(5), 1.0),
            (nx.Graph([(1, 2), (3, 4)]), 4 / 6),
            (nx.empty_graph(1), None),
            (nx.empty_graph(0), None),
        ],
    )
    def test_counted(self, graph, answer):
        assert measures.fragmentation(graph) == pytest.approx(answer)


class TestFragmentationAfterExit:
    def test_known_answers(self):
        assert measures.fragmentation_after_exit(FLORENTINE)["Medici"] == pytest.approx(
            0.3846, abs=5e-5
        )
        assert measures.fragmentation_after_exit(KARATE)[0] == pytest.approx(0.3163, abs=5e-5)

    def test_is_what_is_left_of_the_graph(self):
        for graph in (KARATE, FLORENTINE, nx.gnp_random_graph(50, 0.03, seed=1)):
            after = measures.fragmentation_after_exit(graph)
            assert list(after) == list(graph)
            for node, value in after.items():
                assert value == pytest.approx(measures.fragmentation(without(graph, node)))

    def test_falls_when_an_isolate_leaves(self):
        graph = nx.Graph([(1, 2)])
        graph.add_node(3)
        assert measures.fragmentation(graph) == pytest.approx(2 / 3)
        assert measures.fragmentation_after_exit(graph) == {1: 1.0, 2: 1.0, 3: 0.0}

    @pytest.mark.parametrize("nodes", [0, 1, 2])
    def test_is_not_defined_when_fewer_than_two_are_left(self, nodes):
        graph = nx.complete_graph(nodes)
        assert measures.fragmentation_after_exit(graph) == dict.fromkeys(range(nodes))


class TestConnectedPairsAfterExit:
    """Two triangles that share node 2, and a pair: 0-1-2, 2-3-4, 5-6."""

    GRAPH = nx.Graph([(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 2), (5, 6)])

    def test_of_all_nodes(self):
        assert measures.connected_pairs(self.GRAPH) == 10 + 1
        assert measures.connected_pairs_after_exit(self.GRAPH) == {
            0: 6 + 1,
            1: 6 + 1,
            2: 1 + 1 + 1,  # {0, 1}, {3, 4}, {5, 6}
            3: 6 + 1,
            4: 6 + 1,
            5: 10,
            6: 10,
        }

    def test_of_counted_nodes_the_others_only_carry(self):
        counted = {0, 3, 4, 5}
        assert measures.connected_pairs(self.GRAPH, counted) == 3
        assert measures.connected_pairs_after_exit(self.GRAPH, counted) == {
            0: 1,  # {3, 4}
            1: 3,
            2: 1,  # 0 is cut off from 3 and 4
            3: 1,
            4: 1,
            5: 3,
            6: 3,
        }

    def test_takes_any_collection_and_ignores_strangers(self):
        assert measures.connected_pairs(self.GRAPH, [0, 3, 4, 5, 99]) == 3
        assert measures.connected_pairs_after_exit(self.GRAPH, [99])[2] == 0

    def test_of_nobody(self):
        assert measures.connected_pairs_after_exit(nx.Graph()) == {}

    def test_walks_chains_that_are_longer_than_recursion(self):
        after = measures.connected_pairs_after_exit(nx.path_graph(20_000))
        assert after[10_000] == cuts.pairs_of(10_000) + cuts.pairs_of(9_999)

    def test_takes_one_pass_and_not_one_per_node(self):
        graph = nx.gnm_random_graph(20_000, 40_000, seed=1)
        started = time.process_time()
        measures.connected_pairs_after_exit(graph)
        assert time.process_time() - started < 3  # one by one takes half an hour


class TestArticulationPoints:
    def test_are_those_whose_exit_parts_others(self):
        for seed in range(20):
            graph = nx.gnp_random_graph(30, 0.07, seed=seed)
            before = measures.connected_pairs(graph)
            after = measures.connected_pairs_after_exit(graph)
            sizes = {node: len(part) for part in measures.components(graph) for node in part}
            parting = {node for node in graph if after[node] < before - (sizes[node] - 1)}
            assert measures.articulation_points(graph) == parting

    def test_agree_with_a_second_library(self):
        graph = nx.gnp_random_graph(80, 0.03, seed=5)
        twin = rustworkx.networkx_converter(graph)
        assert measures.articulation_points(graph) == set(rustworkx.articulation_points(twin))


class TestBridges:
    def test_come_once_and_in_order(self):
        assert measures.bridges(nx.Graph([(5, 4), (4, 1), (2, 4)])) == [(1, 4), (2, 4), (4, 5)]

    def test_are_none_in_a_circle(self):
        assert measures.bridges(nx.cycle_graph(4)) == []

    def test_agree_with_a_second_library(self):
        graph = nx.gnp_random_graph(80, 0.03, seed=5)
        twin = rustworkx.networkx_converter(graph)
        assert measures.bridges(graph) == sorted(
            (min(pair), max(pair)) for pair in rustworkx.bridges(twin)
        )
