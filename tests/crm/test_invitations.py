"""Guests of events: invitation, answer and attendance are separate facts."""

from datetime import date

import pytest
from sqlalchemy import select

from crm.audit.models import AuditEntry
from crm.db import db
from crm.errors import Conflict, NotYours, Refused
from crm.invitations import services
from crm.invitations.models import Answer, Attendance, Invitation
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY

PART = {"HX-Request": "true"}


def latest_entry():
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()


@pytest.fixture
def event():
    return make.event(title="Lokakarya sinergi")


class TestAdd:
    def test_takes_the_person_from_the_post(self, editor, event):
        post = make.position(make.contact("Ekowati"), title="Kepala Bappeda")

        guest = services.add(
            editor, event.id, stakeholder_id=post.stakeholder_id, position_id=post.id
        )

        assert (guest.contact_id, guest.post_key) == (post.contact_id, post.id)

    def test_refuses_the_same_guest_twice_but_not_two_posts(self, editor, event):
        office = make.stakeholder()
        post = make.position(None, office)
        services.add(editor, event.id, stakeholder_id=office.id)
        services.add(editor, event.id, stakeholder_id=office.id, position_id=post.id)

        with pytest.raises(Refused) as refusal:
            services.add(editor, event.id, stakeholder_id=office.id)

        assert refusal.value.field == "stakeholder_id"
        assert len(services.of_event(event.id)) == 2

    def test_refuses_a_post_of_somebody_else(self, editor, event):
        with pytest.raises(Refused) as refusal:
            services.add(
                editor,
                event.id,
                stakeholder_id=make.stakeholder().id,
                position_id=make.position().id,
            )

        assert refusal.value.field == "position_id"

    def test_follows_the_region_of_the_event(self):
        make.region("16.71")
        inside, outside = make.event(region_code="16.71"), make.event(region_code="16")
        palembang, office = make.user("Pal", "organiser", regions=("16.71",)), make.stakeholder()

        services.add(palembang, inside.id, stakeholder_id=office.id)
        with pytest.raises(NotYours):
            services.add(palembang, outside.id, stakeholder_id=office.id)


class TestChange:
    def test_facts_stay_apart(self, editor, event):
        guest = make.participation(event, make.stakeholder(), invitation=Invitation.SENT)

        services.change(
            editor,
            guest.id,
            version=guest.version,
            answer=Answer.NO,
            attendance=Attendance.PRESENT,
            represented_by="Sekretaris",
        )

        changed = services.get(guest.id)
        assert changed.invitation is Invitation.SENT
        assert (changed.answer, changed.attendance) == (Answer.NO, Attendance.PRESENT)
        entry = latest_entry()
        assert (entry.root, entry.root_id, entry.by_id) == ("Event", event.id, editor.id)
        assert entry.changes["answer"] == ["none", "no"]

    def test_who_came_instead_is_masked_in_the_history(self, editor, event):
        guest = make.participation(event, make.stakeholder())

        services.change(editor, guest.id, version=guest.version, represented_by="Siti")

        entries = db.session.scalars(select(AuditEntry)).all()
        assert all("Siti" not in str(entry.changes) for entry in entries)

    def test_the_second_writer_gets_a_conflict(self, editor, event):
        guest = make.participation(event, make.stakeholder())
        seen = guest.version
        services.change(editor, guest.id, version=seen, answer=Answer.YES)

        with pytest.raises(Conflict):
            services.change(editor, guest.id, version=seen, answer=Answer.NO)

    def test_a_post_moves_the_row_and_cannot_stand_twice(self, editor, event):
        office = make.stakeholder()
        post = make.position(make.contact(), office)
        guest = make.participation(event, office)

        services.change(editor, guest.id, version=guest.version, position_id=post.id)
        assert services.get(guest.id).post_key == post.id

        other = services.add(editor, event.id, stakeholder_id=office.id)
        with pytest.raises(Refused) as refusal:
            services.change(editor, other.id, version=other.version, position_id=post.id)
        assert refusal.value.field == "position_id"


class TestMark:
    def test_sets_one_fact_for_those_that_were_ticked(self, editor, event):
        came, stayed = (make.participation(event, make.stakeholder()) for _ in range(2))
        elsewhere = make.participation(make.event(), make.stakeholder())

        count = services.mark(
            editor,
            event.id,
            [came.id, elsewhere.id],
            on=MONDAY,
            attendance=Attendance.PRESENT,
        )

        assert count == 1
        assert services.get(came.id).attendance is Attendance.PRESENT
        assert services.get(stayed.id).attendance is Attendance.UNKNOWN
        assert services.get(elsewhere.id).attendance is Attendance.UNKNOWN

    def test_dates_the_invitation_once_and_each_answer(self, editor, event):
        guest = make.participation(event, make.stakeholder())
        tuesday = date(2026, 11, 24)

        services.mark(editor, event.id, [guest.id], on=MONDAY, invitation=Invitation.SENT)
        services.mark(editor, event.id, [guest.id], on=tuesday, invitation=Invitation.SENT)
        services.mark(editor, event.id, [guest.id], on=tuesday, answer=Answer.YES)

        marked = services.get(guest.id)
        assert (marked.invited_on, marked.answered_on) == (MONDAY, tuesday)
        services.mark(editor, event.id, [guest.id], on=tuesday, answer=Answer.NONE)
        assert services.get(guest.id).answered_on is None


def test_tally_counts_the_sectors_of_those_who_came(event):
    bank = make.stakeholder(sector=Sector.BUSINESS)
    office = make.stakeholder()
    make.participation(event, bank, attendance=Attendance.PRESENT, answer=Answer.YES)
    make.participation(event, office, invitation=Invitation.SENT, answer=Answer.NO)

    tally = services.tally(services.of_event(event.id))

    assert (tally.listed, tally.invited, tally.accepted, tally.declined) == (2, 1, 1, 1)
    assert (tally.present, tally.sectors) == (1, {Sector.BUSINESS: 1})


class TestPages:
    def test_the_list_searches_and_filters(self, as_user, viewer, event):
        make.participation(event, make.stakeholder("Bank Sumsel", sector=Sector.BUSINESS))
        make.participation(event, make.stakeholder("Dinas Sosial"))

        shown = as_user(viewer).get(f"/events/{event.id}/invitations?sector=business").text

        assert "Bank Sumsel" in shown
        assert "Dinas Sosial" not in shown

    def test_a_row_is_changed_in_place_and_without_script(self, as_user, organiser, event):
        guest = make.participation(event, make.stakeholder())
        browser, url = as_user(organiser), f"/invitations/{guest.id}/edit"
        form = {
            "role": "participant",
            "invitation": "sent",
            "answer": "yes",
            "attendance": "present",
            "version": str(guest.version),
        }

        row = browser.post(url, data=form, headers=PART)

        assert row.status_code == 200
        assert row.text.strip().startswith(f'<tr id="guest-{guest.id}">')
        form["version"] = str(services.get(guest.id).version)
        page = browser.post(url, data=form | {"answer": "maybe"})
        assert page.headers["Location"] == f"/events/{event.id}/invitations"
        assert services.get(guest.id).answer is Answer.MAYBE

    def test_a_conflict_in_a_row_takes_over_the_page(self, as_user, organiser, event):
        guest = make.participation(event, make.stakeholder())
        browser, url = as_user(organiser), f"/invitations/{guest.id}/edit"
        form = {
            "role": "participant",
            "invitation": "none",
            "answer": "none",
            "attendance": "unknown",
            "version": str(guest.version),
        }
        assert browser.post(url, data=form | {"answer": "yes"}).status_code == 303

        clash = browser.post(url, data=form | {"answer": "no"}, headers=PART)

        assert clash.status_code == 409
        assert clash.headers["HX-Retarget"] == "body"
        assert clash.headers["HX-Push-Url"] == url
        assert 'name="yours.answer" value="no"' in clash.text

    def test_many_are_marked_at_once(self, as_user, organiser, event):
        guests = [make.participation(event, make.stakeholder()) for _ in range(3)]
        ticked = [guest.id for guest in guests[:2]]

        answer = as_user(organiser).post(
            f"/events/{event.id}/invitations/mark", data={"guest": ticked, "fact": "present"}
        )

        assert answer.status_code == 303
        came = [services.get(guest.id).attendance is Attendance.PRESENT for guest in guests]
        assert came == [True, True, False]

    def test_attendance_is_one_press(self, as_user, organiser, event):
        guest = make.participation(event, make.stakeholder())

        row = as_user(organiser).post(
            f"/invitations/{guest.id}/attendance", data={"attendance": "present"}, headers=PART
        )

        assert "Hadir" in row.text
        assert services.get(guest.id).attendance is Attendance.PRESENT

    def test_adding_shows_the_posts_of_the_organisation(self, as_user, organiser, event):
        post = make.position(make.contact("Ekowati"), title="Kepala Bappeda")
        url = f"/events/{event.id}/invitations/new"
        browser = as_user(organiser)

        assert "Kepala Bappeda" not in browser.get(url).text
        asked = browser.get(f"{url}?stakeholder_id={post.stakeholder_id}", headers=PART)
        assert "Kepala Bappeda (Ekowati)" in asked.text

        form = {
            "stakeholder_id": post.stakeholder_id,
            "position_id": post.id,
            "role": "speaker",
            "attendance": "unknown",
        }
        assert browser.post(url, data=form).status_code == 303
        again = browser.post(url, data=form, headers=PART)
        assert again.status_code == 422
        assert "sudah ada dalam daftar" in again.text

    def test_a_viewer_sees_no_names_of_persons(self, as_user, viewer, event):
        office = make.stakeholder()
        post = make.position(make.contact("Herfiani"), office, title="Kepala")
        make.participation(
            event,
            office,
            position_id=post.id,
            contact_id=post.contact_id,
            represented_by="Siti",
        )
        browser = as_user(viewer)

        for url in (
            f"/events/{event.id}/invitations",
            f"/events/{event.id}/invitations?format=csv",
        ):
            shown = browser.get(url).text
            assert office.name in shown
            assert "Herfiani" not in shown
            assert "Siti" not in shown
        assert browser.post(f"/events/{event.id}/invitations/mark").status_code == 403

    def test_the_events_of_an_organisation_are_a_part_and_a_page(self, as_user, viewer, event):
        office = make.stakeholder()
        make.participation(event, office)
        browser, url = as_user(viewer), f"/stakeholders/{office.id}/events"

        assert "<html" in browser.get(url).text
        part = browser.get(url, headers=PART).text
        assert "<html" not in part
        assert "Lokakarya sinergi" in part
