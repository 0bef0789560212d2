"""Work in the background: functions that go on after the answer has been sent."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from flask import Flask, current_app
from huey import Huey
from huey.consumer import Consumer

from crm import queues

log = logging.getLogger("sinergi.jobs")

PATIENCE = 15 * 60
"""Seconds that a job may wait for its turn before it may be queued again."""
BEAT = 5
"""Seconds after which a job under way says that it still is."""
SILENCE = 4 * BEAT
"""Seconds without a word after which a job under way counts as killed."""
REST = 60
"""Seconds after which a job that failed may be queued again."""

_jobs: dict[str, Callable[..., None]] = {}


def job(function: Callable[..., None]) -> Callable[..., None]:
    """Make a function one that can be done later; its arguments must be plain values."""
    _jobs[_name(function)] = function
    return function


def later(function: Callable[..., None], *arguments: Any, once: str = "") -> None:
    """Do a job soon, in the background; at once where settings say so.

    :param once: a key under which the job is not queued again while it is waiting or under way,
        nor for a while after it has failed
    """
    name = _name(function)
    if name not in _jobs:
        raise LookupError(f"{name} is not marked with @job.")
    if current_app.config["JOBS_IMMEDIATE"]:
        function(*arguments)
        return
    queue = current_app.extensions["jobs"]
    if once and not queue.huey.put_if_empty(once, ("waiting", time.time(), "")):
        # A process that was killed never took its mark away: after a while it is worth nothing. Two
        # that see this at once both queue the job: it looks for itself whether it is still needed.
        if is_waiting(once) or has_failed(once):
            return
        queue.huey.put(once, ("waiting", time.time(), ""))
    queue.run(name, list(arguments), once)


def is_waiting(once: str) -> bool:
    """Whether the job of this key is waiting or under way."""
    return _holds(once, {"waiting": PATIENCE, "under way": SILENCE})


def has_failed(once: str) -> bool:
    """Whether the job of this key failed a moment ago: then it rests before it is tried again."""
    return _holds(once, {"failed": REST})


def _holds(once: str, lasts: dict[str, float]) -> bool:
    mark = current_app.extensions["jobs"].huey.get(once, peek=True)
    return mark is not None and time.time() - mark[1] < lasts.get(mark[0], 0)


def _name(function: Callable[..., None]) -> str:
    return f"{function.__module__}.{function.__name__}"


class Jobs:
    """The queue of one application, and the threads that work it off."""

    def __init__(self, app: Flask) -> None:
        """Open the queue where the settings say."""
        self.huey: Huey = queues.opened(app.config)
        self.workers = int(app.config["JOBS_WORKERS"])

        @self.huey.task()
        def run(name: str, arguments: list[Any], once: str = "") -> None:
            with app.app_context(), _heard_of(self.huey, once):
                try:
                    _jobs[name](*arguments)
                except Exception:
                    log.exception("job failed", extra={"job": name})
                    raise

        self.run = run

    def start(self, workers: int | None = None) -> "Worker | None":
        """Work the queue off in threads of this process; None where others are to do that."""
        workers = self.workers if workers is None else workers
        return Worker(self.huey, workers) if workers else None


@contextmanager
def _heard_of(huey: Huey, once: str) -> Iterator[None]:
    """Say now and then that a job is under way, and at its end take the mark away or say it failed.

    The mark carries whose it is: another worker may have taken the job for killed, and begun anew.
    """
    if not once:
        yield
        return
    mine, done = uuid4().hex, threading.Event()

    def speak() -> None:
        while True:
            try:
                huey.put(once, ("under way", time.time(), mine))
            except Exception:  # a busy file; the next word comes soon enough
                log.warning("job could not say that it is under way", exc_info=True)
            if done.wait(BEAT):
                return

    voice = threading.Thread(target=speak, name=f"jobs: {once}", daemon=True)
    voice.start()
    failed = True
    try:
        yield
        failed = False
    finally:
        done.set()
        voice.join()
        mark = huey.get(once, peek=True)
        if mark is not None and mark[2] in ("", mine):
            huey.put(once, ("failed", time.time(), mine)) if failed else huey.delete(once)


class Worker:
    """Threads of this process that work the queue off until they are stopped."""

    def __init__(self, huey: Huey, workers: int) -> None:
        """Start at once."""
        # Nobody waits for work to begin; by itself it would be up to ten seconds.
        self.consumer = _ThreadConsumer(
            huey, workers=workers, worker_type="thread", periodic=False, max_delay=0.2
        )
        self.thread = threading.Thread(target=self.consumer.run, name="jobs", daemon=True)
        self.thread.start()
        # Who is stopped at once must have begun: a thread that never started cannot be waited for.
        self.consumer.begun.wait()

    def stop(self) -> None:
        """Let the jobs under way finish, then end."""
        self.consumer.stop(graceful=True)
        self.thread.join(timeout=10)


class _ThreadConsumer(Consumer):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Prepare to say when all threads have begun."""
        super().__init__(*arguments, **options)
        self.begun = threading.Event()

    def start(self) -> None:
        """Start the threads, and say so."""
        super().start()
        self.begun.set()

    def _set_signal_handlers(self) -> None:
        """Leave the signals to the server: only the main thread may set them."""


def init(app: Flask) -> None:
    """Give the application its queue."""
    app.extensions["jobs"] = Jobs(app)
