"""What holds for every network: names do not matter, nothing is changed, nobody is lost."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs import build, measures
from graphs.index import synergies, synergy
from graphs.records import LAYERS, LEVELS, SECTORS, Actor, Options, Place, Tie

TODAY = date(2017, 11, 6)
CODES = ("16", "16.71", "16.71.01", "16.72", "62", None)
PLACES = {"16": Place("16", "province"), "16.71": Place("16.71", "district", "16")}
REGIONS = [code for code in CODES if code]

PER_NODE = {
    "degree": measures.degree,
    "core_numbers": measures.core_numbers,
    "clustering": measures.clustering,
    "betweenness": lambda graph: measures.betweenness(graph).values,
    "harmonic_closeness": measures.harmonic_closeness,
    "effective_size": measures.effective_size,
    "efficiency": measures.efficiency,
    "constraint": measures.constraint,
    "constraint by strength": lambda graph: measures.constraint(graph, "strength"),
    "effective_size by strength": lambda graph: measures.effective_size(graph, "strength"),
    "connected_pairs_after_exit": measures.connected_pairs_after_exit,
    "fragmentation_after_exit": measures.fragmentation_after_exit,
}
WHOLE = {
    "density": measures.density,
    "degree_centralisation": measures.degree_centralisation,
    "diameter": measures.diameter,
    "fragmentation": measures.fragmentation,
    "distance_weighted_fragmentation": measures.distance_weighted_fragmentation,
    "connected_pairs": measures.connected_pairs,
    "ei_index": lambda graph: measures.ei_index(graph).value,
    "ei_index expected": lambda graph: measures.ei_index(graph).expected,
    "synergy": lambda graph: synergy(graph, PLACES, "16").value,
    "resilience": lambda graph: synergy(graph, PLACES).resilience,
}

days = st.one_of(st.none(), st.integers(-900, 30).map(lambda days: TODAY + timedelta(days)))


@st.composite
def records(draw, sectors=SECTORS) -> tuple[list[Actor], list[Tie]]:
    """Up to ten organisations, some of them idle, and groups with a stranger among them."""
    actors = [
        Actor(
            id,
            draw(st.sampled_from(sectors)),
            draw(st.sampled_from(LEVELS)),
            draw(st.sampled_from(CODES)),
        )
        for id in range(draw(st.integers(0, 10)))
    ]
    ties = st.builds(
        Tie,
        layer=st.sampled_from(LAYERS),
        members=st.lists(st.integers(0, 11), max_size=4).map(tuple),
        starts=days,
        ends=days,
        realised=days,
        evidence=st.tuples(st.just("row"), st.integers(1, 99)),
    )
    return actors, draw(st.lists(ties, max_size=12))


# No deadline: a busy machine is not a wrong answer.
many = settings(deadline=None)
few = settings(deadline=None, max_examples=50)
options = st.builds(Options, window_days=st.sampled_from([None, 730, 30]))


def snapshot(graph: nx.Graph) -> Any:
    return deepcopy((graph.graph, list(graph.nodes(data=True)), list(graph.edges(data=True))))


def renamed(actors: list[Actor], ties: list[Tie], name: dict[int, int]) -> tuple[list, list]:
    return (
        [Actor(name[one.id], one.sector, one.level, one.region) for one in actors],
        [
            Tie(
                tie.layer,
                tuple(name[one] for one in tie.members),
                tie.starts,
                tie.ends,
                tie.realised,
                tie.evidence,
            )
            for tie in ties
        ],
    )


class TestBuild:
    @given(records(), options)
    @many
    def test_keeps_every_actor_and_makes_no_loops(self, given_records, options):
        actors, ties = given_records
        graph = build.network(actors, ties, TODAY, options)
        assert list(graph) == [actor.id for actor in actors]
        assert not list(nx.selfloop_edges(graph))
        assert list(build.working(graph)) == list(graph)
        assert build.engaged(graph) <= set(graph)

    @given(records(), options)
    @many
    def test_strength_is_the_weighted_sum_of_its_layers(self, given_records, options):
        for *_, data in build.network(*given_records, TODAY, options).edges(data=True):
            layers = data["layers"]
            assert data["strength"] == pytest.approx(
                sum(options.weights[layer] * share for layer, share in layers.items())
            )
            assert layers
            assert all(share > 0 for share in layers.values())
            assert data["evidence"] == sorted(set(data["evidence"]))
            assert data["last_contact"] is None or data["last_contact"] <= TODAY

    @given(records(), options, st.permutations(range(12)))
    @many
    def test_relabelling_changes_nothing(self, given_records, options, order):
        graph = build.network(*given_records, TODAY, options)
        name = {old: 100 + new for old, new in enumerate(order)}
        other = build.network(*renamed(*given_records, name), TODAY, options)
        assert {name[node] for node in graph} == set(other)
        assert {name[node] for node in build.engaged(graph)} == build.engaged(other)
        assert graph.number_of_edges() == other.number_of_edges()
        for one, two, data in graph.edges(data=True):
            twin = other.edges[name[one], name[two]]
            assert data | {"strength": 0, "layers": 0} == twin | {"strength": 0, "layers": 0}
            assert data["strength"] == pytest.approx(twin["strength"])
            assert data["layers"] == pytest.approx(twin["layers"])


class TestMeasures:
    @given(records())
    @few
    def test_leave_the_graph_as_it_is(self, given_records):
        graph = build.network(*given_records, TODAY)
        before = snapshot(graph)
        for measure in (*PER_NODE.values(), *WHOLE.values()):
            measure(graph)
        measures.components(graph)
        measures.articulation_points(graph)
        measures.bridges(graph)
        measures.ei_by_sector(graph)
        measures.sector_ties(graph)
        measures.brokerage(graph)
        synergies(graph, PLACES, REGIONS)
        build.working(graph)
        build.engaged(graph)
        assert snapshot(graph) == before

    @pytest.mark.parametrize("name", PER_NODE)
    @given(given_records=records())
    @few
    def test_answer_for_every_node_with_python_numbers(self, name, given_records):
        graph = build.network(*given_records, TODAY)
        answer = PER_NODE[name](graph)
        assert list(answer) == list(graph)
        for value in answer.values():
            assert value is None or (type(value) in (int, float) and value == value)

    @pytest.mark.parametrize("name", WHOLE)
    @given(given_records=records())
    @few
    def test_answer_for_the_whole_with_a_python_number(self, name, given_records):
        value = WHOLE[name](build.network(*given_records, TODAY))
        assert value is None or (type(value) in (int, float) and value == value)

    @given(records(), st.permutations(range(12)))
    @few
    def test_do_not_depend_on_names(self, given_records, order):
        graph = build.network(*given_records, TODAY)
        name = {old: 100 + new for old, new in enumerate(order)}
        other = build.network(*renamed(*given_records, name), TODAY)
        for measure in PER_NODE.values():
            expected = {name[node]: value for node, value in measure(graph).items()}
            assert measure(other) == pytest.approx(expected)
        for measure in WHOLE.values():
            assert measure(other) == pytest.approx(measure(graph))

    @given(records(), st.sets(st.integers(0, 11)))
    @many
    def test_exits_equal_removing_one_after_the_other(self, given_records, counted):
        graph = build.network(*given_records, TODAY)
        after = measures.connected_pairs_after_exit(graph, counted)
        for node in graph:
            left = graph.copy()
            left.remove_node(node)
            assert (
                after[node]
                == measures.connected_pairs(left, counted)
                == sum(
                    len(part & counted) * (len(part & counted) - 1) // 2
                    for part in nx.connected_components(left)
                )
            )


class TestIndex:
    @given(records(), options)
    @many
    def test_is_the_mean_of_four_shares_or_nothing_at_all(self, given_records, options):
        graph = build.network(*given_records, TODAY, options)
        for index in synergies(graph, PLACES, REGIONS).values():
            parts = (index.coverage, index.linkage, index.cohesion, index.resilience)
            assert index.engaged <= index.organisations
            assert index.engaged == sum(index.sectors.values())
            if index.engaged:
                assert all(0 <= part <= 1 for part in parts)
                assert index.value == pytest.approx(25 * sum(parts))
            else:
                assert (index.value, *parts) == (None,) * 5

    @given(records(sectors=("opd",)))
    @many
    def test_of_one_sector_has_no_links(self, given_records):
        for index in synergies(build.network(*given_records, TODAY), PLACES, REGIONS).values():
            assert index.linkage in (0.0, None)
            assert index.coverage in (1 / 6, None)


@pytest.mark.parametrize("nodes", [0, 1])
def test_nobody_and_a_single_one_are_no_special_case(nodes):
    actors = [Actor(id, "opd", "district", "16.71") for id in range(nodes)]
    graph = build.network(actors, [], TODAY)
    assert {name: measure(graph) for name, measure in WHOLE.items()} == {
        **dict.fromkeys(WHOLE),
        "diameter": 0 if nodes else None,
        "connected_pairs": 0,
    }
    for measure in PER_NODE.values():
        assert list(measure(graph)) == list(graph)
    assert measures.articulation_points(graph) == set()
    assert measures.bridges(graph) == []
    assert measures.components(graph) == [{0}][:nodes]
