"""The invite list against exhaustive search, known answers, and rules that cannot be kept."""

from dataclasses import replace
from itertools import combinations
from time import process_time

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.plans.clashes import clashes
from graphs.plans.invite_list import invite_list
from graphs.plans.question import ask
from graphs.records import SECTORS, Candidate, Place, Rule

FINDINGS = "abcdef"
REGIONS = (None, "16", "16.01", "16.02", "62.01")
numbers = st.integers(min_value=0, max_value=3)


@st.composite
def questions(draw):
    """A small question of every kind: few candidates, overlapping findings, tight rules."""
    size = draw(st.integers(1, 7))
    candidates = [
        Candidate(
            id=10 * at + draw(st.integers(0, 9)),
            organisation=draw(st.integers(0, 4)),
            sector=draw(st.sampled_from(SECTORS[:3])),
            region=draw(st.sampled_from(REGIONS)),
            closes=tuple(draw(st.sets(st.sampled_from(FINDINGS), max_size=3))),
            preference=draw(st.sampled_from((0.0, 0.0, 2.5, -1.0))),
        )
        for at in range(size)
    ]
    weights = {key: float(draw(st.integers(0, 9))) for key in FINDINGS[: draw(st.integers(0, 6))]}
    about = st.one_of(
        st.tuples(st.just("sector"), st.sampled_from(SECTORS[:3])),
        st.tuples(st.just("region"), st.sampled_from(REGIONS[1:])),
    )
    rule = st.builds(
        lambda what, least, most: Rule(*what, minimum=least, maximum=most),
        about,
        st.none() | st.integers(0, 2),
        st.none() | st.integers(0, 3),
    )
    ids = st.sets(st.sampled_from([one.id for one in candidates]), max_size=2)
    return {
        "candidates": candidates,
        "weights": weights,
        "rules": draw(st.lists(rule, max_size=3)),
        "capacity": draw(st.integers(0, 5)),
        "must": draw(ids),
        "must_not": draw(ids),
        "per_organisation": draw(st.integers(1, 2)),
        "diminishing": draw(st.sampled_from((0.0, 0.25, 1.0))),
    }


def inside(region, above):
    """Whether a region is another one or lies below it, by its dots."""
    return region is not None and (region == above or region.startswith(f"{above}."))


def keeps(question, chosen, without=()):
    """Whether a list keeps the rules, said once more in plain words."""
    ids = {one.id for one in chosen}
    kept = {
        "capacity": len(chosen) <= question["capacity"],
        "must": set(question["must"]) <= ids,
        "must_not": not ids & set(question["must_not"]),
        "per_organisation": all(
            sum(one.organisation == other.organisation for other in chosen)
            <= question["per_organisation"]
            for one in chosen
        ),
    }
    for index, rule in enumerate(question["rules"]):
        counted = sum(
            one.sector == rule.value if rule.what == "sector" else inside(one.region, rule.value)
            for one in chosen
        )
        kept[f"rule:{index}:minimum"] = counted >= (rule.minimum or 0)
        kept[f"rule:{index}:maximum"] = rule.maximum is None or counted <= rule.maximum
    return all(good for name, good in kept.items() if name not in without)


def worth(question, chosen):
    """What a list is worth, by the definition."""
    total = sum(one.preference for one in chosen)
    for key, weight in question["weights"].items():
        touching = sum(key in one.closes for one in chosen)
        total += weight * ((touching >= 1) + question["diminishing"] * (touching >= 2))
    return total


def lists(question):
    """Every list there is."""
    people = question["candidates"]
    for size in range(len(people) + 1):
        yield from combinations(people, size)


def chosen_of(question, answer):
    """Return the candidates on an invite list."""
    ids = {guest.id for guest in answer.guests}
    return [one for one in question["candidates"] if one.id in ids]


class TestAgainstExhaustiveSearch:
    @settings(max_examples=60, deadline=None)
    @given(questions())
    def test_is_the_best_list_that_keeps_every_rule(self, question):
        answer = invite_list(**question)
        possible = [worth(question, one) for one in lists(question) if keeps(question, one)]

        assert answer.possible_at_all == bool(possible)
        if possible:
            chosen = chosen_of(question, answer)
            assert len(chosen) == len(answer.guests)
            assert keeps(question, chosen)
            assert worth(question, chosen) == pytest.approx(max(possible))
            assert answer.gap == 0.0

    @settings(max_examples=40, deadline=None)
    @given(questions())
    def test_a_clash_is_impossible_and_each_of_its_rules_is_needed(self, question):
        answer = invite_list(**question)
        everything = {"capacity", "must", "must_not", "per_organisation"} | {
            f"rule:{index}:{end}"
            for index in range(len(question["rules"]))
            for end in ("minimum", "maximum")
        }
        found = set(answer.clashes)

        def possible(names):
            return any(keeps(question, one, everything - names) for one in lists(question))

        assert possible(everything) == (not found)
        if found:
            assert not possible(found)
            assert all(possible(found - {name}) for name in found)

    @settings(max_examples=25, deadline=None)
    @given(questions(), st.randoms(use_true_random=False))
    def test_the_order_of_the_input_changes_nothing(self, question, random):
        shuffled = dict(question, candidates=list(question["candidates"]))
        random.shuffle(shuffled["candidates"])
        shuffled["weights"] = dict(reversed(question["weights"].items()))

        assert invite_list(**shuffled) == invite_list(**question)

    @settings(max_examples=40, deadline=None)
    @given(questions())
    def test_each_guest_says_what_is_lost_without_it(self, question):
        answer = invite_list(**question)
        chosen = chosen_of(question, answer)
        whole = worth(question, chosen)
        touched = {key for one in chosen for key in one.closes if key in question["weights"]}

        assert answer.touched == pytest.approx(sum(question["weights"][one] for one in touched))
        assert set(answer.uncovered) == set(question["weights"]) - touched
        for guest in answer.guests:
            others = [one for one in chosen if one.id != guest.id]
            (me,) = (one for one in chosen if one.id == guest.id)
            assert guest.worth == pytest.approx(whole - worth(question, others), abs=1e-6)
            mine = {key for key in me.closes if question["weights"].get(key)}
            elsewhere = {key for one in others for key in one.closes}
            assert set(guest.closes) == mine - elsewhere
            assert set(guest.shares) == mine & elsewhere
            # Nobody is there without a reason: without this guest something is lost or broken.
            assert guest.worth > 0 or not keeps(question, others)

    @settings(max_examples=40, deadline=None)
    @given(questions())
    def test_a_reserve_can_come_instead_of_somebody(self, question):
        answer = invite_list(**question)
        chosen = chosen_of(question, answer)
        people = {one.id: one for one in question["candidates"]}

        assert not {one.id for one in answer.reserves} & {one.id for one in answer.guests}
        for reserve in answer.reserves:
            swaps = [
                [*(one for one in chosen if one is not gone), people[reserve.id]] for gone in chosen
            ]
            assert any(keeps(question, one, without={"must"}) for one in swaps)
        if answer.reserves:
            first = answer.reserves[0]
            assert first.worth == pytest.approx(
                max(average(question, chosen, one) for one in people.values())
            )


def average(question, chosen, candidate):
    """What a candidate adds on average when one guest stays away and it may come instead."""
    if candidate in chosen:
        return 0.0
    gains = []
    for gone in chosen:
        rest = [one for one in chosen if one is not gone]
        swapped = [*rest, candidate]
        fits = keeps(question, swapped, without={"must"})
        gains.append(worth(question, swapped) - worth(question, rest) if fits else 0.0)
    return sum(gains) / len(gains)


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

    @settings(max_examples=60, deadline=None)
    @given(questions())
    def test_the_relaxation_helps_and_no_smaller_one_does(self, question):
        answer = invite_list(**question)
        broken = [misses(question, one) for one in lists(question)]

        assert sum(many for _, many in answer.relaxation) == min(broken)

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


def misses(question, chosen):
    """By how many guests a list misses the rules, all together."""
    ids = {one.id for one in chosen}
    missed = max(0, len(chosen) - question["capacity"])
    missed += len(set(question["must"]) - ids) + len(ids & set(question["must_not"]))
    for organisation in {one.organisation for one in chosen}:
        ours = sum(one.organisation == organisation for one in chosen)
        missed += max(0, ours - question["per_organisation"])
    for rule in question["rules"]:
        counted = sum(
            one.sector == rule.value if rule.what == "sector" else inside(one.region, rule.value)
            for one in chosen
        )
        missed += max(0, (rule.minimum or 0) - counted)
        missed += max(0, counted - rule.maximum) if rule.maximum is not None else 0
    return missed


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

    def test_five_hundred_candidates_of_regions_and_sectors(self):
        lots = np.random.default_rng(7)
        people, weights = [], {}
        for at in range(500):
            region, sector = f"16.{at % 18:02d}", SECTORS[lots.integers(6)]
            keys = [f"uncovered:{region}:{sector}"]
            keys += [f"unlinked:{region}:{sector}:{other}" for other in SECTORS[lots.integers(6) :]]
            weights |= {key: float(lots.integers(10, 90)) for key in keys if key not in weights}
            people.append(Candidate(at, at, sector, region, closes=tuple(keys)))
        rules = [Rule("sector", sector, 4, 20) for sector in SECTORS]
        start = process_time()

        answer = invite_list(people, weights, rules, capacity=60)

        assert answer.gap == 0.0
        assert len(answer.reserves) == 10
        assert process_time() - start < 2
