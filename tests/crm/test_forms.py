"""Forms of records: every fault of what was sent is told in one round; periods and numbers."""

from datetime import date

import pytest
from flask_babel import force_locale
from sqlalchemy import func, select

from crm import formats
from crm.agreements.models import Agreement
from crm.contacts.models import Contact
from crm.db import db
from crm.events.models import Event
from crm.stakeholders.models import Stakeholder
from tests import make

BAD = "bukan nomor"


def said(text: str, field: str) -> str:
    """Return what stands beneath a field as its errors."""
    _before, found, after = text.partition(f'id="{field}-error"')
    return after.partition("</div>")[0] if found else ""


class TestAllFaultsAtOnce:
    def test_of_an_organisation(self, as_user, editor):
        sent = {"name": "", "sector": "opd", "level": "district", "phone": BAD, "email": "x"}
        answer = as_user(editor).post("/stakeholders/new", data=sent | {"identifiers": "NPP"})

        assert answer.status_code == 422
        for field in ("name", "region_code", "phone", "email", "identifiers"):
            assert said(answer.text, field), field
        assert db.session.scalar(select(func.count(Stakeholder.id))) == 0

    def test_of_a_person(self, as_user, editor):
        sent = {"name": "", "phone": BAD, "email": "x", "position": "Kepala"}
        answer = as_user(editor).post("/contacts/new", data=sent)

        assert answer.status_code == 422
        for field in ("name", "phone", "email", "basis", "stakeholder_id"):
            assert said(answer.text, field), field
        assert db.session.scalar(select(func.count(Contact.id))) == 0

    def test_of_an_agreement(self, as_user, editor):
        sent = {"title": "", "kind": "mou", "starts": "2026-02-01", "ends": "2026-01-01"}
        answer = as_user(editor).post("/agreements/new", data=sent)

        assert answer.status_code == 422
        assert "sedikitnya dua organisasi" in answer.text
        assert "mendahului" in said(answer.text, "ends")
        assert said(answer.text, "title")
        assert db.session.scalar(select(func.count(Agreement.id))) == 0

    def test_of_an_event(self, as_user, editor):
        sent = {
            "title": "",
            "starts_on": "2026-02-02",
            "ends_on": "2026-02-01",
            "capacity": "100001",
        }
        answer = as_user(editor).post("/events/new", data=sent)

        assert answer.status_code == 422
        assert said(answer.text, "title")
        assert "mendahului" in said(answer.text, "ends_on")
        assert "1 dan 100.000" in said(answer.text, "capacity")
        assert db.session.scalar(select(func.count(Event.id))) == 0

    @pytest.mark.parametrize("address", ["/programmes/new", "/plans/new"])
    def test_of_a_period(self, as_user, editor, address):
        sent = {"name": "", "title": "", "starts": "2026-02-01", "ends": "2026-01-01"}
        answer = as_user(editor).post(address, data=sent)

        assert answer.status_code == 422
        assert "mendahului" in said(answer.text, "ends")
        assert said(answer.text, "name") or said(answer.text, "title")

    @pytest.mark.parametrize(
        "records", ["stakeholders", "contacts", "agreements", "events", "programmes", "plans"]
    )
    def test_of_a_form_without_any_field(self, as_user, editor, records):
        assert as_user(editor).post(f"/{records}/new").status_code == 422

    def test_says_nothing_twice_about_a_field_that_is_wrong_in_itself(self, as_user, editor):
        sent = {"title": "Nota", "kind": "mou", "starts": "31/02/2026", "ends": "2026-01-01"}
        answer = as_user(editor).post("/agreements/new", data=sent)

        assert said(answer.text, "starts")
        assert not said(answer.text, "ends")


class TestGround:
    REACHABLE = {"name": "Herfiani", "phone": "0812 3456 7878"}

    def test_is_asked_for_as_soon_as_a_person_can_be_reached(self, as_user, editor):
        browser = as_user(editor)

        refused = browser.post("/contacts/new", data=self.REACHABLE)
        assert (refused.status_code, "UU 27/2022" in said(refused.text, "basis")) == (422, True)
        assert browser.post("/contacts/new", data={"name": "Herfiani"}).status_code == 303
        with_ground = self.REACHABLE | {"name": "Ekowati", "basis": "public_task"}
        assert browser.post("/contacts/new", data=with_ground).status_code == 303

    def test_that_is_missing_is_shown_and_found(self, as_user, editor):
        person = make.contact("Herfiani", phone="0812 3456 7878")
        make.contact("Ekowati")
        browser = as_user(editor)

        assert "belum diisi" in browser.get(f"/contacts/{person.id}").text
        listed = browser.get("/contacts?ungrounded=y").text
        assert ("Herfiani" in listed, "Ekowati" in listed) == (True, False)
        rows = browser.get("/contacts?format=csv").text.splitlines()
        assert "belum diisi" in next(row for row in rows if "Herfiani" in row)
        assert "—" not in next(row for row in rows if "Ekowati" in row)


class TestPeriods:
    @pytest.mark.parametrize(
        ("first", "last", "id_", "en"),
        [
            (date(2021, 6, 24), None, "24 Juni 2021 – sekarang", "24 June 2021 – now"),
            (date(2027, 1, 1), None, "mulai 1 Januari 2027", "from 1 January 2027"),
            (None, None, "—", "—"),
            (None, date(2020, 1, 1), "sampai 1 Januari 2020", "until 1 January 2020"),
        ],
    )
    def test_an_open_end_is_said(self, app, first, last, id_, en):
        with app.test_request_context():
            for language, written in (("id", id_), ("en", en)):
                with force_locale(language):
                    assert formats.in_force(first, last, date(2026, 11, 22)) == written


class TestPages:
    def test_an_archived_record_offers_its_way_back_where_it_says_so(self, as_user, editor, viewer):
        office = make.stakeholder()
        browser = as_user(editor)
        browser.post(f"/stakeholders/{office.id}/archive")

        for who, offers in ((browser, True), (as_user(viewer), False)):
            page = who.get(f"/stakeholders/{office.id}").text
            banner = page.partition("Diarsipkan sejak")[2].partition("columns-main-side")[0]
            assert banner
            assert (f"/stakeholders/{office.id}/restore" in banner) is offers

    def test_ones_own_account_is_not_the_administration(self, as_user, admin):
        browser = as_user(admin)
        here = 'title="Pengguna" aria-current="page"'

        assert here in browser.get("/admin/users").text
        assert here not in browser.get("/account").text
        assert here not in browser.get("/admin/audit").text

    def test_an_event_without_a_region_is_not_one_of_all_indonesia(self, as_user, editor):
        event = make.event(region_code=None)
        browser = as_user(editor)

        for address in (f"/events/{event.id}", "/events", "/events?format=csv"):
            assert "Seluruh Indonesia" not in browser.get(address).text
