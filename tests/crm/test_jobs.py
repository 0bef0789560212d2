"""Jobs in the background: once, side by side, and what a killed process leaves behind."""

import threading
import time

import pytest
from flask import Flask

import config
from crm import jobs, queues
from crm.jobs import has_failed, is_waiting, job, later
from tests.conftest import own_database

ran: list[str] = []
release = threading.Event()
begun = threading.Event()


@job
def note(word: str) -> None:
    ran.append(word)


@job
def wait_for_release() -> None:
    begun.set()
    release.wait(30)
    ran.append("released")


@job
def break_down() -> None:
    begun.set()
    raise LookupError("on purpose")


@pytest.fixture(autouse=True)
def _database():
    """Nothing here needs the clean database that other tests get."""


@pytest.fixture
def queueing(tmp_path):
    """An application whose jobs wait: in a file, or in PostgreSQL where the tests have one."""
    ran.clear()
    for event in (release, begun):
        event.clear()
    app = Flask("queueing")
    app.config.update(config.load({"DATA_DIR": str(tmp_path), "JOBS_URL": own_database("jobs")}))
    jobs.init(app)
    with app.app_context():
        yield app.extensions["jobs"]
        app.extensions["jobs"].huey.storage.close()


def until(said):
    """Wait until something holds, as the pages do: by looking again."""
    deadline = time.monotonic() + 30
    while not said():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_waits_once_under_a_key_and_is_done_by_a_worker(queueing):
    for word in ("first", "second"):
        later(note, word, once="key")
    later(note, "without a key")
    assert is_waiting("key")
    worker = queueing.start()
    try:
        until(lambda: len(ran) == 2 and not is_waiting("key"))
    finally:
        worker.stop()
    assert sorted(ran) == ["first", "without a key"]


def test_long_one_does_not_hold_up_another(queueing):
    worker = queueing.start()
    try:
        later(wait_for_release, once="long")
        until(begun.is_set)
        later(note, "short")
        until(lambda: ran == ["short"])
        assert is_waiting("long")
        release.set()
        until(lambda: ran == ["short", "released"] and not is_waiting("long"))
    finally:
        release.set()
        worker.stop()


def test_that_fails_rests_before_it_is_tried_again(queueing, caplog, monkeypatch):
    worker = queueing.start()
    try:
        later(break_down, once="broken")
        until(lambda: has_failed("broken"))
        assert not is_waiting("broken")
    finally:
        worker.stop()
    assert "job failed" in caplog.text

    later(note, "too soon", once="broken")
    assert queueing.huey.pending_count() == 0
    monkeypatch.setattr(jobs, "REST", 0)
    assert not has_failed("broken")
    later(note, "again", once="broken")
    assert queueing.huey.pending_count() == 1


def test_goes_on_where_the_queue_is_busy_for_a_moment(queueing, monkeypatch, caplog):
    monkeypatch.setattr(jobs, "BEAT", 0.01)
    put, busy = queueing.huey.put, threading.Event()

    def refuse_once(key, value):
        if value[0] == "under way" and begun.is_set() and not busy.is_set():
            busy.set()
            raise OSError("database is locked")
        return put(key, value)

    monkeypatch.setattr(queueing.huey, "put", refuse_once)
    worker = queueing.start()
    try:
        later(wait_for_release, once="long")
        until(busy.is_set)
        heard = queueing.huey.get("long", peek=True)
        until(lambda: queueing.huey.get("long", peek=True)[1] > heard[1])
    finally:
        release.set()
        worker.stop()
    assert "could not say" in caplog.text


def test_takes_away_no_mark_but_its_own(queueing):
    worker = queueing.start()
    try:
        later(wait_for_release, once="long")
        until(lambda: begun.is_set() and queueing.huey.get("long", peek=True)[0] == "under way")
        theirs = ("under way", time.time(), "another worker")
        queueing.huey.put("long", theirs)
        release.set()
        until(lambda: ran == ["released"])
    finally:
        worker.stop()
    assert tuple(queueing.huey.get("long", peek=True)) == theirs


def test_under_way_says_so_again_and_again(queueing, monkeypatch):
    monkeypatch.setattr(jobs, "BEAT", 0.01)
    worker = queueing.start()
    try:
        later(wait_for_release, once="long")
        until(begun.is_set)
        heard = queueing.huey.get("long", peek=True)
        until(lambda: queueing.huey.get("long", peek=True)[1] > heard[1])
    finally:
        release.set()
        worker.stop()


@pytest.mark.parametrize(
    ("state", "ago", "waits"),
    [
        ("under way", jobs.SILENCE - 5, True),
        ("under way", jobs.SILENCE + 1, False),  # killed in the middle
        ("waiting", jobs.SILENCE + 1, True),
        ("waiting", jobs.PATIENCE + 1, False),  # the queue itself was lost
    ],
)
def test_mark_of_a_killed_process_is_worth_nothing_after_a_while(queueing, state, ago, waits):
    queueing.huey.put("key", (state, time.time() - ago, ""))
    assert is_waiting("key") is waits
    later(note, "again", once="key")
    assert queueing.huey.pending_count() == (0 if waits else 1)


def test_may_be_left_to_other_processes(queueing):
    queueing.workers = 0
    assert queueing.start() is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://host/queue", "write postgresql://"),
        ("redis://localhost:1/0", "pip install 'redis>=5'"),
        ("postgresql://127.0.0.1:1/none?connect_timeout=2", "does not answer"),
    ],
)
def test_queue_that_cannot_be_is_named_with_a_way_out(url, words):
    fault = queues.fault(config.load({"JOBS_URL": url}))
    assert fault is not None
    assert words in fault


def test_queue_in_a_file_has_no_fault(tmp_path):
    assert queues.fault(config.load({"DATA_DIR": str(tmp_path)})) is None


def test_only_marked_functions_are_jobs(queueing):
    with pytest.raises(LookupError, match="not marked"):
        later(until)


def test_addresses_name_their_keeper():
    kinds = {
        "": "file",
        "postgresql+psycopg://host/one": "postgresql",
        "postgres://host/one": "postgresql",
        "rediss://host/0": "redis",
        "var/jobs.db": "unknown",
    }
    assert {url: queues.kind({"JOBS_URL": url}) for url in kinds} == kinds
