"""Programmes: regions, the end that is told in words, and their page."""

from datetime import date

import pytest
from sqlalchemy import select

from crm.db import db
from crm.errors import Conflict, NotYours, Refused
from crm.programmes import services
from crm.programmes.ending import ending, months_between, tone
from crm.programmes.models import Programme
from tests import make
from tests.make import MONDAY, NOW


def names(query):
    return [one.name for one in db.session.scalars(query.order_by(Programme.id)).unique()]


class TestAdd:
    def test_stores_its_regions(self, editor):
        make.region("16.71")

        made = services.add(editor, name="PerpuSeru", region_codes=["16.71", "16", "16"])

        assert [region.code for region in services.get(made.id).regions] == ["16", "16.71"]

    def test_refuses_the_same_one_twice_an_unknown_region_and_a_wrong_end(self, editor):
        services.add(editor, name="PerpuSeru")

        for values, field in (
            ({"name": "perpuseru"}, "name"),
            ({"name": "TPBIS", "region_codes": ["99"]}, "region_codes"),
            ({"name": "TPBIS", "starts": MONDAY, "ends": date(2018, 7, 31)}, "ends"),
        ):
            with pytest.raises(Refused) as refusal:
                services.add(editor, **values)
            assert refusal.value.field == field
        assert names(select(Programme)) == ["PerpuSeru"]

    def test_belongs_to_all_of_its_regions(self):
        make.region("16")
        palembang = make.user("Pal", "editor", regions=("16.71",))

        services.add(palembang, name="Kota", region_codes=["16.71"])
        for codes in (["16.71", "16"], []):
            with pytest.raises(NotYours):
                services.add(palembang, name="Lebih", region_codes=codes)


def test_a_change_of_regions_alone_is_seen_by_the_second_writer(editor):
    make.region("16.71")
    made = services.add(editor, name="TPBIS", region_codes=["16"])
    seen = made.version
    services.change(editor, made.id, version=seen, name="TPBIS", region_codes=["16.71"])

    with pytest.raises(Conflict):
        services.change(editor, made.id, version=seen, name="TPBIS", region_codes=["16"])

    assert [region.code for region in services.get(made.id).regions] == ["16.71"]


def test_found_by_region_below_and_by_day(editor):
    make.region("16.71")
    services.add(editor, name="Kota", region_codes=["16.71"], ends=date(2018, 7, 31))
    services.add(editor, name="Nasional")

    assert names(services.found(region="16")) == ["Kota"]
    assert names(services.found(running_on=MONDAY)) == ["Nasional"]
    services.archive(editor, services.all_names()[0][0], at=NOW)
    assert services.all_names() == [(2, "Nasional")]
    assert names(services.found(archived=True)) == ["Kota"]


@pytest.mark.parametrize(
    ("starts", "ends", "words", "colour"),
    [
        (None, date(2018, 7, 31), "berakhir Juli 2018", "neutral"),
        (None, date(2027, 7, 31), "berakhir 8 bulan lagi", "warning"),
        (None, date(2028, 7, 31), "berakhir 20 bulan lagi", "success"),
        (None, date(2026, 12, 22), "berakhir 29 hari lagi", "warning"),
        (None, MONDAY, "berakhir hari ini", "warning"),
        (None, None, "akhir belum diketahui", "info"),
        (date(2027, 1, 1), date(2028, 1, 1), "mulai Januari 2027", "info"),
    ],
)
def test_the_end_is_told_in_words(starts, ends, words, colour):
    programme = make.programme(starts=starts, ends=ends)

    assert str(ending(programme, MONDAY)) == words
    assert tone(programme, MONDAY) == colour


def test_months_are_whole():
    assert months_between(date(2026, 11, 23), date(2026, 12, 22)) == 0
    assert months_between(date(2026, 11, 23), date(2026, 12, 23)) == 1
    assert months_between(date(2026, 11, 23), date(2027, 11, 22)) == 11


class TestPages:
    def test_is_added_and_shown_with_lead_and_end(self, as_user, editor):
        make.region("16")
        lead = make.stakeholder("Coca-Cola Foundation Indonesia")

        answer = as_user(editor).post(
            "/programmes/new",
            data={
                "name": "PerpuSeru",
                "lead_id": lead.id,
                "ends": "31/07/2018",
                "region_codes": ["16"],
            },
        )

        shown = as_user(editor).get(answer.headers["Location"]).text
        assert "Coca-Cola Foundation Indonesia" in shown
        assert "berakhir Juli 2018" in shown
        assert "31 Juli 2018" in shown

    def test_a_form_keeps_a_lead_that_was_archived(self, as_user, editor):
        lead = make.stakeholder("Lama", archived_at=NOW)
        programme = make.programme(lead_id=lead.id)

        form = as_user(editor).get(f"/programmes/{programme.id}/edit").text

        assert f'<option selected value="{lead.id}">Lama</option>' in form

    def test_organisers_read_programmes_only(self, as_user, organiser):
        programme = make.programme()
        browser = as_user(organiser)

        assert browser.get(f"/programmes/{programme.id}").status_code == 200
        assert browser.get("/programmes/new").status_code == 403
        assert browser.post(f"/programmes/{programme.id}/archive").status_code == 403
