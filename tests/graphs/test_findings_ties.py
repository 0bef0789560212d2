"""What ties and contacts are about to lose; every answer from paper."""

import pytest

from graphs.findings import find
from graphs.records import (
    Agreement,
    Encounter,
    Facts,
    Post,
    Tie,
)
from tests.graphs.partnerships import (
    BUSINESS,
    COMMUNITY,
    DAY,
    MEDIA,
    OPD,
    PLACES,
    REGIONS,
    UNIVERSITY,
    actor,
    ago,
    ahead,
    alone,
    found,
    team,
)

NEED = 1.0
"""16.04 is the poorer of the two districts whose poverty is known."""


class TestFragileBridge:
    def graph(self, *more):
        """Return two triangles, 1-2-3 and 4-5-6, and the tie 3-4 between them."""
        return alone(
            [actor(one) for one in range(1, 7)],
            team(1, 2),
            team(2, 3),
            team(1, 3),
            team(3, 4, row=34),
            team(4, 5),
            team(5, 6),
            team(4, 6),
            *more,
        )

    def test_one_tie_of_one_kind_between_two_sides(self):
        (one,) = found(self.graph(), "fragile-bridge", facts=Facts())

        assert (one.organisations, one.region) == ((3, 4), "16.04")
        # ½ · 3/(3 + 3), in the poorest district.
        assert one.impact == pytest.approx(0.25)
        assert one.severity == pytest.approx(25 * NEED)
        assert (one.values["smaller"], one.values["larger"]) == (3, 3)
        assert one.values["layer"] == "team"
        assert one.evidence == (("team", 34),)
        # The best connected partners of both ends: 1 and 2 have two ties each, and so have 5, 6.
        assert {one.step.who, one.step.to} == {1, 5}
        assert (one.step.kind, one.step.through in (3, 4)) == ("second_tie", True)
        assert one.key == "fragile-bridge:16.04::3,4"

    def test_two_kinds_of_tie_are_not_fragile(self):
        graph = self.graph(Tie("agreement", (3, 4), DAY))

        assert not found(graph, "fragile-bridge", facts=Facts())

    def test_another_way_round_is_no_bridge(self):
        assert not found(self.graph(team(1, 6)), "fragile-bridge", facts=Facts())

    def test_a_side_of_two_is_no_side(self):
        graph = alone([actor(one) for one in range(1, 6)], *(team(i, i + 1) for i in range(1, 5)))

        assert not found(graph, "fragile-bridge", facts=Facts())
        # A chain of five: 2-3 and 3-4 have sides of two and three. ½ · 2/(2 + 2).
        two = found(graph, "fragile-bridge", facts=Facts(), thresholds={"fragile-bridge": 2})
        assert [(one.organisations, one.impact) for one in two] == [((2, 3), 0.25), ((3, 4), 0.25)]

    def test_the_inner_end_is_that_of_the_smaller_side(self):
        # 1-2-3 hangs by 3-4 on a star around 4: 5, 6, 7.
        graph = alone(
            [actor(one) for one in range(1, 8)],
            *(team(*pair) for pair in ((1, 2), (2, 3), (3, 4), (4, 5), (4, 6), (4, 7))),
        )

        (one,) = found(graph, "fragile-bridge", facts=Facts())

        assert (one.step.who, one.step.to, one.step.through) == (2, 5, 4)
        assert (one.values["smaller"], one.values["larger"]) == (3, 4)


class TestSingleContact:
    def facts(self, *encounters, posts=()):
        """Return encounters with organisation 1, given as (days ago, theirs, ours)."""
        met = [
            Encounter(1, ago(days), theirs, ours, ("event", days))
            for days, theirs, ours in encounters
        ]
        return Facts(encounters=tuple(met), posts=posts)

    def test_one_of_theirs(self):
        facts = self.facts(
            (10, 7, 1),
            (90, 7, 2),
            (400, None, 2),
            posts=(Post(31, 1, 7), Post(32, 1, None), Post(34, 1, 9), Post(33, 1, 8)),
        )

        (one,) = found(alone([actor(1)]), "single-contact", facts=facts)

        assert (one.impact, one.severity) == (0.2, 20 * NEED)
        assert one.organisations == (1,)
        assert (one.values["theirs"], one.values["ours"]) == (7, None)
        assert (one.values["encounters"], one.values["unnamed"]) == (3, 1)
        # Two posts are held by somebody else; the first of them.
        assert one.values["posts"] == 2
        assert (one.step.kind, one.step.who, one.step.position) == ("second_contact", 1, 33)
        assert one.evidence == (("event", 10), ("event", 90), ("event", 400))
        assert one.values["last_contact"] == ago(10).isoformat()

    def test_one_of_theirs_and_one_of_ours_is_worse(self):
        facts = self.facts((10, 7, 1), (90, 7, 1))

        (one,) = found(alone([actor(1)]), "single-contact", facts=facts)

        assert (one.impact, one.step.owner, one.step.position) == (0.3, 1, None)

    @pytest.mark.parametrize(
        "encounters",
        [
            [(10, 7, 1), (90, 8, 2)],
            [(10, 7, 1)],
            [(10, 7, 1), (731, 7, 1)],
            [(10, 7, 1), (-1, 7, 1)],
            [(10, None, None), (20, None, None)],
        ],
        ids=["two persons", "met once", "long ago", "tomorrow", "unnamed"],
    )
    def test_is_not_said_of(self, encounters):
        facts = self.facts(*encounters)

        assert not found(alone([actor(1)]), "single-contact", facts=facts)


class TestFadingTie:
    def test_the_only_tie_of_one_end(self):
        # Agreements count 3 each. 1 has three, 2 one: 2 hangs on it wholly, 1 by a third.
        graph = alone(
            [actor(one) for one in range(1, 5)],
            Tie("agreement", (1, 2), ago(730), evidence=("agreement", 12)),
            Tie("agreement", (1, 3), ago(10)),
            Tie("agreement", (1, 4), ago(10)),
        )

        (one,) = found(graph, "fading-tie", facts=Facts())

        assert one.organisations == (1, 2)
        # 0.4 · 1 · 730/730.
        assert (one.impact, one.values["share"], one.values["days"]) == (0.4, 1.0, 730)
        assert one.values["layers"] == "agreement"
        assert (one.step.kind, one.step.who, one.step.to) == ("call", 2, 1)
        assert one.evidence == (("agreement", 12),)

    def test_a_small_part_of_both_ends_fades_without_harm(self):
        # 1 and 2 have four ties of 3 each besides the team's 1: 1/13 of both.
        pairs = [(1, 3), (1, 4), (1, 5), (1, 6), (2, 3), (2, 4), (2, 5), (2, 6)]
        graph = alone(
            [actor(one) for one in range(1, 7)],
            Tie("team", (1, 2), ago(500)),
            *(Tie("agreement", pair, ago(10)) for pair in pairs),
        )

        assert not found(graph, "fading-tie", facts=Facts())
        (one,) = found(graph, "fading-tie", facts=Facts(), thresholds={"fading-tie-share": 0.05})
        # 0.4 · 1/13 · 500/730.
        assert one.impact == pytest.approx(0.4 / 13 * 500 / 730)

    def test_a_year_to_the_day_is_not_longer_than_a_year(self):
        for days, count in ((365, 0), (366, 1)):
            graph = alone([actor(1), actor(2)], Tie("team", (1, 2), ago(days)))
            assert len(found(graph, "fading-tie", facts=Facts())) == count

    def test_five_who_met_once_long_ago_hang_on_none_of_their_ties(self):
        # Each has four ties of a quarter; of three each has two of a half.
        for members, count in ((5, 0), (4, 0), (3, 3)):
            ones = range(1, members + 1)
            graph = alone([actor(one) for one in ones], Tie("team", tuple(ones), ago(800)))
            assert len(found(graph, "fading-tie", facts=Facts())) == count

    def test_nobody_knows_when(self):
        graph = alone([actor(1), actor(2)], Tie("team", (1, 2), None))

        assert not found(graph, "fading-tie", facts=Facts())


class TestExpiringAgreement:
    def test_ends_within_ninety_days(self):
        graph = alone([actor(1), actor(2, MEDIA, "16"), actor(3)], team(1, 3), team(1, 2))
        facts = Facts(agreements=(Agreement(5, (1, 2), ago(900), ahead(45)),))

        (one,) = found(graph, "expiring-agreement", facts=facts)

        # ½ · (1 − 45/180); the province is what both lie in, and the poorer of two.
        assert (one.impact, one.region, one.need) == (0.375, "16", 1.0)
        assert (one.values["days"], one.values["parties"]) == (45, 2)
        assert (one.step.kind, one.step.who, one.step.to) == ("renew", 1, 2)
        assert one.step.about == one.row == ("agreement", 5)
        assert one.key == "expiring-agreement:16::agreement-5"

    def test_a_party_of_the_whole_country_makes_it_no_matter_of_the_whole_country(self):
        graph = alone([actor(1), actor(2, BUSINESS, None)])
        facts = Facts(agreements=(Agreement(5, (1, 2), None, DAY),))

        (one,) = found(graph, "expiring-agreement", facts=facts)

        assert (one.region, one.impact) == ("16.04", 0.5)

    @pytest.mark.parametrize(
        "agreements",
        [
            [Agreement(5, (1, 2), None, ahead(91))],
            [Agreement(5, (1, 2), None, ago(1))],
            [Agreement(5, (1, 2), ahead(1), ahead(9))],
            [Agreement(5, (1, 2))],
            [Agreement(5, (1, 99), None, DAY)],
            [Agreement(5, (1, 2), None, DAY), Agreement(6, (3, 2, 1), ahead(1), ahead(400))],
        ],
        ids=["later", "ended", "not begun", "open", "with an unknown one", "has a successor"],
    )
    def test_is_not_said_of(self, agreements):
        graph = alone([actor(1), actor(2), actor(3)])

        assert not found(graph, "expiring-agreement", facts=Facts(agreements=tuple(agreements)))

    def test_a_gap_of_two_days_is_no_succession(self):
        papers = (Agreement(5, (1, 2), None, DAY), Agreement(6, (1, 2), ahead(2), ahead(400)))

        assert found(
            alone([actor(1), actor(2)]), "expiring-agreement", facts=Facts(agreements=papers)
        )


class TestInwardSector:
    def graph(self, *more):
        """Return two cliques of six, offices 1-6 and communities 7-12, and one tie 1-7."""
        actors = [actor(one, OPD if one < 7 else COMMUNITY, "16") for one in range(1, 13)]
        cliques = [team(*range(1, 7)), team(*range(7, 13)), team(1, 7)]
        return alone([*actors, *more], *cliques)

    def test_two_cliques(self):
        got = found(self.graph(), "inward-sector", facts=Facts(), regions=["16"])

        # Offices: 15 ties inside, seen twice, one across: (1 − 30)/31. By chance, of 11 others
        # six are not of the sector and five are: 1/11. The whole network and the province are
        # the same organisations.
        assert [(one.sectors, one.region) for one in got] == [
            ((OPD,), "16"),
            ((COMMUNITY,), "16"),
            ((OPD,), None),
            ((COMMUNITY,), None),
        ]
        one = got[0]
        assert one.values["value"] == pytest.approx(-29 / 31)
        assert one.values["expected"] == pytest.approx(1 / 11)
        assert one.impact == pytest.approx((1 / 11 + 29 / 31) / 2)
        assert one.values["low"] > one.values["value"]
        # 31 ties on 66 pairs, 36 of them across: 16.9 expected, 1 is there.
        assert (one.values["other"], one.values["ties"]) == (COMMUNITY, 1)
        assert one.values["ties_expected"] == pytest.approx(31 * 36 / 66)
        # 1 is the hub of the offices and knows 7; 8 is the next, whom 7 knows.
        assert (one.step.kind, one.step.who, one.step.to, one.step.through) == ("mix", 1, 8, 7)

    @pytest.mark.parametrize(("ours", "others", "told"), [(6, 6, 2), (4, 9, 0), (9, 4, 0)])
    def test_a_handful_cannot_be_told_from_chance(self, ours, others, told):
        # Nearly all of nine cities' offices among themselves, beside four others: no pattern.
        last = ours + others
        actors = [actor(one, OPD if one <= ours else MEDIA, "16") for one in range(1, last + 1)]
        graph = alone(actors, team(*range(1, ours + 1)), team(*range(ours + 1, last + 1)))

        got = found(graph, "inward-sector", facts=Facts(), regions=[])
        soft = found(
            graph, "inward-sector", facts=Facts(), regions=[], thresholds={"inward-sector": 1}
        )

        assert (len(got), len(soft)) == (told, 2)

    def test_same_seed_same_answer(self):
        graph = self.graph(actor(20, UNIVERSITY, "16"))

        assert find(graph, PLACES, REGIONS, facts=Facts(), seed=5) == find(
            graph, PLACES, REGIONS, facts=Facts(), seed=5
        )

    def test_sectors_that_mix_are_not_inward(self):
        actors = [actor(one, OPD if one % 2 else MEDIA, "16") for one in range(1, 11)]
        graph = alone(actors, *(team(one, one % 10 + 1) for one in range(1, 11)))

        assert not found(graph, "inward-sector", facts=Facts())
