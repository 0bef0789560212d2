"""Work in the background: functions that go on after the answer has been sent."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

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

_jobs: dict[str, Callable[..., None]] = {}


def job(function: Callable[..., None]) -> Callable[..., None]:
    """Make a function one that can be done later; its arguments must be plain values."""
    _jobs[_name(function)] = function
    return function


def later(function: Callable[..., None], *arguments: Any, once: str = "") -> None:
    """Do a job soon, in the background; at once where settings say so.

    :param once: a key under which the job is not queued again while it is waiting or under way
    """
    name = _name(function)
    if name not in _jobs:
        raise LookupError(f"{name} is not marked with @job.")
    if current_app.config["JOBS_IMMEDIATE"]:
        function(*arguments)
        return
    queue = current_app.extensions["jobs"]
    if once and not queue.huey.put_if_empty(once, ("waiting", time.time())):
        # A process that was killed never took its mark away: after a while it is worth nothing.
        if is_waiting(once):
            return
        queue.huey.put(once, ("waiting", time.time()))
    queue.run(name, list(arguments), once)


def is_waiting(once: str) -> bool:
    """Whether the job of this key is waiting or under way."""
    mark = current_app.extensions["jobs"].huey.get(once, peek=True)
    if mark is None:
        return False
    state, heard = mark
    return time.time() - heard < (PATIENCE if state == "waiting" else SILENCE)


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
    """Say now and then that a job is under way, and take its mark away at its end."""
    if not once:
        yield
        return
    done = threading.Event()

    def speak() -> None:
        while True:
            huey.put(once, ("under way", time.time()))
            if done.wait(BEAT):
                return

    voice = threading.Thread(target=speak, name=f"jobs: {once}", daemon=True)
    voice.start()
    try:
        yield
    finally:
        done.set()
        voice.join()
        huey.delete(once)


class Worker:
    """Threads of this process that work the queue off until they are stopped."""

    def __init__(self, huey: Huey, workers: int) -> None:
        """Start at once."""
        # Nobody waits longer than a second for work to begin; by itself it would be ten.
        self.consumer = _ThreadConsumer(
            huey, workers=workers, worker_type="thread", periodic=False, max_delay=1.0
        )
        self.thread = threading.Thread(target=self.consumer.run, name="jobs", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Let the jobs under way finish, then end."""
        self.consumer.stop(graceful=True)
        self.thread.join(timeout=10)


class _ThreadConsumer(Consumer):
    def _set_signal_handlers(self) -> None:
        """Leave the signals to the server: only the main thread may set them."""


def init(app: Flask) -> None:
    """Give the application its queue."""
    app.extensions["jobs"] = Jobs(app)
