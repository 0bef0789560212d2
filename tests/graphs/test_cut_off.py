"""Who would be lost with whom: against the plain removal of each organisation, and on paper."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.simulate.cut_off import cut_off_by_exit


def removed_one_by_one(graph):
    """Take each node out of the graph and look who is apart from the largest rest."""
    found = {}
    for node in graph:
        rest = graph.subgraph(nx.node_connected_component(graph, node) - {node})
        parts = sorted(nx.connected_components(rest), key=lambda part: (-len(part), min(part)))
        lost = sorted(one for part in parts[1:] for one in part)
        if lost:
            found[node] = (len(lost), tuple(lost))
    return found


@st.composite
def any_network(draw):
    """Up to twelve organisations, some tied, in any order of their ids."""
    nodes = draw(st.permutations(range(draw(st.integers(0, 12)))))
    graph = nx.empty_graph(nodes)
    pairs = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)) if nodes else st.nothing()
    graph.add_edges_from(draw(st.lists(pairs, max_size=16)) if nodes else [])
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


@settings(max_examples=60, deadline=None)
@given(any_network())
def test_is_what_removing_one_after_the_other_says(graph):
    found = cut_off_by_exit(graph, most=99)

    assert {one: (cut.count, cut.organisations) for one, cut in found.items()} == (
        removed_one_by_one(graph)
    )
    assert set(found) == set(nx.articulation_points(graph))


def test_without_the_medici_three_families_stand_alone():
    # Acciaiuoli hangs on the Medici, and Salviati with Pazzi: three of fourteen.
    families = nx.florentine_families_graph()
    names = dict(enumerate(sorted(families)))
    numbers = {name: number for number, name in names.items()}

    lost = cut_off_by_exit(nx.relabel_nodes(families, numbers))

    named = {names[one]: {names[other] for other in cut.organisations} for one, cut in lost.items()}
    assert named == {
        "Medici": {"Acciaiuoli", "Salviati", "Pazzi"},
        "Salviati": {"Pazzi"},
        "Guadagni": {"Lamberteschi"},
        "Albizzi": {"Ginori"},
    }


@pytest.mark.parametrize("size", [2, 3, 1500])
def test_of_a_star_all_but_one_are_lost_with_the_hub_and_few_are_named(size):
    found = cut_off_by_exit(nx.star_graph(size), most=20)

    assert set(found) == {0}
    assert found[0].count == size - 1
    # Of parts that are equally large, the one with the lowest id keeps its place.
    assert 1 not in found[0].organisations
    assert len(found[0].organisations) == min(size - 1, 20)


def test_of_many_the_lowest_are_named_wherever_the_search_begins():
    # With 1 leave 2, 3, 60 and 1000; the triangle with 4 and 5 stays. The search meets 1000 first.
    ties = [(1, 1000), (1000, 2), (1, 60), (60, 3), (1, 4), (4, 5), (5, 6), (6, 4)]

    assert cut_off_by_exit(nx.Graph(ties), most=2)[1].organisations == (2, 3)
    assert cut_off_by_exit(nx.Graph(ties[::-1]), most=2)[1].organisations == (2, 3)


@settings(max_examples=60, deadline=None)
@given(any_network(), st.integers(1, 4), st.randoms(use_true_random=False))
def test_in_another_order_of_the_graph_the_same_are_named(graph, most, lot):
    nodes, edges = list(graph), [lot.sample(edge, 2) for edge in graph.edges]
    lot.shuffle(nodes)
    lot.shuffle(edges)
    shuffled = nx.empty_graph(nodes)
    shuffled.add_edges_from(edges)

    found = cut_off_by_exit(graph, most)

    assert found == cut_off_by_exit(shuffled, most)
    assert {one: (cut.count, cut.organisations) for one, cut in found.items()} == {
        one: (count, lost[:most]) for one, (count, lost) in removed_one_by_one(graph).items()
    }
