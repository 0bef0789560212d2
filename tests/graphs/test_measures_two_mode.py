"""Events and organisations: Davis' women, a second library, and small ones by hand."""

from datetime import date, timedelta

import networkx as nx
import pytest

from graphs import measures
from graphs.measures import Overlap, TwoMode
from graphs.records import Actor, Options, Tie

DAY = date(2017, 11, 6)
ACTORS = [Actor(1, "opd", "province"), Actor(2, "media", "province"), Actor(3, "opd", "province")]


def event(row, *guests, day=DAY):
    return Tie("attendance", guests, day, evidence=("event", row))


def meetings(**guests: str) -> nx.Graph:
    """Return events by name, each with its guests: numbers, even ones are media."""
    graph = nx.Graph()
    for name, came in guests.items():
        graph.add_node(name, mode="events")
        for one in map(int, came):
            graph.add_node(one, sector="opd" if one % 2 else "media")
            graph.add_edge(one, name)
    return graph


@pytest.fixture(scope="module")
def davis() -> nx.Graph:
    graph = nx.davis_southern_women_graph()
    nx.set_node_attributes(graph, dict.fromkeys(graph.graph["bottom"], "events"), "mode")
    nx.set_node_attributes(graph, "community", "sector")
    return graph


class TestAffiliation:
    def test_keeps_everybody_and_the_events_somebody_came_to(self):
        graph = measures.affiliation(ACTORS, [event(7, 1, 2, 2, 99), event(8, 99)], DAY)
        assert list(graph) == [1, 2, 3, ("event", 7)]
        assert set(graph[("event", 7)]) == {1, 2}
        assert graph.nodes[2] == {"mode": "organisations", "sector": "media", "region": None}
        assert graph.nodes["event", 7] == {"mode": "events", "day": DAY}
        assert nx.is_bipartite(graph)

    def test_looks_at_events_of_the_window_only(self):
        days = (DAY + timedelta(1), DAY, DAY - timedelta(30), DAY - timedelta(31), None)
        ties = [event(row, 1, day=day) for row, day in enumerate(days)]
        ties.append(Tie("team", (1, 2), DAY, evidence=("team", 1)))

        def rows(options):
            graph = measures.affiliation(ACTORS, ties, DAY, options)
            return [row for _table, row in graph[1]]

        assert rows(Options(window_days=30)) == [1, 2]
        assert rows(Options(window_days=None)) == [1, 2, 3, 4]

    def test_tells_events_without_a_row_apart(self):
        ties = [Tie("attendance", (1, 2), DAY), Tie("attendance", (1, 2), DAY)]
        graph = measures.affiliation(ACTORS, ties, DAY)
        assert measures.overlaps(graph) == {(1, 2): Overlap(2, 1.0)}

    def test_refuses_two_of_one_name(self):
        with pytest.raises(ValueError, match="Two actors have the id 1"):
            measures.affiliation([ACTORS[0], ACTORS[0]], [], DAY)
        with pytest.raises(ValueError, match="Two events name the row"):
            measures.affiliation(ACTORS, [event(7, 1), event(7, 2)], DAY)

    def test_does_not_mind_the_order(self):
        ties = [event(row, 1, 2 + row % 2) for row in range(5)]
        once = measures.affiliation(ACTORS, ties, DAY)
        other = measures.affiliation(ACTORS[::-1], ties[::-1], DAY)
        assert list(once.nodes(data=True)) == list(other.nodes(data=True))
        assert list(once.edges) == list(other.edges)


class TestTwoMode:
    def test_of_davis(self, davis):
        found = measures.two_mode(davis)
        assert (found.organisations, found.events, found.attendances) == (18, 14, 89)
        assert found.density == pytest.approx(0.3532, abs=5e-5)  # Borgatti and Everett 1997
        assert found.per_organisation == pytest.approx(4.944, abs=5e-4)
        assert found.per_event == pytest.approx(6.357, abs=5e-4)

    def test_counts_the_events_that_bring_sectors_together(self):
        graph = meetings(visit="13", rakor="1234")
        graph.add_node(5, sector="opd")
        assert measures.sectors_at_events(graph) == {
            "visit": {"opd": 2},
            "rakor": {"media": 2, "opd": 2},
        }
        found = measures.two_mode(graph)
        assert (found.mixed, found.per_organisation, found.per_event) == (0.5, 6 / 5, 3.0)

    @pytest.mark.parametrize(
        ("graph", "answer"),
        [
            (nx.Graph(), TwoMode(0, 0, 0, None, None, None, None, None)),
            (
                measures.affiliation(ACTORS, [], DAY),
                TwoMode(3, 0, 0, None, 0.0, None, None, None),
            ),
            (meetings(visit="1"), TwoMode(1, 1, 1, 1.0, 1.0, 1.0, None, 0.0)),
        ],
    )
    def test_edges(self, graph, answer):
        assert measures.two_mode(graph) == answer


class TestClustering:
    def test_agrees_with_a_second_library(self, davis):
        theirs = nx.bipartite.robins_alexander_clustering(davis)
        assert measures.two_mode_clustering(davis) == pytest.approx(theirs)
        for seed in range(5):
            graph = nx.bipartite.random_graph(20, 15, 0.2, seed=seed)
            nx.set_node_attributes(graph, dict.fromkeys(range(20, 35), "events"), "mode")
            theirs = nx.bipartite.robins_alexander_clustering(graph)
            assert measures.two_mode_clustering(graph) == pytest.approx(theirs)

    @pytest.mark.parametrize(
        ("graph", "answer"),
        [
            (meetings(a="12", b="12"), 1.0),
            (meetings(a="12", b="23"), 0.0),
            (meetings(a="12"), None),
        ],
    )
    def test_counted(self, graph, answer):
        assert measures.two_mode_clustering(graph) == answer


class TestOverlaps:
    def test_come_by_what_is_shared(self):
        graph = meetings(a="12", b="12", c="23", d="2")
        assert list(measures.overlaps(graph).items()) == [
            ((1, 2), Overlap(2, 2 / 4)),
            ((2, 3), Overlap(1, 1 / 4)),
        ]
        assert list(measures.overlaps(graph, at_least=2)) == [(1, 2)]

    def test_agree_with_a_second_library(self, davis):
        women = davis.graph["top"]
        theirs = nx.bipartite.overlap_weighted_projected_graph(davis, women, jaccard=True)
        ours = measures.overlaps(davis)
        assert {frozenset(pair): one.jaccard for pair, one in ours.items()} == {
            frozenset((one, other)): pytest.approx(weight)
            for one, other, weight in theirs.edges(data="weight")
        }

    def test_refuses_pairs_that_never_met(self):
        with pytest.raises(ValueError, match="at least 1, not 0"):
            measures.overlaps(nx.Graph(), at_least=0)


class TestEventsReached:
    def test_known_answers(self, davis):
        # Theresa is as active as anybody, and who begins with her cannot reach all fourteen.
        theresa = "Theresa Anderson"
        women = davis.graph["top"]
        assert davis.degree(theresa) == max(davis.degree(one) for one in women)
        greedy = max(measures.events_reached(davis, [theresa, one]) for one in women)
        assert greedy == 13 / 14
        assert measures.events_reached(davis, ["Evelyn Jefferson", "Nora Fayette"]) == 1.0

    def test_edges(self, davis):
        assert measures.events_reached(davis, []) == 0.0
        assert measures.events_reached(nx.empty_graph(1), [0]) is None
        with pytest.raises(nx.NodeNotFound, match="Nobody"):
            measures.events_reached(davis, ["Nobody"])
