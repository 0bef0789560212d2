"""The invite list against exhaustive search: the best, every rule kept, every clash needed."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.plans.clashes import feasible
from graphs.plans.invite_list import invite_list
from graphs.plans.question import ask
from graphs.plans.solving import solve
from tests.graphs.invitations import chosen_of, everybody, keeps, lists, misses, questions, worth


class TestAgainstExhaustiveSearch:
    @settings(max_examples=25, deadline=None)
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

    @settings(max_examples=25, deadline=None)
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

    @settings(max_examples=25, deadline=None)
    @given(questions())
    def test_each_guest_says_what_is_lost_without_it(self, question):
        answer = invite_list(**question)
        chosen = chosen_of(question, answer)
        whole = worth(question, chosen)
        touched = {key for one in chosen for key in one.closes if key in question["weights"]}

        assert answer.touched == pytest.approx(sum(question["weights"][one] for one in touched))
        assert set(answer.uncovered) == set(question["weights"]) - touched
        for guest in answer.guests:
            others = [one for one in chosen if one.id != (guest.id, guest.seat)]
            (me,) = (one for one in chosen if one.id == (guest.id, guest.seat))
            assert guest.worth == pytest.approx(whole - worth(question, others), abs=1e-6)
            mine = {key for key in me.closes if question["weights"].get(key)}
            elsewhere = {key for one in others for key in one.closes}
            assert set(guest.closes) == mine - elsewhere
            assert set(guest.shares) == mine & elsewhere
            # Nobody is there without a reason: without this guest something is lost or broken.
            assert guest.worth > 0 or not keeps(question, others)

    @settings(max_examples=25, deadline=None)
    @given(questions())
    def test_a_reserve_can_come_instead_of_somebody(self, question):
        answer = invite_list(**question)
        chosen = chosen_of(question, answer)
        people = {one.id: one for one in everybody(question)}
        listed = {(one.id, one.seat) for one in answer.guests}

        assert not {(one.id, one.seat) for one in answer.reserves} & listed
        for reserve in answer.reserves:
            swaps = [
                [*(one for one in chosen if one is not gone), people[reserve.id, reserve.seat]]
                for gone in chosen
            ]
            assert any(keeps(question, one, without={"must"}) for one in swaps)
        # A further person of who is invited anyway may stand in, but need not be named.
        others = [one for (key, _seat), one in people.items() if key not in dict(listed)]
        best = max((average(question, chosen, one) for one in others), default=0.0)
        if best > 1e-6:
            assert answer.reserves[0].worth >= best - 1e-6
        for reserve in answer.reserves[:1]:
            # Below that, only somebody by whom a minimum can still be kept.
            mine = average(question, chosen, people[reserve.id, reserve.seat])
            assert reserve.worth == pytest.approx(mine)
            assert mine > 0 or reserve.rules

    @settings(max_examples=25, deadline=None)
    @given(questions())
    def test_the_relaxation_helps_and_no_smaller_one_does(self, question):
        """Smaller: fewer rules to change; of as few rules, fewer guests."""
        answer = invite_list(**question)
        broken = [misses(question, one) for one in lists(question)]

        loosened = dict(answer.relaxation)
        assert any(one == loosened for one in broken)
        fewest = min((len(one), one.total()) for one in broken)
        assert (len(loosened), sum(loosened.values())) == fewest


def average(question, chosen, candidate):
    """What a candidate adds on average when one guest stays away and it may come instead."""
    if candidate in chosen or not chosen:
        return 0.0
    gains = []
    for gone in chosen:
        rest = [one for one in chosen if one is not gone]
        swapped = [*rest, candidate]
        fits = keeps(question, swapped, without={"must"})
        gains.append(worth(question, swapped) - worth(question, rest) if fits else 0.0)
    return sum(gains) / len(gains)


def named(chosen):
    """Candidates, some of them repeated, as `everybody` names them."""
    seats = Counter()
    for one in chosen:
        seats[one.id] += 1
        yield replace(one, id=(one.id, seats[one.id]))


class TestOutOfTime:
    @settings(max_examples=25, deadline=None)
    @given(questions())
    def test_the_list_keeps_the_rules_and_none_is_worth_more_than_the_bound(self, question):
        asked = ask(**{"places": None} | question)
        start = feasible(asked)
        possible = [worth(question, one) for one in lists(question) if keeps(question, one)]
        assert (start is None) == (not possible)
        if start is None:
            return

        chosen, bound = solve(asked, start, time_limit=1e-9)

        people = [*named(asked.candidates[at] for at in np.flatnonzero(chosen))]
        assert keeps(question, people)
        assert asked.value(chosen) == pytest.approx(worth(question, people))
        if bound is None:
            assert asked.value(chosen) == pytest.approx(max(possible))
        else:
            assert bound >= max(possible) - 1e-6
