"""Exits: the seed case worked out on paper, each kind of removal, and what holds for all."""

import math
from dataclasses import replace
from datetime import date, timedelta

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.build import network, working
from graphs.measures import exit_of
from graphs.records import Actor, Commitment, Facts, Options, Programme, Resource, Tie
from graphs.simulate import Loss, Removal, State, simulate
from tests.graphs import seeds
from tests.graphs.seeds import ACTORS, FACTS, PLACES, PROGRAMME_ENDS, TIES

ALL_YEARS = Options(window_days=None, half_life_days=math.inf)
REGIONS = tuple(PLACES)
DAY = date(2017, 11, 6)


def remove(**what):
    """Return what happens on the last day of PerpuSeru, looking back over all years."""
    options = what.pop("options", ALL_YEARS)
    gone = {
        name: frozenset(value) if isinstance(value, list) else value for name, value in what.items()
    }
    return simulate(
        ACTORS, TIES, Removal(**gone), PROGRAMME_ENDS, PLACES, REGIONS,
        facts=FACTS, options=options, most_heirs=30,
    )  # fmt: skip


class TestPerpuSeruEndsInJuly2018:
    """Twenty organisations. On paper, over all years:

    the visit of nine has 36 pairs (1/8 each), the rakor of five 10 (1/4), the class of seven
    21 (1/6); the trainings and the gift bind two who met at the rakor, the promise two of the
    visit; the funds add one pair: 68 ties, and all hang together through the foundation.
    """

    def test_before(self):
        before = remove().before
        assert before == State(20, 36 + 10 + 21 + 1, 20, 1, 20, 0.0)

    def test_its_end_takes_the_promise_and_leaves_what_has_happened(self):
        end = remove(programmes=[1], since=PROGRAMME_ENDS)

        assert end.after == end.before
        assert (end.lost_ties, end.cut_off, end.sectors_lost) == ((), (), {})
        assert end.weakened_ties == ((seeds.CCFI, seeds.LIBRARY),)
        promise = Loss(ties=0, money=0, unvalued=1, commitments=(1,), kinds={"training": 1})
        assert {code for code, loss in end.losses.items() if loss == promise} == {None, "16"}
        assert end.losses["62.01"] == Loss()
        assert end.bereaved == (seeds.LIBRARY,)

    def test_who_met_the_library_at_the_visit_may_inherit_the_nearest_first(self):
        end = remove(programmes=[1], since=PROGRAMME_ENDS)

        assert [one.organisation for one in end.heirs] == [1, 4, 5, 6, 7, 8, 9]
        assert [one.distance for one in end.heirs] == [0, 0, 0, 0, 1, 1, 1]
        assert {one.reaches for one in end.heirs} == {(seeds.LIBRARY,)}
        assert {one.steps for one in end.heirs} == {1}

    def test_within_two_years_the_promise_is_the_only_tie_there_is(self):
        # The visit is 576 days old: 1/8 · 2^(-576/365) = 0.042 binds nobody; all else is older.
        end = remove(programmes=[1], since=PROGRAMME_ENDS, options=Options())

        assert end.before == State(20, 1, 9, 19, 2, 1 - 1 / 190)
        assert end.after == State(20, 0, 9, 20, 1, 1.0)
        assert end.lost_ties == ((seeds.CCFI, seeds.LIBRARY),)
        assert end.cut_off == (seeds.LIBRARY,)
        assert (end.losses["16"].ties, end.losses["16.71"].ties) == (1, 0)
        # Six offices, a university and a community attended: 3 of 6 sectors, no tie of the region.
        assert [one.value for one in end.index["16"]] == [12.5, 12.5]
        assert end.heirs == ()

    def test_on_the_day_after_nothing_is_left_to_lose(self):
        late = simulate(
            ACTORS, TIES, Removal(programmes=frozenset({1}), since=PROGRAMME_ENDS),
            PROGRAMME_ENDS + timedelta(1), PLACES, REGIONS, facts=FACTS,
        )  # fmt: skip
        assert late.before == late.after
        assert late.losses[None] == Loss()

    def test_had_it_never_been_sumatera_selatan_would_know_nobody(self):
        never = remove(programmes=[1])

        # Left are rakor and class: one part of eleven, and nine alone.
        assert never.after == State(20, 10 + 21, 11, 10, 11, pytest.approx(1 - 55 / 190))
        assert len(never.lost_ties) == 36 + 1
        # To each other, 1/4 of the rakor is left of that, five trainings and a gift of weight 3.
        assert never.weakened_ties == ((seeds.CCFI, seeds.KOBAR_LIBRARY),)
        assert never.cut_off == (1, 3, 4, 5, 6, 7, 8, 9, 14)
        before, after = never.index["16"]
        # Three sectors of six, their three pairs of fifteen, all connected whoever leaves.
        assert before.value == pytest.approx(100 * (3 / 6 + 3 / 15 + 1 + 1) / 4)
        assert (after.value, after.engaged) == (None, 0)
        assert never.sectors_lost == {
            "16": ("opd", "university", "community"),
            "16.03": ("opd",),
            "16.71": ("community",),
            "16.73": ("opd",),
        }
        # Two sectors and the pair of them; without its library the other office knows none of
        # the six communities, 15 of 21 pairs.
        kobar = pytest.approx(100 * (2 / 6 + 1 / 15 + 1 + 15 / 21) / 4)
        assert [one.value for one in never.index["62.01"]] == [kobar, kobar]


class TestOrganisations:
    def test_without_the_foundation_two_provinces_and_its_donor_fall_apart(self):
        exit_ = remove(organisations=[seeds.CCFI])

        assert exit_.removed == (seeds.CCFI,)
        assert len(exit_.lost_ties) == 8 + 4 + 1
        assert exit_.after == State(19, 68 - 13, 18, 3, 10, pytest.approx(1 - (28 + 45) / 171))
        assert exit_.cut_off == (1, 3, 4, 5, 6, 7, 8, 9, 14)
        assert exit_.losses[None].commitments == (1,)
        assert exit_.losses[None].ties == 13
        assert exit_.losses["62.01"].ties == 2

    def test_whoever_offers_the_same_can_inherit(self):
        (heir,) = [
            one
            for one in remove(organisations=[seeds.CCFI]).heirs
            if one.organisation == seeds.PERPUSNAS
        ]
        # Goods, as the foundation's application; money is not what is lost.
        assert (heir.offers, heir.resources) == (("goods",), (3, 4, 5))
        assert heir.reaches == (seeds.KOBAR_LIBRARY, seeds.KOBAR, seeds.KALTENG_LIBRARY)
        assert (heir.steps, heir.distance) == (1, 2)

    def test_agrees_with_the_measure_of_exits(self):
        graph = working(network(ACTORS, TIES, PROGRAMME_ENDS, ALL_YEARS))
        for gone in ([1], [2, 10], [2, 10, 13], []):
            measured = exit_of(graph, gone).fragmentation
            simulated = remove(organisations=gone)
            assert simulated.before.fragmentation == pytest.approx(measured.before)
            assert simulated.after.fragmentation == pytest.approx(measured.after)

    def test_unknown_ones_are_not_looked_at(self):
        nothing = remove(organisations=[999], programmes=[77], memberships=[(("event", 99), 2)])
        assert (nothing.before, nothing.removed) == (nothing.after, ())

    def test_everything(self):
        empty = remove(organisations=list(range(1, 21)))
        assert empty.after == State(0, 0, 0, 0, 0, None)
        assert len(empty.lost_ties) == 68
        assert (empty.cut_off, empty.bereaved, empty.heirs) == ((), (), ())
        assert {one[1].value for one in empty.index.values()} == {None}
        assert empty.losses[None].commitments == (1,)

    def test_all_but_one(self):
        last = remove(organisations=list(range(2, 21)))
        assert last.after == State(1, 0, 1, 1, 1, None)
        assert (last.bereaved, last.heirs) == ((1,), ())


class TestPeople:
    def test_what_hangs_on_a_person_goes_and_the_others_stay_as_strong(self):
        # The foundation's representative at the rakor leaves it, and with her what she began.
        gone = remove(memberships=[(seeds.RAKOR, seeds.CCFI)])

        assert gone.lost_ties == ((2, 11), (2, 12), (2, 13))
        assert gone.graph.edges[11, 12]["strength"] == pytest.approx(1 / 4)
        assert gone.cut_off == ()
        assert sorted(gone.graph) == list(range(1, 21))

    def test_several_people_of_one_meeting(self):
        gone = remove(memberships=[(seeds.VISIT, 1), (seeds.VISIT, 4)])
        assert len(gone.lost_ties) == 8 + 7
        assert gone.cut_off == (1, 4)
        assert gone.graph.edges[3, 5]["strength"] == pytest.approx(1 / 8)
        assert not gone.graph.nodes[1]["attended"]

    def test_a_promise_that_hangs_on_a_person_is_lost(self):
        gone = remove(memberships=[(seeds.SHARING, seeds.CCFI)])
        assert gone.losses["16"].commitments == (1,)
        assert gone.weakened_ties == ((seeds.CCFI, seeds.LIBRARY),)


class TestMoney:
    ACTORS = [Actor(1, "ngo_csr", "national"), Actor(2, "opd", "district", "16.71")]

    @pytest.mark.parametrize(
        ("promise", "money"),
        [
            ({}, 70),
            ({"due": DAY}, 70),
            ({"due": DAY - timedelta(1)}, 0),  # past: it had not come anyway
            ({"promised": DAY + timedelta(1)}, 0),
            ({"realised": DAY}, 0),
            ({"realised": DAY + timedelta(9)}, 70),  # not known yet
            ({"partly": True}, 70),
            ({"cancelled": True}, 0),
        ],
    )
    def test_counts_what_is_open_on_the_day(self, promise, money):
        facts = Facts(commitments=(Commitment(1, 1, 2, "money", value=70, **promise),))
        answer = simulate(
            self.ACTORS, [], Removal(frozenset({1})), DAY, PLACES, REGIONS, facts=facts
        )
        assert [answer.losses[code].money for code in (None, "16", "16.71", "62")] == [
            money, money, money, 0,
        ]  # fmt: skip

    def test_a_programme_that_ends_later_still_pays(self):
        tie = Tie("support", (1, 2), DAY, evidence=("commitment", 1))
        facts = Facts(
            commitments=(Commitment(1, 1, 2, "money", value=70),),
            programmes=(Programme(5, finances=(("commitment", 1),)),),
        )
        for since, money in ((DAY, 70), (DAY + timedelta(1), 0), (None, 70)):
            gone = Removal(programmes=frozenset({5}), since=since)
            answer = simulate(self.ACTORS, [tie], gone, DAY, PLACES, REGIONS, facts=facts)
            assert answer.losses["16.71"].money == money
            assert answer.graph.has_edge(1, 2) == (money == 0)


class TestHeirs:
    ACTORS = [Actor(at, "ngo_csr", "district", "16.71") for at in (1, 2, 3, 4)]
    TIES = [Tie("team", (1, 2), DAY), Tie("team", (2, 3), DAY)]

    def heirs(self, *resources):
        gone = Removal(frozenset({1}))
        facts = Facts(commitments=(Commitment(1, 1, 2, "training"),), resources=tuple(resources))
        return simulate(self.ACTORS, self.TIES, gone, DAY, PLACES, REGIONS, facts=facts).heirs

    def test_an_offer_counts_when_it_holds_here_and_now(self):
        offer = Resource(1, "offer", 4, "training", "16")
        assert [one.organisation for one in self.heirs(offer)] == [3, 4]
        for change in (
            {"side": "need"}, {"kind": "goods"}, {"region": "62"},
            {"ends": DAY - timedelta(1)}, {"starts": DAY + timedelta(1)},
        ):  # fmt: skip
            assert [one.organisation for one in self.heirs(replace(offer, **change))] == [3]

    def test_of_equally_near_ones_who_offers_the_same_comes_first(self):
        ties = [*self.TIES, Tie("team", (2, 4), DAY)]
        facts = Facts(
            commitments=(Commitment(1, 1, 2, "training"),),
            resources=(Resource(1, "offer", 4, "training"),),
        )
        answer = simulate(
            self.ACTORS, ties, Removal(frozenset({1})), DAY, PLACES, REGIONS, facts=facts
        )
        assert [one.organisation for one in answer.heirs] == [4, 3]

    def test_one_of_the_bereaved_can_be_the_heir_of_the_others(self):
        star = [Tie("team", (1, other), DAY) for other in (2, 3, 4)]
        answer = simulate(
            self.ACTORS, [*star, Tie("team", (3, 4), DAY)], Removal(frozenset({1})), DAY,
            PLACES, REGIONS,
        )  # fmt: skip
        assert answer.bereaved == (2, 3, 4)
        assert [(one.organisation, one.reaches, one.steps) for one in answer.heirs] == [
            (3, (4,), 1), (4, (3,), 1),
        ]  # fmt: skip


@st.composite
def removals(draw):
    ids = st.sets(st.integers(1, 20), max_size=6)
    rows = [one.evidence for one in TIES]
    parts = st.sets(st.tuples(st.sampled_from(rows), st.integers(1, 20)), max_size=5)
    return Removal(
        frozenset(draw(ids)),
        frozenset(draw(parts)),
        frozenset(draw(st.sets(st.just(1)))),
        draw(st.sampled_from([None, PROGRAMME_ENDS])),
    )


class TestAnyRemoval:
    @settings(max_examples=50, deadline=None)
    @given(removals(), st.sampled_from([ALL_YEARS, Options()]))
    def test_adds_nothing_changes_nothing_given_and_is_the_same_again(self, removal, options):
        actors, ties = list(ACTORS), list(TIES)
        first, again = (
            simulate(actors, ties, removal, PROGRAMME_ENDS, PLACES, REGIONS,
                     facts=FACTS, options=options)
            for _ in range(2)
        )  # fmt: skip
        assert (actors, ties) == (ACTORS, TIES)
        assert first == again
        old = network(ACTORS, TIES, PROGRAMME_ENDS, options)
        assert set(first.graph) == set(old) - removal.organisations
        for one, other, data in first.graph.edges(data=True):
            assert data["strength"] <= old.edges[one, other]["strength"] + 1e-9
        left = nx.Graph(working(first.graph))
        assert first.after.ties == first.before.ties - len(first.lost_ties)
        assert first.after.components == nx.number_connected_components(left)
        for code, (before, after) in first.index.items():
            assert after.engaged <= before.engaged, code

    @settings(max_examples=30, deadline=None)
    @given(st.sets(st.integers(1, 20), max_size=5))
    def test_who_leaves_every_group_is_as_good_as_gone(self, leaving):
        parts = frozenset((one.evidence, end) for one in TIES for end in leaving)
        alone = remove(memberships=list(parts))
        gone = remove(organisations=list(leaving))
        assert alone.lost_ties == gone.lost_ties
        assert alone.after.ties == gone.after.ties
        assert alone.after.components == gone.after.components + len(leaving)
