"""Findings that no longer stand: when, by what, and what is nobody's work."""

from datetime import timedelta

import pytest

from crm import clock
from crm.agreements import services as agreements
from crm.db import db
from crm.events import services as events
from crm.events.models import EventKind
from crm.formats import day
from crm.network import closings, jobs, questions, services
from crm.network.closing_words import CauseTeller
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

    def test_the_day_that_moves_on(self, lahat, today, monkeypatch):
        _dinas, bappeda, bank = lahat
        signed = make.agreement(bappeda, bank, title="MoU lama", ends=today)
        answered()
        tomorrow = clock.now() + timedelta(days=1)
        monkeypatch.setattr(clock, "now", lambda: tomorrow)

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
