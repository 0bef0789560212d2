"""The invite list: known answers, reasons, and rules that cannot be kept."""

from dataclasses import replace
from time import process_time

import networkx as nx
import numpy as np
import pytest

from graphs.plans.clashes import clashes
from graphs.plans.invite_list import invite_list
from graphs.plans.question import ask
from graphs.records import SECTORS, Candidate, Place, Rule
from tests.graphs.invitations import chosen_of, keeps, worth


class TestKnownAnswers:
    @pytest.fixture
    def davis(self):
        graph = nx.davis_southern_women_graph()
        women = sorted(graph.graph["top"])
        candidates = [
            Candidate(at, at, "community", closes=tuple(graph[name]))
            for at, name in enumerate(women)
        ]
        return women, candidates, dict.fromkeys(graph.graph["bottom"], 1.0)

    def test_two_women_were_at_all_events_between_them(self, davis):
        women, candidates, events = davis

        best = invite_list(candidates, events, [], capacity=2)

        assert [women[one.id] for one in best.guests] == ["Evelyn Jefferson", "Nora Fayette"]
        assert best.touched == best.possible == 14
        assert best.gap == 0

    def test_starting_with_the_most_active_woman_stops_at_thirteen(self, davis):
        women, candidates, events = davis
        theresa = women.index("Theresa Anderson")

        second = invite_list(candidates, events, [], capacity=2, must=[theresa])

        assert second.touched == 13

    def test_no_guest_is_invited_for_nothing(self, davis):
        _, candidates, events = davis

        answer = invite_list(candidates, events, [], capacity=10)

        assert answer.touched == 14
        assert all(guest.closes for guest in answer.guests)


class TestReasons:
    def people(self):
        return [
            Candidate(1, 1, "opd", "16", closes=("a", "b")),
            Candidate(2, 2, "media", "16.01", closes=("b",)),
            Candidate(3, 3, "business", "16.02", preference=4.0),
            Candidate(4, 4, "community", "16.02"),
            Candidate(5, 5, "university", "16.02"),
        ]

    def test_each_reason(self):
        rules = [Rule("sector", "community", minimum=1), Rule("region", "16", minimum=2)]

        answer = invite_list(self.people(), {"a": 10, "b": 5}, rules, capacity=5, must=[2])

        said = {one.id: (one.reason, one.worth, one.closes, one.shares) for one in answer.guests}
        assert said == {
            1: ("severity", 10.0, ("a",), ("b",)),
            2: ("must", 0.0, (), ("b",)),
            3: ("preference", 4.0, (), ()),
            4: ("minimum", 0.0, (), ()),
        }
        # Four guests are in region 16: no single one of them is needed for its two.
        assert {one.id: one.rules for one in answer.guests} == {1: (), 2: (), 3: (), 4: (0,)}
        assert [one.id for one in answer.guests] == [1, 3, 2, 4]

    def test_a_second_guest_of_the_same_finding_adds_its_share(self):
        people = [Candidate(at, at, "opd", closes=("a",)) for at in range(3)]

        alone = invite_list(people, {"a": 10}, [], capacity=3)
        both = invite_list(people, {"a": 10}, [], capacity=3, diminishing=0.2)

        assert [(one.id, one.worth) for one in alone.guests] == [(0, 10)]
        assert [(one.id, one.worth) for one in both.guests] == [(0, 2), (1, 2)]
        assert both.touched == 10

    def test_reserves_stand_in_for_whoever_stays_away(self):
        people = [
            Candidate(1, 1, "opd", closes=("a",)),
            Candidate(2, 2, "opd", closes=("b",)),
            Candidate(3, 3, "opd", closes=("a",)),
            Candidate(4, 4, "opd", closes=("b",)),
            Candidate(5, 4, "opd", closes=("b",)),
        ]

        answer = invite_list(people, {"a": 4, "b": 9}, [], capacity=2, must=[2])

        assert {one.id for one in answer.guests} == {1, 2}
        # b weighs more, so 4 is called first; 5 is of the same organisation and is not called.
        assert [(one.id, one.worth) for one in answer.reserves] == [(4, 4.5), (3, 2.0)]

    def test_a_reserve_keeps_the_maximum_and_may_keep_a_minimum(self):
        people = [
            Candidate(1, 1, "opd", closes=("a",)),
            Candidate(2, 2, "media"),
            Candidate(3, 3, "opd", closes=("a",)),
            Candidate(4, 4, "media"),
        ]
        rules = [Rule("sector", "opd", maximum=1), Rule("sector", "media", minimum=1)]

        answer = invite_list(people, {"a": 6}, rules, capacity=2)

        assert [one.id for one in answer.guests] == [1, 2]
        # 3 replaces 1 only: in the place of 2 there would be two of the government.
        assert [(one.id, one.worth, one.reason, one.rules) for one in answer.reserves] == [
            (3, 3.0, "severity", ()),
            (4, 0.0, "minimum", (1,)),
        ]


class TestSeats:
    """A bank that may send two, and an office that may send one."""

    def people(self, preference=0.0):
        return [
            Candidate(1, 1, "business", closes=("a",), preference=preference, seats=2),
            Candidate(2, 2, "opd", closes=("b",)),
        ]

    def listed(self, answer):
        return [(one.id, one.seat, one.worth, one.reason) for one in answer.guests]

    def test_nobody_sends_a_second_guest_for_nothing(self):
        answer = invite_list(self.people(), {"a": 10, "b": 4}, [], capacity=5)

        assert self.listed(answer) == [(1, 1, 10, "severity"), (2, 1, 4, "severity")]

    def test_the_second_guest_counts_its_share(self):
        answer = invite_list(self.people(), {"a": 10, "b": 4}, [], capacity=2, diminishing=0.5)

        # Two of the bank are worth 10 + 5, the bank and the office 10 + 4.
        assert self.listed(answer) == [(1, 1, 5, "severity"), (1, 2, 5, "severity")]
        assert [(one.id, one.seat) for one in answer.reserves] == [(2, 1)]

    def test_a_minimum_takes_the_second_guest(self):
        least = [Rule("sector", "business", minimum=2)]

        answer = invite_list(self.people(), {"a": 10, "b": 4}, least, capacity=2)

        assert [(one.id, one.seat, one.rules) for one in answer.guests] == [
            (1, 1, (0,)),
            (1, 2, (0,)),
        ]

    def test_a_preference_counts_once(self):
        answer = invite_list(self.people(preference=3.0), {"b": 4}, [], capacity=5)

        assert self.listed(answer) == [(2, 1, 4, "severity"), (1, 1, 3, "preference")]

    def test_named_twice_both_must_come(self):
        answer = invite_list(self.people(), {"b": 4}, [], capacity=2, must=[1, 1])

        assert self.listed(answer) == [(1, 1, 0, "must"), (1, 2, 0, "must")]

    def test_more_seats_than_the_hall_has_are_no_matter(self):
        people = [Candidate(1, 1, "business", closes=("a",), seats=100_000)]

        answer = invite_list(people, {"a": 10}, [], capacity=2, diminishing=1.0)

        assert self.listed(answer) == [(1, 1, 10, "severity"), (1, 2, 10, "severity")]


class TestImpossible:
    people = [
        Candidate(1, 1, "opd", "16.01", closes=("a",)),
        Candidate(2, 1, "opd", "16.01", closes=("a",)),
        Candidate(3, 3, "media", "16.02"),
    ]

    @pytest.mark.parametrize(
        ("question", "clash", "help_"),
        [
            ({"must": [1, 2, 3], "capacity": 1, "per_organisation": 2}, ("capacity", "must"), 2),
            ({"must": [1, 2]}, ("must", "per_organisation"), 1),
            ({"must": [3], "must_not": [3]}, ("must", "must_not"), 1),
            ({"rules": [Rule("sector", "business", 2)]}, ("rule:0:minimum",), 2),
            (
                {"rules": [Rule("sector", "media", 1)], "must_not": [3]},
                ("must_not", "rule:0:minimum"),
                1,
            ),
            (
                {"rules": [Rule("region", "16", maximum=0), Rule("sector", "opd", 1)]},
                ("rule:0:maximum", "rule:1:minimum"),
                1,
            ),
            ({"rules": [Rule("region", "16", 2, 1)]}, ("rule:0:minimum", "rule:0:maximum"), 1),
            (
                {
                    "rules": [Rule("sector", "media", 1), Rule("sector", "opd", 1)],
                    "capacity": 1,
                },
                ("capacity", "rule:0:minimum", "rule:1:minimum"),
                1,
            ),
        ],
    )
    def test_the_clash_is_named(self, question, clash, help_):
        asked = {"rules": [], "capacity": 3} | question

        answer = invite_list(self.people, {"a": 5.0}, **asked)

        assert answer.clashes == clash
        assert answer.guests == answer.reserves == ()
        assert answer.gap is None
        assert not answer.possible_at_all
        assert sum(many for _, many in answer.relaxation) == help_
        assert answer.uncovered == ("a",)

    def test_one_rule_gives_way_rather_than_three(self):
        """Three sectors of two each in a hall of three: three seats more, or three rules less."""
        sectors = ("opd", "media", "business")
        people = [Candidate(at, at, sectors[at % 3]) for at in range(6)]
        rules = [Rule("sector", one, minimum=2) for one in sectors]

        answer = invite_list(people, {}, rules, capacity=3)

        assert answer.relaxation == (("capacity", 3),)

    def test_one_rule_gives_way_by_more_rather_than_two_by_less(self):
        """The hall is full of who must come; two rules each ask for two of theirs."""
        people = [Candidate(at, at, "opd") for at in range(3)]
        rules = [Rule("sector", "opd", maximum=0), Rule("region", "16", minimum=1)]

        answer = invite_list(people, {}, rules, capacity=5, must=[0, 1, 2])

        # Nobody of the region is known, so its rule must give way whatever else does; of the
        # other two either the maximum or whom to do without, each by three guests.
        assert len(answer.relaxation) == 2
        assert dict(answer.relaxation)["rule:1:minimum"] == 1
        assert sum(many for _, many in answer.relaxation) == 4

    def test_nobody_to_invite(self):
        assert invite_list([], {"a": 1.0}, [], capacity=5).uncovered == ("a",)
        assert invite_list([], {}, [Rule("sector", "opd", 1)], 5).clashes == ("rule:0:minimum",)
        assert invite_list([], {}, [Rule("sector", "opd", 1)], 5).relaxation == (
            ("rule:0:minimum", 1),
        )

    def test_many_rules_are_told_apart_quickly(self):
        people = [Candidate(at, at, SECTORS[at % 6], f"16.{at % 100:02d}") for at in range(500)]
        rules = [Rule("region", f"16.{at:02d}", 1, 5) for at in range(100)]
        rules += [Rule("region", "16", maximum=99)]
        question = ask(people, {}, rules, 400, (), (), 1, None, 0.0)
        start = process_time()

        found = clashes(question)

        assert len(found) == 101
        assert process_time() - start < 10


class TestInput:
    one = Candidate(1, 1, "opd", "16")

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"candidates": [one, one]}, "same id"),
            ({"candidates": [replace(one, sector="church")]}, "sector 'church'"),
            ({"candidates": [replace(one, preference=float("nan"))]}, "preference"),
            ({"candidates": [replace(one, region="99")], "places": {}}, "region '99'"),
            ({"weights": {"a": -1.0}}, "severity of a"),
            ({"weights": {"a": float("inf")}}, "severity of a"),
            ({"rules": [Rule("kind", "bappeda", 1)]}, "sector or a region"),
            ({"rules": [Rule("sector", "church", 1)]}, "sector 'church'"),
            ({"rules": [Rule("region", "", 1)]}, "which region"),
            ({"rules": [Rule("region", "17", 1)], "places": {"16": Place("16", "province")}}, "17"),
            ({"rules": [Rule("sector", "opd", -1)]}, "below 0"),
            ({"must": [9]}, "no candidate"),
            ({"must": [1, 1]}, "more guests than there are seats"),
            ({"candidates": [replace(one, seats=0)]}, "seats must be at least 1"),
            ({"capacity": -1}, "capacity"),
            ({"per_organisation": 0}, "per_organisation"),
            ({"diminishing": 1.5}, "share"),
            ({"reserves": -1}, "reserves"),
            ({"time_limit": 0}, "time_limit"),
        ],
    )
    def test_is_refused_with_its_reason(self, change, message):
        question = {"candidates": [self.one], "weights": {}, "rules": [], "capacity": 1}

        with pytest.raises(ValueError, match=message):
            invite_list(**(question | change))

    def test_who_is_no_candidate_may_be_shut_out(self):
        assert invite_list([self.one], {}, [], 1, must_not=[9]).possible_at_all


class TestLargeLists:
    def hard(self):
        """A list without structure, on which the proof takes minutes."""
        lots = np.random.default_rng(4)
        keys = [f"f{at}" for at in range(250)]
        people = [
            Candidate(
                at,
                at,
                SECTORS[at % 6],
                f"16.{at % 17:02d}",
                closes=tuple(lots.choice(keys, lots.integers(1, 6), replace=False)),
            )
            for at in range(500)
        ]
        rules = [Rule("sector", sector, 4, 20) for sector in SECTORS]
        rules += [Rule("region", f"16.{at:02d}", 1, 8) for at in range(17)]
        return {
            "candidates": people,
            "weights": {key: float(lots.integers(10, 90)) for key in keys},
            "rules": rules,
            "capacity": 40,
            "diminishing": 0.0,
            "must": (),
            "must_not": (),
            "per_organisation": 1,
        }

    @pytest.mark.parametrize("seconds", [1e-6, 0.5])
    def test_at_the_time_limit_the_best_so_far_comes_with_its_gap(self, seconds):
        question = self.hard()

        answer = invite_list(**question, time_limit=seconds)

        chosen = chosen_of(question, answer)
        assert keeps(question, chosen)
        assert len(chosen) == 40
        assert 0 < answer.gap < 0.5
        # The bound is one: no list of the exhaustive kind can be worth more than it says.
        assert answer.touched / (1 - answer.gap) <= answer.possible + 1e-6
        assert answer.touched == pytest.approx(worth(question, chosen))

    @pytest.mark.parametrize(
        ("seats", "diminishing", "preference"), [(1, 0.0, 0.0), (2, 0.25, 20.0)]
    )
    def test_five_hundred_candidates_of_regions_and_sectors(self, seats, diminishing, preference):
        lots = np.random.default_rng(7)
        people, weights = [], {}
        for at in range(500):
            region, sector = f"16.{at % 18:02d}", SECTORS[lots.integers(6)]
            keys = [f"uncovered:{region}:{sector}"]
            keys += [f"unlinked:{region}:{sector}:{other}" for other in SECTORS[lots.integers(6) :]]
            weights |= {key: float(lots.integers(10, 90)) for key in keys if key not in weights}
            plus = preference if at % 7 == 0 else 0.0
            people.append(Candidate(at, at, sector, region, tuple(keys), plus, seats))
        rules = [Rule("sector", sector, 4, 20) for sector in SECTORS]
        start = process_time()

        answer = invite_list(people, weights, rules, capacity=60, diminishing=diminishing)

        assert answer.gap == 0.0
        assert len(answer.reserves) == 10
        assert process_time() - start < 2
