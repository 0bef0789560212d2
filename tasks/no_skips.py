"""A pytest plugin for CI: a run in which a test was skipped has failed."""

import pytest


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run; its closing line still says how many were skipped, and ``-rs`` why."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
