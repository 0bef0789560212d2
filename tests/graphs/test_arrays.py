"""The array form says what networkx says: of any network, in every measure, node by node."""

import gc
import weakref
from datetime import date

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs import build, measures
from graphs.arrays import Actors, Compact, Groups, arrays_of
from graphs.arrays.shortest import dependencies
from graphs.arrays.steps import UNREACHED, _walked, steps_from
from graphs.arrays.triangles import triangles
from graphs.findings import find
from graphs.records import Actor, Facts, Options, Tie
from tests.graphs.anybody import TODAY, few, many, options, records, snapshot
from tests.graphs.test_properties import PER_NODE, SEEDED, WHOLE


@st.composite
def networks(draw) -> nx.Graph:
    """Any graph of up to thirty nodes, dense or thin, in several parts, in any order."""
    count = draw(st.integers(0, 30))
    graph = nx.gnp_random_graph(count, draw(st.sampled_from([0.03, 0.1, 0.3])), draw(seeds))
    names = dict(enumerate(draw(st.permutations(range(100, 100 + count)))))
    return nx.relabel_nodes(graph, names)


seeds = st.integers(0, 10_000)


def both(actors: list[Actor], ties: list[Tie], options: Options) -> tuple[nx.Graph, Compact]:
    """Return the same network from records and from columns."""
    columns = build.network(Actors.of(actors), Groups.of(ties), TODAY, options)
    assert isinstance(columns, Compact)
    return build.network(actors, ties, TODAY, options), columns


class TestCompact:
    @given(records(), options)
    @many
    def test_is_the_network_that_records_make(self, given_records, options):
        graph, compact = both(*given_records, options)

        assert list(compact.nodes(data=True)) == list(graph.nodes(data=True))
        assert list(compact.edges) == list(graph.edges)
        assert compact.graph == graph.graph
        for one, other, data in graph.edges(data=True):
            twin = compact.edges[other, one]
            assert twin.keys() == data.keys()
            assert twin["strength"] == pytest.approx(data["strength"])
            assert twin["layers"] == pytest.approx(data["layers"])
            for name in ("last_contact", "evidence", "working"):
                assert twin[name] == data[name]
        assert build.engaged(compact) == build.engaged(graph)
        assert list(build.working(compact).edges) == list(build.working(graph).edges)

    @given(records(), st.randoms(use_true_random=False))
    @few
    def test_does_not_depend_on_the_order_of_rows(self, given_records, lots):
        actors, ties = given_records
        mixed = lots.sample(actors, len(actors)), lots.sample(ties, len(ties))
        _, compact = both(actors, ties, Options())
        _, other = both(*mixed, Options())

        assert list(other.nodes(data=True)) == list(compact.nodes(data=True))
        assert list(other.edges) == list(compact.edges)

    @given(records())
    @few
    def test_answers_networkx_as_any_graph(self, given_records):
        graph, compact = both(*given_records, Options())

        assert compact.number_of_edges() == graph.number_of_edges() == compact.size()
        assert dict(compact.degree) == dict(graph.degree)
        assert {one: list(compact[one]) for one in compact} == {
            one: sorted(graph[one]) for one in graph
        }
        for one in graph:
            for other in range(12):
                assert compact.has_edge(one, other) == graph.has_edge(one, other)
        half = list(graph)[::2]
        assert set(compact.subgraph(half).edges) == set(graph.subgraph(half).edges)
        assert nx.utils.graphs_equal(nx.Graph(compact.edges), nx.Graph(graph.edges))
        copy = compact.copy()
        copy.add_edge(1000, 1001)
        assert not isinstance(copy, Compact)
        assert 1000 not in compact

    def test_cannot_be_changed(self):
        _, compact = both([Actor(1, "opd", "district")], [], Options())

        with pytest.raises(nx.NetworkXError, match="Frozen"):
            compact.add_edge(1, 2)

    def test_makes_no_dicts_of_nodes_and_is_gone_when_nobody_asks_any_more(self):
        team = Groups.of([Tie("team", (1, 2, 3), TODAY), Tie("support", (3, 4), TODAY)])
        known = Actors.of(Actor(one, "opd", "district", "16.04") for one in range(1, 6))
        graph = build.network(known, team, TODAY)
        gone = weakref.ref(graph)
        gc.disable()
        try:
            find(graph, {}, ["16.04"], facts=Facts())
            assert "_node" not in vars(graph)
            del graph
            assert gone() is None
        finally:
            gc.enable()

    def test_is_refused_as_records_are(self):
        twice = Actors.of([Actor(1, "opd", "district"), Actor(1, "media", "district")])
        team = Groups.of([Tie("team", (1, 2), TODAY)])

        with pytest.raises(ValueError, match="Two actors have the id 1"):
            build.network(twice, Groups.of([]), TODAY)
        with pytest.raises(ValueError, match="no weight for the layer 'team'"):
            build.network(Actors.of([]), team, TODAY, Options(weights={"support": 1.0}))
        with pytest.raises(ValueError, match="'friends' is not a layer"):
            Groups.of([Tie("friends", (1, 2), TODAY)])


class TestColumns:
    @given(records())
    @few
    def test_are_the_records_they_were_made_of(self, given_records):
        actors, ties = given_records

        assert list(Actors.of(actors)) == actors
        assert list(Groups.of(ties)) == ties
        half = len(ties) // 2
        assert list(Groups.joined([Groups.of(ties[:half]), Groups.of(ties[half:])])) == ties

    def test_are_read_as_a_sequence(self):
        ties = [Tie("team", (1, 2), date(2017, 1, day)) for day in (1, 2, 3)]
        groups = Groups.of(ties)

        assert (groups[-1], groups[:2], len(groups)) == (ties[2], ties[:2], 3)
        with pytest.raises(IndexError):
            groups[3]


class TestMeasuresOfBothForms:
    @given(records())
    @few
    def test_agree(self, given_records):
        graph, compact = both(*given_records, Options())
        for measure in (*PER_NODE.values(), *WHOLE.values()):
            assert measure(compact) == pytest.approx(measure(graph))
        for seeded in SEEDED.values():
            assert seeded(compact, 1) == seeded(graph, 1)
        for exact in (
            measures.components,
            measures.articulation_points,
            measures.bridges,
            measures.brokerage,
            measures.ei_by_sector,
            measures.sector_ties,
        ):
            assert exact(compact) == exact(graph)

    @given(records())
    @few
    def test_leave_it_as_it_is(self, given_records):
        _, compact = both(*given_records, Options())
        before = snapshot(compact)
        for measure in (*PER_NODE.values(), *WHOLE.values()):
            measure(compact)
        assert snapshot(compact) == before


class TestAgainstNetworkx:
    @given(networks())
    @many
    def test_walks(self, graph):
        assert measures.core_numbers(graph) == nx.core_number(graph)
        assert measures.articulation_points(graph) == set(nx.articulation_points(graph))
        assert {frozenset(pair) for pair in measures.bridges(graph)} == {
            frozenset(pair) for pair in nx.bridges(graph)
        }
        assert sorted(map(sorted, measures.components(graph))) == sorted(
            map(sorted, nx.connected_components(graph))
        )

    @given(networks(), seeds)
    @few
    def test_triangles(self, graph, seed):
        lots = np.random.default_rng(seed)
        nx.set_edge_attributes(
            graph, {pair: lots.choice([0.0, 0.5, 1.0, 3.0]) for pair in graph.edges}, "strength"
        )
        arrays = arrays_of(graph)
        assert arrays.by_node(triangles(arrays)) == nx.triangles(graph)
        for weight in (None, "strength"):
            tied = graph.copy()
            if weight:
                tied.remove_edges_from([p for p in graph.edges if not graph.edges[p]["strength"]])
            if not tied.edges:
                continue
            constraint, theirs = (
                measures.constraint(graph, weight),
                nx.constraint(tied, None, weight),
            )
            assert {one: value for one, value in constraint.items() if value is not None} == (
                pytest.approx({one: theirs[one] for one in tied if tied.degree(one)})
            )
            # One by one: see test_measures_burt.py for what the whole-graph way gets wrong.
            sizes = nx.effective_size(tied, [one for one in tied if tied.degree(one)], weight)
            found = measures.effective_size(graph, weight)
            assert {one: found[one] for one in sizes} == pytest.approx(sizes)

    @given(networks())
    @few
    def test_shortest_paths(self, graph):
        arrays = arrays_of(graph)
        total = np.zeros(len(graph))
        for place in range(len(graph)):
            total += dependencies(arrays.starts, arrays.ends, place)
        exact = nx.betweenness_centrality(graph, normalized=False)
        assert arrays.by_node(total / 2) == pytest.approx(exact)

    @given(networks(), st.integers(1, 130), seeds)
    @few
    def test_steps_from_many_sets_at_once(self, graph, count, seed):
        arrays = arrays_of(graph)
        lots = np.random.default_rng(seed)
        sets = [
            lots.choice(len(graph), min(size, len(graph)), replace=False).tolist() if graph else []
            for size in lots.integers(0, 4, count)
        ]
        for members, steps in zip(sets, steps_from(arrays.starts, arrays.ends, sets), strict=True):
            away = (
                nx.multi_source_dijkstra_path_length(
                    graph, {arrays.nodes[one] for one in members}, weight=None
                )
                if members
                else {}
            )
            expected = [away.get(node, UNREACHED) for node in graph]
            assert steps.tolist() == expected

    def test_steps_along_a_chain_longer_than_a_byte_counts(self):
        arrays = arrays_of(nx.path_graph(600))
        (steps,) = steps_from(arrays.starts, arrays.ends, [[0]])

        assert steps.tolist() == list(range(600))

    def test_steps_beyond_the_largest_number_count_as_not_reached(self, monkeypatch):
        monkeypatch.setattr("graphs.arrays.steps.UNREACHED", 4)
        arrays = arrays_of(nx.path_graph(7))
        rows = arrays.starts, arrays.ends, np.array([1, 0, 0, 0, 0, 0, 0], dtype=np.uint64)

        assert _walked.__wrapped__(*rows, 1).tolist() == [[0, 1, 2, 3, 4, 4, 4]]
