"""Introductions: true effects, the best of all plans, the user's rules, odd questions."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.findings import find
from graphs.findings.ground import survey
from graphs.plans.board import Board
from graphs.plans.candidates import Effects, candidates
from graphs.plans.difference import difference, with_ties
from graphs.plans.introductions import introductions
from graphs.records import Facts
from tests.graphs.introducing import OFFICES, REGIONS, WANTED, findings_of, networks
from tests.graphs.partnerships import (
    BUSINESS,
    COMMUNITY,
    MEDIA,
    NGO,
    OPD,
    PLACES,
    UNIVERSITY,
    actor,
    crowd,
    picture,
    team,
)


def ties_of(graph, findings):
    """Return every pair that could be introduced."""
    board = Board(survey(graph, PLACES, REGIONS), OFFICES)
    effects = Effects(board, findings, {})
    return candidates(board, effects, must=(), must_not=(), alternatives=1, lossless=False)


class TestWhatATieDoes:
    @settings(max_examples=30, deadline=None)
    @given(networks())
    def test_the_findings_it_is_said_to_close_stand_no_more(self, graph):
        findings = findings_of(graph)
        for tie in ties_of(graph, findings):
            after = {one.key: one for one in findings_of(with_ties(graph, [tie.pair]))}
            assert tie.closes.isdisjoint(after)

    @settings(max_examples=30, deadline=None)
    @given(networks())
    def test_what_it_relieves_is_less_severe_by_that_share(self, graph):
        findings = {one.key: one for one in findings_of(graph)}
        for tie in ties_of(graph, findings.values()):
            after = {one.key: one for one in findings_of(with_ties(graph, [tie.pair]))}
            for (key, _mark), share in tie.reliefs.items():
                # A tie to somebody who was alone adds it to those who are counted.
                if key in tie.closes or any(not graph[one] for one in tie.pair):
                    continue
                left = after[key].severity if key in after else 0.0
                assert left <= findings[key].severity * (1 - share) + 1e-6

    def test_a_second_tie_between_its_sides_closes_a_fragile_bridge(self):
        graph = picture(
            [*(actor(one) for one in range(4)), *(actor(one, OPD, "16.71") for one in range(4, 8))],
            team(0, 1), team(1, 2), team(2, 3), team(3, 1), team(3, 4), team(4, 5), team(5, 6),
            team(6, 7), team(7, 5),
        )  # fmt: skip
        (bridge,) = [
            one
            for one in find(graph, PLACES, REGIONS, {}, facts=Facts())
            if one.organisations == (3, 4)
        ]
        assert bridge.code == "fragile-bridge"

        answer = introductions(graph, [bridge], PLACES, 3)

        (line,) = answer.lines
        assert (line.closes, answer.gap, answer.open) == ((bridge.key,), 0.0, ())
        after = with_ties(graph, [(line.a, line.b)])
        change = difference(graph, after, PLACES, REGIONS, {}, facts=Facts())
        assert bridge in change.closed
        assert line.through in (3, 4)


class TestAgainstExhaustiveSearch:
    @settings(max_examples=25, deadline=None)
    @given(networks(), st.integers(0, 4))
    def test_no_other_plan_is_worth_more(self, graph, k):
        findings = findings_of(graph)
        ties = ties_of(graph, findings)[:14]
        pairs = {one.pair for one in ties}
        others = {one.pair for one in ties_of(graph, findings)} - pairs
        severity = {one.key: one.severity for one in findings}

        plan = introductions(graph, findings, PLACES, k, offices=OFFICES, must_not=others)

        best = max(
            worth(severity, plan_of)
            for size in range(min(k, len(ties)) + 1)
            for plan_of in combinations(ties, size)
        )
        assert plan.total == pytest.approx(best)
        assert (plan.gap, plan.bound) == (0.0, pytest.approx(best))
        assert {(line.a, line.b) for line in plan.lines} <= pairs

    @settings(max_examples=30, deadline=None)
    @given(networks(), st.integers(1, 3), st.integers(1, 2), st.integers(1, 2))
    def test_nor_with_limits_on_organisations_and_introducers(self, graph, k, mine, asked):
        findings = findings_of(graph)
        board = Board(survey(graph, PLACES, REGIONS), OFFICES)
        ties = candidates(
            board, Effects(board, findings, {}),
            must=(), must_not=(), alternatives=3, lossless=False,
        )  # fmt: skip
        severity = {one.key: one.severity for one in findings}

        plan = introductions(
            graph, findings, PLACES, k,
            offices=OFFICES, per_organisation=mine, per_introducer=asked,
        )  # fmt: skip

        if len(ties) <= 16:
            best = max(
                worth(severity, some)
                for size in range(k + 1)
                for some in combinations(ties, size)
                if fits(some, mine, asked)
            )
            assert plan.total == pytest.approx(best)
        met = [one for line in plan.lines for one in (line.a, line.b)]
        introduced = [one for line in plan.lines for one in line.path[1:-1]]
        assert max(map(met.count, met), default=0) <= mine
        assert max(map(introduced.count, introduced), default=0) <= asked

    @settings(max_examples=30, deadline=None)
    @given(networks(), st.integers(0, 4), st.randoms(use_true_random=False))
    def test_the_order_of_the_findings_changes_nothing(self, graph, k, random):
        findings = findings_of(graph)
        shuffled = [*findings]
        random.shuffle(shuffled)

        first = introductions(graph, findings, PLACES, k, offices=OFFICES)

        assert introductions(graph, shuffled, PLACES, k, offices=OFFICES) == first
        assert {*first.open}.isdisjoint(key for line in first.lines for key in line.closes)
        assert {*first.beyond} <= {*first.open}


def worth(severity, ties):
    """What a plan is worth, once more in plain words: closed ones whole, relieved ones in part."""
    closed = {key for tie in ties for key in tie.closes}
    total = sum(severity[key] for key in closed)
    relieved = {relief: share for tie in ties for relief, share in tie.reliefs.items()}
    for key in {key for key, _mark in relieved} - closed:
        total += severity[key] * min(1, sum(s for (k, _), s in relieved.items() if k == key))
    return total


def fits(ties, mine, asked):
    """Whether nobody is introduced or asked too often, and no pair twice."""
    met = [one for tie in ties for one in tie.pair]
    introduced = [one for tie in ties for one in tie.way[1:-1]]
    pairs = [tie.pair for tie in ties]
    return (
        max(map(met.count, met), default=0) <= mine
        and max(map(introduced.count, introduced), default=0) <= asked
        and len(set(pairs)) == len(pairs)
    )


@pytest.fixture
def district():
    """A district whose office (1) knows a university (2) and a bank (3), and once met media (4).

    A charity (5) works with the bank. A community (6) is only known by name.
    """
    return picture(
        [actor(1), actor(2, UNIVERSITY), actor(3, BUSINESS), actor(4, MEDIA), actor(5, NGO),
         actor(6, COMMUNITY)],
        team(1, 2), team(1, 3), team(3, 5), crowd(1, 4),
    )  # fmt: skip


def plan(graph, k, **options):
    """Return the introductions of the district, by the pairs they bring together."""
    findings = find(graph, PLACES, ["16.04"], {"district": (OPD, MEDIA, COMMUNITY)})
    findings = [one for one in findings if one.region == "16.04"]
    return introductions(graph, findings, PLACES, k, **{"offices": {"16.04": 1}} | options)


class TestWhoIntroduces:
    def test_nobody_where_they_met_before(self, district):
        (line,) = plan(district, 1, must=[(4, 1)]).lines
        assert (line.a, line.b, line.through, line.path) == (1, 4, None, (1, 4))

    def test_nobody_where_one_is_the_office(self, district):
        (line,) = plan(district, 1, must=[(6, 1)]).lines
        assert (line.a, line.b, line.through) == (1, 6, None)
        assert "uncovered-sector:16.04:community:" in line.closes

    def test_nobody_introduces_the_office_of_the_province_either(self):
        # The district has an office of its own (1), which works with that of the province (2).
        graph = picture(
            [actor(1), actor(2, region="16"), actor(3, MEDIA), actor(4, MEDIA, region="16.71")],
            team(1, 2), team(1, 3), team(1, 4),
        )  # fmt: skip
        board = Board(survey(graph, PLACES, []), {"16.04": 1, "16": 2})

        assert board.ways(3, 2) == [(3, 2)]
        assert board.office(3) == 1
        assert board.ways(3, 4) == [(3, 1, 4)]
        # That of a district is a stranger in another one.
        assert not board.is_office_of(1, 4)

    def test_the_common_partner_whose_weaker_tie_is_strongest(self):
        graph = picture(
            [actor(1), actor(2, MEDIA), actor(3, NGO), actor(4, NGO)],
            team(1, 3, row=1), team(2, 3, row=2), team(1, 4, row=3), team(2, 4, row=4),
            team(1, 4, row=5), team(2, 4, row=6),
        )  # fmt: skip
        board = Board(survey(graph, PLACES, []))
        assert board.ways(1, 2, most=3) == [(1, 4, 2), (1, 3, 2)]
        assert Board(survey(graph, PLACES, []), spared=[4]).ways(1, 2) == [(1, 3, 2)]

    def test_who_shall_introduce_nobody_may_still_be_introduced(self, district):
        (line,) = plan(district, 1, must=[(2, 3)], not_through=[1]).lines
        assert (line.a, line.b, line.through) == (2, 3, None)
        everything = plan(district, 9, not_through=[1]).lines
        assert all(1 not in line.path[1:-1] for line in everything)
        assert any(1 in (line.a, line.b) for line in everything)

    def test_over_three_steps_the_one_who_knows_the_second(self, district):
        graph = district
        (line,) = plan(graph, 1, must=[(5, 2)], spared=[]).lines
        assert (line.a, line.b, line.path, line.through) == (2, 5, (2, 1, 5), 1)
        (line,) = plan(graph, 1, must=[(5, 2)], offices={}).lines
        assert (line.path, line.through) == ((2, 1, 3, 5), 3)

    def test_four_steps_and_no_office_are_too_far(self):
        graph = picture(
            [actor(at, sector) for at, sector in enumerate((OPD, MEDIA, NGO, NGO, BUSINESS))],
            team(0, 1), team(1, 2), team(2, 3), team(3, 4),
        )  # fmt: skip
        board = Board(survey(graph, PLACES, []))
        assert board.ways(0, 4) == []
        assert Board(survey(graph, PLACES, []), {"16.04": 2}).ways(0, 4) == [(0, 2, 4)]


class TestRules:
    def test_one_tie_closes_several_findings_and_each_counts_once(self, district):
        one = plan(district, 1)
        everything = plan(district, 99)
        assert len(one.lines) == 1
        assert one.lines[0].worth == pytest.approx(one.total)
        assert everything.total > one.total
        # Without one line others still close some of what it closes.
        assert everything.total >= sum(line.worth for line in everything.lines)
        assert everything.total <= everything.possible + 1e-6
        assert everything.gap == 0.0

    def test_more_than_there_is_to_introduce(self, district):
        plenty = plan(district, 10_000)
        assert len(plenty.lines) <= plenty.candidates < 10_000
        assert plenty == plan(district, plenty.candidates)

    def test_none_at_all(self, district):
        nothing = plan(district, 0)
        assert (nothing.lines, nothing.total, nothing.gap) == ((), 0.0, 0.0)
        assert len(nothing.open) > 0

    def test_pins_come_first_even_when_they_close_nothing(self):
        graph = picture([actor(1), actor(2), actor(3), actor(4, NGO)], team(1, 2), team(2, 3))
        pinned = introductions(graph, [], PLACES, 1, must=[(3, 1)])
        (line,) = pinned.lines
        assert (line.a, line.b, line.through, line.reason, line.worth) == (1, 3, 2, "must", 0.0)

    def test_what_is_excluded_is_replaced_by_the_next_best(self, district):
        first = plan(district, 1).lines[0]
        other = plan(district, 1, must_not=[(first.b, first.a)]).lines[0]
        assert (other.a, other.b) != (first.a, first.b)

    def test_the_spared_are_neither_introduced_nor_asked(self, district):
        spared = plan(district, 9, spared=[1])
        assert spared.lines
        assert all(1 not in line.path for line in spared.lines)

    @pytest.mark.parametrize(
        ("options", "clash"),
        [
            ({"k": 1, "must": [(2, 3), (2, 4)]}, ("limit", "must")),
            ({"k": 3, "must": [(2, 3)], "must_not": [(3, 2)]}, ("must", "must_not")),
            ({"k": 3, "must": [(2, 3)], "spared": [2]}, ("must", "spared")),
            ({"k": 3, "must": [(2, 3), (2, 4)], "per_organisation": 1},
             ("must", "per_organisation")),
        ],
    )  # fmt: skip
    def test_rules_that_clash_are_named_with_what_would_help(self, district, options, clash):
        answer = plan(district, **options)
        assert not answer.possible_at_all
        assert (answer.clashes, answer.lines, answer.gap) == (clash, (), None)
        assert sum(many for _, many in answer.relaxation) == 1

    @pytest.mark.parametrize(
        "options",
        [{"k": -1}, {"k": 1, "per_organisation": 0}, {"k": 1, "time_limit": 0},
         {"k": 1, "breadth": 0}, {"k": 1, "must": [(1, 1)]}, {"k": 1, "must": [(1, 77)]},
         {"k": 1, "must": [(1, 2)]}],
    )  # fmt: skip
    def test_refuses_what_cannot_be_meant(self, district, options):
        with pytest.raises(ValueError):
            plan(district, **options)


class TestOddQuestions:
    def test_an_empty_network_has_nobody_to_introduce(self):
        answer = introductions(picture([]), [], {}, 3)
        assert (answer.lines, answer.candidates, answer.gap, answer.open) == ((), 0, 0.0, ())

    def test_what_nobody_known_can_close_is_beyond(self):
        graph = picture([actor(1), actor(2)], team(1, 2))
        findings = find(graph, PLACES, ["16.04"], {"district": (MEDIA,)})
        answer = introductions(graph, findings, PLACES, 3, offices={"16.04": 1})
        assert "uncovered-sector:16.04:media:" in answer.beyond

    def test_nothing_given_is_changed(self, district):
        before = difference(district, district.copy(), PLACES, ["16.04"])
        plan(district, 5)
        assert difference(district, district, PLACES, ["16.04"]) == before
        assert not before.closed + before.opened + before.changed

    def test_out_of_time_the_best_found_comes_with_its_gap(self):
        sectors = (OPD, UNIVERSITY, COMMUNITY, NGO, BUSINESS, MEDIA)
        actors = [actor(at, sectors[at % 6]) for at in range(60)]
        graph = picture(actors, *(team(at, (at + 6) % 60, row=at) for at in range(60)))
        findings = find(graph, PLACES, ["16.04"])

        hurried = introductions(graph, findings, PLACES, 4, offices={"16.04": 0}, time_limit=1e-9)
        exact = introductions(graph, findings, PLACES, 4, offices={"16.04": 0}, time_limit=30)

        assert exact.gap == 0.0
        assert len(hurried.lines) == 4
        assert hurried.total <= exact.total + 1e-6 <= hurried.bound + 2e-6
        assert hurried.gap == pytest.approx(max(0.0, 1 - hurried.total / hurried.bound))


class TestAfterwards:
    @settings(max_examples=20, deadline=None)
    @given(networks())
    def test_what_the_plan_closes_is_closed(self, graph):
        findings = findings_of(graph)
        answer = introductions(graph, findings, PLACES, 3, offices=OFFICES)

        after = with_ties(graph, [(line.a, line.b) for line in answer.lines])

        closed = {one.key for one in difference(graph, after, PLACES, REGIONS, WANTED).closed}
        promised = {key for line in answer.lines for key in line.closes}
        # Two that were alone may meet and be an island: a new part of their region.
        if any(not graph[one] for line in answer.lines for one in (line.a, line.b)):
            promised = {key for key in promised if not key.startswith(("split", "single"))}
        # What one line relieves a broker of, another may put behind it again: see the notes.
        if len(answer.lines) > 1:
            promised = {key for key in promised if not key.startswith("single")}
        assert promised <= closed
