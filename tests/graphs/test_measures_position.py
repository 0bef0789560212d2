"""Where an organisation stands: known answers, samples with their error, and reach."""

import networkx as nx
import pytest

from graphs import measures
from graphs.arrays import arrays_of
from graphs.measures import position

KARATE = nx.karate_club_graph()
FLORENTINE = nx.florentine_families_graph()


class TestBetweenness:
    @pytest.mark.parametrize(
        ("family", "answer"),
        [("Medici", 0.522), ("Guadagni", 0.255), ("Albizzi", 0.212), ("Salviati", 0.143)],
    )
    def test_florence(self, family, answer):
        assert measures.betweenness(FLORENTINE).values[family] == pytest.approx(answer, abs=5e-4)

    @pytest.mark.parametrize(("member", "answer"), [(0, 0.4376), (33, 0.3041)])
    def test_karate(self, member, answer):
        assert measures.betweenness(KARATE).values[member] == pytest.approx(answer, abs=5e-5)

    def test_agrees_with_a_second_library(self):
        graph = nx.gnp_random_graph(70, 0.04, seed=3)
        assert measures.betweenness(graph).values == pytest.approx(nx.betweenness_centrality(graph))

    def test_does_not_take_strength_for_distance(self):
        graph = nx.cycle_graph(4)
        graph.edges[0, 1]["strength"] = graph.edges[0, 1]["weight"] = 100.0
        assert set(measures.betweenness(graph).values.values()) == {1 / 6}

    def test_says_when_it_is_exact(self):
        answer = measures.betweenness(KARATE)
        assert answer.pivots is None
        assert set(answer.error.values()) == {0.0}
        assert answer.largest_error == 0.0

    @pytest.mark.parametrize("nodes", [0, 1, 2])
    def test_is_not_defined_below_three(self, nodes):
        answer = measures.betweenness(nx.path_graph(nodes))
        assert answer.values == answer.error == dict.fromkeys(range(nodes))
        assert answer.largest_error == 0.0

    def test_refuses_a_sample_without_spread(self):
        with pytest.raises(ValueError, match="at least 2 pivots"):
            measures.betweenness(KARATE, pivots=1)


class TestBetweennessSample:
    GRAPH = nx.barabasi_albert_graph(400, 2, seed=7)

    def sample(self, pivots=100, seed=0):
        return measures.betweenness(self.GRAPH, exact_up_to=10, pivots=pivots, seed=seed)

    def test_states_an_error_that_holds_95_times_in_100(self):
        exact = measures.betweenness(self.GRAPH).values
        hubs = sorted(exact, key=exact.get)[-20:]
        held = [
            abs(answer.values[node] - exact[node]) <= answer.error[node]
            for answer in (self.sample(seed=seed) for seed in range(40))
            for node in hubs
        ]
        assert 0.90 <= sum(held) / len(held) <= 1.0

    def test_is_right_on_average(self):
        exact = measures.betweenness(self.GRAPH).values
        hub = max(exact, key=exact.get)
        answers = [self.sample(seed=seed).values[hub] for seed in range(60)]
        assert sum(answers) / len(answers) == pytest.approx(exact[hub], rel=0.05)

    def test_error_falls_with_more_pivots(self):
        assert self.sample(200).largest_error < self.sample(25).largest_error / 2

    def test_says_how_many_pivots_and_repeats_itself(self):
        assert self.sample().pivots == 100
        assert self.sample() == self.sample()
        assert self.sample() != self.sample(seed=1)

    def test_of_all_nodes_is_exact(self):
        answer = measures.betweenness(self.GRAPH, exact_up_to=10, pivots=400)
        assert answer == measures.betweenness(self.GRAPH)

    def test_adds_up_to_the_exact_answer_over_all_pivots(self):
        mean, error = position._sampled(arrays_of(self.GRAPH), pivots=400, seed=0)
        assert mean.tolist() == pytest.approx(
            list(measures.betweenness(self.GRAPH).values.values())
        )
        assert error.max() == 0.0

    def test_keeps_isolates(self):
        graph = self.GRAPH.copy()
        graph.add_nodes_from(range(400, 440))
        answer = measures.betweenness(graph, exact_up_to=10, pivots=50)
        assert answer.values[439] == answer.error[439] == 0.0


class TestReach:
    """A star of one hub and four leaves, and a pair of strangers."""

    @pytest.fixture
    def graph(self) -> nx.Graph:
        return nx.disjoint_union(nx.star_graph(4), nx.path_graph(2))  # hub 0, leaves 1-4, pair 5-6

    @pytest.mark.parametrize(
        ("seeds", "steps", "share"),
        [
            ([0], 1, 4 / 6),  # the hub reaches its leaves, not the pair
            ([1], 1, 1 / 6),  # a leaf reaches the hub
            ([1], 2, 4 / 6),  # ... and through it the other leaves
            ([1], 9, 4 / 6),
            ([0, 5], 1, 5 / 5),
            ([0, 1], 1, 3 / 5),  # a seed that is reached by another is no gain
            ([0, 0, 0], 1, 4 / 6),  # repetitions count once
            (range(7), 1, 1.0),  # nothing is left to reach
        ],
    )
    def test_share(self, graph, seeds, steps, share):
        assert measures.reach(graph, seeds, steps) == pytest.approx(share)

    @pytest.mark.parametrize(
        ("seeds", "steps", "error"),
        [([], 1, "at least one seed"), ([0], 0, "at least 1, not 0")],
    )
    def test_refuses(self, graph, seeds, steps, error):
        with pytest.raises(ValueError, match=error):
            measures.reach(graph, seeds, steps)

    def test_refuses_strangers(self, graph):
        with pytest.raises(nx.NodeNotFound, match="99"):
            measures.reach(graph, [0, 99])
