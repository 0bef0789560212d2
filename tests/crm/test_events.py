"""Events: adding, changing, calling off, the list, the calendar, the form."""

from datetime import date, time

import pytest
from sqlalchemy import select

from crm.audit.models import AuditEntry
from crm.db import db
from crm.errors import Conflict, NotYours, Refused
from crm.events import month, services
from crm.events.models import DatePrecision, Event, EventKind, EventStatus
from tests import make
from tests.make import MONDAY, NOW

YEAR_2017 = {"starts_on": date(2017, 1, 1), "date_precision": DatePrecision.YEAR}


def titles(query):
    return [event.title for event in db.session.scalars(query.order_by(Event.id))]


class TestAdd:
    def test_stores_it_with_its_tags_and_says_who_did(self, editor):
        make.region("16")

        event = services.add(
            editor, title="Rakor Sumsel", starts_on=MONDAY, region_code="16", tags=["advokasi"]
        )

        stored = services.get(event.id)
        assert [tag.name for tag in stored.tags] == ["advokasi"]
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.record == "Event")).one()
        assert (entry.by_id, entry.action) == (editor.id, "created")
        assert titles(services.found("sumatera selatan")) == ["Rakor Sumsel"]

    def test_keeps_the_time_in_the_history(self, editor):
        services.add(editor, title="Rakor", starts_on=MONDAY, starts_at=time(9, 30))

        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.record == "Event")).one()
        assert entry.changes["starts_at"] == [None, "09:30:00"]

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"starts_on": MONDAY, "ends_on": date(2026, 11, 22)}, "ends_on"),
            (YEAR_2017 | {"ends_on": date(2017, 11, 7)}, "starts_on"),
            ({"ends_on": MONDAY}, "starts_on"),
            ({"starts_at": time(9), "ends_at": time(8)}, "ends_at"),
            ({"capacity": 0}, "capacity"),
            ({"region_code": "99"}, "region_code"),
        ],
    )
    def test_refuses_what_contradicts_itself(self, editor, values, field):
        with pytest.raises(Refused) as refusal:
            services.add(editor, title="Rakor", **values)

        assert refusal.value.field == field
        assert db.session.scalars(select(Event)).all() == []

    def test_refuses_a_reference_that_is_taken(self, editor):
        services.add(editor, title="Rakor", reference="M001")

        with pytest.raises(Refused) as refusal:
            services.add(editor, title="Lain", reference="M001")

        assert refusal.value.field == "reference"

    def test_is_closed_outside_the_users_regions(self):
        palembang = make.user("Pal", "editor", regions=("16.71",))

        with pytest.raises(NotYours):
            services.add(palembang, title="Rakor provinsi", region_code="16")

        services.add(palembang, title="Rakor kota", region_code="16.71")


class TestChange:
    def test_the_second_writer_gets_a_conflict_also_about_tags_alone(self, editor):
        event = make.event()
        seen = event.version
        services.change(editor, event.id, version=seen, title=event.title, tags=["satu"])

        with pytest.raises(Conflict):
            services.change(editor, event.id, version=seen, title=event.title, tags=["dua"])

        assert [tag.name for tag in services.get(event.id).tags] == ["satu"]

    def test_an_archived_one_is_a_conflict_until_it_is_wanted_back(self, editor):
        event = make.event()
        services.archive(editor, event.id, at=NOW)
        version = services.get(event.id).version

        with pytest.raises(Conflict):
            services.change(editor, event.id, version=version, title="Baru")

        services.change(editor, event.id, version=version, restore=True, title="Baru")
        assert services.get(event.id).archived_at is None


class TestStatus:
    def test_a_planned_event_can_be_called_off_and_planned_again(self, editor):
        event = make.event()

        assert services.cancel(editor, event.id).status is EventStatus.CANCELLED
        assert services.plan_again(editor, event.id).status is EventStatus.PLANNED
        assert services.hold(editor, event.id).status is EventStatus.HELD

    def test_one_that_took_place_cannot_be_called_off(self, editor):
        event = make.event(make.stakeholder())

        with pytest.raises(Refused):
            services.cancel(editor, event.id)

        assert services.get(event.id).status is EventStatus.HELD

    @pytest.mark.parametrize(
        ("values", "past"),
        [
            ({"starts_on": date(2026, 11, 21)}, True),
            ({"starts_on": date(2026, 11, 22)}, False),
            ({"starts_on": date(2026, 11, 20), "ends_on": date(2026, 11, 23)}, False),
            ({"starts_on": date(2026, 11, 1), "date_precision": DatePrecision.MONTH}, False),
            ({"starts_on": date(2026, 10, 1), "date_precision": DatePrecision.MONTH}, True),
            ({"starts_on": date(2026, 1, 1), "date_precision": DatePrecision.YEAR}, False),
            (YEAR_2017, True),
            ({"starts_on": None}, False),
        ],
    )
    def test_is_past_when_the_last_day_that_may_be_meant_is(self, values, past):
        assert make.event(**values).is_past(date(2026, 11, 22)) is past


class TestFound:
    def test_a_region_holds_those_below_it(self):
        make.region("16.71")
        make.region("62")
        make.event(title="Kota", region_code="16.71")
        make.event(title="Jauh", region_code="62")

        assert titles(services.found(region="16")) == ["Kota"]

    def test_a_year_may_lie_after_a_day_in_it(self):
        make.event(title="2017", **YEAR_2017)
        make.event(title="Mei 2017", starts_on=date(2017, 5, 3))

        assert titles(services.found(since=date(2017, 6, 1))) == ["2017"]
        assert titles(services.found(since=date(2018, 1, 1))) == []
        assert titles(services.found(until=date(2017, 5, 2))) == ["2017"]

    def test_filters_narrow_down_together(self):
        host = make.stakeholder()
        make.event(title="Ya", kind=EventKind.VISIT, host_id=host.id)
        make.event(title="Bukan", kind=EventKind.VISIT)

        assert titles(services.found(kind=EventKind.VISIT, host=host.id)) == ["Ya"]
        assert services.hosts() == [(host.id, host.name)]


class TestMonth:
    def test_shows_days_ranges_and_what_is_known_by_month_or_year_only(self):
        make.event(title="Tiga hari", starts_on=date(2014, 4, 24), ends_on=date(2014, 4, 26))
        make.event(title="Bulan", starts_on=date(2014, 4, 1), date_precision=DatePrecision.MONTH)
        make.event(title="Tahun", starts_on=date(2014, 1, 1), date_precision=DatePrecision.YEAR)
        make.event(title="Lain", starts_on=date(2014, 5, 1))

        page = month.page(services.found(), date(2014, 4, 1))

        busy = {day.date.day: [one.title for one in day.events] for day in page.days if day.events}
        assert busy == {day: ["Tiga hari"] for day in (24, 25, 26)}
        assert sorted(event.title for event in page.sometime) == ["Bulan", "Tahun"]
        assert len(page.days) == 30
        assert (page.before, page.after) == (date(2014, 3, 1), date(2014, 5, 1))

    def test_an_empty_month_knows_where_events_are(self):
        make.event(starts_on=date(2014, 4, 24))
        make.event(starts_on=date(2017, 11, 6))

        assert month.page(services.found(), date(2016, 2, 1)).is_empty
        assert month.nearest(services.found(), date(2016, 2, 1)) == (
            date(2014, 4, 1),
            date(2017, 11, 1),
        )


class TestPages:
    FORM = {"title": "Rakor", "kind": "rakor", "status": "planned"}

    def test_the_form_reads_a_date_by_month(self, as_user, editor):
        answer = as_user(editor).post(
            "/events/new", data=self.FORM | {"starts_on": "Nopember 2017"}
        )

        event = db.session.scalars(select(Event)).one()
        assert answer.headers["Location"] == f"/events/{event.id}"
        assert (event.starts_on, event.date_precision) == (date(2017, 11, 1), "month")

    def test_no_date_is_said_beside_the_field_and_stays_typed(self, as_user, editor):
        answer = as_user(editor).post("/events/new", data=self.FORM | {"starts_on": "31/02/2024"})

        assert answer.status_code == 422
        assert 'value="31/02/2024"' in answer.text
        assert "“31/02/2024” bukan tanggal" in answer.text

    def test_an_edit_form_shows_the_date_as_it_is_known(self, as_user, editor):
        event = make.event(**YEAR_2017)

        assert 'value="2017"' in as_user(editor).get(f"/events/{event.id}/edit").text

    def test_the_conflict_page_shows_both_dates(self, as_user, editor):
        event = make.event(**YEAR_2017)
        version, browser, url = str(event.version), as_user(editor), f"/events/{event.id}/edit"
        seen = self.FORM | {"version": version, "original": '{"starts_on": ["2017"]}'}
        assert browser.post(url, data=seen | {"starts_on": "11/2017"}).status_code == 303

        clash = browser.post(url, data=seen | {"starts_on": "06/11/2017"})

        assert clash.status_code == 409
        assert 'name="yours.starts_on" value="06/11/2017"' in clash.text
        assert 'name="theirs.starts_on" value="11/2017"' in clash.text

    def test_list_downloads_exactly_what_is_found(self, as_user, viewer):
        make.event(title="Rakor Sumsel", region_code=make.region("16").code)
        make.event(title="Lain")

        answer = as_user(viewer).get("/events?q=rakor&region=16&format=csv")

        lines = answer.data.decode("utf-8-sig").splitlines()
        assert len(lines) == 2
        assert lines[1].startswith("Rakor Sumsel,2026-11-23,")

    def test_calendar_opens_on_any_month_and_on_nonsense(self, as_user, viewer):
        make.event(title="Lokakarya sinergi", starts_on=date(2017, 11, 6))
        browser = as_user(viewer)

        assert "Lokakarya" in browser.get("/events?view=calendar&month=2017-11").text
        assert browser.get("/events?view=calendar&month=besok").status_code == 200
        empty = browser.get("/events?view=calendar&month=2018-03").text
        assert "month=2017-11" in empty

    def test_a_viewer_reads_and_does_not_change(self, as_user, viewer):
        event = make.event()
        browser = as_user(viewer)

        assert browser.get(f"/events/{event.id}").status_code == 200
        assert browser.get(f"/events/{event.id}/edit").status_code == 403
        assert browser.post(f"/events/{event.id}/cancel").status_code == 403
        assert services.get(event.id).status is EventStatus.PLANNED

    def test_status_is_changed_from_the_page(self, as_user, organiser):
        event = make.event()
        browser = as_user(organiser)

        assert browser.post(f"/events/{event.id}/cancel").status_code == 303

        assert services.get(event.id).status is EventStatus.CANCELLED
        assert browser.get("/events/999").status_code == 404
