"""The synergy index on networks small enough to count on paper."""

import random
import time
from datetime import date

import networkx as nx
import pytest

from graphs import build
from graphs.index import synergies, synergy
from graphs.records import LEVELS, SECTORS, Actor, Index, Options, Place, Tie

TODAY = date(2017, 11, 6)
PLACES = {
    "16": Place("16", "province"),
    "16.71": Place("16.71", "district", "16"),
    "16.72": Place("16.72", "district", "16"),
    "62": Place("62", "province"),
}

OFFICE = Actor(1, "opd", "district", "16.71")
CAMPUS = Actor(2, "university", "district", "16.71")
SHOP = Actor(3, "business", "village", "16.71.01")
RADIO = Actor(4, "media", "district", "16.71")
PROVINCE = Actor(10, "opd", "province", "16")
FOUNDATION = Actor(11, "ngo_csr", "national")
ELSEWHERE = Actor(20, "opd", "province", "62")
ALL = [OFFICE, CAMPUS, SHOP, RADIO, PROVINCE, FOUNDATION, ELSEWHERE]


def network(*pairs: tuple[int, ...], attended: tuple[int, ...] = ()) -> nx.Graph:
    agreements = [Tie("agreement", pair, TODAY) for pair in pairs]
    visits = [Tie("attendance", (one,), TODAY) for one in attended]
    return build.network(ALL, [*agreements, *visits], TODAY)


def parts(index: Index) -> tuple[float | None, ...]:
    return index.coverage, index.linkage, index.cohesion, index.resilience


class TestChainThroughTheProvince:
    """Office - campus - province office - shop. The radio station is known and idle."""

    GRAPH = network((1, 2), (2, 10), (10, 3))

    def test_city(self):
        index = synergy(self.GRAPH, PLACES, "16.71")
        assert parts(index) == (
            3 / 6,  # opd, university, business
            1 / 15,  # office - campus; ties to the province office are not within the city
            1.0,  # the three reach each other, by way of the province office
            0.0,  # without the campus, office and shop lose each other
        )
        assert index.value == pytest.approx(100 * (3 / 6 + 1 / 15 + 1 + 0) / 4)
        assert (index.engaged, index.organisations) == (3, 4)
        assert index.sectors == {
            "opd": 1, "university": 1, "community": 0, "ngo_csr": 0, "business": 1, "media": 0,
        }  # fmt: skip

    def test_province_has_its_cities_within(self):
        index = synergy(self.GRAPH, PLACES, "16")
        assert (index.engaged, index.organisations) == (4, 5)
        assert parts(index) == (
            3 / 6,
            2 / 15,  # opd - university, opd - business
            1.0,
            1 / 3,  # without campus or province office one of three pairs is left
        )

    def test_village_nests_by_its_code(self):
        index = synergy(self.GRAPH, PLACES, "16.71.01")
        assert parts(index) == (1 / 6, 0.0, 0.0, 0.0)
        assert index.value == pytest.approx(100 / 24)

    def test_country_has_everybody(self):
        index = synergy(self.GRAPH, PLACES)
        assert (index.engaged, index.organisations) == (4, 7)
        assert parts(index) == parts(synergy(self.GRAPH, PLACES, "16"))


class TestCoverage:
    def test_counts_who_attended_alone(self):
        index = synergy(network(attended=(1, 4)), PLACES, "16.71")
        assert parts(index) == (2 / 6, 0.0, 0.0, 0.0)

    def test_counts_a_tie_to_somebody_far_away(self):
        index = synergy(network((1, 20), (2, 11)), PLACES, "16.71")
        assert (index.coverage, index.engaged) == (2 / 6, 2)

    def test_does_not_count_ties_that_are_too_weak(self):
        ties = [Tie("attendance", (1, 2), TODAY)]
        graph = build.network(ALL, ties, TODAY, Options(working_attendance=2.0))
        graph.nodes[1]["attended"] = graph.nodes[2]["attended"] = False
        assert synergy(graph, PLACES, "16.71").value is None

    def test_is_full_with_six(self):
        actors = [Actor(id, sector, "district", "16.71") for id, sector in enumerate(SECTORS)]
        graph = build.network(actors, [Tie("agreement", tuple(range(6)), TODAY)], TODAY)
        index = synergy(graph, PLACES, "16.71")
        assert (index.value, *parts(index)) == (100.0, 1.0, 1.0, 1.0, 1.0)


class TestLinkage:
    def test_takes_both_ends_in_the_region(self):
        index = synergy(network((1, 10), (2, 10), (3, 11)), PLACES, "16.71")
        assert index.linkage == 0.0

    def test_counts_a_pair_of_sectors_once_and_no_sector_with_itself(self):
        graph = build.network(
            [*ALL, Actor(5, "opd", "district", "16.71")],
            [Tie("agreement", pair, TODAY) for pair in ((1, 2), (2, 5), (1, 5), (2, 3))],
            TODAY,
        )
        assert synergy(graph, PLACES, "16.71").linkage == 2 / 15

    def test_takes_working_ties(self):
        ties = [Tie("attendance", (1, 2), TODAY), Tie("attendance", (3,), TODAY)]
        graph = build.network(ALL, ties, TODAY, Options(working_attendance=2.0))
        index = synergy(graph, PLACES, "16.71")
        assert index.engaged == 3
        assert (index.linkage, index.cohesion) == (0.0, 0.0)


class TestCohesion:
    @pytest.mark.parametrize(
        ("pairs", "attended", "cohesion"),
        [
            ((), (1,), 0.0),  # a single one
            ((), (1, 2), 0.0),
            (((1, 2),), (), 1.0),
            (((1, 2),), (3,), 1 / 3),
            (((1, 2), (3, 4)), (), 2 / 6),
            (((1, 10), (10, 3)), (), 1.0),  # by way of the province
            (((1, 11), (11, 3)), (), 0.0),  # the whole country connects nobody here
            (((1, 20), (20, 3)), (), 0.0),  # nor does another province
        ],
    )
    def test_is_a_share_of_pairs(self, pairs, attended, cohesion):
        index = synergy(network(*pairs, attended=attended), PLACES, "16.71")
        assert index.cohesion == pytest.approx(cohesion)

    def test_connects_through_province_offices_only(self):
        # Another city's campus knows both, but is not of the province level.
        actors = [*ALL, Actor(30, "university", "district", "16.72")]
        ties = [Tie("agreement", (1, 30), TODAY), Tie("agreement", (30, 3), TODAY)]
        assert synergy(build.network(actors, ties, TODAY), PLACES, "16.71").cohesion == 0.0

    def test_connects_through_idle_organisations_of_the_region_never(self):
        # Who connects has ties, and who has ties is engaged: so it is counted as well.
        index = synergy(network((1, 4), (4, 3)), PLACES, "16.71")
        assert (index.engaged, index.cohesion) == (3, 1.0)


class TestResilience:
    @pytest.mark.parametrize(
        ("pairs", "resilience"),
        [
            (((1, 2),), 0.0),  # fewer than three
            (((1, 2), (2, 3)), 0.0),  # without 2 the only pair left is not connected
            (((1, 2), (2, 3), (3, 1)), 1.0),
            (((1, 2), (2, 3), (3, 4), (4, 1)), 1.0),
            (((1, 2), (2, 3), (3, 4)), 1 / 3),  # without 2: {3, 4} of three pairs
            (((1, 2), (2, 3), (3, 1), (3, 4)), 1 / 3),  # without 3: {1, 2} of three
            (((1, 10), (10, 2), (10, 3)), 0.0),  # the connector leaves: no pair, of three
            (((1, 2), (2, 10), (10, 3), (1, 10)), 1 / 3),  # ... {1, 2} of three
            (((1, 2), (3, 4)), 1 / 3),  # already in parts: whoever leaves, one of three
        ],
    )
    def test_is_what_the_worst_exit_leaves(self, pairs, resilience):
        index = synergy(network(*pairs), PLACES, "16.71")
        assert index.resilience == pytest.approx(resilience)

    def test_exit_may_leave_a_larger_share_than_there_was(self):
        # {1, 2, 3} all tied and 4 alone: 3 of 6. Without 1: {2, 3} of 3; the worst of all is
        # one third, and only the exit of 4 would give 3 of 3.
        index = synergy(network((1, 2), (2, 3), (3, 1), attended=(4,)), PLACES, "16.71")
        assert (index.cohesion, index.resilience) == (0.5, pytest.approx(1 / 3))


class TestNobody:
    @pytest.mark.parametrize("region", ["16.72", "62.01", "99"])
    def test_engaged_means_none(self, region):
        index = synergy(network(), PLACES, region)
        assert (index.value, *parts(index)) == (None,) * 5
        assert (index.engaged, index.organisations) == (0, 0)
        assert index.sectors == dict.fromkeys(SECTORS, 0)

    def test_known_and_idle_are_counted_as_organisations(self):
        index = synergy(network(), PLACES, "16.71")
        assert (index.value, index.engaged, index.organisations) == (None, 0, 4)

    def test_in_an_empty_network(self):
        assert synergy(nx.Graph(), {}, "16").value is None
        assert synergy(nx.Graph(), {}).value is None


def naive(graph: nx.Graph, region: str) -> tuple[float | None, ...]:
    """The definition, word by word, with one copy of the graph per exit."""
    graph = build.working(graph)

    def inside(node):
        code = graph.nodes[node]["region"]
        return code is not None and (code + ".").startswith(region + ".")

    def connects(node):
        code = graph.nodes[node]["region"]
        return graph.nodes[node]["level"] == "province" and code and code[:2] == region[:2]

    def share(part, counted):
        pairs = [(a, b) for a in counted for b in counted if a < b]
        return sum(nx.has_path(part, a, b) for a, b in pairs) / len(pairs) if pairs else 0.0

    members = {node for node in graph if inside(node)}
    engaged = members & build.engaged(graph)
    if not engaged:
        return (None,) * 4
    sector = nx.get_node_attributes(graph, "sector")
    linked = {
        tuple(sorted((sector[a], sector[b])))
        for a, b in graph.edges
        if {a, b} <= members and sector[a] != sector[b]
    }
    here = graph.subgraph(members | {node for node in graph if connects(node)})
    exits = [
        share(here.subgraph(set(here) - {gone}), engaged - {gone})
        for gone in here
        if len(engaged) >= 3
    ]
    return (
        len({sector[node] for node in engaged}) / 6,
        len(linked) / 15,
        share(here, engaged),
        min(exits, default=0.0),
    )


CODES = ["16", "16.71", "16.71.01", "16.72", "62", "62.01", None]


@pytest.mark.parametrize("seed", range(25))
def test_agrees_with_the_long_way_round(seed):
    chance = random.Random(seed)
    actors = [
        Actor(id, chance.choice(SECTORS), chance.choice(LEVELS), chance.choice(CODES))
        for id in range(25)
    ]
    ties = [
        Tie(chance.choice(["agreement", "attendance"]), tuple(chance.sample(range(25), size)), day)
        for size, day in ((chance.choice([1, 2, 2, 2, 3]), TODAY) for _ in range(5 + seed))
    ]
    graph = build.network(actors, ties, TODAY)
    regions = [code for code in CODES if code]
    indices = synergies(graph, PLACES, regions)
    assert list(indices) == regions
    for region, index in indices.items():
        assert parts(index) == pytest.approx(naive(graph, region)), region
        assert index == synergy(graph, PLACES, region)


def test_all_regions_of_the_country_take_less_than_half_a_second():
    chance = random.Random(1)
    codes = [f"{province}.{number:02}" for province in range(11, 49) for number in range(1, 15)]
    codes += [str(province) for province in range(11, 49)]
    places = {
        code: Place(
            code, "district" if "." in code else "province", code[:2] if "." in code else None
        )
        for code in codes
    }
    actors = [
        Actor(id, chance.choice(SECTORS), places[code].level, code)
        for id, code in enumerate(chance.choices(codes, k=1500))
    ]
    ties = [Tie("agreement", tuple(chance.sample(range(1500), 2)), TODAY) for _ in range(5000)]
    graph = build.network(actors, ties, TODAY)
    started = time.process_time()
    indices = synergies(graph, places, codes)
    assert time.process_time() - started < 0.5
    assert len(indices) == 570
