"""What was promised, needed, or never asked for; every answer from paper."""

from datetime import date

import networkx as nx
import pytest

from graphs.build import network
from graphs.findings import find
from graphs.records import (
    Action,
    Commitment,
    Facts,
    Gathering,
    Invitation,
    Programme,
    Resource,
    Tie,
)
from tests.graphs.partnerships import (
    BUSINESS,
    COMMUNITY,
    DAY,
    OPD,
    PLACES,
    REGIONS,
    actor,
    ago,
    ahead,
    alone,
    found,
    team,
)

NEED = 1.0
"""16.04 is the poorer of the two districts whose poverty is known."""


class TestUnmetNeed:
    def test_the_nearest_offer_in_steps(self):
        # 1-2-3-4; 4 offers training three steps away, 5 nearby but without any path.
        graph = alone(
            [actor(one) for one in range(1, 6)], team(1, 2), team(2, 3), team(3, 4, row=34)
        )
        facts = Facts(
            resources=(
                Resource(1, "need", 1, "training", starts=ago(30)),
                Resource(2, "offer", 5, "training"),
                Resource(3, "offer", 4, "training"),
                Resource(4, "offer", 2, "money"),
                Resource(5, "offer", 1, "training"),
            )
        )

        (one,) = found(graph, "unmet-need", facts=facts)

        assert (one.impact, one.organisations, one.row) == (0.4, (1,), ("resource", 1))
        assert (one.values["kind"], one.values["offers"], one.values["steps"]) == ("training", 2, 3)
        assert (one.step.kind, one.step.who, one.step.to) == ("ask", 4, 1)
        assert (one.step.through, one.step.about) == (3, ("resource", 3))
        assert one.evidence == (("resource", 1), ("resource", 3))

    def test_then_the_nearest_place(self):
        graph = alone([actor(1), actor(2, OPD, "62"), actor(3, OPD, "16.71"), actor(4)])
        offers = [Resource(one, "offer", one, "goods") for one in (2, 3, 4)]

        for wanted in (4, 3, 2):
            facts = Facts(resources=(Resource(1, "need", 1, "goods"), *offers))
            (one,) = found(graph, "unmet-need", facts=facts)
            assert (one.step.who, one.values["steps"], one.step.through) == (wanted, None, None)
            offers.pop()

    def test_needs_of_one_share_and_a_cancelled_promise_meets_none(self):
        needs = tuple(Resource(one, "need", 1, "goods", commitment=one) for one in (1, 2, 3))
        promises = (
            Commitment(1, 2, 1, "goods"),
            Commitment(2, 2, 1, "goods", cancelled=True),
        )

        got = found(
            alone([actor(1), actor(2)]),
            "unmet-need",
            facts=Facts(resources=needs, commitments=promises),
        )

        # The second was cancelled, the third is not there (archived): 0.4/2 each.
        assert [(one.row[1], one.impact) for one in got] == [(2, 0.2), (3, 0.2)]
        assert got[0].step.who is None

    def test_not_needed_any_more_or_yet(self):
        needs = (
            Resource(1, "need", 1, "goods", ends=ago(1)),
            Resource(2, "need", 1, "goods", starts=ahead(1)),
        )

        assert not found(alone([actor(1)]), "unmet-need", facts=Facts(resources=needs))


class TestOverdue:
    def test_commitment(self):
        graph = alone([actor(1, OPD, "16"), actor(2)])
        facts = Facts(
            commitments=(
                Commitment(1, 1, 2, "goods", ago(900), ago(365), value=5_000_000),
                Commitment(2, 1, 2, "money", ago(900), ago(73), partly=True),
                Commitment(3, 1, 2, "money", ago(900), DAY),
                Commitment(4, 1, 2, "money", ago(900), ago(9), ago(3)),
                Commitment(5, 1, 2, "money", ago(900), ago(9), cancelled=True),
                Commitment(6, 1, 2, "money", ago(900)),
                Commitment(7, 1, 99, "money", ago(900), ago(9)),
            )
        )

        got = found(graph, "overdue-commitment", facts=facts)

        # A year: 0.4. Partly kept, a fifth of a year: 0.4 · (0.5 + 0.5/5) · ½ = 0.12.
        assert [one.row for one in got] == [("commitment", 1), ("commitment", 2)]
        assert [one.impact for one in got] == pytest.approx([0.4, 0.12])
        assert got[0].region == "16.04"
        assert (got[0].step.kind, got[0].step.who, got[0].step.to) == ("remind", 1, 2)
        assert (got[0].values["days"], got[0].values["value"]) == (365, 5_000_000)

    def test_kept_later_than_the_day_of_the_network_is_not_known_yet(self):
        facts = Facts(commitments=(Commitment(1, 1, 2, "goods", None, ago(9), ahead(3)),))

        assert found(alone([actor(1), actor(2)]), "overdue-commitment", facts=facts)

    def test_action(self):
        facts = Facts(
            actions=(
                Action(1, ago(365), owner=4, organisation=1),
                Action(2, ago(73), region="16.71"),
                Action(3, ago(5), organisation=99),
                Action(4, ago(5), done=ago(1)),
                Action(5, ago(5), cancelled=True),
                Action(6, DAY),
                Action(7, None),
            )
        )

        got = found(alone([actor(1)]), "overdue-action", facts=facts)

        # A year: 0.2. A fifth of one: 0.2 · 0.6. Five days: 0.2 · (0.5 + 2.5/365).
        assert {one.row[1]: (one.region, round(one.impact, 9)) for one in got} == {
            1: ("16.04", 0.2),
            2: ("16.71", 0.12),
            3: (None, round(0.2 * (0.5 + 2.5 / 365), 9)),
        }
        assert (got[0].step.kind, got[0].step.owner, got[0].step.who) == ("finish", 4, 1)


class TestProgrammeDependence:
    def picture(self):
        """Return 1 tied to 2, 3 by events and to 4 by a team; 5 and 6 elsewhere."""
        return alone(
            [*(actor(one) for one in range(1, 5)), actor(5, BUSINESS, None), actor(6, BUSINESS)],
            Tie("attendance", (1, 2), ago(1), evidence=("event", 1)),
            Tie("attendance", (1, 3), ago(1), evidence=("event", 2)),
            Tie("agreement", (1, 3), ago(1), evidence=("agreement", 7)),
            Tie("team", (1, 4), ago(1), evidence=("team", 8)),
            Tie("agreement", (1, 5), ago(1), evidence=("agreement", 9)),
        )

    ROWS = (("event", 1), ("event", 2), ("agreement", 9))

    def test_half_of_the_ties_of_a_region(self):
        facts = Facts(
            programmes=(Programme(3, ahead(73), lead=5, finances=self.ROWS),),
            commitments=(Commitment(1, 5, 1, "training", ago(900), ago(800)),),
        )

        (one,) = found(self.picture(), "programme-dependence", facts=facts, regions=["16.04"])

        # Of four ties, 1-2 and 1-5 have no other proof; 1-3 has an agreement. ½ · (1 − 73/730).
        assert (one.values["ties"], one.values["ties_of_region"]) == (2, 4)
        assert one.impact == pytest.approx(0.45)
        assert one.organisations == (1, 2)
        assert one.evidence == (("programme", 3), ("agreement", 9), ("event", 1))
        assert (one.step.kind, one.step.who, one.step.to) == ("succeed", None, 1)
        assert one.key == "programme-dependence:16.04::programme-3"

    def test_most_of_the_rupiah_and_who_offers_the_same(self):
        gifts = (
            Commitment(1, 5, 2, "goods", ago(9), ahead(9), value=60),
            Commitment(2, 6, 2, "money", ago(9), ahead(9), value=30),
            Commitment(3, 6, 3, "goods", ago(9), None, ago(5), value=10),
            Commitment(4, 6, 3, "goods", ago(9), ahead(9), cancelled=True, value=99),
        )
        offers = (
            Resource(1, "offer", 5, "goods"),
            Resource(2, "offer", 6, "money"),
            Resource(3, "offer", 4, "goods"),
        )
        programme = Programme(3, DAY, funder=5, finances=(("commitment", 1),))
        facts = Facts(commitments=gifts, resources=offers, programmes=(programme,))

        (one,) = found(self.picture(), "programme-dependence", facts=facts, regions=["16.04"])

        # One of three promises but 60 of 100 rupiah, and it ends today.
        assert (one.values["promises"], one.values["promises_of_region"]) == (1, 3)
        assert (one.values["rupiah"], one.values["rupiah_of_region"]) == (60, 100)
        assert one.impact == pytest.approx(0.6)
        # 5 pays the programme itself, 6 offers something else: 4, whom 2 knows through 1.
        assert (one.step.who, one.step.to, one.step.through) == (4, 2, 1)
        assert (one.values["heirs"], one.values["steps"]) == (1, 2)
        assert one.step.about == ("resource", 3)

    @pytest.mark.parametrize(
        ("ends", "rows"),
        [
            (ahead(366), ROWS),
            (ago(1), ROWS),
            (None, ROWS),
            (DAY, ROWS[:1]),
            (DAY, ()),
        ],
        ids=["later", "ended", "open", "one of four ties", "carries nothing"],
    )
    def test_is_not_said_of(self, ends, rows):
        facts = Facts(programmes=(Programme(3, ends, finances=rows),))

        assert not found(self.picture(), "programme-dependence", facts=facts, regions=["16.04"])

    def test_two_ties_are_too_few_to_depend(self):
        graph = alone(
            [actor(1), actor(2), actor(3)],
            Tie("team", (1, 2), DAY, evidence=("team", 1)),
            Tie("team", (1, 3), DAY, evidence=("team", 2)),
        )
        facts = Facts(programmes=(Programme(3, DAY, finances=(("team", 1), ("team", 2))),))

        assert not found(graph, "programme-dependence", facts=facts)


class TestNeverInvited:
    def graph(self):
        """Return offices 1, 2 at work in Lahat, and a bank 3 that nobody has met."""
        return alone([actor(1), actor(2), actor(3, BUSINESS)], team(1, 2))

    def test_the_bank_that_would_cover_its_sector(self):
        coming = (
            Gathering(1, ahead(9), "62"),
            Gathering(2, ahead(9), None),
            Gathering(3, ahead(8), "16"),
            Gathering(4, ago(1), "16.04"),
            Gathering(5, ahead(80), "16.04"),
            Gathering(6, ahead(70), "16.04"),
        )

        for event in (6, 5, 3, 2, None):
            (one,) = self.of_bank(Facts(gatherings=coming))
            assert one.step.about == (("event", event) if event else None)
            coming = tuple(each for each in coming if each.id != event)

        # The only missing sector of two wanted: impact 1, half of it.
        assert (one.impact, one.region, one.organisations) == (0.5, "16.04", (3,))
        assert (one.step.kind, one.step.who) == ("invite", 3)
        assert (one.values["closes"], one.values["code"]) == (1, "uncovered-sector")
        assert one.values["last_invited"] is None

    def of_bank(self, facts):
        """Return what is found where offices and businesses are wanted."""
        return found(
            self.graph(),
            "never-invited",
            regions=["16.04"],
            wanted={"district": [OPD, BUSINESS]},
            facts=facts,
        )

    @pytest.mark.parametrize(("day", "count"), [(ago(730), 0), (ago(731), 1), (ahead(5), 0)])
    def test_the_window(self, day, count):
        got = self.of_bank(Facts(invitations=(Invitation(3, day),)))

        assert len(got) == count
        assert all(one.values["last_invited"] == day.isoformat() for one in got)

    def test_who_came_unasked_needs_no_invitation(self):
        # Present, and so engaged: an office should be introduced to it.
        graph = self.graph()
        graph.nodes[3]["attended"] = True

        got = found(graph, "never-invited", regions=["16.04"], facts=Facts())

        assert 3 not in {one.organisations[0] for one in got}


class TestFacts:
    def test_without_them_only_what_is_missing_is_looked_for(self):
        graph = alone(
            [actor(one, OPD if one < 7 else COMMUNITY, "16") for one in range(1, 13)],
            team(*range(1, 7)),
            team(*range(7, 13)),
            team(1, 7),
        )

        codes = {one.code for one in find(graph, PLACES, REGIONS)}

        assert codes == {"uncovered-sector", "single-broker"}
        assert "inward-sector" in {one.code for one in find(graph, PLACES, REGIONS, facts=Facts())}

    def test_need_a_day(self):
        with pytest.raises(ValueError, match="no day"):
            find(nx.Graph([(1, 2)]), PLACES, REGIONS, facts=Facts())

    def test_of_other_regions_are_left_out(self):
        facts = Facts(actions=(Action(1, ago(5), region="16.04"), Action(2, ago(5))))

        got = found(alone([]), "overdue-action", facts=facts, regions=["62"])

        assert [one.row for one in got] == [("follow_up", 2)]

    def test_an_empty_network_of_a_day(self):
        got = find(network([], [], date(2017, 11, 6)), PLACES, ["16.04"], facts=Facts())

        assert {one.code for one in got} == {"uncovered-sector"}
