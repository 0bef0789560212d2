"""igraph and networkit, written by others in other languages, say the same of the same networks."""

import igraph
import networkit
import networkx as nx
import pytest

from graphs import measures

GRAPHS = {
    "karate": nx.Graph(nx.karate_club_graph().edges),
    "florentine": nx.convert_node_labels_to_integers(nx.florentine_families_graph()),
    "sparse": nx.gnp_random_graph(120, 0.015, seed=2),
    "dense": nx.gnp_random_graph(60, 0.2, seed=3),
    "hubs": nx.barabasi_albert_graph(150, 2, seed=4),
    "chain": nx.path_graph(12),
}


@pytest.fixture(params=GRAPHS)
def graph(request) -> nx.Graph:
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(GRAPHS[request.param]))
    ordered.add_edges_from(GRAPHS[request.param].edges)
    return ordered


@pytest.fixture
def twin(graph) -> igraph.Graph:
    return igraph.Graph(len(graph), list(graph.edges))


@pytest.fixture
def other(graph) -> networkit.Graph:
    made = networkit.Graph(len(graph))
    for one, two in graph.edges:
        made.addEdge(one, two)
    return made


def defined(values) -> dict[int, float]:
    """Return those that are defined, of a dict or a list."""
    items = values.items() if isinstance(values, dict) else enumerate(values)
    return {node: value for node, value in items if value is not None and value == value}


def test_shape(graph, twin):
    assert measures.density(graph) == pytest.approx(twin.density())
    assert measures.degree_centralisation(graph) == pytest.approx(freeman(twin))
    assert list(measures.core_numbers(graph).values()) == twin.coreness()
    assert defined(measures.clustering(graph)) == pytest.approx(
        defined(twin.transitivity_local_undirected(mode="nan"))
    )
    parts = sorted(map(set, twin.connected_components()), key=lambda one: (-len(one), min(one)))
    assert measures.components(graph) == parts


def freeman(twin: igraph.Graph) -> float:
    degrees = twin.degree()
    nodes = len(degrees)
    return sum(max(degrees) - one for one in degrees) / ((nodes - 1) * (nodes - 2))


def test_betweenness(graph, twin, other):
    pairs = (len(graph) - 1) * (len(graph) - 2) / 2
    ours = list(measures.betweenness(graph).values.values())
    assert ours == pytest.approx([one / pairs for one in twin.betweenness()])
    theirs = networkit.centrality.Betweenness(other, normalized=True).run().scores()
    assert ours == pytest.approx(theirs)


def test_betweenness_of_many_samples_of_half(graph, twin):
    pairs = (len(graph) - 1) * (len(graph) - 2) / 2
    samples = [
        measures.betweenness(graph, exact_up_to=0, pivots=len(graph) // 2, seed=seed)
        for seed in range(25)
    ]
    for node, exact in enumerate(twin.betweenness()):
        mean = sum(one.values[node] for one in samples) / len(samples)
        error = max(one.error[node] for one in samples) / len(samples) ** 0.5
        assert abs(mean - exact / pairs) <= 2 * error + 1e-9


def test_harmonic_closeness(graph, twin, other):
    ours = list(measures.harmonic_closeness(graph).values())
    assert ours == pytest.approx(twin.harmonic_centrality())
    theirs = networkit.centrality.HarmonicCloseness(other, normalized=True).run().scores()
    assert ours == pytest.approx(theirs)


def test_constraint(graph, twin):
    assert defined(measures.constraint(graph)) == pytest.approx(defined(twin.constraint()))


def test_constraint_by_strength(graph):
    weights = [1 + (3 * one + 5 * two) % 7 for one, two in graph.edges]
    nx.set_edge_attributes(graph, dict(zip(graph.edges, weights, strict=True)), "strength")
    twin = igraph.Graph(len(graph), list(graph.edges))
    assert defined(measures.constraint(graph, "strength")) == pytest.approx(
        defined(twin.constraint(weights=weights))
    )


def test_cuts(graph, twin):
    assert measures.articulation_points(graph) == set(twin.articulation_points())
    assert measures.bridges(graph) == sorted(
        tuple(sorted(twin.es[one].tuple)) for one in twin.bridges()
    )


def test_fragmentation_after_every_exit(graph, twin):
    after = measures.fragmentation_after_exit(graph)
    for node in graph:
        left = twin.copy()
        left.delete_vertices(node)
        connected = sum(size * (size - 1) // 2 for size in left.connected_components().sizes())
        pairs = left.vcount() * (left.vcount() - 1) // 2
        assert after[node] == pytest.approx(1 - connected / pairs)


def test_distance_weighted_fragmentation(graph, twin):
    distances = [
        one
        for row, line in enumerate(twin.distances())
        for place, one in enumerate(line)
        if place != row
    ]
    assert measures.distance_weighted_fragmentation(graph) == pytest.approx(
        1 - sum(1 / one for one in distances) / len(distances)
    )


def test_reach(graph, twin):
    for steps in (1, 2, 3):
        reached = set().union(*twin.neighborhood([0, 5], order=steps)) - {0, 5}
        assert measures.reach(graph, [0, 5], steps) == len(reached) / (len(graph) - 2)


def test_diameter(graph, twin):
    largest = max(twin.connected_components().sizes())
    widths = [part.diameter() for part in twin.decompose() if part.vcount() == largest]
    assert measures.diameter(graph) == max(widths)


def test_assortativity_says_the_same_as_the_ties_inside(graph, twin):
    # Newman's coefficient and E–I count the same ties inside: a third library for our counts.
    groups = [node % 3 for node in graph]
    nx.set_node_attributes(graph, dict(enumerate(groups)), "sector")
    inside = measures.ei_index(graph).internal / graph.number_of_edges()
    shares = [
        sum(twin.degree(node) for node in graph if groups[node] == one) / (2 * twin.ecount())
        for one in range(3)
    ]
    chance = sum(share**2 for share in shares)
    assert (inside - chance) / (1 - chance) == pytest.approx(
        twin.assortativity_nominal(groups, directed=False)
    )


def test_communities_are_as_good_as_theirs(graph, twin, other):
    ours = measures.modularity(graph, measures.communities(graph))
    theirs = max(twin.community_multilevel().modularity for _ in range(3))
    assert ours >= theirs - 0.02
    found = networkit.community.PLM(other).run().getPartition()
    parts = [set(found.getMembers(one)) for one in found.getSubsetIds()]
    quality = networkit.community.Modularity().getQuality(found, other)
    assert measures.modularity(graph, parts) == pytest.approx(quality)
    assert ours >= quality - 0.02
