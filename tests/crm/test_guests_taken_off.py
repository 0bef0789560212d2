"""Guests taken off a list: nothing of them is lost, and they come back as they were."""

import pytest
from flask_babel import force_locale
from sqlalchemy import func, select

from crm.audit import services as audit
from crm.audit.models import AuditEntry, DataVersion
from crm.contacts import services as contacts
from crm.db import db
from crm.errors import Conflict, NotYours, Refused
from crm.invitations import services
from crm.invitations.models import (
    Answer,
    Attendance,
    Invitation,
    Participation,
    ParticipationRole,
)
from crm.network import records
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY

PART = {"HX-Request": "true"}


def latest_entry():
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()


@pytest.fixture
def event():
    return make.event(title="Lokakarya sinergi")


class TestTakenOff:
    """A guest who is taken off the list loses nothing, and counts nowhere until they are back."""

    @pytest.fixture
    def gone(self, editor, event):
        guest = make.participation(
            event,
            make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS),
            invitation=Invitation.SENT,
            invited_on=MONDAY,
            answer=Answer.YES,
            attendance=Attendance.PRESENT,
            represented_by="Sekretaris",
        )
        services.remove(editor, guest.id, at=make.NOW)
        return guest

    def test_keeps_answer_and_attendance_and_says_so_in_the_history(self, editor, event, gone):
        assert services.of_event(event.id) == []
        assert services.of_stakeholder(gone.stakeholder_id) == []
        assert services.taken_off(event.id) == [gone]
        assert (gone.answer, gone.attendance) == (Answer.YES, Attendance.PRESENT)
        entry = latest_entry()
        assert (entry.by_id, entry.action, entry.record) == (editor.id, "changed", "Participation")
        assert (entry.root, entry.root_id, list(entry.changes)) == (
            "Event",
            event.id,
            ["archived_at"],
        )
        told = audit.history("Event", event.id)[0]
        with force_locale("id"):
            assert (str(told.action), told.record) == ("Diarsipkan", "Tamu: Bank Sumsel Babel")

    def test_is_put_back_as_they_were(self, organiser, event, gone):
        services.restore(organiser, gone.id)

        (back,) = services.of_event(event.id)
        assert (back.id, back.invited_on, back.represented_by) == (gone.id, MONDAY, "Sekretaris")
        assert (back.answer, back.attendance) == (Answer.YES, Attendance.PRESENT)
        assert services.taken_off(event.id) == []

    def test_is_a_change_of_the_network_each_time(self, editor, event, gone):
        def version():
            return db.session.scalar(select(DataVersion.number))

        before = version()
        services.restore(editor, gone.id)
        between = version()
        services.remove(editor, gone.id, at=make.NOW)
        assert before < between < version()

    def test_counts_for_nothing_in_the_network(self, editor, event, gone):
        make.participation(event, make.stakeholder(), attendance=Attendance.PRESENT)
        (tie,) = records.ties()
        assert gone.stakeholder_id not in tie.members
        services.restore(editor, gone.id)
        (tie,) = records.ties()
        assert gone.stakeholder_id in tie.members

        for one in services.of_event(event.id):
            services.remove(editor, one.id, at=make.NOW)

        assert records.ties() == []
        assert records.last_event_day(MONDAY) is None
        assert records.events_between(None, MONDAY, 3) == 0

    def test_added_again_it_is_the_same_row(self, editor, event, gone):
        back = services.add(
            editor,
            event.id,
            stakeholder_id=gone.stakeholder_id,
            role=ParticipationRole.SPEAKER,
            invitation=Invitation.DRAFT,
        )

        assert services.of_event(event.id) == [back]
        assert (back.id, back.role) == (gone.id, ParticipationRole.SPEAKER)
        assert back.invitation is Invitation.SENT, "a letter that went out is not written again"
        assert (back.answer, back.attendance) == (Answer.YES, Attendance.PRESENT)
        assert db.session.scalar(select(func.count(Participation.id))) == 1

    def test_what_nobody_acted_upon_goes_to_who_holds_the_post_now(self, editor, event):
        post = make.position(make.contact("Ekowati"), title="Kepala Bappeda")
        named = {"stakeholder_id": post.stakeholder_id, "position_id": post.id}
        guest = services.add(editor, event.id, **named)
        services.remove(editor, guest.id, at=make.NOW)
        successor = make.contact("Regina")
        contacts.change_position(
            editor, post.id, version=post.version, title=post.title, contact_id=successor.id
        )

        assert services.add(editor, event.id, **named).contact_id == successor.id

    def test_no_other_row_moves_to_its_place(self, editor, event):
        post = make.position(make.contact())
        office = {"stakeholder_id": post.stakeholder_id}
        named = services.add(editor, event.id, **office, position_id=post.id)
        services.remove(editor, named.id, at=make.NOW)
        other = services.add(editor, event.id, **office)

        with pytest.raises(Refused, match="dihapus dari daftar") as refusal:
            services.change(editor, other.id, version=other.version, position_id=post.id)

        assert refusal.value.field == "position_id"

    def test_a_fact_about_it_is_a_conflict_and_so_is_a_form_opened_before(
        self, editor, event, gone
    ):
        seen = {"version": gone.version}
        for act in (
            lambda: services.change(editor, gone.id, **seen, answer=Answer.NO),
            lambda: services.change(editor, gone.id, version=gone.version - 1, answer=Answer.NO),
            lambda: services.mark(
                editor, event.id, [gone.id], on=MONDAY, attendance=Attendance.ABSENT
            ),
        ):
            with pytest.raises(Conflict):
                act()
            db.session.rollback()
        assert services.get(gone.id).answer is Answer.YES

        services.change(editor, gone.id, **seen, restore=True, answer=Answer.NO)

        assert [one.answer for one in services.of_event(event.id)] == [Answer.NO]

    def test_follows_the_region_of_the_event(self, gone):
        make.region("16.71")
        palembang = make.user("Pal", "organiser", regions=("16.71",))
        elsewhere = make.participation(make.event(region_code="16"), make.stakeholder())
        for act in (
            lambda: services.remove(palembang, elsewhere.id, at=make.NOW),
            lambda: services.restore(palembang, elsewhere.id),
        ):
            with pytest.raises(NotYours):
                act()

    def test_the_page_shows_it_apart_and_puts_it_back(self, as_user, organiser, viewer, event):
        guest = make.participation(event, make.stakeholder("Bank Sumsel Babel"), answer=Answer.NO)
        browser = as_user(organiser)
        lists = f"/events/{event.id}/invitations"

        part = browser.post(f"/invitations/{guest.id}/remove", headers=PART).text
        assert "Dihapus dari daftar (1)" in part
        assert f'id="guest-{guest.id}"' not in part
        assert "Konfirmasi: Tidak akan hadir" in part
        for url in (lists, f"{lists}?format=csv"):
            assert f'id="guest-{guest.id}"' not in browser.get(url).text
        assert "Bank Sumsel Babel" not in browser.get(f"{lists}?format=csv").text
        assert f"/invitations/{guest.id}/restore" in browser.get(lists).text
        assert "Bank Sumsel Babel" not in as_user(viewer).get(lists).text

        back = as_user(organiser).post(f"/invitations/{guest.id}/restore", headers=PART).text

        assert f'id="guest-{guest.id}"' in back
        assert "Dihapus dari daftar" not in back
        without_script = browser.post(f"/invitations/{guest.id}/remove")
        assert (without_script.status_code, without_script.headers["Location"]) == (303, lists)
        assert browser.post(f"/invitations/{guest.id}/restore").status_code == 303

    def test_the_form_says_when_a_guest_is_back(self, as_user, organiser, event, gone):
        browser, url = as_user(organiser), f"/events/{event.id}/invitations/new"
        form = {
            "stakeholder_id": gone.stakeholder_id,
            "role": "participant",
            "attendance": "unknown",
        }

        part = browser.post(url, data=form, headers=PART)

        assert part.status_code == 200
        assert "pernah dihapus dari daftar" in part.text
        services.remove(organiser, gone.id, at=make.NOW)
        assert browser.post(url, data=form).status_code == 303
        assert "pernah dihapus dari daftar" in browser.get("/events").text
        other = form | {"stakeholder_id": make.stakeholder("Bappeda").id}
        assert "pernah dihapus dari daftar" not in browser.post(url, data=other, headers=PART).text

    def test_a_form_opened_before_shows_both_versions(self, as_user, organiser, event, gone):
        form = {
            "role": "participant",
            "invitation": "sent",
            "answer": "no",
            "attendance": "present",
            "version": str(gone.version),
        }
        browser, url = as_user(organiser), f"/invitations/{gone.id}/edit"

        clash = browser.post(url, data=form)

        assert clash.status_code == 409
        assert 'name="restore"' in clash.text
        assert browser.post(url, data=form | {"restore": "y"}).status_code == 303
        assert [one.answer for one in services.of_event(event.id)] == [Answer.NO]
