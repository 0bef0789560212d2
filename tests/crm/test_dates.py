"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import dates
from crm.errors import Refused
from crm.events.models import DatePrecision

DAY, MONTH, YEAR = DatePrecision


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2017", date(2017, 1, 1), YEAR),
        ("2017-11", date(2017, 11, 1), MONTH),
        ("11/2017", date(2017, 11, 1), MONTH),
        ("November 2017", date(2017, 11, 1), MONTH),
        ("Nopember 2017", date(2017, 11, 1), MONTH),
        ("ags. 2017", date(2017, 8, 1), MONTH),
        ("6 November 2017", date(2017, 11, 6), DAY),
        ("06/11/2017", date(2017, 11, 6), DAY),
        ("6.11.2017", date(2017, 11, 6), DAY),
        ("6-Nov-2017", date(2017, 11, 6), DAY),
        ("2017-11-06", date(2017, 11, 6), DAY),
        ("2017-11-06 00:00:00", date(2017, 11, 6), DAY),
        ("2017-11-06T08:30", date(2017, 11, 6), DAY),
        ("Senin, 6 November 2017", date(2017, 11, 6), DAY),
        ("Monday 6 November 2017", date(2017, 11, 6), DAY),
        ("November 6, 2017", date(2017, 11, 6), DAY),
        ("  6   Oktober  2017 ", date(2017, 10, 6), DAY),
        ("29/02/2024", date(2024, 2, 29), DAY),
    ],
)
def test_reads(text, day, precision):
    assert dates.parse(text) == (day, precision)


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2024",
        "29/02/2023",
        "13/2017",
        "11/13/2017",
        "06/11/17",
        "besok",
        "0017",
        "2017-00",
        "6 Novembrer 2017",
        "6-7 November 2017",
        "12345",
    ],
)
def test_refuses_with_the_text_and_an_example(text):
    with pytest.raises(Refused) as refusal:
        dates.parse(text, "starts_on")

    assert refusal.value.field == "starts_on"
    assert f"“{text}”" in str(refusal.value.message)
    assert "06/11/2017" in str(refusal.value.message)


def test_nothing_written_is_no_date():
    assert dates.parse("  ") == (None, DAY)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(DatePrecision))
def test_what_a_field_shows_is_read_back(day, precision):
    known = {DAY: day, MONTH: day.replace(day=1), YEAR: day.replace(month=1, day=1)}[precision]

    assert dates.parse(dates.written(known, precision)) == (known, precision)


class TestLastDay:
    @pytest.mark.parametrize(
        ("text", "last"),
        [
            ("2024", date(2024, 12, 31)),
            ("02/2024", date(2024, 2, 29)),
            ("06/11/2017", date(2017, 11, 6)),
            ("", None),
        ],
    )
    def test_is_the_last_that_may_be_meant(self, text, last):
        assert dates.last_day(dates.parse(text)) == last
