"""The fewest ties: known answers, exhaustive search, what cannot be reached, large networks."""

from itertools import combinations, pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.plans.augmentation import fewest_ties, fewest_ties_of_region
from graphs.plans.cuts import LEVELS
from tests.graphs.partnerships import BUSINESS, MEDIA, NGO, PLACES, actor, crowd, picture, team


def with_pucci():
    graph = nx.florentine_families_graph()
    graph.add_node("Pucci")
    return graph


def plus(graph, ties):
    after = nx.Graph(graph.edges)
    after.add_nodes_from(graph)
    after.add_edges_from(ties)
    return after


def parted(graph, survives):
    """Which pairs lose each other: by definition, one loss after the other."""
    losses = {
        "nothing": [()],
        "tie": [(), *[("edge", *pair) for pair in graph.edges]],
        "organisation": [(), *[("node", one) for one in graph]],
    }[survives]
    lost = set()
    for loss in losses:
        left = nx.Graph(graph)
        if loss and loss[0] == "edge":
            left.remove_edge(*loss[1:])
        elif loss:
            left.remove_node(loss[1])
        for one, other in combinations(sorted(left), 2):
            if not nx.has_path(left, one, other):
                # By which exit matters for exits; one tie or another is the same weakness.
                lost.add((one, other, loss if survives == "organisation" else bool(loss)))
    return lost


@st.composite
def graphs(draw, most=6):
    size = draw(st.integers(1, most))
    pairs = list(combinations(range(size), 2))
    graph = nx.empty_graph(size)
    graph.add_edges_from(draw(st.lists(st.sampled_from(pairs), max_size=7)) if pairs else [])
    return graph


class TestKnownAnswers:
    @pytest.mark.parametrize(
        ("graph", "survives", "ties"),
        [
            (with_pucci(), "nothing", 1),
            (nx.florentine_families_graph(), "nothing", 0),
            (nx.florentine_families_graph(), "tie", 2),
            (nx.karate_club_graph(), "tie", 1),
            (nx.path_graph(5), "organisation", 1),
            (nx.star_graph(6), "tie", 3),
            (nx.star_graph(6), "organisation", 5),
            (nx.empty_graph(5), "organisation", 5),
            (nx.cycle_graph(5), "organisation", 0),
        ],
    )
    def test_number_of_ties(self, graph, survives, ties):
        answer = fewest_ties(graph, survives=survives)
        assert (len(answer.ties), answer.bound, answer.gap) == (ties, ties, 0.0)
        assert not parted(plus(graph, answer.ties), survives)

    def test_karate_without_a_single_broker(self):
        karate = nx.karate_club_graph()
        answer = fewest_ties(karate)
        # Node 0 alone holds three parts together: 11; 4, 5, 6, 10 and 16; all others.
        assert len(answer.ties) == answer.bound == 2
        assert nx.is_biconnected(plus(karate, answer.ties))

    def test_florentine_families_without_a_single_broker(self):
        families = nx.florentine_families_graph()
        answer = fewest_ties(families)
        assert nx.is_biconnected(plus(families, answer.ties))
        assert (len(answer.ties), answer.gap) == (answer.bound, 0.0)

    @settings(max_examples=25, deadline=None)
    @given(graphs(most=8), st.sampled_from(["nothing", "tie"]))
    def test_as_many_as_networkx_finds_when_our_own_programme_may_use_any(self, graph, survives):
        any_of_them = list(combinations(graph, 2))
        theirs, ours = (
            fewest_ties(graph, survives=survives),
            fewest_ties(graph, any_of_them, survives),
        )
        assert len(theirs.ties) == theirs.bound == len(ours.ties) == ours.bound


class TestAgainstExhaustiveSearch:
    @settings(max_examples=25, deadline=None)
    @given(graphs(), st.sampled_from(LEVELS))
    def test_no_fewer_ties_of_any_kind_do_it(self, graph, survives):
        answer = fewest_ties(graph, survives=survives)
        best = fewest(graph, list(nx.non_edges(graph)), survives)
        assert len(answer.ties) == best == answer.bound
        assert answer.parts == 1
        # Of two, one tie is all there can be.
        assert len(graph) < 3 or not parted(plus(graph, answer.ties), survives)

    @settings(max_examples=25, deadline=None)
    @given(graphs(most=5), st.sampled_from(LEVELS), st.data())
    def test_nor_of_those_allowed_and_all_is_done_that_they_can_do(self, graph, survives, data):
        every = list(combinations(graph, 2))
        allowed = data.draw(st.lists(st.sampled_from(every), unique=True)) if every else []
        answer = fewest_ties(graph, allowed, survives)
        best = fewest(graph, [pair for pair in allowed if not graph.has_edge(*pair)], survives)
        assert set(answer.ties) <= set(allowed)
        assert (len(answer.ties), answer.gap) == (best, 0.0)
        after = plus(graph, answer.ties)
        assert answer.parts == nx.number_connected_components(after)
        assert set(answer.splitting) == set(nx.articulation_points(after))


def fewest(graph, allowed, survives):
    """The least number of ties that do all that all of them do, tried one by one."""
    goal = parted(plus(graph, allowed), survives)
    for size in range(len(allowed) + 1):
        for ties in combinations(allowed, size):
            if parted(plus(graph, ties), survives) == goal:
                return size
    raise AssertionError("all of them do it")


class TestOddQuestions:
    def test_an_empty_network_needs_nothing(self):
        assert fewest_ties(nx.Graph()).ties == ()
        assert fewest_ties(nx.Graph(), survives="tie").ties == ()

    def test_two_cannot_be_parted_by_an_exit(self):
        for survives in LEVELS:
            assert fewest_ties(nx.empty_graph(2), survives=survives).ties == ((0, 1),)

    def test_what_no_allowed_tie_can_mend_is_told(self):
        graph = nx.disjoint_union(nx.star_graph(3), nx.path_graph(2))  # hub 0; pair 4-5
        answer = fewest_ties(graph, [(1, 2)])
        assert (answer.ties, answer.parts, answer.splitting) == (((1, 2),), 2, (0,))
        assert answer.weak == ((0, 3), (4, 5))
        assert answer.gap == 0.0

    def test_out_of_time_it_still_holds_and_says_how_far_from_the_fewest(self):
        graph = nx.random_labeled_tree(40, seed=3)
        allowed = [pair for pair in nx.non_edges(graph) if sum(pair) % 3]
        hurried = fewest_ties(graph, allowed, time_limit=1e-9)
        exact = fewest_ties(graph, allowed, time_limit=30)
        assert hurried.splitting == exact.splitting
        assert exact.gap == 0.0
        assert len(hurried.ties) >= len(exact.ties) >= hurried.bound
        assert hurried.gap == pytest.approx(1 - hurried.bound / len(hurried.ties))

    @pytest.mark.parametrize("limit", [1e-9, 60])
    def test_many_ends_are_joined_in_time_and_with_time_by_the_fewest_ties(self, limit):
        graph = nx.disjoint_union(nx.star_graph(40), nx.random_labeled_tree(60, seed=1))
        answer = fewest_ties(graph, time_limit=limit)
        assert nx.is_biconnected(plus(graph, answer.ties))
        assert answer.gap == pytest.approx(1 - answer.bound / len(answer.ties))
        assert answer.bound == 40
        assert limit < 1 or answer.gap == 0.0

    @settings(max_examples=25, deadline=None)
    @given(st.integers(3, 14), st.integers(0, 9), st.integers(0, 10**6))
    def test_any_network_needs_no_more_than_the_bound(self, size, ties, seed):
        graph = nx.gnm_random_graph(size, ties, seed=seed)
        answer = fewest_ties(graph, time_limit=60)
        assert nx.is_biconnected(plus(graph, answer.ties))
        assert len(answer.ties) == answer.bound

    def test_nothing_given_is_changed_and_the_same_comes_again(self):
        graph = nx.karate_club_graph()
        edges = sorted(graph.edges(data=True))
        assert fewest_ties(graph) == fewest_ties(graph)
        assert sorted(graph.edges(data=True)) == edges

    @pytest.mark.parametrize(
        "options",
        [{"survives": "everything"}, {"time_limit": 0}, {"candidates": [(0, 99)]}],
    )
    def test_refuses_what_cannot_be_meant(self, options):
        with pytest.raises(ValueError):
            fewest_ties(nx.path_graph(3), **options)


class TestRegion:
    """A district in two islands, 1-2-3 and 4-5; 6 was only met in a crowd, 7 is only known.

    An organisation of another district (8) works with 2 and with 4.
    """

    @pytest.fixture
    def graph(self):
        return picture(
            [actor(1), actor(2, NGO), actor(3, MEDIA), actor(4, BUSINESS), actor(5, NGO),
             actor(6, MEDIA), actor(7, MEDIA), actor(8, NGO, "16.71")],
            team(1, 2), team(2, 3), team(4, 5), team(2, 8), team(4, 8), crowd(1, 6),
        )  # fmt: skip

    def test_only_those_meet_who_can_be_brought_together(self, graph):
        answer = fewest_ties_of_region(graph, PLACES, "16.04")
        # From 1 and 3 to 5 it is four steps, by way of 2, 8 and 4.
        assert {(1, 5), (3, 5)}.isdisjoint(answer.ties)
        assert (answer.parts, answer.splitting, answer.gap) == (1, (), 0.0)
        assert all(7 not in pair for pair in answer.ties)
        for line in answer.lines:
            assert all(nx.has_path(graph, *step) for step in pairwise(line.path))

    def test_with_an_office_no_exit_parts_it(self, graph):
        answer = fewest_ties_of_region(graph, PLACES, "16.04", offices={"16.04": 1})
        assert (answer.parts, answer.splitting, answer.gap) == (1, (), 0.0)
        # Two ends of the chain 1-2-3 and, alone, 4-5 and 6: 2/2 + 2.
        assert len(answer.ties) == answer.bound == 3
        after = plus(nx.Graph(), [(1, 2), (2, 3), (4, 5), *answer.ties])
        assert set(after) == {1, 2, 3, 4, 5, 6}
        assert nx.is_biconnected(after)
        assert all(line.through in (None, 1, 2, 8) for line in answer.lines)

    def test_the_spared_are_left_alone(self, graph):
        answer = fewest_ties_of_region(graph, PLACES, "16.04", offices={"16.04": 1}, spared=[1, 6])
        assert all({1, 6}.isdisjoint(line.path) for line in answer.lines)

    def test_a_region_without_anybody_needs_nothing(self, graph):
        assert fewest_ties_of_region(graph, PLACES, "16.73").ties == ()
