"""Whatever an organiser asks for: a list keeps every rule, or the clash is named."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.invite_lists import building
from crm.invite_lists.rules import Bounds, Rules
from crm.network import services as network
from crm.network.questions import Question
from crm.regions.models import Level
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY

SECTORS = tuple(Sector)
HOMES = ("16", "16.04", "16.71")


@pytest.fixture
def world():
    """A province with two districts, and in each place one organisation of every sector."""
    make.region("16")
    made = [
        make.stakeholder(
            sector=sector,
            region_code=home,
            level=Level.PROVINCE if home == "16" else Level.DISTRICT,
        )
        for home in HOMES
        for sector in SECTORS
    ]
    make.agreement(made[0], made[6], made[12])
    make.agreement(made[1], made[7])
    event = make.event(title="Workshop", region_code="16")
    analysis = network.answer(Question(MONDAY, 24)).analysis
    return event, analysis, {one.id: (one.sector, one.region_code) for one in made}


counts = st.integers(0, 4)


@st.composite
def bounds(draw, values):
    least, most = sorted((draw(counts), draw(counts)))
    return Bounds(draw(st.sampled_from(values)), least, draw(st.sampled_from([None, most])))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_list_keeps_every_rule_or_names_the_clash(world, data):
    event, analysis, organisations = world
    ids = st.sampled_from(sorted(organisations))
    must = data.draw(st.sets(ids, max_size=4))
    rules = Rules(
        capacity=data.draw(st.integers(1, 18)),
        region="16",
        each_district=data.draw(st.sampled_from([None, 1, 2])),
        sectors=tuple(
            data.draw(st.lists(bounds(SECTORS), max_size=4, unique_by=lambda one: one.value))
        ),
        regions=tuple(
            data.draw(st.lists(bounds(HOMES[1:]), max_size=2, unique_by=lambda one: one.value))
        ),
        must=tuple(must),
        never=tuple(data.draw(st.sets(ids, max_size=4)) - must),
        prefer=tuple(data.draw(st.sets(ids, max_size=2))),
        prefer_kinds=data.draw(st.sampled_from([(), ("media",)])),
        seats=data.draw(st.sampled_from([1, 2])),
        more_from=tuple(data.draw(st.sets(ids, max_size=1))),
        more_seats=3,
        second_guest=data.draw(st.sampled_from([0, 25])),
    )

    answer = building.build(event, rules, analysis, on=MONDAY).answer

    chosen = [one.organisation for one in answer.guests]
    if not answer.possible_at_all:
        assert chosen == []
        assert answer.relaxation
        return
    assert len(chosen) <= rules.capacity
    assert all(chosen.count(one) <= rules.seats_of(one) for one in chosen)
    assert must <= set(chosen)
    assert not set(rules.never) & set(chosen)
    for one in rules.sectors:
        assert _between(one, sum(organisations[guest][0] == one.value for guest in chosen))
    homes = [organisations[guest][1] for guest in chosen]
    for one in rules.regions:
        assert _between(one, homes.count(one.value))
    named = {one.value for one in rules.regions}
    for district in set(HOMES[1:]) - named:
        assert homes.count(district) >= (rules.each_district or 0)
    assert not {one.organisation for one in answer.reserves} & {*rules.never}
    seats = [(one.organisation, one.seat) for one in (*answer.guests, *answer.reserves)]
    assert len(set(seats)) == len(seats)
    assert all(seat <= rules.seats_of(one) for one, seat in seats)


def _between(one, number):
    return (one.minimum or 0) <= number and (one.maximum is None or number <= one.maximum)
