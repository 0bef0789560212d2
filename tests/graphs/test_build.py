"""The network of a day: which groups count, how much, and what each tie keeps."""

import gc
import math
from datetime import date, timedelta

import networkx as nx
import pytest

from graphs import build
from graphs.records import Actor, Options, Tie

TODAY = date(2017, 11, 6)
YEAR = timedelta(days=365)
ACTORS = [Actor(id, "opd", "province", "16") for id in range(1, 13)]


def event(*members: int, starts: date | None = TODAY, id: int = 1) -> Tie:
    return Tie("attendance", members, starts, evidence=("event", id))


def agreement(*members: int, starts=TODAY - YEAR, ends=None, id: int = 1) -> Tie:
    return Tie("agreement", members, starts, ends, evidence=("agreement", id))


def support(giver: int, receiver: int, starts=TODAY - 3 * YEAR, ends=None, realised=None) -> Tie:
    return Tie("support", (giver, receiver), starts, ends, realised, ("commitment", 1))


def network(*ties: Tie, **options) -> nx.Graph:
    return build.network(ACTORS, ties, TODAY, Options(**options))


class TestNodes:
    def test_are_all_actors_with_what_is_known_of_them(self):
        actors = [Actor(7, "media", "national"), Actor(3, "business", "district", "16.71")]
        graph = build.network(actors, [], TODAY)
        assert list(graph.nodes(data=True)) == [
            (3, {"sector": "business", "level": "district", "region": "16.71", "attended": False}),
            (7, {"sector": "media", "level": "national", "region": None, "attended": False}),
        ]
        assert graph.graph == {"on": TODAY}

    def test_refuse_two_actors_of_one_id(self):
        with pytest.raises(ValueError, match="Two actors have the id 1"):
            build.network([ACTORS[0], ACTORS[0]], [], TODAY)

    def test_may_be_none(self):
        assert len(build.network([], [event(1, 2)], TODAY)) == 0


class TestGroups:
    def test_give_each_pair_one_share_of_p_minus_one(self):
        graph = network(event(1, 2, 3, 4))
        assert graph.number_of_edges() == 6
        assert {data["strength"] for *_, data in graph.edges(data=True)} == {1 / 3}

    @pytest.mark.parametrize(
        ("layer", "strength"), [("agreement", 3.0), ("support", 3.0), ("team", 1.0)]
    )
    def test_of_two_count_with_the_weight_of_their_layer(self, layer, strength):
        graph = network(Tie(layer, (2, 1), TODAY))
        assert graph.edges[1, 2]["strength"] == strength
        assert graph.edges[1, 2]["layers"] == {layer: 1.0}

    def test_support_of_three_is_not_divided(self):
        graph = network(Tie("support", (1, 2, 3), TODAY))
        assert graph.edges[1, 3]["layers"] == {"support": 1.0}

    def test_count_a_repeated_member_once(self):
        assert network(event(1, 1, 2)).edges[1, 2]["strength"] == 1.0

    def test_leave_out_members_that_are_not_actors(self):
        graph = network(event(1, 2, 999))
        assert set(graph) == {actor.id for actor in ACTORS}
        assert graph.edges[1, 2]["strength"] == 1.0

    def test_of_one_tie_nobody(self):
        graph = network(agreement(1), agreement(2, 999), Tie("team", (), TODAY))
        assert graph.number_of_edges() == 0

    def test_add_up_over_groups_and_layers(self):
        graph = network(
            event(1, 2, 3, id=8), event(2, 1, id=7), agreement(1, 2, id=5), agreement(1, 2, 4, id=4)
        )
        tie = graph.edges[1, 2]
        assert tie["layers"] == {"agreement": 1.5, "attendance": 1.5}
        assert tie["strength"] == 3 * 1.5 + 1.5
        assert tie["evidence"] == [("agreement", 4), ("agreement", 5), ("event", 7), ("event", 8)]

    def test_name_a_proof_once(self):
        assert network(event(1, 2), event(1, 2)).edges[1, 2]["evidence"] == [("event", 1)]

    def test_without_a_table_prove_nothing(self):
        assert network(Tie("team", (1, 2), TODAY)).edges[1, 2]["evidence"] == []

    def test_refuse_an_unknown_layer(self):
        with pytest.raises(ValueError, match="'friendship' is not a layer"):
            network(Tie("friendship", (1, 2), TODAY))

    def test_refuse_a_layer_without_weight(self):
        with pytest.raises(ValueError, match="no weight for the layer 'team'"):
            network(Tie("team", (1, 2), TODAY), weights={"agreement": 3.0})


class TestWhatCountsOnTheDay:
    @pytest.mark.parametrize("layer", ["agreement", "team"])
    @pytest.mark.parametrize(
        ("starts", "ends", "counts"),
        [
            (TODAY, TODAY, True),
            (TODAY - 9 * YEAR, None, True),
            (None, None, True),
            (None, TODAY - YEAR, False),
            (TODAY + timedelta(1), None, False),
            (TODAY - YEAR, TODAY - timedelta(1), False),
        ],
    )
    def test_agreement_and_team_from_first_to_last_day(self, layer, starts, ends, counts):
        assert network(Tie(layer, (1, 2), starts, ends)).has_edge(1, 2) is counts

    @pytest.mark.parametrize(
        ("starts", "ends", "realised", "counts"),
        [
            (TODAY - 3 * YEAR, TODAY, None, True),  # due today
            (TODAY - 3 * YEAR, TODAY - timedelta(1), None, False),  # overdue
            (TODAY - 3 * YEAR, None, None, True),  # open
            (TODAY + timedelta(1), None, None, False),  # not yet promised
            (None, None, None, True),
            (TODAY - 3 * YEAR, TODAY - 2 * YEAR, TODAY - YEAR, True),  # kept within the window
            (TODAY - 5 * YEAR, None, TODAY - 3 * YEAR, False),  # kept long ago
            (TODAY - 5 * YEAR, TODAY + YEAR, TODAY - 3 * YEAR, True),  # kept early, not yet due
            (TODAY - 3 * YEAR, TODAY - YEAR, TODAY + YEAR, False),  # kept later: not known yet
            (TODAY - 3 * YEAR, TODAY - YEAR, TODAY - 730 * timedelta(1), True),  # window's edge
            (TODAY - 3 * YEAR, TODAY - YEAR, TODAY - 731 * timedelta(1), False),
        ],
    )
    def test_support_until_due_or_kept_within_the_window(self, starts, ends, realised, counts):
        assert network(support(1, 2, starts, ends, realised)).has_edge(1, 2) is counts

    def test_support_kept_counts_for_ever_without_a_window(self):
        graph = network(support(1, 2, realised=TODAY - 2 * YEAR), window_days=None)
        assert graph.has_edge(1, 2)

    @pytest.mark.parametrize(
        ("days_ago", "counts"), [(-1, False), (0, True), (730, True), (731, False)]
    )
    def test_event_within_the_window(self, days_ago, counts):
        graph = network(event(1, 2, starts=TODAY - timedelta(days_ago)))
        assert graph.has_edge(1, 2) is counts
        assert graph.nodes[1]["attended"] is counts

    def test_event_weighs_half_after_its_half_life(self):
        graph = network(event(1, 2, starts=TODAY - YEAR), event(3, 4, 5, starts=TODAY - 2 * YEAR))
        assert graph.edges[1, 2]["layers"] == {"attendance": 0.5}
        assert graph.edges[3, 4]["layers"] == {"attendance": 0.5 / 4}

    def test_event_does_not_age_without_half_life(self):
        old = event(1, 2, starts=TODAY - 9 * YEAR)
        graph = network(old, window_days=None, half_life_days=math.inf)
        assert graph.edges[1, 2]["strength"] == 1.0

    def test_agreement_and_team_do_not_age(self):
        graph = network(agreement(1, 2, starts=TODAY - 9 * YEAR))
        assert graph.edges[1, 2]["layers"] == {"agreement": 1.0}


class TestEventsWithoutDate:
    def test_do_not_count_within_a_window(self):
        graph = network(event(1, 2, starts=None))
        assert not graph.has_edge(1, 2)
        assert not graph.nodes[1]["attended"]

    def test_weigh_as_much_as_the_oldest_dated_event(self):
        graph = network(
            event(1, 2, starts=None),
            event(3, 4, starts=TODAY - 2 * YEAR),
            event(5, 6),
            agreement(7, 8, starts=TODAY - 9 * YEAR),  # no event: its age says nothing
            window_days=None,
        )
        assert graph.edges[1, 2]["strength"] == 0.25
        assert graph.edges[1, 2]["last_contact"] is None
        assert graph.nodes[1]["attended"]

    def test_are_not_aged_when_no_event_has_a_date(self):
        graph = network(event(1, 2, 3, starts=None), window_days=None)
        assert graph.edges[1, 2]["strength"] == 0.5


class TestAttended:
    def test_says_who_was_there_also_alone(self):
        graph = network(event(1), event(2, 999), event(3, 4), agreement(5, 6))
        assert {node for node, was in graph.nodes(data="attended") if was} == {1, 2, 3, 4}


class TestLastContact:
    def test_is_the_latest_day_of_any_group(self):
        graph = network(
            event(1, 2, starts=TODAY - YEAR),
            agreement(1, 2, starts=TODAY - 9 * YEAR, ends=TODAY + YEAR),
        )
        assert graph.edges[1, 2]["last_contact"] == TODAY - YEAR

    def test_of_support_is_the_day_it_was_kept(self):
        graph = network(support(1, 2, realised=TODAY - YEAR))
        assert graph.edges[1, 2]["last_contact"] == TODAY - YEAR

    def test_does_not_know_the_future(self):
        graph = network(support(1, 2, realised=TODAY + YEAR))
        assert graph.edges[1, 2]["last_contact"] == TODAY - 3 * YEAR

    def test_is_not_known_of_an_agreement_without_start(self):
        assert network(agreement(1, 2, starts=None)).edges[1, 2]["last_contact"] is None


class TestWorking:
    @pytest.mark.parametrize(("present", "works"), [(11, True), (12, False)])
    def test_takes_a_tenth_of_a_meeting_of_two(self, present, works):
        graph = network(event(*range(1, present + 1)))
        assert graph.edges[1, 2]["working"] is works

    def test_is_not_misled_by_rounding(self):
        # Eleven meetings whose shares of 1/110 only nearly add up to a tenth.
        share = Options(weights={"attendance": 1 / 110}, working_attendance=0.1)
        meetings = [event(1, 2, id=id) for id in range(11)]
        graph = build.network(ACTORS, meetings, TODAY, share)
        assert graph.edges[1, 2]["strength"] != 0.1
        assert graph.edges[1, 2]["working"]

    @pytest.mark.parametrize("layer", ["agreement", "support", "team"])
    def test_takes_any_other_layer_however_small(self, layer):
        graph = network(
            Tie(layer, tuple(range(1, 13)), TODAY), weights={layer: 0.0, "attendance": 1.0}
        )
        assert graph.edges[1, 2]["working"]

    def test_weighs_attendance_before_it_compares(self):
        graph = network(event(1, 2), weights={"attendance": 0.05})
        assert not graph.edges[1, 2]["working"]

    def test_keeps_nodes_and_working_ties_only(self):
        graph = network(event(*range(1, 13)), agreement(1, 2))
        kept = build.working(graph)
        assert list(kept.nodes(data=True)) == list(graph.nodes(data=True))
        assert list(kept.edges(data=True)) == [(1, 2, graph.edges[1, 2])]
        assert kept.graph == graph.graph

    def test_shares_nothing_that_could_be_damaged(self):
        graph = network(agreement(1, 2))
        before = {**graph.edges[1, 2], "layers": {"agreement": 1.0}, "evidence": [("agreement", 1)]}
        copy = build.working(graph)
        copy.edges[1, 2]["layers"]["agreement"] = 99.0
        copy.edges[1, 2]["evidence"].clear()
        copy.edges[1, 2]["strength"] = 99.0
        copy.nodes[1]["sector"] = "changed"
        copy.graph["on"] = None
        copy.remove_node(3)
        assert graph.edges[1, 2] == before
        assert graph.nodes[1]["sector"] == "opd"
        assert graph.graph["on"] == TODAY
        assert 3 in graph


class TestEngaged:
    def test_has_a_working_tie_or_attended(self):
        graph = network(
            event(*range(1, 13), starts=TODAY - 800 * timedelta(1)),  # before the window
            agreement(1, 2),
            event(3),
            Tie("attendance", (4, 5, 6), TODAY - YEAR),
        )
        assert build.engaged(graph) == {1, 2, 3, 4, 5, 6}

    def test_survives_leaving_out_weak_ties(self):
        graph = network(event(*range(1, 13)))
        assert build.working(graph).number_of_edges() == 0
        assert build.engaged(build.working(graph)) == set(range(1, 13))


class TestInput:
    def test_is_read_once_and_may_be_a_generator(self):
        graph = build.network(iter(ACTORS), iter([agreement(1, 2)]), TODAY)
        assert graph.number_of_edges() == 1

    def test_order_changes_nothing(self):
        ties = [event(*range(1, 8), starts=TODAY - timedelta(day), id=day) for day in range(40)]
        forth = build.network(ACTORS, ties, TODAY)
        back = build.network(reversed(ACTORS), reversed(ties), TODAY)
        assert list(forth.nodes(data=True)) == list(back.nodes(data=True))
        assert list(forth.edges(data=True)) == list(back.edges(data=True))


class TestCollector:
    @pytest.mark.parametrize("on", [True, False])
    def test_is_left_as_it_was(self, on):
        was_on = gc.isenabled()
        try:
            (gc.enable if on else gc.disable)()
            network(agreement(1, 2))
            assert gc.isenabled() is on
            with pytest.raises(TypeError):
                network(Tie("team", (1, "two"), TODAY), Tie("team", (1, []), TODAY))
            assert gc.isenabled() is on
        finally:
            (gc.enable if was_on else gc.disable)()
