"""Notes: written on five kinds of records through one door, changed by their writers only."""

import pytest

from crm.db import db
from crm.errors import Conflict, NotYours, Refused
from crm.notes import services
from crm.notes.models import SUBJECTS, Note
from tests import make

MAKERS = {
    "stakeholder_id": ("stakeholders", make.stakeholder),
    "contact_id": ("contacts", make.contact),
    "agreement_id": ("agreements", make.agreement),
    "programme_id": ("programmes", make.programme),
    "event_id": ("events", make.event),
}


def test_every_subject_is_tried():
    assert set(MAKERS) == set(SUBJECTS)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_notes_are_written_and_read_on_the_record(as_user, editor, viewer, subject):
    feature, maker = MAKERS[subject]
    record = maker()
    url = f"/{feature}/{record.id}/notes"
    browser = as_user(editor)

    answer = browser.post(url, data={"body": "Sudah dihubungi."}, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "Sudah dihubungi." in answer.text
    assert "<html" not in answer.text
    without_script = browser.post(url, data={"body": "Menunggu jawaban."})
    assert without_script.status_code == 303
    shown = as_user(viewer).get(url).text
    assert shown.index("Menunggu jawaban.") < shown.index("Sudah dihubungi."), "latest first"
    assert as_user(viewer).post(url, data={"body": "Saya juga"}).status_code == 403
    assert browser.get(f"/{feature}/999/notes").status_code == 404
    assert len(services.of(subject, record.id)) == 2


class TestWrite:
    def test_an_empty_note_is_refused_beside_the_field(self, as_user, editor):
        office = make.stakeholder()
        answer = as_user(editor).post(f"/stakeholders/{office.id}/notes", data={"body": "   "})
        assert answer.status_code == 422
        assert services.of("stakeholder_id", office.id) == []

    def test_user_text_is_text(self, as_user, editor):
        office = make.stakeholder()
        body = "<img src=x onerror=alert(1)>"
        services.write(editor, "stakeholder_id", office.id, body=body, at=make.NOW)
        answer = as_user(editor).get(f"/stakeholders/{office.id}/notes")
        assert "<img" not in answer.text
        assert "&lt;img" in answer.text

    def test_knows_no_other_subjects(self, editor):
        with pytest.raises(ValueError, match="no notes"):
            services.of("user_id", editor.id)


class TestChange:
    @pytest.fixture
    def note(self, editor):
        office = make.stakeholder()
        return services.write(editor, "stakeholder_id", office.id, body="Lama", at=make.NOW)

    def test_by_its_writer(self, editor, note):
        services.change(editor, note.id, version=note.version, body="Baru")
        assert db.session.get(Note, note.id).body == "Baru"

    def test_by_an_administrator(self, admin, note):
        services.change(admin, note.id, version=note.version, body="Baru")
        assert db.session.get(Note, note.id).body == "Baru"

    def test_by_nobody_else(self, organiser, note):
        for act in (
            lambda: services.change(organiser, note.id, version=note.version, body="Baru"),
            lambda: services.archive(organiser, note.id, at=make.NOW),
        ):
            with pytest.raises(Refused):
                act()
        assert db.session.get(Note, note.id).body == "Lama"

    def test_the_second_writer_gets_a_conflict(self, editor, note):
        seen = note.version
        services.change(editor, note.id, version=seen, body="first")
        with pytest.raises(Conflict):
            services.change(editor, note.id, version=seen, body="second")
        db.session.rollback()
        assert db.session.get(Note, note.id).body == "first"

    def test_conflict_page_shows_both(self, as_user, editor, note):
        browser, url = as_user(editor), f"/notes/{note.id}/edit"
        form = {"version": str(note.version), "original": '{"body": ["Lama"]}'}
        assert browser.post(url, data=form | {"body": "theirs"}).status_code == 303
        clash = browser.post(url, data=form | {"body": "mine"})
        assert clash.status_code == 409
        assert "theirs" in clash.text
        assert "mine" in clash.text

    def test_put_away_it_is_off_the_page_and_comes_back(self, as_user, editor, note):
        browser, part = as_user(editor), {"HX-Request": "true"}
        shown = browser.post(f"/notes/{note.id}/archive", headers=part).text
        assert "Catatan yang disingkirkan (1)" in shown
        assert services.of("stakeholder_id", note.stakeholder_id) == []
        assert services.put_away(editor, "stakeholder_id", note.stakeholder_id) == [note]

        back = browser.post(f"/notes/{note.id}/restore", headers=part).text

        assert "Lama" in back
        assert "disingkirkan" not in back
        assert services.of("stakeholder_id", note.stakeholder_id) == [note]
        assert browser.post(f"/notes/{note.id}/archive").status_code == 303
        assert browser.post(f"/notes/{note.id}/restore").status_code == 303

    def test_put_away_it_is_there_for_its_writer_and_administrators_only(
        self, as_user, admin, editor, organiser, viewer, note
    ):
        services.archive(editor, note.id, at=make.NOW)
        url = f"/stakeholders/{note.stakeholder_id}/notes"
        for user in (organiser, viewer):
            assert "Lama" not in as_user(user).get(url).text
        assert "Lama" in as_user(admin).get(url).text
        assert as_user(organiser).post(f"/notes/{note.id}/restore").status_code == 404
        assert as_user(organiser).get(f"/notes/{note.id}/edit").status_code == 404
        with pytest.raises(Refused):
            services.restore(organiser, note.id)

        services.restore(admin, note.id)

        assert services.of("stakeholder_id", note.stakeholder_id) == [note]

    def test_put_away_while_it_was_being_changed_is_a_conflict(self, as_user, editor, note):
        form = {"version": str(note.version), "original": '{"body": ["Lama"]}', "body": "Baru"}
        services.archive(editor, note.id, at=make.NOW)
        browser, url = as_user(editor), f"/notes/{note.id}/edit"

        clash = browser.post(url, data=form)

        assert clash.status_code == 409
        assert "Baru" in clash.text
        now = str(db.session.get(Note, note.id).version)
        kept = browser.post(url, data=form | {"version": now, "restore": "y"})
        assert kept.status_code == 303
        assert [one.body for one in services.of("stakeholder_id", note.stakeholder_id)] == ["Baru"]


class TestScope:
    """A user bound to Palembang notes what concerns Palembang."""

    @pytest.fixture
    def palembang(self):
        return make.user("Pal", "editor", regions=("16.71",))

    def records(self, code):
        """One record of each kind at home in a region."""
        office = make.stakeholder(region_code=code)
        person = make.contact()
        make.position(person, office)
        programme = make.programme(regions=[make.region(code)])
        return {
            "stakeholder_id": office.id,
            "contact_id": person.id,
            "agreement_id": make.agreement(office, make.stakeholder(region_code="62")).id,
            "programme_id": programme.id,
            "event_id": make.event(region_code=code).id,
        }

    @pytest.mark.parametrize("subject", SUBJECTS)
    def test_inside_it_is_open(self, palembang, subject):
        record = self.records("16.71")[subject]

        services.write(palembang, subject, record, body="Dekat", at=make.NOW)

        assert [one.body for one in services.of(subject, record)] == ["Dekat"]

    @pytest.mark.parametrize("subject", SUBJECTS)
    def test_elsewhere_it_is_closed_and_no_form_is_shown(self, as_user, palembang, subject):
        record = self.records("16.04")[subject]
        feature, _maker = MAKERS[subject]
        url = f"/{feature}/{record}/notes"
        browser = as_user(palembang)

        with pytest.raises(NotYours):
            services.write(palembang, subject, record, body="Jauh", at=make.NOW)

        assert browser.post(url, data={"body": "Jauh"}).status_code == 403
        assert services.of(subject, record) == []
        assert "<textarea" not in browser.get(url).text
        free = make.user("Bebas", "editor")
        assert "<textarea" in as_user(free).get(url).text
