"""How far everybody is: known answers, edges, and the long way round."""

import networkx as nx
import pytest

from graphs import measures
from graphs.measures import distances

KARATE = nx.karate_club_graph()
FLORENTINE = nx.florentine_families_graph()
STAR_OF_HUBS = nx.star_graph(3 * distances.COLUMNS)
"""A hub with more partners than are looked at in step."""


def without(graph: nx.Graph, *nodes) -> nx.Graph:
    return graph.subgraph([node for node in graph if node not in nodes])


class TestHarmonicCloseness:
    @pytest.mark.parametrize(
        ("graph", "answer"),
        [
            (nx.path_graph(3), {0: 0.75, 1: 1.0, 2: 0.75}),
            (nx.Graph([(0, 1)]), {0: 1.0, 1: 1.0}),
            (nx.empty_graph(3), dict.fromkeys(range(3), 0.0)),
            (nx.empty_graph(1), {0: None}),
            (nx.empty_graph(0), {}),
        ],
    )
    def test_counted(self, graph, answer):
        assert measures.harmonic_closeness(graph) == answer

    @pytest.mark.parametrize(
        "graph",
        [
            nx.gnp_random_graph(300, 0.008, seed=2),
            nx.barabasi_albert_graph(200, 3, seed=1),
            nx.disjoint_union(STAR_OF_HUBS, STAR_OF_HUBS),
        ],
    )
    def test_agrees_with_a_second_library(self, graph):
        others = len(graph) - 1
        theirs = {node: sum_ / others for node, sum_ in nx.harmonic_centrality(graph).items()}
        assert measures.harmonic_closeness(graph) == pytest.approx(theirs)

    def test_of_many_blocks_of_searches_is_that_of_one(self, monkeypatch):
        graph = nx.gnp_random_graph(300, 0.01, seed=4)
        at_once = measures.harmonic_closeness(graph)
        monkeypatch.setattr(distances, "WORDS", 1)
        assert measures.harmonic_closeness(graph) == at_once


class TestDistanceWeightedFragmentation:
    def test_known_answers(self):
        df = measures.distance_weighted_fragmentation
        assert df(FLORENTINE) == pytest.approx(0.4998, abs=5e-5)
        assert df(without(FLORENTINE, "Medici")) == pytest.approx(0.6738, abs=5e-5)

    def test_is_what_global_efficiency_leaves(self):
        graph = nx.gnp_random_graph(60, 0.04, seed=8)
        assert measures.distance_weighted_fragmentation(graph) == pytest.approx(
            1 - nx.global_efficiency(graph)
        )

    @pytest.mark.parametrize(
        ("graph", "answer"),
        [
            (nx.complete_graph(4), 0.0),
            (nx.empty_graph(4), 1.0),
            (nx.empty_graph(1), None),
            (nx.empty_graph(0), None),
        ],
    )
    def test_edges(self, graph, answer):
        assert measures.distance_weighted_fragmentation(graph) == answer


class TestAfterExit:
    def test_known_answer(self):
        after = measures.distance_weighted_fragmentation_after_exit(FLORENTINE)
        assert after["Medici"] == pytest.approx(0.6738, abs=5e-5)
        assert max(after, key=after.get) == "Medici"

    @pytest.mark.parametrize("seed", range(4))
    def test_is_what_is_left_of_the_graph(self, seed):
        graph = nx.gnp_random_graph(40, 0.02 + 0.03 * seed, seed=seed)
        graph.add_edges_from([(0, 50), (51, 52), (52, 53), (53, 51)])
        for node, value in measures.distance_weighted_fragmentation_after_exit(graph).items():
            assert value == pytest.approx(
                measures.distance_weighted_fragmentation(without(graph, node))
            )

    def test_of_some_nodes_only(self):
        everybody = measures.distance_weighted_fragmentation_after_exit(KARATE)
        some = measures.distance_weighted_fragmentation_after_exit(KARATE, [33, 0])
        assert list(some) == [33, 0]
        assert some == {node: everybody[node] for node in some}

    def test_needs_no_search_for_who_lies_on_no_path(self, monkeypatch):
        monkeypatch.setattr(distances._Searches, "near", lambda _self: distances.np.ones(5))
        monkeypatch.setattr(distances._Searches, "total", None)
        after = measures.distance_weighted_fragmentation_after_exit(nx.complete_graph(5))
        assert set(after.values()) == {1 - (5 - 2) / 12}

    @pytest.mark.parametrize("nodes", [0, 1, 2])
    def test_is_not_defined_when_fewer_than_two_are_left(self, nodes):
        graph = nx.complete_graph(nodes)
        after = measures.distance_weighted_fragmentation_after_exit(graph)
        assert after == dict.fromkeys(range(nodes))

    def test_refuses_strangers(self):
        with pytest.raises(nx.NodeNotFound, match="99"):
            measures.distance_weighted_fragmentation_after_exit(KARATE, [0, 99])


class TestExitOf:
    def test_known_answers(self):
        medici = measures.exit_of(FLORENTINE, ["Medici", "Medici"])
        assert medici.fragmentation.before == 0.0
        assert medici.fragmentation.rise == pytest.approx(0.3846, abs=5e-5)
        assert medici.distance_weighted.before == pytest.approx(0.4998, abs=5e-5)
        assert medici.distance_weighted.after == pytest.approx(0.6738, abs=5e-5)
        assert measures.exit_of(KARATE, [0]).fragmentation.after == pytest.approx(0.3163, abs=5e-5)

    def test_of_several_at_once(self):
        circle = nx.cycle_graph(6)
        assert measures.exit_of(circle, [0]).pairs_lost == 0
        both = measures.exit_of(circle, [0, 3])
        assert both.pairs_lost == 4
        assert both.fragmentation == measures.Change(0.0, 4 / 6)
        left = without(circle, 0, 3)
        assert both.distance_weighted.after == measures.distance_weighted_fragmentation(left)

    def test_of_an_isolate_lowers_both(self):
        graph = nx.Graph([(1, 2)])
        graph.add_node(3)
        gone = measures.exit_of(graph, [3])
        assert gone.pairs_lost == 0
        assert gone.fragmentation.rise == gone.distance_weighted.rise == pytest.approx(-2 / 3)

    def test_of_nobody_changes_nothing(self):
        gone = measures.exit_of(KARATE, [])
        assert gone.fragmentation.rise == 0.0
        assert gone.distance_weighted.rise == pytest.approx(0.0)

    @pytest.mark.parametrize("leaving", [[0, 1], [0, 1, 2]])
    def test_of_everybody_leaves_nothing_to_measure(self, leaving):
        gone = measures.exit_of(nx.path_graph(3), leaving)
        assert gone.fragmentation.after is gone.distance_weighted.after is None
        assert gone.fragmentation.rise is gone.distance_weighted.rise is None

    def test_refuses_strangers(self):
        with pytest.raises(nx.NodeNotFound, match="99"):
            measures.exit_of(KARATE, [99])
