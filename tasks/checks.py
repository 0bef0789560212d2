"""The checks of ``make test`` and ``make lint``, run by the Python of the environment."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

from tasks.chores import wait_for
from tests import servers

WORKERS = str(min(os.cpu_count() or 1, 4))
PYTEST = ["pytest", "-rs", "-n", WORKERS]
STEALING = ["--dist", "worksteal"]
"""A module stays in one worker, until another worker has nothing left to do."""
GROUPED = ["--dist", "loadgroup"]
"""What shares an expensive server stays in one worker."""
OF_THE_DATABASE = ["tests/crm", "tests/test_migrations.py"]
"""The tests whose answer may depend on the database."""
STRICT = os.environ.get("CI") == "true"
"""Under CI a check that is left out is a check that failed."""


class Report:
    """What failed and what was left out, so that the last lines say it all."""

    def __init__(self) -> None:
        """Start the clock."""
        self.failed: list[str] = []
        self.started = time.monotonic()

    def check(self, name: str, module: list[str], **environment: str) -> None:
        """Run a module of Python as one check; a failure does not stop the others."""
        print(f"\n--- {name}", flush=True)
        program = subprocess.Popen(
            [sys.executable, "-m", *module], env={**os.environ, **environment}
        )
        if wait_for(program):
            self.failed.append(name)

    def skip(self, name: str, reason: object) -> None:
        """Say in one line what is left out and why."""
        print(f"\n--- Skipped: {name}: {reason}", flush=True)
        if STRICT:
            self.failed.append(f"{name} (skipped)")

    def close(self) -> int:
        """Print the verdict and return the exit code."""
        minutes, seconds = divmod(round(time.monotonic() - self.started), 60)
        verdict = "Failed: " + ", ".join(self.failed) if self.failed else "All checks passed"
        print(f"\n--- {verdict} ({minutes} min {seconds} s)", flush=True)
        return 1 if self.failed else 0


def lint(report: Report) -> None:
    """Check style and types."""
    report.check("Style", ["ruff", "check", "."])
    report.check("Format", ["ruff", "format", "--check", "."])
    report.check("Types", ["mypy"])


def everything(report: Report) -> None:
    """Check style and types, run all tests on both databases, and the journeys in Chromium."""
    lint(report)
    strictly = ["-p", "tasks.no_skips"] if STRICT else []
    tests = [*PYTEST, *STEALING, *strictly, "--ignore=tests/browser"]
    report.check("Tests on SQLite", tests)
    name = "Tests on PostgreSQL"
    try:
        with servers.postgresql() as address:
            database = {"SINERGI_TEST_DATABASE_URL": address}
            report.check(name, [*tests, *OF_THE_DATABASE], **database)
    except servers.Missing as missing:
        report.skip(name, missing)
    name = "Journeys in Chromium"
    try:
        browser = {"SINERGI_CHROMIUM": servers.install_chromium()}
        report.check(name, [*PYTEST, *GROUPED, *strictly, "tests/browser"], **browser)
    except servers.Missing as missing:
        report.skip(name, missing)


@contextlib.contextmanager
def ending_in_order() -> Iterator[None]:
    """Turn a request to end into an exception, so that every server we started ends as well."""

    def leave(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def main(name: str) -> int:
    """Run the checks of one chore and return its exit code."""
    report = Report()
    checks = {"lint": lint, "everything": everything}[name]
    try:
        with ending_in_order():
            checks(report)
    except KeyboardInterrupt:
        print("\n--- Interrupted", flush=True)
        return 130
    return report.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
