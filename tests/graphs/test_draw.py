"""The model of the picture: fixed, plain, and nothing in it that a browser would run."""

import json
from datetime import date
from time import process_time

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.build import network
from graphs.draw import SUGGESTED, data, grouped, picture, strongest_layer
from graphs.draw.model import COLOURS
from graphs.layout import positions
from graphs.records import LAYERS, SECTORS, Actor, Place, Tie

HOSTILE = ["<img src=x onerror=alert(1)>", "href", "</script><script>alert(1)</script>", "*_`b`_*"]
DAY = date(2017, 11, 6)


def drawn(graph, **changes):
    """Return the picture of a graph in which everybody looks the same, but for some changes."""
    looks = {
        "positions": {one: (float(at), 0.0) for at, one in enumerate(graph)},
        "labels": {one: str(one) for one in graph},
        "colours": dict.fromkeys(graph, "#1f77b4"),
        "shapes": dict.fromkeys(graph, "dot"),
        "sizes": dict.fromkeys(graph, 1.0),
    }
    return picture(graph, **(looks | changes))


def edges(graph, **changes):
    """Return the edges of a picture by their ends."""
    return {(one["from"], one["to"]): one for one in data(drawn(graph, **changes))["edges"]}


@pytest.fixture
def graph():
    graph = nx.Graph()
    graph.add_edge(1, 2, strength=4.0, layers={"agreement": 1.0, "team": 1.0}, working=True)
    graph.add_edge(2, 3, strength=0.04, layers={"attendance": 0.04}, working=False)
    graph.add_edge(3, 4, strength=400.0, layers={"team": 9.0}, working=True)
    return graph


class TestNodes:
    def test_stand_where_they_should_and_stay_there(self, graph):
        model = drawn(graph, positions={one: (10.5 * one, -one) for one in graph})

        assert [(node["x"], node["y"]) for node in model.nodes] == [
            (10.5, -1.0),
            (21.0, -2.0),
            (31.5, -3.0),
            (42.0, -4.0),
        ]
        assert all(node["fixed"] and not node["physics"] for node in model.nodes)
        assert model.options.physics.enabled is False

    def test_area_is_in_proportion_to_the_measure(self, graph):
        nodes = data(drawn(graph, sizes={1: 100, 2: 25, 3: 1}))["nodes"]

        assert [node["size"] for node in nodes] == [36.0, 18.0, 8.0, 8.0]

    def test_alike_when_the_measure_says_nothing(self, graph):
        assert {node["size"] for node in data(drawn(graph))["nodes"]} == {14.0}
        assert {node["size"] for node in data(drawn(graph, sizes={}))["nodes"]} == {14.0}

    def test_colour_and_shape_are_two_signs(self, graph):
        nodes = data(
            drawn(
                graph,
                colours={one: f"#00000{one}" for one in graph},
                shapes={one: "square" if one % 2 else "star" for one in graph},
            )
        )["nodes"]

        assert [(node["color"], node["shape"]) for node in nodes[:2]] == [
            ("#000001", "square"),
            ("#000002", "star"),
        ]

    @pytest.mark.parametrize("name", HOSTILE)
    def test_names_stay_text(self, graph, name):
        model = drawn(graph, labels=dict.fromkeys(graph, name))

        assert {node["label"] for node in data(model)["nodes"]} == {name}
        # vis-network writes titles as HTML, so there must be none on anything.
        assert not any("title" in one for one in [*model.nodes, *model.edges])


class TestTies:
    def test_are_drawn_by_their_strongest_layer(self, graph):
        found = edges(graph)

        assert [found[pair]["layer"] for pair in graph.edges] == ["agreement", "attendance", "team"]
        assert {one["dashes"] for one in found.values()} == {False}
        colours = [one["color"]["color"] for one in drawn(graph).edges]
        assert colours == [COLOURS["agreement"], COLOURS["attendance"], COLOURS["team"]]

    def test_width_is_by_strength_within_bounds_and_weak_ones_are_faint(self, graph):
        found = edges(graph)

        assert [found[pair]["width"] for pair in graph.edges] == [3.0, 1.2, 6.0]
        assert found[2, 3]["opacity"] < found[1, 2]["opacity"]

    def test_suggested_ones_are_dashed_and_only_where_there_is_none(self, graph):
        found = edges(graph, suggested=[(1, 4), (4, 1), (1, 2), (1, 99), (3, 3)])

        assert len(found) == 4
        extra = found[4, 1]
        assert (extra["layer"], extra["dashes"]) == (SUGGESTED, True)

    @pytest.mark.parametrize(
        ("layers", "layer"),
        [(dict.fromkeys(LAYERS[at:], 1.0), LAYERS[at]) for at in range(4)]
        + [({"agreement": 0.0, "team": 0.2}, "team"), ({}, "attendance")],
    )
    def test_strongest_layer(self, layers, layer):
        assert strongest_layer(layers) == layer

    def test_every_layer_has_a_colour(self):
        assert set(COLOURS) == {*LAYERS, SUGGESTED}
        assert len(set(COLOURS.values())) == 5


class TestData:
    def test_is_ready_for_json_and_new(self, graph):
        model = drawn(graph, suggested=[(1, 4)])
        first = data(model)
        first["nodes"][0]["label"] = "changed"

        again = json.loads(json.dumps(data(model)))

        assert again == data(model)
        assert again["nodes"][0]["label"] == "1"
        assert set(again["nodes"][0]) == {"id", "label", "x", "y", "shape", "color", "size"}
        assert set(again["edges"][0]) == {"from", "to", "layer", "width", "opacity", "dashes"}

    def test_does_not_touch_the_graph(self, graph):
        before = nx.to_dict_of_dicts(graph)

        drawn(graph)

        assert nx.to_dict_of_dicts(graph) == before

    def test_nothing_to_draw(self):
        assert data(drawn(nx.Graph())) == {"nodes": [], "edges": []}

    def test_fifteen_hundred_organisations_at_once(self):
        large = nx.gnm_random_graph(1500, 6000, seed=1)
        drawn(nx.Graph())  # imports pyvis
        start = process_time()

        assert len(data(drawn(large))["edges"]) == 6000
        assert process_time() - start < 2


class TestInput:
    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"positions": {}}, "node 1 has no position"),
            ({"labels": {1: "a"}}, "node 2 has no label"),
            ({"colours": {}}, "node 1 has no colour"),
            ({"shapes": {}}, "node 1 has no shape"),
            ({"sizes": {3: -1}}, "size of node 3"),
            ({"sizes": {3: float("nan")}}, "size of node 3"),
        ],
    )
    def test_is_refused_with_its_reason(self, graph, changes, message):
        with pytest.raises(ValueError, match=message):
            drawn(graph, **changes)


PLACES = {
    "16": Place("16", "province"),
    "62": Place("62", "province"),
    "16.04": Place("16.04", "district", "16"),
    "16.71": Place("16.71", "district", "16"),
    "16.04.01.2001": Place("16.04.01.2001", "village", "16.04"),
}
SECTOR_OF = {1: "opd", 2: "opd", 3: "opd", 4: "media", 5: "opd", 6: "opd"}
REGION_OF = {1: "16", 2: "16.04", 3: "16.04.01.2001", 4: "16.71", 5: "62", 6: None}


def partners(only=tuple(SECTOR_OF)):
    """Return six organisations: 1-2 and 1-3 and 2-4 and 3-4 tied in a province, 4-5, 5-6."""
    actors = [
        Actor(one, SECTOR_OF[one], "district" if one in (2, 4) else "province", REGION_OF[one])
        for one in only
    ]
    pairs = [(1, 2), (1, 3), (2, 4), (3, 4), (4, 5), (5, 6)]
    ties = [Tie("team", pair, DAY) for pair in pairs]
    ties.append(Tie("attendance", (2, 4), date(2017, 11, 1)))
    return network(actors, ties, DAY)


class TestGrouped:
    def test_one_node_per_province_and_sector(self):
        groups = grouped(partners(), PLACES)

        assert dict(groups.nodes(data="members")) == {
            "*:opd": (6,),
            "16:media": (4,),
            "16:opd": (1, 2, 3),
            "62:opd": (5,),
        }
        assert groups.nodes["16:opd"] == {
            "sector": "opd",
            "region": "16",
            "level": "province",
            "group": "16:opd",
            "members": (1, 2, 3),
            "size": 3,
            "inside": 2,
        }
        assert groups.nodes["*:opd"]["level"] == "national"

    def test_ties_add_up(self):
        groups, graph = grouped(partners(), PLACES), partners()
        edge = groups.edges["16:opd", "16:media"]

        assert edge["ties"] == 2
        assert edge["strength"] == pytest.approx(
            graph.edges[2, 4]["strength"] + graph.edges[3, 4]["strength"]
        )
        assert set(edge["layers"]) == {"team", "attendance"}
        assert edge["layers"]["team"] == 2.0
        assert edge["working"]
        assert edge["last_contact"] == DAY
        inside = sum(size for _, size in groups.nodes(data="inside"))
        assert inside + sum(ties for *_, ties in groups.edges(data="ties")) == 6

    def test_within_one_province_one_node_per_district_and_sector(self):
        groups = grouped(partners(only=(1, 2, 3, 4, 6)), PLACES)

        assert dict(groups.nodes(data="members")) == {
            "*:opd": (6,),
            "16.04:opd": (2, 3),
            "16.71:media": (4,),
            "16:opd": (1,),
        }
        assert groups.nodes["16.04:opd"]["level"] == "district"

    def test_opened_groups_show_their_organisations(self):
        graph = partners()
        groups = grouped(graph, PLACES, opened=["16:opd", "99:opd"])

        assert set(groups) == {1, 2, 3, "*:opd", "16:media", "62:opd"}
        assert groups.nodes[2] == {**graph.nodes[2], "group": "16:opd"}
        assert groups.edges[1, 2]["ties"] == 1
        assert groups.edges[1, 2]["strength"] == graph.edges[1, 2]["strength"]
        assert set(groups["16:media"]) == {2, 3, "62:opd"}

    def test_everything_opened_is_the_network_itself(self):
        graph = partners()

        everything = grouped(graph, PLACES, opened=list(grouped(graph, PLACES)))

        assert set(everything) == set(graph)
        assert {frozenset(pair) for pair in everything.edges} == {
            frozenset(pair) for pair in graph.edges
        }

    def test_can_be_laid_out_and_drawn(self):
        groups = grouped(partners(), PLACES, opened=["16:opd"])
        sizes = {one: data.get("size", 1) for one, data in groups.nodes(data=True)}

        model = drawn(groups, positions=positions(groups, seed=1), sizes=sizes)

        assert [node["id"] for node in data(model)["nodes"]] == [
            1,
            2,
            3,
            "*:opd",
            "16:media",
            "62:opd",
        ]

    @settings(max_examples=50, deadline=None)
    @given(
        st.lists(st.tuples(st.sampled_from([*PLACES, None]), st.sampled_from(SECTORS)), max_size=8),
        st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=10),
    )
    def test_nobody_and_no_tie_is_lost(self, where, pairs):
        graph = nx.empty_graph(len(where))
        for one, (region, sector) in enumerate(where):
            graph.nodes[one].update(region=region, sector=sector, level="district")
        graph.add_edges_from((a, b) for a, b in pairs if a != b and max(a, b) < len(where))
        before = nx.to_dict_of_dicts(graph)
        opened = sorted(grouped(graph, PLACES))[::2]

        groups = grouped(graph, PLACES, opened)

        alone = {one for one in groups if isinstance(one, int)}
        members = [one for group in set(groups) - alone for one in groups.nodes[group]["members"]]
        assert sorted([*alone, *members]) == list(graph)
        ties = sum(ties for *_, ties in groups.edges(data="ties"))
        inside = sum(groups.nodes[group]["inside"] for group in set(groups) - alone)
        assert ties + inside == graph.number_of_edges()
        assert nx.to_dict_of_dicts(graph) == before
