"""The old day asked again with the records of now."""

from datetime import timedelta

import pytest

from crm.network import old_day
from crm.network.analysis import analyse
from crm.network.questions import Question
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY

LAHAT = {"region_code": "16.04", "level": "district"}
SUNDAY = MONDAY - timedelta(days=1)
NOW, THEN = Question(MONDAY, 24), Question(SUNDAY, 24)


def keys(question):
    return {one.key for one in analyse(question).findings}


@pytest.fixture
def pair():
    """An office and a bank of Lahat with a need, a late promise, a late follow-up, a guest."""
    make.region("16")
    make.region("16.04", "Kabupaten Lahat")
    dinas = make.stakeholder("Dinas Perpustakaan Lahat", **LAHAT)
    bank = make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS, **LAHAT)
    make.resource(dinas)
    make.commitment(bank, dinas, due_on=SUNDAY - timedelta(days=9))
    make.follow_up(due_on=SUNDAY - timedelta(days=9), stakeholder_id=bank.id)
    make.event(dinas, starts_on=SUNDAY - timedelta(days=30))
    return dinas, bank


def test_where_nothing_was_entered_it_is_as_it_was(pair):
    assert old_day.standing(SUNDAY, NOW, ()) == keys(THEN)
    assert old_day.standing(MONDAY, NOW, ()) == keys(NOW)


@pytest.mark.parametrize("table", ["agreement", "event", "commitment", "team"])
def test_what_was_entered_and_is_of_today_counts_on_the_old_day(pair, table):
    dinas, _bank = pair
    paper = make.stakeholder("Sumatera Ekspres", sector=Sector.MEDIA, **LAHAT)
    day = {"event": "starts_on", "commitment": "promised_on"}.get(table, "starts")
    one = getattr(make, table)(dinas, paper, **{day: MONDAY})
    missing = "uncovered-sector:16.04:media:"

    assert missing not in old_day.standing(SUNDAY, NOW, {(table, one.id)})
    # What was entered long ago and begins today was brought by the calendar.
    assert missing in old_day.standing(SUNDAY, NOW, {(table, one.id + 1)})
    assert missing not in keys(NOW)
