"""Burt's structural holes: known answers, by hand, and networkx as the second opinion."""

import math
import time

import networkx as nx
import pytest

from graphs import measures

KARATE = nx.karate_club_graph()
FLORENTINE = nx.florentine_families_graph()
BURT = nx.Graph(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"])


class TestKnownAnswers:
    @pytest.mark.parametrize(
        ("graph", "node", "answer"),
        [
            (KARATE, 0, 0.1554),
            (KARATE, 33, 0.1564),
            (KARATE, 16, 0.7812),
            (FLORENTINE, "Medici", 0.2099),
            (FLORENTINE, "Guadagni", 0.250),
            (BURT, "G", 0.400),
            (BURT, "A", 0.595),
            (BURT, "C", 1.0),
        ],
    )
    def test_constraint(self, graph, node, answer):
        assert measures.constraint(graph)[node] == pytest.approx(answer, abs=5e-4)

    @pytest.mark.parametrize(
        ("graph", "node", "answer"),
        [
            (KARATE, 33, 15.2353),
            (KARATE, 0, 13.75),
            (FLORENTINE, "Medici", 5.6667),
            (BURT, "G", 4.67),
            (BURT, "A", 2.50),
            (BURT, "C", 1.0),
        ],
    )
    def test_effective_size(self, graph, node, answer):
        assert measures.effective_size(graph)[node] == pytest.approx(answer, abs=5e-3)

    def test_pendants_are_constrained_by_exactly_one(self):
        constraint = measures.constraint(FLORENTINE)
        pendants = {node for node, partners in FLORENTINE.degree() if partners == 1}
        assert len(pendants) == 4
        assert {node for node, value in constraint.items() if value == 1.0} == pendants


class TestByHand:
    def test_triangle(self):
        # Each: two partners, (1/2 + 1/2 · 1/2)² twice.
        assert measures.constraint(nx.complete_graph(3)) == dict.fromkeys(range(3), 9 / 8)
        assert measures.effective_size(nx.complete_graph(3)) == dict.fromkeys(range(3), 1.0)
        assert measures.efficiency(nx.complete_graph(3)) == dict.fromkeys(range(3), 0.5)

    def test_weights(self):
        graph = nx.Graph()
        graph.add_weighted_edges_from([(0, 1, 1.0), (0, 2, 2.0), (1, 2, 4.0), (2, 3, 3.0)])
        # Of 1: p = 1/5 to 0 and 4/5 to 2. Partner 0 gives half of its most to ... 2: m = 2/2;
        # partner 2 gives 2 of its most, 4, to 0: m = 2/4. So 2 − 4/5 · 1 − 1/5 · 1/2 = 1.1.
        assert measures.effective_size(graph, "weight")[1] == pytest.approx(1.1)
        assert measures.efficiency(graph, "weight")[1] == pytest.approx(0.55)
        # (1/5 + 4/5 · 2/9)² + (4/5 + 1/5 · 2/3)²
        assert measures.constraint(graph, "weight")[1] == pytest.approx(
            (1 / 5 + 8 / 45) ** 2 + (4 / 5 + 2 / 15) ** 2
        )

    @pytest.mark.parametrize(
        "measure", [measures.constraint, measures.effective_size, measures.efficiency]
    )
    def test_isolates_and_ties_that_weigh_nothing_are_not_defined(self, measure):
        graph = nx.Graph()
        graph.add_weighted_edges_from([(0, 1, 1.0), (1, 2, 0.0)])
        graph.add_node(3)
        assert measure(graph, "weight") == {0: 1.0, 1: 1.0, 2: None, 3: None}
        assert measure(nx.empty_graph(2)) == {0: None, 1: None}
        assert measure(nx.Graph()) == {}

    @pytest.mark.parametrize(
        "measure", [measures.constraint, measures.effective_size, measures.efficiency]
    )
    def test_refuses_negative_weights(self, measure):
        graph = nx.Graph()
        graph.add_edge(0, 1, weight=-1.0)
        with pytest.raises(ValueError, match="negative weight"):
            measure(graph, "weight")


@pytest.mark.parametrize("weight", [None, "weight"])
@pytest.mark.parametrize("seed", range(6))
class TestSecondOpinion:
    @pytest.fixture
    def graph(self, seed) -> nx.Graph:
        graph = nx.gnp_random_graph(45, 0.04 + 0.03 * seed, seed=seed)
        for one, other, data in graph.edges(data=True):
            data["weight"] = 0.5 + (7 * one + 3 * other) % 5
        graph.add_node(99)
        return graph

    @staticmethod
    def same(ours, theirs) -> bool:
        return ours.keys() == theirs.keys() and all(
            ours[node] is None if math.isnan(value) else math.isclose(ours[node], value)
            for node, value in theirs.items()
        )

    def test_constraint(self, graph, weight):
        assert self.same(measures.constraint(graph, weight), nx.constraint(graph, weight=weight))

    def test_effective_size(self, graph, weight):
        # Its nodes one by one: the whole-graph way of networkx 3.6 divides by the largest weight
        # of the wrong end, and says 1.4 where the example above has 1.1 by hand.
        theirs = nx.effective_size(graph, list(graph), weight=weight)
        assert self.same(measures.effective_size(graph, weight), theirs)


def test_is_fast_and_small_beyond_one_block_of_rows():
    graph = nx.barabasi_albert_graph(20_000, 4, seed=1)
    started = time.process_time()
    constraint = measures.constraint(graph)
    sizes = measures.effective_size(graph)
    assert time.process_time() - started < 5
    for node in (0, 511, 512, 19_999):
        circle = graph.subgraph([node, *graph[node]])
        ties = circle.number_of_edges() - graph.degree(node)
        assert sizes[node] == pytest.approx(graph.degree(node) - 2 * ties / graph.degree(node))
    assert constraint[19_999] == pytest.approx(nx.constraint(graph, [19_999])[19_999])
