"""Follow-ups, plans, and the visit that is written down in one go."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from crm.actions import plans, services, visits
from crm.actions.models import ActionStatus, FollowUp
from crm.db import db
from crm.errors import Conflict, NotYours, Refused
from crm.events.models import Event, EventKind, EventStatus
from crm.invitations import services as invitations
from crm.invitations.models import Attendance
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY, NOW

SUNDAY = MONDAY - timedelta(days=1)
TUESDAY = MONDAY + timedelta(days=1)
PART = {"HX-Request": "true"}


def titles(actions):
    return [action.title for action in actions]


def listed(**wanted):
    return titles(db.session.scalars(services.found(today=MONDAY, **wanted)))


class TestAdd:
    def test_takes_the_region_of_its_event(self, editor):
        event = make.event(region_code=make.region("16").code)

        action = services.add(editor, title="Kirim notula", event_id=event.id)

        assert action.region_code == "16"

    def test_takes_the_region_of_its_organisation(self, editor):
        office = make.stakeholder()

        assert services.add(editor, title="x", stakeholder_id=office.id).region_code == "16"

    def test_is_closed_outside_the_users_regions(self):
        make.region("16")
        palembang = make.user("Pal", "editor", regions=("16.71",))

        with pytest.raises(NotYours):
            services.add(palembang, title="Pergub", region_code="16")

        services.add(palembang, title="Perwali", region_code="16.71")


class TestReaders:
    def test_due_are_the_open_ones_up_to_a_day(self, editor):
        other = make.user("Lain", "editor")
        for title, due, owner in (
            ("lama", SUNDAY, editor),
            ("nanti", MONDAY + timedelta(days=14), editor),
            ("jauh", MONDAY + timedelta(days=15), editor),
            ("punya lain", MONDAY, other),
        ):
            services.add(editor, title=title, due_on=due, owner_id=owner.id)
        done = services.add(editor, title="selesai", due_on=MONDAY)
        services.finish(editor, done.id, on=MONDAY)

        assert titles(services.due(MONDAY)) == ["lama", "punya lain", "nanti"]
        assert titles(services.due(MONDAY, editor, days=0)) == ["lama"]

    def test_by_finding_groups_by_the_key_of_the_gap(self, editor):
        services.add(editor, title="satu", finding_key="uncovered-sector:16:media")
        services.add(editor, title="dua", finding_key="uncovered-sector:16:media")
        services.add(editor, title="tanpa")

        found = services.by_finding(["uncovered-sector:16:media", "lain"])

        assert {key: titles(actions) for key, actions in found.items()} == {
            "uncovered-sector:16:media": ["satu", "dua"]
        }
        assert services.by_finding([]) == {}

    def test_an_overdue_one_is_open_and_late(self, editor):
        services.add(editor, title="lewat", due_on=SUNDAY)
        services.add(editor, title="hari ini", due_on=MONDAY)

        assert listed(state="overdue") == ["lewat"]
        assert listed(state="open") == ["lewat", "hari ini"]
        assert listed(state="done") == []


class TestDone:
    def test_keeps_day_and_outcome_and_can_be_reopened(self, editor):
        action = services.add(editor, title="Kirim notula")

        services.finish(editor, action.id, on=MONDAY, outcome="Terkirim")
        stored = services.get(action.id)
        assert (stored.status, stored.done_on) == (ActionStatus.DONE, MONDAY)

        services.reopen(editor, action.id)
        stored = services.get(action.id)
        assert (stored.status, stored.done_on, stored.outcome) == ("open", None, "Terkirim")

    def test_one_that_was_dropped_must_be_reopened_first(self, editor):
        action = services.add(editor, title="Kirim notula")
        services.cancel(editor, action.id)

        with pytest.raises(Refused):
            services.finish(editor, action.id, on=MONDAY)

        services.reopen(editor, action.id)
        services.finish(editor, action.id, on=MONDAY)
        with pytest.raises(Refused):
            services.cancel(editor, action.id)

    def test_its_owner_may_report_from_outside_the_region(self, editor):
        make.region("16")
        palembang = make.user("Pal", "editor", regions=("16.71",))
        own = services.add(editor, title="x", region_code="16", owner_id=palembang.id)
        foreign = services.add(editor, title="y", region_code="16")

        services.finish(palembang, own.id, on=MONDAY)
        with pytest.raises(NotYours):
            services.finish(palembang, foreign.id, on=MONDAY)


def test_the_second_writer_gets_a_conflict(editor):
    action = services.add(editor, title="Kirim notula")
    seen = action.version
    services.change(editor, action.id, version=seen, title="Kirim surat")

    with pytest.raises(Conflict):
        services.change(editor, action.id, version=seen, title="Telepon")

    assert services.get(action.id).title == "Kirim surat"


class TestPlans:
    def test_groups_follow_ups(self, editor):
        plan = plans.add(editor, title="POA 2018", region_code=make.region("16").code)
        action = services.add(editor, title="Kirim notula")
        assert services.unplanned() == [(action.id, "Kirim notula")]

        services.put_into(editor, action.id, plan_id=plan.id)

        assert titles(services.of_plan(plan.id)) == ["Kirim notula"]
        assert services.unplanned() == []

    def test_refuses_an_end_before_the_beginning(self, editor):
        with pytest.raises(Refused) as refusal:
            plans.add(editor, title="POA", starts=MONDAY, ends=SUNDAY)

        assert refusal.value.field == "ends"

    def test_archived_ones_are_no_choice_but_for_what_is_in_them(self, editor):
        plan = plans.add(editor, title="POA")
        plans.archive(editor, plan.id, at=NOW)

        assert plans.all_titles() == []
        assert plans.all_titles(also=plan.id) == [(plan.id, "POA")]


class TestVisit:
    def test_stores_event_presence_and_follow_up_together(self, editor):
        bappeda, library = make.stakeholder("Bappeda Sumsel"), make.stakeholder("Dispustaka")
        post = make.position(make.contact("Ekowati"), bappeda)

        event = visits.log(
            editor,
            stakeholder_id=bappeda.id,
            visitor_id=library.id,
            position_id=post.id,
            on=SUNDAY,
            today=MONDAY,
            outcome="Mendukung Pergub",
            follow_up="Kirim rancangan",
            due_on=TUESDAY,
        )

        assert (event.kind, event.status) == (EventKind.VISIT, EventStatus.HELD)
        assert (event.starts_on, event.region_code) == (SUNDAY, "16")
        assert event.title == "Kunjungan ke Bappeda Sumsel"
        guests = invitations.of_event(event.id)
        assert {one.stakeholder_id for one in guests} == {bappeda.id, library.id}
        assert all(one.attendance is Attendance.PRESENT for one in guests)
        (action,) = services.of_event(event.id)
        assert (action.title, action.due_on, action.owner_id) == (
            "Kirim rancangan",
            TUESDAY,
            editor.id,
        )

    @pytest.mark.parametrize("same", [False, True])
    def test_refuses_what_cannot_be_and_stores_nothing(self, editor, same):
        office = make.stakeholder()

        with pytest.raises(Refused) as refusal:
            visits.log(
                editor,
                stakeholder_id=office.id,
                visitor_id=office.id if same else None,
                on=MONDAY if same else TUESDAY,
                today=MONDAY,
                outcome="x",
            )

        assert refusal.value.field == ("visitor_id" if same else "on")
        assert db.session.scalars(select(Event)).all() == []

    def test_a_failure_at_the_end_undoes_the_beginning(self, editor):
        elsewhere = make.position()

        with pytest.raises(Refused):
            visits.log(
                editor,
                stakeholder_id=make.stakeholder().id,
                position_id=elsewhere.id,
                on=MONDAY,
                today=MONDAY,
                outcome="x",
            )

        assert db.session.scalars(select(Event)).all() == []

    def test_the_short_form_needs_three_answers(self, as_user, editor):
        office = make.stakeholder("Bank Sumsel")
        browser = as_user(editor)
        short = browser.get(f"/events/new?kind=visit&stakeholder_id={office.id}")
        assert short.headers["Location"] == f"/visits/new?stakeholder_id={office.id}"
        assert (
            f'<option selected value="{office.id}">' in browser.get(short.headers["Location"]).text
        )

        answer = browser.post(
            "/visits/new",
            data={
                "stakeholder_id": office.id,
                "outcome": "Bersedia memberi komputer",
                "follow_up": "Kirim proposal",
                "due_on": "2099-01-01",
            },
        )

        event = db.session.scalars(select(Event)).one()
        assert answer.headers["Location"] == f"/events/{event.id}"
        assert db.session.scalars(select(FollowUp)).one().title == "Kirim proposal"

    def test_the_short_form_proposes_the_nearest_library_office_as_visitor(self, as_user, editor):
        make.region("16")
        make.region("16.04", "Kabupaten Lahat")
        make.region("62", "Kalimantan Tengah")
        make.stakeholder("Dinas Perpustakaan Kalimantan Tengah", region_code="62")
        province = make.stakeholder("Dinas Perpustakaan Sumatera Selatan", region_code="16")
        radio = make.stakeholder("Radio Lahat", region_code="16.04", sector=Sector.MEDIA)
        browser = as_user(editor)

        def proposes(visited, office):
            form = browser.get(f"/visits/new?stakeholder_id={visited}").text
            field = form.partition('name="visitor_id"')[2].partition("</select>")[0]
            return f'<option selected value="{office}">' in field

        assert proposes(radio.id, province.id)
        district = make.stakeholder("Dinas Perpustakaan Lahat", region_code="16.04")
        assert proposes(radio.id, district.id)
        assert not proposes(district.id, district.id)
        assert not proposes(99999999999999999999, district.id)


class TestPages:
    def test_the_list_shows_what_is_to_do_unless_asked(self, as_user, editor):
        services.add(editor, title="Terbuka")
        done = services.add(editor, title="Sudah", owner_id=editor.id)
        services.finish(editor, done.id, on=MONDAY)
        browser = as_user(editor)

        assert "Sudah" not in browser.get("/actions").text
        assert "Terbuka" in browser.get("/actions").text
        everything = browser.get("/actions?state=all").text
        assert "Sudah" in everything
        assert "Terbuka" in everything
        mine = browser.get("/actions?state=all&mine=y&format=csv").text
        assert "Sudah" in mine
        assert "Terbuka" not in mine

    def test_a_gap_proposes_a_follow_up(self, as_user, editor):
        make.region("16")
        url = "/actions/new?finding_key=uncovered-sector:16:media&title=Temui+RRI&region_code=16"

        form = as_user(editor).get(url).text

        assert 'value="Temui RRI"' in form
        assert 'name="finding_key" value="uncovered-sector:16:media"' in form

    def test_it_is_finished_in_its_row_and_without_script(self, as_user, editor):
        action = services.add(editor, title="Kirim notula")
        browser, url = as_user(editor), f"/actions/{action.id}/finish"
        assert browser.get(url, headers=PART).text.strip().startswith("<tr")

        row = browser.post(url, data={"outcome": "Terkirim", "on": "2026-11-20"}, headers=PART)

        assert f'<tr id="action-{action.id}">' in row.text
        assert services.get(action.id).done_on == date(2026, 11, 20)
        answer = browser.post(f"/actions/{action.id}/reopen", data={"next": "/actions"})
        assert answer.headers["Location"] == "/actions"
        assert services.get(action.id).status is ActionStatus.OPEN

    def test_parts_offer_a_new_one_with_its_place_filled_in(self, as_user, editor, viewer):
        event = make.event()
        url = f"/events/{event.id}/follow-ups"

        assert f"/actions/new?event_id={event.id}" in as_user(editor).get(url).text
        assert "/actions/new" not in as_user(viewer).get(url).text

    def test_a_plan_shows_its_progress_and_takes_follow_ups(self, as_user, editor):
        plan = plans.add(editor, title="POA 2018")
        action = services.add(editor, title="Kirim notula")
        browser = as_user(editor)

        answer = browser.post(f"/plans/{plan.id}/take", data={"action_id": action.id})

        assert answer.headers["Location"] == f"/plans/{plan.id}"
        services.finish(editor, action.id, on=MONDAY)
        assert "1 dari 1" in browser.get(f"/plans/{plan.id}").text
        assert browser.post(f"/plans/{plan.id}/take", data={}).status_code == 422
