"""How far results hang on single records: worked out by a job, given up, taken up again, shown."""

from collections import defaultdict
from datetime import date

import pytest

import graphs.stability
from crm.db import db
from crm.jobs import Jobs
from crm.network import jobs, services, stability
from crm.network.analysis import analyse
from crm.network.found import as_found
from crm.network.models import StabilityState, StoredFinding, StoredStability
from crm.network.questions import Question
from crm.stakeholders.models import Sector
from crm.transaction import transaction
from graphs.findings import CODES
from tests import make
from tests.graphs.facts_at_random import look
from tests.graphs.test_stability import sixty
from tests.make import MONDAY

NOW = Question(MONDAY, 24)
ASKED = ("2026-11-23", 24, 20)
AT = "on=2026-11-23&window=24"


@pytest.fixture
def lahat():
    """Ten records: nine meetings of office and bank, and a promise that is late."""
    make.region("16")
    make.region("16.04", "Kabupaten Lahat")
    place = {"region_code": "16.04", "level": "district"}
    dinas = make.stakeholder("Dinas Perpustakaan Lahat", **place)
    bank = make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS, **place)
    for day in range(1, 10):
        make.event(dinas, bank, starts_on=date(2026, 11, day))
    make.commitment(bank, dinas, due_on=date(2026, 10, 1), promised_on=date(2026, 1, 1))
    return dinas


@pytest.fixture(scope="module")
def of_each_kind():
    """Findings of all kinds, by code, of a few networks that have them."""
    found = defaultdict(list)
    for seed in range(5):
        for one in look(*sixty(seed)):
            found[one.code].append(one)
    return found


def row() -> StoredStability | None:
    db.session.rollback()
    return db.session.query(StoredStability).one_or_none()


def shares() -> dict[str, float | None]:
    db.session.rollback()
    found = services.findings(services.answer(NOW).analysis)
    return {one.code: one.stability for one in found}


def followed(runs=20):
    return stability.follow(services.answer(NOW), runs)


class TestWorkingItOut:
    def test_stores_in_which_share_of_runs_each_finding_stands(self, lahat):
        services.answer(NOW)

        stability.work_out("2026-11-23", 24, 200)

        # One of ten records is left out of every run: the promise in one of ten, more or less.
        # What is missing stays missing.
        found = shares()
        assert 0.83 <= found["overdue-commitment"] <= 0.97
        assert found["uncovered-sector"] == 1.0
        assert (row().state, row().done, row().records) == (StabilityState.DONE, 200, 10)
        low, high = followed().interval("16.04")
        assert low <= high == services.answer(NOW).analysis.regions["16.04"]["value"]

    def test_what_was_stored_is_what_was_found(self, lahat):
        stored = services.findings(services.answer(NOW).analysis)

        assert [as_found(one) for one in stored] == [
            one for one in analyse(NOW).findings if one.key in {each.key for each in stored}
        ]

    @pytest.mark.parametrize("code", CODES)
    def test_each_kind_keeps_its_key(self, of_each_kind, code):
        assert of_each_kind[code]
        for one in of_each_kind[code]:
            again = as_found(StoredFinding(**jobs.plain(one)))
            assert again == one
            assert again.key == one.key

    def test_is_gone_with_the_results_it_is_about(self, lahat):
        services.answer(NOW)
        stability.work_out(*ASKED)

        make.stakeholder()
        services.answer(NOW)

        assert row() is None
        assert set(shares().values()) == {None}

    def test_of_results_that_are_old_is_not_worked_out(self, lahat):
        services.answer(NOW)
        make.stakeholder()

        stability.work_out(*ASKED)

        assert row() is None


class TestInTheMiddle:
    @pytest.fixture
    def meanwhile(self, monkeypatch):
        """Let something happen while the job is under way, and it look up after it."""
        monkeypatch.setattr(stability, "WORD", 0)
        really = graphs.stability.stability

        def during(happens):
            def told(*arguments, progress, cancelled, **options):
                def progressed(done, runs):
                    progress(done, runs)
                    if done == 3:
                        happens()

                return really(*arguments, progress=progressed, cancelled=cancelled, **options)

            monkeypatch.setattr(graphs.stability, "stability", told)
            services.answer(NOW)

        return during

    def test_it_says_how_far_it_is(self, lahat, meanwhile):
        seen = []
        meanwhile(lambda: seen.append((row().state, row().done, set(shares().values()))))

        stability.work_out(*ASKED)

        assert seen == [(StabilityState.RUNNING, 3, {None})]

    def test_it_is_cancelled_and_nothing_of_it_shown(self, lahat, meanwhile, editor):
        meanwhile(lambda: stability.cancel(editor, NOW))

        stability.work_out(*ASKED)

        assert (row().state, row().done) == (StabilityState.CANCELLED, 3)
        assert set(shares().values()) == {None}
        assert followed().state == StabilityState.CANCELLED  # and it stays so

        stability.begin_again(editor, NOW)
        assert row() is None

    def test_it_ends_when_the_data_changes(self, lahat, meanwhile):
        meanwhile(make.stakeholder)

        stability.work_out(*ASKED)

        assert (row().state, row().done) == (StabilityState.RUNNING, 3)
        services.answer(NOW)
        assert row() is None  # it went with the results that it was about
        assert set(shares().values()) == {None}

    def test_a_fault_is_reported(self, lahat, monkeypatch):
        def fails(*_arguments, **_options):
            raise ArithmeticError

        services.answer(NOW)
        monkeypatch.setattr(graphs.stability, "stability", fails)

        with pytest.raises(ArithmeticError):
            stability.work_out(*ASKED)

        assert followed().state == StabilityState.FAILED


class TestKilled:
    @pytest.fixture
    def queue(self, app, lahat, monkeypatch):
        """A queue that nobody works off, and a job that a killed process left under way."""
        services.answer(NOW)
        monkeypatch.setitem(app.config, "JOBS_IMMEDIATE", False)
        monkeypatch.setitem(app.extensions, "jobs", Jobs(app))
        with transaction(by=None):
            analysis = jobs.stored(NOW)
            left = StoredStability(
                analysis_id=analysis.id, state="running", attempts=1, done=7, runs=20, index={}
            )
            db.session.add(left)
        queue = app.extensions["jobs"].huey
        queue.flush()
        return queue

    def test_it_is_taken_up_again(self, queue):
        assert followed().state == StabilityState.RUNNING
        assert queue.pending_count() == 1

        followed()

        assert queue.pending_count() == 1  # while it waits, it is not queued again

    def test_after_three_times_it_is_reported(self, queue):
        with transaction(by=None):
            row_ = db.session.query(StoredStability).one()
            row_.attempts = stability.ATTEMPTS

        assert followed().state == StabilityState.FAILED
        assert queue.pending_count() == 0


class TestPages:
    @pytest.fixture(autouse=True)
    def _runs(self, app, monkeypatch):
        monkeypatch.setitem(app.config, "STABILITY_RUNS", 20)

    def test_say_how_stable_each_gap_is(self, lahat, as_user, editor):
        browser = as_user(editor)
        browser.get(f"/gaps?{AT}")

        listed = browser.get(f"/gaps?{AT}&code=uncovered-sector").text
        assert "100\u00a0%" in listed
        assert "Kokoh" in listed
        file = browser.get(f"/gaps?{AT}&format=csv&code=uncovered-sector").text
        assert "Kokoh" in file.splitlines()[0]
        assert ",100," in file
        assert "Tanpa sepersepuluh catatan umumnya" in browser.get(f"/?{AT}").text
        assert (
            "Tanpa sepersepuluh catatan umumnya" in browser.get(f"/regions/16.04/network?{AT}").text
        )
        one = browser.get(f"/gaps/uncovered-sector:16.04:media:?{AT}").text
        assert "Apakah ada yang belum dicatat, hanya Anda yang tahu." in one

    def test_let_an_editor_cancel_and_begin_again(self, lahat, as_user, editor, viewer, app):
        app.config["STABILITY_RUNS"] = 0
        services.answer(NOW)
        app.config["STABILITY_RUNS"] = 20
        browser = as_user(editor)

        answer = browser.post(f"/gaps/stability/cancel?{AT}")
        assert (answer.status_code, row().state) == (303, StabilityState.CANCELLED)
        assert "dibatalkan" in browser.get(f"/gaps?{AT}").text
        assert "gaps/stability/again" not in as_user(viewer).get(f"/gaps?{AT}").text

        browser.post(f"/gaps/stability/again?{AT}")
        assert "sudah dihitung" in browser.get(f"/gaps/stability?{AT}").text.lower()
        assert row().state is StabilityState.DONE
