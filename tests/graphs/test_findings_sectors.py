"""Sectors that are missing or not linked, on networks small enough to count by hand."""

from datetime import date

import pytest

from graphs.records import Tie
from tests.graphs.partnerships import (
    BUSINESS,
    COMMUNITY,
    DAY,
    MEDIA,
    OPD,
    UNIVERSITY,
    actor,
    crowd,
    found,
    picture,
    team,
)


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
        # By the definition of a region it can never cover this one: it helps to find who does.
        assert one.step.kind == "seek"

    def test_nobody_of_the_sector_exists(self):
        one = self.one([actor(1), actor(2)], team(1, 2))

        assert (one.step.kind, one.step.who, one.step.through) == ("seek", None, None)

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
