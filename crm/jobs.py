"""Work in the background: functions that go on after the answer has been sent."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from huey import MemoryHuey, SqliteHuey
from huey.consumer import Consumer

log = logging.getLogger("sinergi.jobs")

PATIENCE = 15 * 60
"""Seconds after which a job of which nothing was heard may be queued again."""

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
    huey = current_app.extensions["jobs"].huey
    if once and not huey.put_if_empty(once, time.time()):
        # A process that was killed never took its mark away: after a while it is worth nothing.
        if is_waiting(once):
            return
        huey.put(once, time.time())
    current_app.extensions["jobs"].run(name, list(arguments), once)


def is_waiting(once: str) -> bool:
    """Whether the job of this key is waiting or under way."""
    huey = current_app.extensions["jobs"].huey
    begun = huey.get(once, peek=True)
    return begun is not None and time.time() - begun < PATIENCE


def _name(function: Callable[..., None]) -> str:
    return f"{function.__module__}.{function.__name__}"


class Jobs:
    """The queue of one application, and the thread that works it off."""

    def __init__(self, app: Flask) -> None:
        """Open the queue in the data directory."""
        if app.config["JOBS_IMMEDIATE"]:
            self.huey = MemoryHuey("sinergi", immediate=True)
        else:
            folder = Path(app.config["DATA_DIR"])
            folder.mkdir(parents=True, exist_ok=True)
            self.huey = SqliteHuey("sinergi", filename=str(folder / "jobs.db"))

        @self.huey.task()
        def run(name: str, arguments: list[Any], once: str = "") -> None:
            with app.app_context():
                try:
                    _jobs[name](*arguments)
                except Exception:
                    log.exception("job failed", extra={"job": name})
                    raise
                finally:
                    if once:
                        self.huey.delete(once)

        self.run = run

    def start(self) -> "Worker":
        """Work the queue off in a thread of this process."""
        return Worker(self.huey)


class Worker:
    """A thread of this process that works the queue off until it is stopped."""

    def __init__(self, huey: Any) -> None:
        """Start at once."""
        # Nobody waits longer than a second for work to begin; by itself it would be ten.
        self.consumer = _ThreadConsumer(
            huey, workers=1, worker_type="thread", periodic=False, max_delay=1.0
        )
        self.thread = threading.Thread(target=self.consumer.run, name="jobs", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Let the job under way finish, then end."""
        self.consumer.stop(graceful=True)
        self.thread.join(timeout=10)


class _ThreadConsumer(Consumer):
    def _set_signal_handlers(self) -> None:
        """Leave the signals to the server: only the main thread may set them."""


def init(app: Flask) -> None:
    """Give the application its queue."""
    app.extensions["jobs"] = Jobs(app)
