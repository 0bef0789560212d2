"""The pages of people: personal data, its log, downloads, forms, and two writers."""

import csv
from io import BytesIO

import pytest
from python_calamine import load_workbook
from sqlalchemy import select

from crm.audit.models import AuditEntry
from crm.contacts import privacy, services
from crm.contacts.models import Basis, Contact, Position
from crm.db import db
from crm.phones import e164
from crm.spreadsheets import unsafe
from tests import make

PHONE = "0812 3456 7878"


def accesses():
    """Who saw or took along whose personal data."""
    query = select(AuditEntry).where(AuditEntry.action.in_(["viewed", "exported"]))
    return [(one.action, one.by_id, one.record_id) for one in db.session.scalars(query)]


class TestMasking:
    @pytest.mark.parametrize(
        ("value", "masked"),
        [
            ("081234567878", "08•••••78"),
            (PHONE, "08•••••78"),
            ("+6281234567878", "+6•••••78"),
            ("071134567", "07•••••67"),
            ("12345", "•••••"),
            ("herfiani@sumsel.go.id", "h•••@sumsel.go.id"),
            ("", ""),
        ],
    )
    def test_leaves_only_the_ends(self, value, masked):
        assert privacy.masked(value) == masked

    def test_hides_personal_data_from_viewers(self, as_user, viewer):
        person = make.contact(phone=PHONE, phone_e164=e164(PHONE), email="herfiani@sumsel.go.id")
        office = make.stakeholder()
        make.position(person, office)
        browser = as_user(viewer)

        for url in (
            "/contacts",
            f"/contacts/{person.id}",
            f"/contacts/{person.id}/history",
            f"/stakeholders/{office.id}/contacts",
            "/contacts?format=csv",
            f"/search?q={person.name}",
        ):
            answer = browser.get(url)
            assert answer.status_code == 200, url
            assert "3456" not in answer.text, url
            assert "herfiani@" not in answer.text, url
        assert accesses() == []

    @pytest.mark.parametrize("role", ["editor", "organiser", "admin"])
    def test_shows_them_to_those_who_need_them_and_logs_it_once(self, as_user, role):
        person = make.contact(phone=PHONE, email="herfiani@sumsel.go.id")
        user = make.user("Uli", role)

        answer = as_user(user).get(f"/contacts/{person.id}")

        assert PHONE in answer.text
        assert "herfiani@sumsel.go.id" in answer.text
        assert accesses() == [("viewed", user.id, person.id)]

    def test_logs_what_the_page_of_an_organisation_shows(self, as_user, editor):
        office = make.stakeholder()
        known, silent = make.contact("Satu Kata", phone=PHONE), make.contact("Dua Kata")
        make.position(known, office)
        make.position(silent, office)

        assert PHONE in as_user(editor).get(f"/stakeholders/{office.id}/contacts").text

        assert accesses() == [("viewed", editor.id, known.id)]

    def test_a_search_by_number_tells_viewers_nothing(self, as_user, viewer):
        make.contact("Herfiani Rizkia", phone=PHONE, phone_e164=e164(PHONE))
        assert "Herfiani" not in as_user(viewer).get("/contacts?q=34567878").text


class TestDownloads:
    def test_carry_what_an_editor_sees_and_are_logged(self, as_user, editor):
        person = make.contact("Herfiani Rizkia", phone="+62 812 3456 7878", email="h@sumsel.go.id")
        make.contact("Orang Lain")
        make.position(person, make.stakeholder("Bappeda Sumsel"), title="Kepala Bappeda")

        answer = as_user(editor).get("/contacts?q=herfiani&format=csv")

        heading, row = csv.reader(answer.text.lstrip("\ufeff").splitlines())
        cells = dict(zip(heading, row, strict=True))
        assert cells["Jabatan"] == "Kepala Bappeda"
        # With its apostrophe Excel takes it for text; the import takes exactly that one away.
        assert cells["Telepon"] == "'+62 812 3456 7878"
        assert unsafe(cells["Telepon"]) == person.phone
        assert accesses() == [("exported", editor.id, person.id)]

    def test_numbers_stay_text_in_a_workbook(self, as_user, editor):
        make.contact("Herfiani Rizkia", phone="081234567878")

        answer = as_user(editor).get("/contacts?format=xlsx")

        sheet = load_workbook(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
        assert "081234567878" in sheet[1]


class TestPages:
    def test_list_finds_by_name_post_and_organisation(self, as_user, viewer):
        person = make.contact("Herfiani Rizkia")
        make.position(person, make.stakeholder("Bappeda Sumatera Selatan"), title="Kepala Bidang")
        make.contact("Orang Lain")
        browser = as_user(viewer)

        for q in ("herfiani", "bappeda+sumsel", "kepala+bidang", "rizkia+bappeda"):
            answer = browser.get(f"/contacts?q={q}").text
            assert "Herfiani" in answer, q
            assert "Orang Lain" not in answer, q

    def test_list_filters_by_sector_region_ground_and_archive(self, as_user, viewer, editor):
        make.region("62", "Kalimantan Tengah")
        person = make.contact("Herfiani Rizkia", basis=Basis.CONSENT)
        make.position(person, make.stakeholder(region_code="16"))
        gone = make.contact("Orang Lama")
        services.archive(editor, gone.id, at=make.NOW)
        browser = as_user(viewer)

        for args in ("sector=opd", "region=16", "basis=consent", ""):
            assert "Herfiani" in browser.get(f"/contacts?{args}").text
            assert "Orang Lama" not in browser.get(f"/contacts?{args}").text
        for args in ("sector=media", "region=62", "basis=contract", "archived=y"):
            assert "Herfiani" not in browser.get(f"/contacts?{args}").text
        assert "Orang Lama" in browser.get("/contacts?archived=y").text

    def test_a_person_and_their_post_are_added_in_one_form(self, as_user, editor):
        office = make.stakeholder("Bappeda Sumatera Selatan")
        browser = as_user(editor)
        shown = browser.get(f"/contacts/new?stakeholder_id={office.id}").text
        assert f'<option selected value="{office.id}">' in shown

        answer = browser.post(
            "/contacts/new",
            data={
                "name": "Dr. Ekowati, M.Si",
                "stakeholder_id": str(office.id),
                "position": "Kepala Bappeda",
                "basis": "public_task",
            },
            follow_redirects=True,
        )

        assert "Dr. Ekowati, M.Si" in answer.text
        assert "Kepala Bappeda" in answer.text
        assert db.session.scalars(select(Contact.name)).one() == "Ekowati"

    def test_what_was_typed_is_still_there_after_an_error(self, as_user, editor):
        answer = as_user(editor).post(
            "/contacts/new", data={"name": "Ekowati", "phone": "abc", "email": "not an address"}
        )

        assert answer.status_code == 422
        assert 'value="abc"' in answer.text
        assert 'value="not an address"' in answer.text

    def test_conflict_page_loses_nothing(self, as_user, editor):
        person = make.contact("Herfiani Rizkia")
        browser, url = as_user(editor), f"/contacts/{person.id}/edit"
        form = {
            "name": "Herfiani Rizkia",
            "version": str(person.version),
            "original": '{"name": ["Herfiani Rizkia"], "about": []}',
        }
        assert browser.post(url, data=form | {"about": "theirs"}).status_code == 303

        clash = browser.post(url, data=form | {"about": "mine", "name": "Herfiani R."})

        assert clash.status_code == 409
        assert f"Terakhir disimpan oleh {editor.name}, " in clash.text
        for text in ("theirs", "mine", "Herfiani R."):
            assert text in clash.text

    def test_warns_of_a_person_of_the_same_name(self, as_user, editor):
        person = make.contact("Ujang Iskandar")
        make.position(person, make.stakeholder("Pemerintah Kabupaten Kotawaringin Barat"))

        answer = as_user(editor).get(
            "/contacts/similar?name=Dr.+Ujang+Iskandar", headers={"HX-Request": "true"}
        )

        assert "Kotawaringin Barat" in answer.text
        assert "<html" not in answer.text

    def test_a_post_is_added_changed_and_taken_off(self, as_user, editor):
        office = make.stakeholder()
        browser = as_user(editor)
        added = browser.post(
            "/positions/new", data={"stakeholder_id": str(office.id), "title": "Kepala Bappeda"}
        )
        assert added.status_code == 303
        post = db.session.scalars(select(Position)).one()
        assert post.contact_id is None

        url = f"/positions/{post.id}/edit"
        form = {"title": "Kepala", "version": str(post.version), "ends": "2018-06-30"}
        assert browser.post(url, data=form).status_code == 303
        assert browser.post(url, data=form | {"title": "Lain"}).status_code == 409
        assert browser.post(f"/positions/{post.id}/archive").status_code == 303
        db.session.rollback()
        assert services.at_stakeholder(office.id) == []

    def test_a_post_that_was_taken_off_stands_apart_and_is_put_back(self, as_user, editor, viewer):
        office, person = make.stakeholder("Bappeda"), make.contact("Ekowati")
        post = make.position(person, office, title="Kepala Bappeda")
        browser, restore = as_user(editor), f"/positions/{post.id}/restore"
        browser.post(f"/positions/{post.id}/archive")
        pages = (f"/contacts/{person.id}", f"/stakeholders/{office.id}/contacts")

        for url in pages:
            shown = browser.get(url).text
            assert "Jabatan yang diarsipkan (1)" in shown
            assert f'action="{restore}"' in shown
            assert restore not in as_user(viewer).get(url).text
        back = as_user(editor).post(restore, data={"next": pages[0]})

        assert (back.status_code, back.headers["Location"]) == (303, pages[0])
        assert services.at_stakeholder(office.id) == services.positions_of(person.id) == [post]
        assert "diarsipkan" not in browser.get(pages[0]).text
        assert browser.post("/positions/999/restore").status_code == 404

    def test_a_post_elsewhere_is_shown_but_not_put_back(self, as_user):
        make.region("16.71")
        make.region("62")
        person = make.contact("Ekowati")
        make.position(person, make.stakeholder("Bappeda Palembang", region_code="16.71"))
        far = make.position(person, make.stakeholder("Bappeda Kalteng", region_code="62"))
        services.archive_position(make.user("Ani", "editor"), far.id, at=make.NOW)
        browser = as_user(make.user("Pal", "editor", regions=("16.71",)))

        shown = browser.get(f"/contacts/{person.id}").text

        assert "Jabatan yang diarsipkan (1)" in shown
        assert f"/positions/{far.id}/restore" not in shown
        assert browser.post(f"/positions/{far.id}/restore").status_code == 403
        assert services.archived_posts(contact_id=person.id) == [far]

    def test_part_and_page_show_the_same_posts(self, as_user, viewer):
        office = make.stakeholder("Bappeda Sumatera Selatan")
        make.position(make.contact("Ekowati"), office, title="Kepala Bappeda")
        browser, url = as_user(viewer), f"/stakeholders/{office.id}/contacts"

        part = browser.get(url, headers={"HX-Request": "true"}).text
        whole = browser.get(url).text

        assert "<html" not in part
        assert "<html" in whole
        for text in (part, whole):
            assert "Ekowati" in text
            assert "Kepala Bappeda" in text
