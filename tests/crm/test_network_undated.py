"""Ties of records without a beginning: they count on every past day, and its pages say so."""

from datetime import date

from crm.network import services
from crm.network.questions import Question
from tests import make

PAST = Question(date(1990, 1, 1), 24)


def undated():
    analysis = services.answer(PAST).analysis
    assert analysis is not None
    return analysis.numbers["undated_ties"], analysis.numbers["working_ties"]


def test_counts_the_ties_that_only_undated_records_make():
    one, two, three, four = (make.stakeholder(f"Dinas {n}") for n in range(4))
    make.agreement(one, two, starts=None)
    make.agreement(one, three, starts=None, title="MoU tanpa tanggal")
    make.agreement(one, three, starts=date(1989, 1, 1))
    make.agreement(one, four, starts=date(2020, 1, 1))

    # One and two by an undated one alone; one and three by a dated one as well.
    assert undated() == (1, 2)


def test_where_all_are_dated_there_are_none():
    make.agreement(make.stakeholder("A"), make.stakeholder("B"), starts=date(1989, 1, 1))

    assert undated() == (0, 1)


def test_a_page_of_a_past_day_says_so_and_leads_to_them(as_user, viewer):
    office, bank = make.stakeholder("Dinas"), make.stakeholder("Bank")
    make.agreement(office, bank, starts=None, title="MoU tanpa tanggal")
    make.agreement(office, bank, starts=date(2020, 1, 1), title="MoU bertanggal")
    browser = as_user(viewer)

    past = browser.get("/gaps?on=1990-01-01").text

    assert "1 dari 1 hubungan aktif per tanggal ini bertumpu pada catatan tanpa tanggal" in past
    assert 'href="/agreements?undated=y"' in past
    assert "bertumpu pada catatan tanpa tanggal" not in browser.get("/gaps").text
    listed = browser.get("/agreements?undated=y").text
    assert "MoU tanpa tanggal" in listed
    assert "MoU bertanggal" not in listed
