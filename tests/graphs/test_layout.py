"""The picture: deterministic, nothing over anything else, and hubs where one looks for them."""

from itertools import combinations
from math import dist
from time import process_time

import networkx as nx
import numpy as np
import pytest
from scipy.spatial import cKDTree

from graphs.layout import positions
from graphs.layout.forces import Field, pushes_of_pairs
from graphs.layout.spacing import radii


def partnership(n, m, seed=5):
    """Return a network of districts around some hubs, a few organisations without any tie."""
    lots = np.random.default_rng(seed)
    active = int(n * 0.95)
    weight = lots.pareto(1.5, active) + 0.2
    district = lots.integers(0, max(1, n // 15), active)
    pairs = set()
    for home in range(max(1, n // 15)):
        pool = np.flatnonzero(district == home)
        if len(pool) > 1:
            share = weight[pool] / weight[pool].sum()
            ends = lots.choice(pool, (int(0.8 * m * len(pool) / active), 2), p=share)
            pairs.update((int(a), int(b)) for a, b in ends if a != b)
    abroad = lots.choice(active, (m - len(pairs), 2), p=weight / weight.sum())
    pairs.update((int(a), int(b)) for a, b in abroad if a != b)
    graph = nx.empty_graph(n)
    graph.add_edges_from(
        (a, b, {"strength": float(lots.uniform(0.1, 3))}) for a, b in sorted(pairs)
    )
    return graph


def nearest(found):
    """Return the mean distance to the nearest neighbour."""
    distances, _ = cKDTree(list(found.values())).query(list(found.values()), k=2)
    return distances[:, 1].mean()


def boxes(graph, found):
    """Return the bounding box of each component that has a tie."""
    parts = [part for part in nx.connected_components(graph) if len(part) > 1]
    corners = [np.array([found[one] for one in part]) for part in parts]
    return [(points.min(axis=0), points.max(axis=0)) for points in corners]


def apart(one, other):
    """Whether two boxes have nothing in common."""
    return bool(np.any(one[1] < other[0]) or np.any(other[1] < one[0]))


GRAPHS = {
    "nothing": nx.empty_graph(0),
    "one": nx.empty_graph(1),
    "strangers": nx.empty_graph(30),
    "a pair": nx.path_graph(2),
    "a chain": nx.path_graph(3),
    "a triangle": nx.complete_graph(3),
    "a clique": nx.complete_graph(20),
    "a loop": nx.Graph([(1, 1), (1, 2)]),
    "karate": nx.karate_club_graph(),
    "islands": nx.disjoint_union_all(
        [nx.star_graph(20), nx.path_graph(8), *[nx.path_graph(2)] * 9, nx.empty_graph(12)]
    ),
    "partners": partnership(300, 700),
}


@pytest.fixture(params=GRAPHS, scope="module")
def graph(request):
    return GRAPHS[request.param]


@pytest.fixture(scope="module")
def found(graph):
    return positions(graph, seed=1)


class TestEveryPicture:
    def test_has_a_place_for_everybody(self, graph, found):
        assert list(found) == sorted(graph)
        assert all(isinstance(number, float) for at in found.values() for number in at)
        assert np.isfinite(list(found.values()) or [(0, 0)]).all()
        assert len(set(found.values())) == len(graph)

    def test_is_the_same_for_the_same_seed_in_any_order(self, graph, found):
        nodes, edges = list(graph.nodes), list(graph.edges(data=True))
        other = nx.Graph()
        other.add_nodes_from(reversed(nodes))
        other.add_edges_from((b, a, data) for a, b, data in reversed(edges))

        assert positions(other, seed=1) == found

    def test_no_component_lies_over_another(self, graph, found):
        assert all(apart(one, other) for one, other in combinations(boxes(graph, found), 2))

    def test_no_isolate_lies_in_a_component(self, graph, found):
        for lone in nx.isolates(graph):
            point = (np.array(found[lone]),) * 2
            assert all(apart(point, box) for box in boxes(graph, found))

    def test_circles_do_not_overlap(self, graph):
        found = positions(graph, seed=1)
        values = np.array([graph.degree(one) for one in graph], dtype=float)
        room = dict(zip(graph, radii(values), strict=True))

        for one, other in combinations(graph, 2):
            assert dist(found[one], found[other]) > room[one] + room[other]

    def test_neighbours_are_about_sixty_pixels_apart(self, graph, found):
        if len(graph) > 1:
            assert 50 < nearest(found) < 110

    def test_does_not_touch_the_graph(self, graph):
        before = nx.to_dict_of_dicts(graph)

        positions(graph, seed=1)

        assert nx.to_dict_of_dicts(graph) == before


class TestLooks:
    def test_pendants_surround_their_hub(self):
        found = positions(nx.star_graph(40), seed=3)
        ways = np.array([found[one] for one in range(1, 41)]) - found[0]

        angles = np.sort(np.arctan2(ways[:, 1], ways[:, 0]))
        gaps = np.diff(np.append(angles, angles[0] + 2 * np.pi))
        # 40 pendants: no empty side larger than a sixth of the circle.
        assert gaps.max() < np.pi / 3

    def test_hubs_are_central(self):
        graph = GRAPHS["karate"]
        found = positions(graph, seed=3)
        middle = np.mean(list(found.values()), axis=0)
        far = [dist(found[one], middle) for one in graph]
        degree = [graph.degree(one) for one in graph]

        assert np.corrcoef(far, degree)[0, 1] < -0.3

    def test_partners_are_nearer_than_strangers(self):
        graph = GRAPHS["partners"]
        found = positions(graph, seed=3)
        part = max(nx.connected_components(graph), key=len)
        tied = np.mean([dist(found[one], found[other]) for one, other in graph.edges])
        anyone = np.mean([dist(found[a], found[b]) for a, b in combinations(sorted(part), 2)])

        assert tied < 0.55 * anyone

    def test_a_strong_tie_is_shorter_than_a_weak_one(self):
        graph = nx.Graph()
        graph.add_edge(1, 2, strength=3.0)
        graph.add_edge(2, 3, strength=0.05)
        found = positions(graph, seed=3)

        assert dist(found[1], found[2]) < dist(found[2], found[3])

    def test_isolates_stand_in_rows_below(self):
        graph = GRAPHS["islands"]
        found = positions(graph, seed=3)
        alone = set(nx.isolates(graph))
        rows = {found[one][1] for one in alone}

        assert min(rows) > max(found[one][1] for one in set(graph) - alone)
        assert len(rows) <= 2

    def test_groups_have_room_by_their_size(self):
        graph = nx.Graph([("16:opd", "16:media"), ("16:opd", 7), ("62:opd", "62:media")])
        for one, size in (("16:opd", 100), ("16:media", 100), ("62:opd", 4), ("62:media", 1)):
            graph.nodes[one]["size"] = size
        found = positions(graph, seed=3)

        assert list(found) == [7, "16:media", "16:opd", "62:media", "62:opd"]
        assert dist(found["16:opd"], found["16:media"]) > 72

    def test_other_lots_another_picture(self):
        assert positions(GRAPHS["karate"], seed=1) != positions(GRAPHS["karate"], seed=2)


class TestPrevious:
    def test_nothing_moves_where_nothing_changed(self, graph, found):
        assert positions(graph, seed=9, previous=found) == found

    def test_a_new_partner_moves_nobody_far(self):
        graph = GRAPHS["partners"]
        before = positions(graph, seed=1)
        more = nx.Graph(graph)
        more.add_edges_from([(1000, 3), (1000, 5), (1001, 1000)])

        after = positions(more, seed=1, previous=before)

        moved = [dist(before[one], after[one]) for one in graph]
        assert np.mean(moved) < 5
        assert max(moved) < 150
        assert len(set(after.values())) == len(more)
        assert min(dist(after[1000], after[one]) for one in (3, 5)) < 600

    def test_who_finds_a_first_partner_comes_to_it_and_the_others_stay(self):
        graph = nx.barabasi_albert_graph(60, 2, seed=1)
        graph.add_nodes_from(range(100, 160))
        before = positions(graph, seed=1)
        graph.add_edge(159, 0)

        after = positions(graph, seed=1, previous=before)

        assert dist(after[159], after[0]) < dist(before[159], before[0]) / 2
        moved = [one for one in graph if dist(after[one], before[one]) > 60]
        assert moved == [159]

    def test_a_tie_between_two_components_makes_room(self):
        graph = nx.disjoint_union_all([nx.star_graph(9), nx.star_graph(8), nx.path_graph(3)])
        before = positions(graph, seed=1)
        joined = nx.Graph(graph)
        joined.add_edge(0, 10)

        after = positions(joined, seed=1, previous=before)

        assert all(after[one] == before[one] for one in range(19))
        assert all(apart(one, other) for one, other in combinations(boxes(joined, after), 2))

    def test_who_lost_its_last_tie_leaves_the_component(self):
        graph = nx.star_graph(12)
        before = positions(graph, seed=1)
        lonely = nx.Graph(graph)
        lonely.remove_edge(0, 5)

        after = positions(lonely, seed=1, previous=before)

        assert after[0] == before[0]
        (box,) = boxes(lonely, after)
        assert apart((np.array(after[5]),) * 2, box)

    def test_somebody_left(self):
        graph = GRAPHS["karate"]
        before = positions(graph, seed=1)
        fewer = nx.Graph(graph)
        fewer.remove_node(16)

        after = positions(fewer, seed=1, previous=before)

        assert after == {one: at for one, at in before.items() if one != 16}

    @pytest.mark.parametrize("at", [(1.0,), (1.0, float("nan")), (float("inf"), 0.0)])
    def test_a_previous_position_must_be_a_point(self, at):
        with pytest.raises(ValueError, match="no point"):
            positions(nx.path_graph(2), seed=1, previous={0: at})


def test_the_field_on_a_grid_is_the_push_of_all_pairs():
    lots = np.random.default_rng(2)
    points = lots.normal(size=(400, 2)) * lots.uniform(1, 30, size=(400, 1))
    mass = lots.uniform(1, 5, 400)

    exact, quick = pushes_of_pairs(points, mass), Field()(points, mass)

    wrong = np.hypot(*(exact - quick).T) / np.hypot(*exact.T)
    assert np.median(wrong) < 0.05
    assert np.quantile(wrong, 0.95) < 0.25


@pytest.mark.parametrize(("n", "m", "seconds"), [(1500, 6000, 4), (5000, 20000, 12)])
def test_large_networks(n, m, seconds):
    graph = partnership(n, m)
    start = process_time()

    found = positions(graph, seed=1)

    # Of the processor, with a wide margin: an idle machine takes a quarter of this.
    assert process_time() - start < seconds
    assert 50 < nearest(found) < 90
