"""Findings that no longer stand: when, by what, and what is nobody's work."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from crm import clock
from crm.actions.models import ActionStatus
from crm.agreements import services as agreements
from crm.audit.models import AuditEntry
from crm.commitments.models import CommitmentStatus
from crm.db import db
from crm.events import services as events
from crm.events.models import EventKind
from crm.formats import day
from crm.gaps.closing_words import CauseTeller
from crm.network import changes, closings, jobs, questions, services
from crm.network.models import ClosedFinding, ClosingCause, NetworkSetting
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Sector
from crm.transaction import transaction
from tests import make

LAHAT = {"region_code": "16.04", "level": "district"}
BUSINESS = "uncovered-sector:16.04:business:"


@pytest.fixture
def today(app):
    return clock.today()


@pytest.fixture
def tomorrow(monkeypatch):
    """Let a day pass, when called."""
    later = clock.now() + timedelta(days=1)
    return lambda: monkeypatch.setattr(clock, "now", lambda: later)


@pytest.fixture
def lahat(today):
    """Two offices of Lahat that work together, and a bank there that nobody has met."""
    make.region("16")
    make.region("16.04", "Kabupaten Lahat")
    dinas = make.stakeholder("Dinas Perpustakaan Lahat", **LAHAT)
    bappeda = make.stakeholder("Bappeda Lahat", **LAHAT)
    make.agreement(dinas, bappeda, title="Kerja sama Lahat")
    bank = make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS, **LAHAT)
    answered()
    return dinas, bappeda, bank


def answered():
    """Answer the question with which pages open, as whoever looks at one."""
    return services.answer(questions.opening(clock.today()))


def closed(key=BUSINESS):
    db.session.rollback()
    found = closings.of_key(key)
    return found[0] if found else None


def visit(*present, on):
    return make.event(*present, kind=EventKind.VISIT, title="Kunjungan ke bank", starts_on=on)


class TestClosedByWork:
    def test_a_visit_closes_what_it_is_about(self, lahat, today):
        dinas, _bappeda, bank = lahat
        met = visit(dinas, bank, on=today - timedelta(days=5))

        answered()

        one = closed()
        assert (one.cause, one.records) == (ClosingCause.RECORDS, [["event", met.id]])
        assert (one.stood_on, one.closed_on) == (today, today)
        said = CauseTeller([one]).tell(one)
        assert said == f"Ditutup oleh kunjungan koordinasi {day(today - timedelta(days=5))}."
        assert closings.as_it_stood(one).step["who"] == bank.id
        # The bank is not alone any more either; that no community works there is still so.
        assert closed(f"isolated-stakeholder:16.04::{bank.id}").records == [["event", met.id]]
        assert closed("uncovered-sector:16.04:community:") is None

    def test_an_agreement_and_not_what_was_merely_edited(self, lahat, today, editor):
        _dinas, bappeda, bank = lahat
        with transaction(by=editor):
            bank.phone = "0731 123456"
        make.follow_up("Telepon bank", stakeholder_id=bank.id)
        signed = make.agreement(bappeda, bank, title="MoU bank")

        answered()

        assert closed().records == [["agreement", signed.id]]
        assert CauseTeller([closed()]).tell(closed()) == "Ditutup oleh perjanjian “MoU bank”."

    def test_an_invitation_closes_no_missing_sector(self, lahat, today):
        dinas, _bappeda, bank = lahat
        rakor = make.event(starts_on=today - timedelta(days=3), title="Rakor")
        make.participation(rakor, bank, invitation="sent")
        signed = make.agreement(dinas, bank)

        answered()

        assert closed().records == [["agreement", signed.id]]

    def test_comes_back_when_the_visit_is_put_away(self, lahat, today, editor):
        dinas, _bappeda, bank = lahat
        met = visit(dinas, bank, on=today)
        answered()
        assert closings.count_of_work() == 4

        events.archive(editor, met.id, at=clock.now())
        answered()

        assert closed().reopened_at is not None
        assert closings.count_of_work() == 0
        assert len(closings.of_key(BUSINESS)) == 1

    def test_a_visit_of_today_closes_what_stood_yesterday(self, lahat, today, tomorrow):
        dinas, _bappeda, bank = lahat
        tomorrow()
        met = visit(dinas, bank, on=today + timedelta(days=1))

        answered()

        assert (closed().cause, closed().records) == (ClosingCause.RECORDS, [["event", met.id]])
        assert (closed().stood_on, closed().closed_on) == (today, today + timedelta(days=1))

    def test_all_that_is_entered_on_the_day_it_happens(self, lahat, today, tomorrow, editor):
        """Agreements, promises and follow-ups of today close what stood yesterday too."""
        dinas, bappeda, bank = lahat
        day = today + timedelta(days=1)
        ending = make.agreement(dinas, bank, ends=today + timedelta(days=9))
        late = make.commitment(bank, bappeda, due_on=today - timedelta(days=9))
        task = make.follow_up(stakeholder_id=bank.id, due_on=today - timedelta(days=9))
        need = make.resource(dinas)
        answered()
        tomorrow()
        renewed = make.agreement(dinas, bank, starts=day)
        with transaction(by=editor):
            late.status, late.realised_on = CommitmentStatus.REALISED, day
            task.status, task.done_on = ActionStatus.DONE, day
        promise = make.commitment(bank, dinas, promised_on=day, due_on=day + timedelta(days=99))
        with transaction(by=editor):
            need.commitment_id = promise.id

        answered()

        causes_of = {one.code: one.cause for one in db.session.query(ClosedFinding)}
        about_a_row = {"expiring-agreement", "overdue-commitment", "overdue-action", "unmet-need"}
        assert {code: causes_of.get(code) for code in about_a_row} == dict.fromkeys(
            about_a_row, ClosingCause.RECORDS
        )
        (one,) = db.session.query(ClosedFinding).filter_by(code="expiring-agreement")
        assert ["agreement", renewed.id] in one.records
        assert one.key.endswith(f"agreement-{ending.id}")

    def test_an_entry_with_a_lower_number_that_came_in_late(self, lahat, today):
        """On PostgreSQL numbers are drawn early and seen when their transaction commits."""
        dinas, _bappeda, bank = lahat
        last = db.session.scalar(select(func.max(AuditEntry.id)))
        met = visit(dinas, bank, on=today)
        with transaction(by=None):
            late = update(AuditEntry).where(AuditEntry.id > last).values(id=-AuditEntry.id)
            db.session.execute(late, execution_options={"synchronize_session": False})

        answered()

        assert (closed().cause, closed().records) == (ClosingCause.RECORDS, [["event", met.id]])

    def test_is_counted_for_a_region_and_what_lies_below(self, lahat, today):
        dinas, _bappeda, bank = lahat
        visit(dinas, bank, on=today)
        answered()

        # In Lahat: no business, the bank alone, and never invited; in the province: no business.
        assert [closings.count_of_work(code) for code in ("16", "16.04", "62")] == [4, 3, 0]


class TestNobodysWork:
    def test_an_organisation_that_is_put_away(self, lahat, admin):
        *_, bank = lahat
        stakeholders.archive(admin, bank.id, at=clock.now())

        answered()

        one = closed(f"isolated-stakeholder:16.04::{bank.id}")
        assert (one.cause, one.records) == (ClosingCause.ARCHIVED, [["stakeholder", bank.id]])
        assert closings.count_of_work() == 0

    def test_the_day_that_moves_on(self, lahat, today, tomorrow):
        _dinas, bappeda, bank = lahat
        signed = make.agreement(bappeda, bank, title="MoU lama", ends=today)
        answered()
        tomorrow()

        answered()

        one = closed(f"expiring-agreement:16.04::agreement-{signed.id}")
        assert (one.cause, one.stood_on, one.closed_on) == (
            ClosingCause.TIME,
            today,
            today + timedelta(days=1),
        )

    def test_other_settings(self, lahat, today, admin):
        dinas, _bappeda, bank = lahat
        with transaction(by=admin):
            db.session.add(NetworkSetting(name="thresholds", value={"fading-tie": 400}))
        visit(dinas, bank, on=today)

        answered()

        assert (closed().cause, closed().records) == (ClosingCause.SETTINGS, [])

    def test_another_program(self, lahat, today):
        dinas, _bappeda, bank = lahat
        with transaction(by=None):
            jobs.stored(questions.opening(today)).method -= 1
        visit(dinas, bank, on=today)

        answered()

        assert closed().cause is ClosingCause.PROGRAM
        assert closings.count_of_work() == 0

    @pytest.mark.parametrize("months", [12, 0])
    def test_another_window_is_another_question(self, lahat, today, months, admin):
        dinas, _bappeda, bank = lahat
        visit(dinas, bank, on=today)
        services.answer(questions.Question(today, months))
        assert db.session.query(ClosedFinding).count() == 0

        questions.set_opening(admin, on="today", months=months)
        answered()

        assert db.session.query(ClosedFinding).count() == 0

    @pytest.mark.parametrize(
        ("kind", "column", "days"),
        [
            ("agreement", "ends", -1),
            ("team", "ends", -1),
            ("event", "starts_on", -800),
            ("event", "starts_on", 3),
        ],
    )
    def test_a_partnership_that_was_ended(self, lahat, today, editor, kind, column, days):
        dinas, _bappeda, bank = lahat
        start = {"starts_on" if kind == "event" else "starts": today - timedelta(days=900)}
        begun = {"event": {"starts_on": today}}.get(kind, start)
        tie = getattr(make, kind)(dinas, bank, **begun)
        answered()
        with transaction(by=editor):
            setattr(tie, column, today + timedelta(days=days))
        with transaction(by=editor):  # and what was looked at last is not that it ended
            tie.source = "Surat 12/2026"

        answered()

        one = closed(f"single-broker:16.04::{dinas.id}")
        assert (one.cause, one.records) == (ClosingCause.ARCHIVED, [[kind, tie.id]])
        assert closings.count_of_work() == 0

    def test_three_partnerships_that_were_ended(self, lahat, today, editor):
        dinas, _bappeda, bank = lahat
        paper = make.stakeholder("Sumatera Ekspres", sector=Sector.MEDIA, **LAHAT)
        readers = make.stakeholder("Lahat Membaca", sector=Sector.COMMUNITY, **LAHAT)
        signed = [make.agreement(dinas, one) for one in (bank, paper, readers)]
        answered()
        last = db.session.scalar(select(func.max(ClosedFinding.id))) or 0
        with transaction(by=editor):
            for one in signed:
                one.ends = today - timedelta(days=1)

        answered()

        gone = db.session.query(ClosedFinding).filter(ClosedFinding.id > last).all()
        assert {"single-broker", "unlinked-sectors"} <= {one.code for one in gone}
        assert {one.cause for one in gone} == {ClosingCause.ARCHIVED}

    def test_the_calendar_beside_an_event_that_tied_nobody(self, lahat, today, tomorrow):
        hub = lahat[0]
        others = [make.stakeholder(f"Kampus {at}", **LAHAT) for at in range(4)]
        for one in others:
            make.agreement(hub, one, ends=today)
        answered()
        visit(make.stakeholder("Radio Lahat", sector=Sector.MEDIA, **LAHAT), on=today)
        tomorrow()

        answered()

        brokers = db.session.query(ClosedFinding).filter_by(code="single-broker").all()
        assert {one.region_code for one in brokers} >= {"16.04", None}
        assert {(one.cause, *one.records) for one in brokers} == {(ClosingCause.TIME,)}

    def test_the_calendar_beside_a_meeting_of_others(self, lahat, today, tomorrow):
        """Two others of the region met, which is a tie: the hub would be one all the same."""
        hub, bappeda, bank = lahat
        others = [make.stakeholder(f"Kampus {at}", **LAHAT) for at in range(4)]
        for one in others:
            make.agreement(hub, one, ends=today)
        answered()
        visit(bappeda, bank, on=today)
        tomorrow()

        answered()

        assert closed(f"single-broker:16.04::{hub.id}").cause is ClosingCause.TIME
        # What the meeting did close, whatever the day, is still its own.
        assert closed().cause is ClosingCause.RECORDS

    def test_an_event_of_one_guest_ties_nobody(self, lahat, today, editor):
        dinas, bappeda, bank = lahat
        tie = make.agreement(dinas, bank)
        answered()
        visit(bappeda, on=today)
        agreements.archive(editor, tie.id, at=clock.now())

        answered()

        one = closed(f"single-broker:16.04::{dinas.id}")
        assert (one.cause, one.records) == (ClosingCause.ARCHIVED, [["agreement", tie.id]])

    def test_settings_before_a_large_import(self, lahat, today, admin, monkeypatch):
        dinas, _bappeda, bank = lahat
        monkeypatch.setattr(changes, "LOOKED_AT", 2)
        with transaction(by=admin):
            db.session.add(NetworkSetting(name="analysis", value={"wanted_district": ["opd"]}))
        visit(dinas, bank, on=today)

        answered()

        assert closed("uncovered-sector:16.04:community:").cause is ClosingCause.SETTINGS
        assert closings.count_of_work() == 0


class TestPages:
    @pytest.fixture
    def work(self, lahat, today):
        dinas, _bappeda, bank = lahat
        visit(dinas, bank, on=today)
        answered()

    def test_list_what_was_closed(self, work, as_user, viewer, today):
        browser = as_user(viewer)

        listed = browser.get("/gaps/closed").text
        assert "Tidak ada dunia usaha yang bermitra" in listed
        assert f"Ditutup oleh kunjungan koordinasi {day(today)}." in listed
        assert "1–4 dari 4" in listed
        assert "1–3 dari 3" in browser.get("/gaps/closed?cause=work&region=16&q=lahat").text
        for nothing in ("cause=time", "sector=media", "code=fading-tie", "q=palembang"):
            assert "Tidak ada hasil" in browser.get(f"/gaps/closed?{nothing}").text
        assert BUSINESS in browser.get("/gaps/closed?format=csv").text
        assert browser.get("/gaps/closed?cause=nonsense&sort=none&page=x").status_code == 200

    def test_say_how_many(self, work, as_user, viewer):
        browser = as_user(viewer)
        make.region("17", "Bengkulu")

        for page, count in (("/", 4), ("/gaps", 4), ("/gaps?region=16.04", 3)):
            assert f"{count} kesenjangan ditutup sejak" in browser.get(page).text
        assert "kesenjangan ditutup sejak" not in browser.get("/gaps?region=17").text

    def test_of_a_finding_say_when_and_by_what(self, work, as_user, viewer, today):
        browser = as_user(viewer)

        answer = browser.get(f"/gaps/{BUSINESS}")

        assert answer.status_code == 200
        assert "Tidak ada dunia usaha yang bermitra" in answer.text
        assert f"Ditutup oleh kunjungan koordinasi {day(today)}." in answer.text
        assert browser.get("/gaps/uncovered-sector:16.04:nothing:").status_code == 404

    def test_are_empty_before_anything_was_closed(self, as_user, viewer):
        make.stakeholder()

        assert "Belum ada kesenjangan yang ditutup" in as_user(viewer).get("/gaps/closed").text


def test_a_parted_agreement_is_not_claimed_as_work(lahat, editor, today):
    """A bridge that is gone because its tie is gone was closed by nobody."""
    _dinas, bappeda, bank = lahat
    signed = make.agreement(bappeda, bank, title="MoU bank", ends=today + timedelta(days=30))
    answered()
    agreements.archive(editor, signed.id, at=clock.now())

    answered()

    one = closed(f"expiring-agreement:16.04::agreement-{signed.id}")
    assert (one.cause, one.records) == (ClosingCause.ARCHIVED, [["agreement", signed.id]])
