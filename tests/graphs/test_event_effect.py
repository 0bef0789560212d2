"""The effect of an event: every company built and weighed one by one, drawn ones, and after."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.build import network
from graphs.index import synergies
from graphs.plans.event_effect import measured_effect, predicted_effect
from graphs.records import SECTORS, Actor, Candidate, Options, Tie
from tests.graphs.partnerships import DAY, MEDIA, OPD, PLACES, UNIVERSITY, actor, team

REGIONS = ("16", "16.04", "16.71")
ABROAD = Actor(8, "media", "province", "62")
ACTORS = [actor(0, OPD, "16"), *(actor(at, SECTORS[at], "16.04") for at in range(1, 6)), ABROAD]
EARLIER = [
    team(0, 1, row=1),
    team(2, 8, row=2),
    Tie("attendance", (3, 4, *range(90, 104)), DAY, evidence=("event", 3)),
]
CROWD = [Actor(one, "opd", "national") for one in range(90, 104)]
BEFORE = network([*ACTORS, *CROWD], EARLIER, DAY)


def guest(one, *closes):
    return Candidate(100 + one, organisation=one, sector=MEDIA, closes=closes)


def index_with(present):
    """Return the index of each region when these have met, built anew from the records."""
    meeting = Tie("attendance", tuple(present), DAY, evidence=("event", 9))
    graph = network([*ACTORS, *CROWD], [*EARLIER, meeting], DAY)
    return {code: one.value or 0.0 for code, one in synergies(graph, PLACES, REGIONS).items()}


class TestPredicted:
    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 8]), max_size=4),
        st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.9, 1.0]), min_size=4, max_size=4),
        st.sets(st.sampled_from([0, 8]), max_size=1),
    )
    def test_is_the_mean_over_every_company(self, invited, chances, hosts):
        guests = [
            Candidate(at, organisation=one, sector=OPD, closes=(f"f{one}",))
            for at, one in enumerate(invited)
        ]
        likely = dict(enumerate(chances))
        answer = predicted_effect(
            BEFORE, PLACES, REGIONS, guests, likely, {"f1": 10.0, "f2": 30.0}, hosts=hosts
        )

        mean = dict.fromkeys(REGIONS, 0.0)
        severity = 0.0
        for coming in product((True, False), repeat=len(guests)):
            weight = 1.0
            for one, comes in zip(guests, coming, strict=True):
                weight *= likely[one.id] if comes else 1 - likely[one.id]
            present = {one.organisation for one, comes in zip(guests, coming, strict=True) if comes}
            severity += weight * (10.0 * (1 in present) + 30.0 * (2 in present))
            for code, value in index_with(present | hosts).items():
                mean[code] += weight * value
        assert answer.exact
        assert answer.severity == pytest.approx(severity)
        for code in REGIONS:
            assert (answer.index[code].mean or 0.0) == pytest.approx(mean[code])
            assert (answer.index[code].before or 0.0) == pytest.approx(index_with(())[code])

    def test_a_large_company_binds_nobody_a_small_one_does(self):
        twelve = [guest(one) for one in (1, 2, *range(90, 100))]
        large = predicted_effect(BEFORE, PLACES, ["16.04"], twelve, 1.0, {})
        small = predicted_effect(BEFORE, PLACES, ["16.04"], twelve[:2], 1.0, {})
        assert large.index["16.04"].mean == pytest.approx(
            index_with([1, 2, *range(90, 100)])["16.04"]
        )
        assert small.index["16.04"].mean > large.index["16.04"].mean

    def test_who_met_in_a_crowd_before_needs_less(self):
        # 3 and 4 met among 16, 1/15: with 1/14 more they work together, which others do not.
        fifteen = [guest(one) for one in (3, 4, 5, *range(90, 102))]
        answer = predicted_effect(BEFORE, PLACES, ["16.04"], fifteen, 1.0, {})
        assert answer.index["16.04"].mean == pytest.approx(
            index_with([3, 4, 5, *range(90, 102)])["16.04"]
        )

    def test_many_guests_are_drawn_and_the_same_seed_draws_the_same(self):
        many = [guest(one, "x") for one in (1, 2, 3, 4, 5)]
        exact = predicted_effect(BEFORE, PLACES, ["16.04"], many, 0.6, {"x": 50.0})
        drawn = predicted_effect(BEFORE, PLACES, ["16.04"], many, 0.6, {"x": 50.0}, runs=31)
        again = predicted_effect(BEFORE, PLACES, ["16.04"], many, 0.6, {"x": 50.0}, runs=31)
        other = predicted_effect(BEFORE, PLACES, ["16.04"], many, 0.6, {"x": 50.0}, runs=31, seed=1)

        assert (exact.exact, exact.runs) == (True, 32)
        assert (drawn.exact, drawn.runs) == (False, 31)
        assert drawn == again
        assert drawn.index != other.index
        # What is touched needs no drawing.
        assert drawn.severity == exact.severity == pytest.approx(50 * (1 - 0.4**5))
        one, whole = drawn.index["16.04"], exact.index["16.04"]
        assert abs(one.mean - whole.mean) < 4 * (whole.high - whole.low) / 31**0.5
        assert one.low <= one.mean <= one.high

    def test_certain_guests_leave_no_doubt(self):
        sure = predicted_effect(BEFORE, PLACES, ["16.04"], [guest(1), guest(2)], 1.0, {}, runs=1)
        index = sure.index["16.04"]
        assert (sure.exact, index.low, index.high) == (True, index.mean, index.mean)

    def test_nobody_invited_changes_nothing(self):
        none = predicted_effect(BEFORE, PLACES, REGIONS, [], {}, {"x": 9.0})
        assert (none.guests, none.severity, none.findings) == (0, 0, {"x": 0})
        for code in ("16", "16.04"):
            assert none.index[code].mean == none.index[code].before
        assert none.index["16.71"].mean is None

    def test_nothing_given_is_changed(self):
        edges = sorted(BEFORE.edges(data="strength"))
        attended = dict(BEFORE.nodes(data="attended"))
        predicted_effect(BEFORE, PLACES, REGIONS, [guest(1), guest(2)], 0.5, {})
        assert sorted(BEFORE.edges(data="strength")) == edges
        assert dict(BEFORE.nodes(data="attended")) == attended

    @pytest.mark.parametrize(
        ("chances", "runs"), [({}, 200), ({101: 1.5}, 200), (-0.1, 200), (0.5, 0)]
    )
    def test_refuses_what_is_no_chance(self, chances, runs):
        with pytest.raises(ValueError):
            predicted_effect(BEFORE, PLACES, REGIONS, [guest(1)], chances, {}, runs=runs)


class TestMeasured:
    MEETING = Tie("attendance", (1, 2), DAY, evidence=("event", 9))

    def test_what_attendance_closed_and_the_index_with_it(self):
        effect = measured_effect(
            ACTORS, [*EARLIER, self.MEETING], ("event", 9), DAY, PLACES, REGIONS
        )
        closed = {one.key for one in effect.closed}
        assert "unlinked-sectors:16.04:university+community:" in closed
        before, after = effect.index["16.04"]
        assert after.linkage - before.linkage == pytest.approx(1 / 15)

    def test_the_prediction_for_those_who_came_is_what_is_measured(self):
        predicted = predicted_effect(BEFORE, PLACES, REGIONS, [guest(1), guest(2)], 1.0, {})
        effect = measured_effect(
            [*ACTORS, *CROWD], [*EARLIER, self.MEETING], ("event", 9), DAY, PLACES, REGIONS
        )
        for code in ("16", "16.04"):
            before, after = effect.index[code]
            assert predicted.index[code].before == pytest.approx(before.value)
            assert predicted.index[code].mean == pytest.approx(after.value)

    def test_events_without_a_day_age_as_if_the_event_were_there(self):
        old = Tie("attendance", (1, 2), DAY.replace(year=2010), evidence=("event", 9))
        undated = Tie("attendance", (3, 4), None, evidence=("event", 8))
        options = Options(window_days=None)
        effect = measured_effect(
            [actor(at, UNIVERSITY if at % 2 else OPD) for at in range(1, 5)],
            [old, undated], ("event", 9), DAY, PLACES, ["16.04"], options=options,
        )  # fmt: skip
        before, after = effect.index["16.04"]
        assert (before.engaged, after.engaged) == (2, 4)
        # 3 and 4 met at an event that weighs as little as the oldest, with and without it.
        assert before.linkage == after.linkage == 0

    def test_refuses_an_event_that_nobody_came_to(self):
        with pytest.raises(ValueError):
            measured_effect(ACTORS, EARLIER, ("event", 77), DAY, PLACES, REGIONS)
