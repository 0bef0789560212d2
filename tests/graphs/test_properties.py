"""What holds for every network: names do not matter, nothing is changed, nobody is lost."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs import build, measures
from graphs.index import synergies, synergy
from graphs.records import Actor, Tie
from graphs.series import figures
from tests.graphs.anybody import PLACES, REGIONS, TODAY, few, many, options, records, snapshot

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
    "distance_weighted_fragmentation_after_exit": (
        measures.distance_weighted_fragmentation_after_exit
    ),
}
WHOLE = {
    "density": measures.density,
    "degree_centralisation": measures.degree_centralisation,
    "diameter": measures.diameter,
    "fragmentation": measures.fragmentation,
    "distance_weighted_fragmentation": measures.distance_weighted_fragmentation,
    "connected_pairs": measures.connected_pairs,
    "modularity": lambda graph: measures.modularity(graph, by_sector(graph)),
    "ei_index": lambda graph: measures.ei_index(graph).value,
    "ei_index expected": lambda graph: measures.ei_index(graph).expected,
    "synergy": lambda graph: synergy(graph, PLACES, "16").value,
    "resilience": lambda graph: synergy(graph, PLACES).resilience,
}

SEEDED = {
    "betweenness": lambda graph, seed: measures.betweenness(graph, 3, 3, seed),
    "communities": lambda graph, seed: measures.communities(graph, tries=2, seed=seed),
    "ei_by_chance": lambda graph, seed: measures.ei_by_chance(graph, permutations=20, seed=seed),
}
"""What draws lots."""


def by_sector(graph: nx.Graph) -> list[set[int]]:
    groups: dict[str, set[int]] = {}
    for node, sector in graph.nodes(data="sector"):
        groups.setdefault(sector, set()).add(node)
    return list(groups.values())


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
        for seeded in SEEDED.values():
            seeded(graph, 1)
        measures.compare(graph, by_sector(graph), by="region")
        measures.exit_of(graph, list(graph)[:2])
        measures.of_region(graph, PLACES, "16")
        measures.of_sectors(graph, {"opd"})
        figures(graph)
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

    @pytest.mark.parametrize("name", SEEDED)
    @given(given_records=records(), seed=st.integers(0, 9))
    @few
    def test_repeat_themselves_with_the_same_seed(self, name, given_records, seed):
        graph, twin = (build.network(*given_records, TODAY) for _ in range(2))
        assert SEEDED[name](graph, seed) == SEEDED[name](twin, seed)

    @given(records())
    @many
    def test_keep_everybody_in_exactly_one_circle(self, given_records):
        graph = build.network(*given_records, TODAY)
        parts = measures.communities(graph, tries=1)
        assert sorted(node for part in parts for node in part) == list(graph)
        isolates = [{node} for node in nx.isolates(graph)]
        assert all(one in parts for one in isolates)

    @given(records())
    @many
    def test_roles_add_up_to_the_open_two_paths(self, given_records):
        graph = build.network(*given_records, TODAY)
        roles = measures.brokerage(graph)
        open_paths = sum(
            not graph.has_edge(one, other)
            for node in graph
            for one, other in combinations(graph[node], 2)
        )
        assert list(roles) == list(graph)
        assert sum(one.total for one in roles.values()) == open_paths
        assert all(one.exclusive_liaison <= one.liaison for one in roles.values())

    @given(records(), st.sets(st.integers(0, 9)))
    @many
    def test_f_and_df_of_a_removal_are_those_of_counting(self, given_records, leaving):
        graph = build.network(*given_records, TODAY)
        leaving &= set(graph)
        gone = measures.exit_of(graph, leaving)
        left = graph.copy()
        left.remove_nodes_from(leaving)
        away = dict(nx.all_pairs_shortest_path_length(left))
        pairs = list(combinations(left, 2))
        apart = [pair for pair in pairs if pair[1] not in away[pair[0]]]
        near = sum(1 / away[one][other] for one, other in pairs if other in away[one])
        if not pairs:
            assert gone.fragmentation.after is gone.distance_weighted.after is None
            return
        assert gone.fragmentation.after == pytest.approx(len(apart) / len(pairs))
        assert gone.distance_weighted.after == pytest.approx(1 - near / len(pairs))
        assert gone.pairs_lost == sum(nx.has_path(graph, *pair) for pair in apart)

    @given(records())
    @many
    def test_f_and_df_after_every_single_exit_are_those_of_that_exit(self, given_records):
        graph = build.network(*given_records, TODAY)
        f = measures.fragmentation_after_exit(graph)
        df = measures.distance_weighted_fragmentation_after_exit(graph)
        for node in graph:
            gone = measures.exit_of(graph, [node])
            assert f[node] == pytest.approx(gone.fragmentation.after)
            assert df[node] == pytest.approx(gone.distance_weighted.after)

    @given(records(), st.sets(st.integers(0, 9), min_size=2, max_size=2))
    @many
    def test_a_new_tie_never_drives_apart(self, given_records, pair):
        graph = build.network(*given_records, TODAY)
        if not pair <= set(graph):
            return
        more = graph.copy()
        more.add_edge(*pair)
        for measure in (measures.fragmentation, measures.distance_weighted_fragmentation):
            assert measure(more) <= measure(graph) + 1e-12

    @given(records())
    @many
    def test_chance_holds_every_value_where_there_is_one_sector(self, given_records):
        actors, ties = given_records
        alike = [Actor(one.id, "opd", one.level, one.region) for one in actors]
        graph = build.network(alike, ties, TODAY)
        chance = measures.ei_by_chance(graph, permutations=5)
        value = measures.ei_index(graph).value
        assert (chance.network is None) == (value is None)
        assert value is None or chance.network == measures.Interval(-1.0, -1.0)

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
    assert measures.communities(graph) == [{0}][:nodes]
    assert measures.ei_by_chance(graph).network is None
    assert measures.compare(graph, measures.components(graph)).adjusted_rand is None
    assert figures(graph).isolated == nodes
