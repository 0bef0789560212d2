"""Organisations alone, regions in parts, single brokers; and what holds for all findings."""

from datetime import date
from itertools import combinations
from time import process_time

import networkx as nx
import pytest

from graphs.build import network
from graphs.findings import CODES, find
from graphs.measures import fragmentation
from graphs.records import SECTORS, Actor, Place
from tests.graphs.partnerships import (
    COMMUNITY,
    DAY,
    MEDIA,
    NGO,
    OPD,
    PLACES,
    REGIONS,
    actor,
    found,
    picture,
    team,
)


class TestIsolatedStakeholder:
    def test_whom_it_met_before_and_who_should_visit(self):
        graph = picture(
            [actor(1), actor(2), actor(3, MEDIA)],
            team(1, 2),
        )
        graph.add_edge(1, 3, strength=0.05, working=False, evidence=[("event", 4)],
                       layers={"attendance": 0.05}, last_contact=date(2016, 5, 4))  # fmt: skip

        (one,) = found(graph, "isolated-stakeholder", regions=["16.04"])

        assert (one.organisations, one.region) == ((3,), "16.04")
        assert one.impact == 0.4
        assert (one.step.kind, one.step.who, one.step.to, one.step.through) == ("visit", 3, 1, None)
        assert one.values["met"] == 1
        assert one.values["last_contact"] == "2016-05-04"
        assert one.evidence == (("event", 4),)

    def test_unknown_to_all_the_hub_of_its_region_goes(self):
        graph = picture([actor(1), actor(2), actor(3), actor(4, MEDIA)], team(1, 2), team(2, 3))

        (one,) = found(graph, "isolated-stakeholder", regions=["16.04"])

        assert (one.impact, one.step.to, one.step.through) == (0.2, 2, None)
        assert one.values["met"] is None

    def test_then_the_hub_of_its_province_then_of_all(self):
        hub_of_province = picture([actor(1, OPD, "16"), actor(2, OPD, "16"), actor(4)], team(1, 2))
        hub_of_all = picture([actor(4)])

        (near,) = found(hub_of_province, "isolated-stakeholder")
        (far,) = found(hub_of_all, "isolated-stakeholder")

        assert (near.step.who, near.step.to) == (4, 1)
        assert (far.step.who, far.step.to) == (4, 1000)

    def test_each_once_in_the_nearest_region_looked_at(self):
        graph = picture([actor(1, COMMUNITY, "16.04.01.2001"), actor(2, NGO, None)])

        assert [
            (one.organisations, one.region) for one in found(graph, "isolated-stakeholder")
        ] == [((1,), "16.04"), ((2,), None)]
        assert [
            one.organisations for one in found(graph, "isolated-stakeholder", regions=["62"])
        ] == [(2,)]

    def test_nobody_at_all_can_visit(self):
        graph = network([actor(1)], [], DAY)

        (one,) = found(graph, "isolated-stakeholder")

        assert (one.step.who, one.step.to) == (1, None)


class TestSplitRegion:
    def test_the_two_nearest_of_different_parts(self):
        # {1, 2, 3} and {4, 5} in the district; outside, 3 - 9 - 4 of another province.
        graph = picture(
            [*(actor(one) for one in range(1, 6)), actor(9, OPD, "62")],
            team(1, 2),
            team(2, 3),
            team(4, 5),
            team(3, 9, row=39),
            team(9, 4, row=49),
        )

        (one,) = found(graph, "split-region", regions=["16.04"])

        # Of ten pairs, 3 + 1 are connected.
        assert one.impact == pytest.approx(0.6)
        assert {one.step.who, one.step.to} == {3, 4}
        assert (one.step.kind, one.step.through) == ("connect", 9)
        assert one.values["steps"] == 2
        assert (one.values["parts"], one.values["largest"], one.values["engaged"]) == (2, 3, 5)
        assert one.organisations == (4, 5)
        assert set(one.evidence) == {("team", 39), ("team", 49)}
        assert one.key == "split-region:16.04::"

    def test_organisations_of_the_province_connect(self):
        graph = picture(
            [*(actor(one) for one in range(1, 5)), actor(9, OPD, "16")],
            team(1, 2),
            team(3, 4),
            team(2, 9),
            team(9, 3),
        )

        assert not found(graph, "split-region", regions=["16.04"])

    def test_without_any_way_the_best_connected_of_both_parts(self):
        graph = picture(
            [actor(one) for one in range(1, 8)], team(1, 2), team(2, 3), team(4, 5), team(5, 6)
        )

        (one,) = found(graph, "split-region", regions=["16.04"])

        assert (one.step.who, one.step.to, one.values["steps"]) == (2, 5, None)
        assert one.step.through is None


class TestSingleBroker:
    def test_the_middle_of_a_chain(self):
        # 1-2-3-4-5: without 3, two of six pairs are connected, F rises from 0 to 2/3.
        graph = picture(
            [actor(one) for one in range(1, 6)], *(team(one, one + 1) for one in range(1, 5))
        )

        first, *others = found(graph, "single-broker", regions=["16.04"])

        assert first.organisations == (3,)
        assert first.impact == pytest.approx(2 / 3)
        assert first.values["cut_off"] == 2
        # The partners of 3 meet: four others in one part, F without 3 is 0.
        assert (first.step.kind, first.step.who, first.step.to, first.step.through) == (
            "relieve",
            2,
            4,
            3,
        )
        assert first.values["relieved"] == pytest.approx(0)
        # Without 2 or 4 one of four is cut off: three of six pairs are left.
        assert [one.organisations for one in others if one.region == "16.04"] == [(2,), (4,)]

    def test_the_tie_that_relieves_most_joins_the_two_largest_parts(self):
        # 1 holds {2}, {3, 4} and {5, 6, 7} together.
        graph = picture(
            [actor(one) for one in range(1, 8)],
            *(team(1, one) for one in (2, 3, 5)),
            team(3, 4),
            team(5, 6),
            team(6, 7),
        )

        one = found(graph, "single-broker", regions=["16.04"])[0]

        assert one.organisations == (1,)
        assert {one.step.who, one.step.to} == {3, 5}
        after = {
            pair: fragmentation(self.without(graph, 1, pair))
            for pair in combinations(range(2, 8), 2)
        }
        assert one.values["relieved"] == pytest.approx(min(after.values()))
        assert after[3, 5] == min(after.values())

    @staticmethod
    def without(graph, broker, pair):
        """Return the district without its broker and with one more tie."""
        rest = nx.Graph(graph.subgraph(set(range(1, 8)) - {broker}))
        rest.add_edge(*pair)
        return rest

    def test_the_network_as_a_whole(self):
        graph = network(
            [actor(one, OPD, f"16.{71 + one % 2 * 2}") for one in range(1, 6)],
            [team(1, 2), team(2, 3), team(3, 4), team(4, 5)],
            DAY,
        )

        whole = [one for one in found(graph, "single-broker") if one.region is None]

        assert [one.organisations for one in whole] == [(3,), (2,), (4,)]
        assert whole[0].need == 0.75

    def test_who_separates_nobody_is_no_broker(self):
        # 1 and 2 are tied, 3 and 4 stand alone: F is 5/6, and 1 without 2. That is arithmetic.
        graph = picture([actor(one) for one in range(1, 5)], team(1, 2))

        assert not found(graph, "single-broker", regions=["16.04"])

    def test_threshold(self):
        graph = picture(
            [actor(one) for one in range(1, 6)], *(team(one, one + 1) for one in range(1, 5))
        )

        strict = found(graph, "single-broker", thresholds={"single-broker": 0.6})

        assert {one.organisations for one in strict if one.region == "16.04"} == {(3,)}


class TestInput:
    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"wanted": {"planet": SECTORS}}, "level 'planet'"),
            ({"wanted": {"district": ["church"]}}, "sector 'church'"),
            ({"thresholds": {"gossip": 1}}, "'gossip' has no threshold"),
            ({"thresholds": {"single-broker": 0}}, "above 0"),
        ],
    )
    def test_is_refused_with_its_reason(self, options, message):
        with pytest.raises(ValueError, match=message):
            find(nx.Graph(), PLACES, REGIONS, **options)

    def test_an_empty_network_has_only_uncovered_sectors(self):
        got = find(nx.Graph(), PLACES, ["16.04"])

        assert [one.sectors for one in got] == [(sector,) for sector in SECTORS]
        assert got[0].impact == 1 / 6

    def test_the_graph_stays_as_it_is(self):
        graph = picture([actor(1), actor(2, MEDIA), actor(3)], team(1, 2))
        before = nx.to_dict_of_dicts(graph)

        find(graph, PLACES, REGIONS)

        assert nx.to_dict_of_dicts(graph) == before

    def test_every_code_has_a_section_of_its_own(self):
        assert len(set(CODES)) == 15


def test_fifteen_hundred_organisations_in_all_regions():
    places = {f"{at}": Place(f"{at}", "province") for at in range(11, 49)}
    for at in range(514):
        above = str(11 + at % 38)
        code = f"{above}.{at // 38 + 1:02d}"
        places[code] = Place(code, "district", above, poverty=float(at % 30))
    codes = list(places)
    actors = [
        Actor(at, SECTORS[at * 7 % 6], places[codes[at * 31 % 552]].level, codes[at * 31 % 552])
        for at in range(1500)
    ]
    ties = [team(at, (at * at + 17 * turn) % 1500) for at in range(1500) for turn in range(1, 5)]
    graph = network(actors, ties, DAY)
    start = process_time()

    got = find(graph, places, codes)

    assert len(got) > 1000
    assert process_time() - start < 3
