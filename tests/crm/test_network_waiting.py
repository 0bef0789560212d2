"""Waiting for results: with a real queue nothing is computed inside the request."""

import time
from datetime import timedelta

import pytest

from crm import clock
from crm.db import db
from crm.formats import day
from crm.jobs import Jobs
from crm.network import services
from crm.network.questions import Question
from tests import make
from tests.make import MONDAY

TWO_YEARS = Question(MONDAY, 24)


class TestWaiting:
    @pytest.fixture
    def queue(self, app, monkeypatch, tmp_path):
        monkeypatch.setitem(app.config, "JOBS_IMMEDIATE", False)
        monkeypatch.setitem(app.config, "DATA_DIR", str(tmp_path))
        queue = Jobs(app)
        monkeypatch.setitem(app.extensions, "jobs", queue)
        return queue

    def work(self, queue, question):
        worker = queue.start()
        try:
            for _ in range(100):
                worker.thread.join(timeout=0.1)
                db.session.rollback()
                if services.answer(question).fresh:
                    return
        finally:
            worker.stop()
        pytest.fail("the job was not done")

    def test_the_job_is_queued_once_and_then_the_answer_is_there(self, queue):
        make.stakeholder()

        assert services.answer(TWO_YEARS) == services.Answer(TWO_YEARS, None, fresh=False)
        services.answer(TWO_YEARS)

        assert queue.huey.pending_count() == 1
        self.work(queue, TWO_YEARS)
        assert queue.huey.pending_count() == 0

    def test_the_page_says_that_it_recomputes_and_then_shows_the_new_results(
        self, queue, as_user, viewer
    ):
        browser = as_user(viewer)
        address = "/?on=2026-11-23&window=24"
        make.stakeholder()
        first = browser.get(address)
        assert first.status_code == 202
        assert "Jejaring sedang dianalisis" in first.text
        self.work(queue, TWO_YEARS)
        assert _organisations(browser.get(address).text) == "1"

        make.stakeholder()

        stale = browser.get(address)
        assert stale.status_code == 200
        assert _organisations(stale.text) == "1"
        assert "Data telah berubah: hasil sedang dihitung ulang." in stale.text
        state = "/analysis/state?on=2026-11-23&window=24"
        part = {"HX-Request": "true"}
        assert "data-reload" not in browser.get(state, headers=part).text
        self.work(queue, TWO_YEARS)
        assert "data-reload" in browser.get(state, headers=part).text
        assert _organisations(browser.get(address).text) == "2"

    def test_the_former_results_stay_in_view_when_the_day_moves_on(
        self, queue, as_user, viewer, monkeypatch
    ):
        browser = as_user(viewer)
        make.stakeholder()
        today = clock.today()
        self.work(queue, Question(today, 24))
        assert _organisations(browser.get("/").text) == "1"
        make.stakeholder()
        tomorrow = today + timedelta(days=1)
        monkeypatch.setattr(clock, "today", lambda: tomorrow)

        former = browser.get("/")

        assert former.status_code == 200
        assert _organisations(former.text) == "1"
        assert f"Hasil per {day(tomorrow)} sedang dihitung." in former.text
        assert f"ditampilkan hasil per {day(today)}." in former.text
        assert f"/analysis/state?on={tomorrow}" in former.text
        assert browser.get("/gaps?format=csv").status_code == 202, "a file cannot say so"
        assert browser.get(f"/?on={tomorrow}").status_code == 202, "who asks for a day gets it"
        self.work(queue, Question(tomorrow, 24))
        assert _organisations(browser.get("/").text) == "2"
        assert "sedang dihitung" not in browser.get("/").text

    def test_the_page_says_when_it_failed_and_asks_no_more(self, queue, as_user, viewer):
        browser = as_user(viewer)
        make.stakeholder()
        queue.huey.put(f"analysis:{TWO_YEARS.on}:24", ("failed", time.time(), ""))

        for address in ("/?on=2026-11-23&window=24", "/introductions?on=2026-11-23&window=24"):
            page = browser.get(address).text
            assert "Penghitungan gagal." in page
            assert "/analysis/state" not in page
        assert queue.huey.pending_count() == 0


def _organisations(page):
    return page.split('class="stat-value">')[1].split("<")[0]
