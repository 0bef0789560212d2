"""Findings against their definitions, on networks small enough to count by hand."""

from datetime import date
from itertools import combinations
from time import process_time

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.build import engaged, network, working
from graphs.findings import CODES, find
from graphs.measures import fragmentation
from graphs.records import SECTORS, Actor, Options, Place, Tie

DAY = date(2017, 11, 6)
ALL_YEARS = Options(window_days=None)
PLACES = {
    "16": Place("16", "province", poverty=13.2),
    "62": Place("62", "province", poverty=5.4),
    "16.04": Place("16.04", "district", "16", poverty=16.46),
    "16.71": Place("16.71", "district", "16", poverty=11.0),
    "16.73": Place("16.73", "district", "16"),
    "16.04.01.2001": Place("16.04.01.2001", "village", "16.04"),
}
REGIONS = tuple(PLACES)
OPD, UNIVERSITY, COMMUNITY, NGO, BUSINESS, MEDIA = SECTORS


def actor(one, sector=OPD, region="16.04"):
    """Return an organisation of a region, of the level of that region."""
    level = "national" if region is None else PLACES[region].level
    return Actor(one, sector, level, region)


def team(*members, row=0):
    """Return a working tie of some organisations, proved by a row."""
    return Tie("team", members, DAY, evidence=("team", row or min(members)))


def crowd(*members, row=0):
    """Return an event so large that presence alone binds nobody."""
    return Tie("attendance", (*members, *range(1000, 1030)), DAY, evidence=("event", row or 1))


def picture(actors, *ties):
    """Return the network of some organisations and ties, and of a crowd that is only known."""
    guests = [Actor(one, OPD, "national") for one in range(1000, 1030)]
    return network([*actors, *guests], [*ties, team(*range(1000, 1030))], DAY)


def found(graph, code, *, regions=REGIONS, **options):
    """Return the findings of one code, most severe first."""
    return [one for one in find(graph, PLACES, regions, **options) if one.code == code]


class TestUncoveredSector:
    wanted = {"district": [OPD, BUSINESS, MEDIA]}

    def one(self, actors, *ties):
        """Return the only finding about business in the district 16.04."""
        graph = picture(actors, *ties)
        (one,) = [
            one
            for one in found(graph, "uncovered-sector", regions=["16.04"], wanted=self.wanted)
            if one.sectors == (BUSINESS,)
        ]
        return one

    def test_severity_is_the_impact_times_the_need_of_the_poorest(self):
        one = self.one([actor(1), actor(2, MEDIA)], team(1, 2))

        # Business alone is missing; 16.04 is the poorer of the two districts with data.
        assert (one.impact, one.need, one.severity) == (1.0, 1.0, 100.0)
        assert one.values["poverty"] == 16.46
        assert one.values["engaged"] == 2

    def test_two_missing_sectors_share_the_impact(self):
        one = self.one([actor(1), actor(2)], team(1, 2))

        assert one.impact == 1 / 2
        assert (one.values["missing"], one.values["wanted"]) == (2, 3)

    def test_one_in_the_region_is_nearest_even_without_partners(self):
        one = self.one(
            [actor(1), actor(2), actor(3, BUSINESS), actor(4, BUSINESS, "16")],
            team(1, 2),
            team(1, 4),
        )

        assert (one.step.kind, one.step.who, one.step.through) == ("approach", 3, None)
        assert one.organisations == (3,)
        assert (one.values["known"], one.values["steps"]) == (1, None)

    def test_who_met_it_at_a_large_event_makes_the_introduction(self):
        one = self.one(
            [actor(1), actor(2), actor(3, COMMUNITY), actor(4, BUSINESS)],
            team(1, 2),
            team(2, 3),
            Tie("agreement", (3, 4), DAY, ends=date(2016, 1, 1)),
            crowd(2, 9, row=8),
        )
        assert one.step.through is None  # the agreement has ended and tells nothing any more

        graph = picture([actor(1), actor(2), actor(4, BUSINESS)], team(1, 2))
        graph.add_edge(2, 4, strength=0.03, working=False, evidence=[("event", 8)], layers={})
        (met,) = [
            one
            for one in found(graph, "uncovered-sector", regions=["16.04"], wanted=self.wanted)
            if one.sectors == (BUSINESS,)
        ]
        assert (met.step.who, met.step.through) == (4, 2)
        assert met.evidence == (("event", 8),)

    def test_the_province_comes_next_and_its_neighbour_makes_the_introduction(self):
        # 1-2 in the district, 2-3 the bappeda of the province, 3-5 a bank two steps away; the
        # other bank, 6, is one step nearer but of another province.
        one = self.one(
            [
                actor(1),
                actor(2),
                actor(3, OPD, "16"),
                actor(5, BUSINESS, "16"),
                actor(6, BUSINESS, "62"),
            ],
            team(1, 2),
            team(2, 3),
            team(3, 5, row=35),
            team(2, 6),
        )

        assert (one.step.who, one.step.through, one.values["steps"]) == (5, 3, 2)
        assert one.evidence == (("team", 35),)

    def test_elsewhere_comes_last(self):
        one = self.one([actor(1), actor(2), actor(6, BUSINESS, "62")], team(1, 2), team(2, 6))

        assert (one.step.who, one.step.through, one.values["steps"]) == (6, 2, 1)

    def test_nobody_of_the_sector_exists(self):
        one = self.one([actor(1), actor(2)], team(1, 2))

        assert (one.step.kind, one.step.who, one.step.through) == ("approach", None, None)

    def test_without_anybody_engaged_the_search_begins_at_the_province(self):
        one = self.one([actor(3, OPD, "16"), actor(5, BUSINESS, "16")], team(3, 5))

        assert one.values["engaged"] == 0
        assert (one.step.who, one.values["steps"]) == (5, 0)

    def test_who_attended_alone_covers_its_sector(self):
        graph = picture([actor(1, BUSINESS)], Tie("attendance", (1,), DAY))

        assert not [
            one
            for one in found(graph, "uncovered-sector", regions=["16.04"])
            if one.sectors == (BUSINESS,)
        ]

    def test_levels_and_wanted_sectors(self):
        graph = picture([actor(1)], Tie("attendance", (1,), DAY))

        regions = {one.region for one in found(graph, "uncovered-sector")}
        provinces = found(graph, "uncovered-sector", wanted={"province": [MEDIA]})

        assert regions == {"16", "62", "16.04", "16.71", "16.73"}  # villages are not looked at
        assert [(one.region, one.sectors) for one in provinces] == [
            ("16", (MEDIA,)),
            ("62", (MEDIA,)),
        ]


class TestUnlinkedSectors:
    def test_the_pair_with_the_fewest_steps_and_who_knows_both(self):
        # Two offices; the university is two steps from office 2 through 3 of the province,
        # and three from office 1.
        graph = picture(
            [actor(1), actor(2), actor(3, COMMUNITY, "16"), actor(4, UNIVERSITY)],
            team(1, 2),
            team(2, 3, row=23),
            team(3, 4, row=34),
        )

        (one,) = found(graph, "unlinked-sectors", regions=["16.04"])

        assert one.sectors == (OPD, UNIVERSITY)
        assert (one.step.kind, one.step.who, one.step.to, one.step.through) == (
            "introduce",
            2,
            4,
            3,
        )
        assert (one.impact, one.values["steps"], one.values["unlinked"]) == (0.5, 2, 1)
        assert one.organisations == (1, 2, 4)
        assert one.evidence == (("team", 23), ("team", 34))
        assert one.key == "unlinked-sectors:16.04:opd+university:"

    def test_pairs_share_the_impact(self):
        graph = picture(
            [actor(1), actor(2, MEDIA), actor(3, BUSINESS)],
            *(Tie("attendance", (one,), DAY) for one in (1, 2, 3)),
        )

        one, *others = found(graph, "unlinked-sectors", regions=["16.04"])

        assert len(others) == 2
        assert one.impact == pytest.approx(0.5 / 3)
        assert (one.values["steps"], one.step.through) == (None, None)
        assert (one.step.who, one.step.to) == (1, 3)

    def test_a_tie_outside_the_region_does_not_link_it(self):
        graph = picture(
            [actor(1), actor(2), actor(3, MEDIA), actor(5), actor(4, MEDIA, "16.71")],
            team(1, 2),
            team(1, 4),
            Tie("attendance", (3,), DAY),
        )

        assert len(found(graph, "unlinked-sectors", regions=["16.04"])) == 1
        # In the province, of which both districts are part, office 1 and medium 4 are tied.
        assert not found(graph, "unlinked-sectors", regions=["16"])


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


@st.composite
def networks(draw):
    """A small network over two provinces, three districts and a village."""
    size = draw(st.integers(0, 9))
    places = st.sampled_from((*REGIONS, None))
    actors = [
        actor(one, draw(st.sampled_from(SECTORS[:4])), draw(places)) for one in range(1, size + 1)
    ]
    pairs = list(combinations(range(1, size + 1), 2))
    ties = [
        draw(st.sampled_from((team, lone)))(*pair)
        for pair in (draw(st.lists(st.sampled_from(pairs), max_size=12)) if pairs else ())
    ]
    return network(actors, ties, DAY, ALL_YEARS)


def lone(*members):
    """Return an event of long ago: both attended, nothing binds them."""
    return Tie("attendance", members, date(2005, 1, 1), evidence=("event", min(members)))


def members(graph, region):
    """Return the organisations of a region, by the dots of its code."""
    return {
        one
        for one, code in graph.nodes(data="region")
        if code is not None and (code == region or code.startswith(f"{region}."))
    }


class TestAgainstTheDefinitions:
    @settings(max_examples=150, deadline=None)
    @given(networks())
    def test_each_code_stands_exactly_when_it_should(self, graph):
        ties, alive, nodes = working(graph), engaged(graph), graph.nodes
        expected = set()
        for region in REGIONS[:-1]:
            ours = members(graph, region)
            there = {nodes[one]["sector"] for one in ours & alive}
            expected |= {("uncovered-sector", region, (one,)) for one in set(SECTORS) - there}
            linked = {
                frozenset(nodes[one]["sector"] for one in tie) for tie in ties.subgraph(ours).edges
            }
            expected |= {
                ("unlinked-sectors", region, pair)
                for pair in combinations(SECTORS, 2)
                if set(pair) <= there and frozenset(pair) not in linked
            }
            around = {
                one
                for one, data in nodes(data=True)
                if data["level"] == "province" and data["region"] == region[:2]
            }
            parts = nx.connected_components(ties.subgraph(ours | around))
            if sum(bool(part & ours & alive) for part in parts) > 1:
                expected.add(("split-region", region, ()))
            expected |= brokers(ties.subgraph(ours), region)
        expected |= brokers(ties, None)
        expected |= {
            ("isolated-stakeholder", nearest(nodes[one]["region"]), (one,))
            for one in ties
            if not ties.degree(one)
        }

        got = find(graph, PLACES, REGIONS)

        assert {identity(one) for one in got} == expected
        assert len(got) == len(expected) == len({one.key for one in got})

    @settings(max_examples=150, deadline=None)
    @given(networks())
    def test_a_finding_is_gone_when_its_step_is_done(self, graph):
        for one in find(graph, PLACES, REGIONS):
            pair = suggested(graph, one)
            if pair is None:
                continue
            done = nx.Graph(graph)
            done.add_edge(*pair, strength=1.0, working=True, layers={}, evidence=[])

            keys = {other.key for other in find(done, PLACES, REGIONS)}

            assert one.key not in keys

    @settings(max_examples=100, deadline=None)
    @given(networks())
    def test_numbers_and_steps(self, graph):
        ties = working(graph)
        got = find(graph, PLACES, REGIONS)

        assert [one.severity for one in got] == sorted((one.severity for one in got), reverse=True)
        for one in got:
            assert 0 < one.impact <= 1
            assert one.severity == pytest.approx(100 * one.impact * one.need)
            assert set(one.organisations) <= set(graph)
            step = one.step
            if one.code in ("unlinked-sectors", "split-region") and step.who is not None:
                apart = distance(ties, step.who, step.to)
                assert one.values["steps"] == apart
                assert apart is None or (ties.has_node(step.through) and apart >= 2)
            if one.code == "unlinked-sectors":
                ours = members(graph, one.region) & engaged(graph)
                first, second = (
                    {this for this in ours if graph.nodes[this]["sector"] == sector}
                    for sector in one.sectors
                )
                ways = [distance(ties, this, that) for this in first for that in second]
                known = [way for way in ways if way is not None]
                assert one.values["steps"] == (min(known) if known else None)
                if one.values["steps"] == 2:
                    assert {step.who, step.to} <= set(ties[step.through])

    @settings(max_examples=40, deadline=None)
    @given(networks(), st.randoms(use_true_random=False))
    def test_the_order_of_nodes_and_regions_changes_nothing(self, graph, random):
        nodes, edges, regions = list(graph.nodes(data=True)), list(graph.edges), list(REGIONS)
        for one in (nodes, edges, regions):
            random.shuffle(one)
        other = nx.Graph()
        other.add_nodes_from(nodes)
        other.add_edges_from((b, a, graph.edges[a, b]) for a, b in edges)

        assert find(other, PLACES, regions) == find(graph, PLACES, REGIONS)


def identity(one):
    """Return what the definitions say about a finding: code, region, and sectors or ids."""
    if one.of_region:
        return one.code, one.region, ()
    return one.code, one.region, one.sectors or one.organisations


def nearest(code):
    """Return the region looked at in which an organisation is reported."""
    return "16.04" if code == "16.04.01.2001" else code


def brokers(ties, region):
    """Return who raises F by 0.05 and separates others, each removed one by one."""
    if len(ties) < 3:
        return set()
    alone = {}
    for one in ties:
        rest = ties.subgraph(set(ties) - {one})
        rise = fragmentation(rest) - fragmentation(ties)
        known = set(ties[one])
        parts = sum(bool(part & known) for part in nx.connected_components(rest))
        alone[one] = rise >= 0.05 - 1e-9 and parts > 1
    return {("single-broker", region, (one,)) for one, is_one in alone.items() if is_one}


def distance(ties, one, other):
    """Return the steps between two organisations, None where no path leads."""
    return nx.shortest_path_length(ties, one, other) if nx.has_path(ties, one, other) else None


def suggested(graph, one):
    """Return the tie that should end a finding, None where it can only help."""
    step = one.step
    if one.code == "uncovered-sector":
        ours = members(graph, one.region)
        others = ours - {step.who}
        return (step.who, min(others)) if step.who in ours and others else None
    if one.code in ("split-region", "single-broker") and one.values["parts"] > 2:
        return None
    return None if None in (step.who, step.to) else (step.who, step.to)


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
        assert len(set(CODES)) == 5


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
