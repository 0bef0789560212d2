"""Circles: the optimum where it is known, a second library, and both divisions compared by hand."""

import igraph
import networkx as nx
import pytest

from graphs import measures
from graphs.measures import Comparison

KARATE = nx.karate_club_graph()


def twin(graph: nx.Graph) -> igraph.Graph:
    return igraph.Graph(len(graph), list(graph.edges))


def places(parts) -> list[int]:
    part_of = {node: number for number, part in enumerate(parts) for node in part}
    return [part_of[node] for node in sorted(part_of)]


class TestCommunities:
    def test_known_answer(self):
        parts = measures.communities(KARATE)
        assert len(parts) == 4
        assert measures.modularity(KARATE, parts) == pytest.approx(0.4198, abs=5e-5)
        assert measures.modularity(KARATE, parts) == pytest.approx(
            twin(KARATE).community_optimal_modularity().modularity
        )

    @pytest.mark.parametrize("seed", range(3))
    def test_come_near_the_optimum(self, seed):
        graph = nx.gnp_random_graph(18, 0.2, seed=seed)
        best = twin(graph).community_optimal_modularity().modularity
        found = measures.modularity(graph, measures.communities(graph))
        assert 0.95 * best <= found <= best + 1e-9

    def test_hold_everybody_once_the_largest_first(self):
        graph = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(3))
        graph.add_nodes_from([9, 8])
        assert measures.communities(graph) == [{0, 1, 2, 3}, {4, 5, 6}, {8}, {9}]

    def test_look_at_strength_when_asked(self):
        graph = nx.cycle_graph(4)
        for pair, strength in {(0, 1): 9, (1, 2): 1, (2, 3): 9, (3, 0): 1}.items():
            graph.edges[pair]["strength"] = strength
        assert measures.communities(graph, "strength") == [{0, 1}, {2, 3}]
        parts = [{0, 1}, {2, 3}]
        assert measures.modularity(graph, parts) == pytest.approx(0.0)
        assert measures.modularity(graph, parts, "strength") == pytest.approx(18 / 20 - 0.5)

    def test_repeat_themselves_and_do_not_mind_the_order(self):
        graph = nx.gnp_random_graph(60, 0.08, seed=1)
        other = nx.Graph()
        other.add_nodes_from(reversed(list(graph)))
        other.add_edges_from((two, one) for one, two in reversed(list(graph.edges)))
        assert measures.communities(graph, seed=3) == measures.communities(other, seed=3)

    def test_more_tries_are_never_worse(self):
        graph = nx.gnp_random_graph(60, 0.08, seed=1)
        found = [
            measures.modularity(graph, measures.communities(graph, tries=tries))
            for tries in (1, 5, 20)
        ]
        assert found == sorted(found)

    @pytest.mark.parametrize(
        ("graph", "parts"),
        [(nx.Graph(), []), (nx.empty_graph(2), [{0}, {1}]), (nx.path_graph(2), [{0, 1}])],
    )
    def test_edges(self, graph, parts):
        assert measures.communities(graph) == parts

    def test_refuses_no_tries(self):
        with pytest.raises(ValueError, match="at least 1, not 0"):
            measures.communities(KARATE, tries=0)


class TestModularity:
    def test_agrees_with_second_libraries(self):
        for seed in range(5):
            graph = nx.gnp_random_graph(40, 0.1, seed=seed)
            parts = measures.communities(graph, tries=1, seed=seed)
            ours = measures.modularity(graph, parts)
            assert ours == pytest.approx(twin(graph).modularity(places(parts)))
            assert ours == pytest.approx(nx.community.modularity(graph, parts))

    def test_of_everybody_together_is_nothing(self):
        assert measures.modularity(KARATE, [set(KARATE)]) == pytest.approx(0.0)

    def test_is_not_defined_without_ties(self):
        assert measures.modularity(nx.empty_graph(2), [{0}, {1}]) is None
        assert measures.modularity(nx.Graph(), []) is None

    @pytest.mark.parametrize("parts", [[{0}], [{0, 1}, {1}], [{0, 1, 2}], []])
    def test_refuses_what_is_no_division(self, parts):
        with pytest.raises(ValueError, match="exactly once"):
            measures.modularity(nx.path_graph(2), parts)


class TestCompare:
    GRAPH = nx.empty_graph(6)
    nx.set_node_attributes(GRAPH, dict(enumerate("aaabbb")), "sector")

    def test_by_hand(self):
        # {0, 1} a a, {2, 3} a b, {4, 5} b b. Pairs together in both: 2; in the circles: 3; in
        # the sectors: 6; of 15. Expected 3 · 6 / 15 = 1.2, at most 4.5: (2 − 1.2) / (4.5 − 1.2).
        found = measures.compare(self.GRAPH, [{0, 1}, {2, 3}, {4, 5}])
        assert found.adjusted_rand == pytest.approx(0.8 / 3.3)
        assert found.table == {(0, "a"): 2, (1, "a"): 1, (1, "b"): 1, (2, "b"): 2}

    @pytest.mark.parametrize(
        ("parts", "answer"),
        [
            ([{0, 1, 2}, {3, 4, 5}], (1.0, 1.0)),
            ([set(range(6))], (0.0, 0.0)),
            ([{0}], (None, None)),
            ([], (None, None)),
        ],
    )
    def test_edges(self, parts, answer):
        found = measures.compare(self.GRAPH, parts)
        assert (found.adjusted_rand, found.mutual_information) == pytest.approx(answer)

    def test_agrees_with_a_second_library(self):
        for seed in range(6):
            graph = nx.gnp_random_graph(50, 0.08, seed=seed)
            nx.set_node_attributes(graph, {node: node % 4 for node in graph}, "sector")
            parts = measures.communities(graph, tries=1)
            found = measures.compare(graph, parts)
            sectors = [node % 4 for node in range(50)]
            for method, ours in (
                ("adjusted_rand", found.adjusted_rand),
                ("nmi", found.mutual_information),
            ):
                theirs = igraph.compare_communities(places(parts), sectors, method=method)
                assert ours == pytest.approx(theirs)

    def test_takes_any_division_and_none_is_a_group(self):
        graph = nx.empty_graph(4)
        nx.set_node_attributes(graph, {0: "16", 1: "16", 2: None, 3: None}, "region")
        assert measures.compare(graph, [{0, 1}, {2, 3}], by="region").adjusted_rand == 1.0
        provinces = {0: "x", 1: "y", 2: "x", 3: "y"}
        assert measures.compare(graph, [{0, 1}, {2, 3}], by=provinces) == Comparison(
            pytest.approx(-0.5),
            pytest.approx(0.0),
            {(0, "x"): 1, (0, "y"): 1, (1, "x"): 1, (1, "y"): 1},
        )

    def test_needs_the_attribute(self):
        with pytest.raises(KeyError):
            measures.compare(nx.path_graph(2), [{0, 1}])
