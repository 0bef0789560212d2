"""The checks of `make test`: nothing is left out unsaid, and everything ends in order."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tasks import checks, chores

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _database():
    """Nothing here needs the clean database that other tests get."""


class TestWaitFor:
    """A program that needs half a second to end in order."""

    PROGRAM = """
import sys, time
try:
    print("ready", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    time.sleep(0.5)
    print("in order", flush=True)
    sys.exit(3)
"""

    def start(self, **options):
        command = [sys.executable, "-c", self.PROGRAM]
        program = subprocess.Popen(command, stdout=subprocess.PIPE, **options)
        assert program.stdout.readline() == b"ready\n"
        return program

    def test_returns_the_exit_code(self):
        program = subprocess.Popen([sys.executable, "-c", "raise SystemExit(7)"])
        assert chores.wait_for(program) == 7

    def test_ctrl_c_waits_for_the_program_and_is_passed_on(self):
        with self.start() as program:
            signal.signal(signal.SIGALRM, lambda *_: self.ctrl_c(program))
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            with pytest.raises(KeyboardInterrupt):
                chores.wait_for(program)
            assert program.returncode == 3
            assert program.stdout.read() == b"in order\n"

    @staticmethod
    def ctrl_c(program):
        """Do what a terminal does: tell everybody."""
        program.send_signal(signal.SIGINT)
        raise KeyboardInterrupt

    def test_request_to_end_is_handed_down(self):
        with self.start() as program:
            signal.signal(signal.SIGALRM, lambda *_: sys.exit(143))
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            with pytest.raises(SystemExit):
                chores.wait_for(program)
            assert program.stdout.read() == b"in order\n"


class TestReport:
    def test_goes_on_after_a_failure_and_names_it_at_the_end(self, capfd):
        report = checks.Report()
        report.check("First", ["this.does.not.exist"])
        report.check("Second", ["platform"])
        assert report.close() == 1
        assert "--- Failed: First (0 min" in capfd.readouterr().out

    def test_all_well(self, capfd):
        report = checks.Report()
        report.check("Only", ["platform"])
        assert report.close() == 0
        assert "--- All checks passed" in capfd.readouterr().out

    @pytest.mark.parametrize(("strict", "code"), [(False, 0), (True, 1)])
    def test_skip_is_said_and_fails_where_nothing_may_be_left_out(
        self, strict, code, monkeypatch, capfd
    ):
        monkeypatch.setattr(checks, "STRICT", strict)
        report = checks.Report()
        report.skip("Journeys", "no Chromium found")
        assert report.close() == code
        assert "--- Skipped: Journeys: no Chromium found" in capfd.readouterr().out


@pytest.mark.parametrize(("options", "code"), [([], 0), (["-p", "tasks.no_skips"], 1)])
def test_skipped_test_fails_a_strict_run(options, code, tmp_path):
    (tmp_path / "test_one.py").write_text(
        "import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip('no such thing here')\n"
    )
    command = [sys.executable, "-m", "pytest", "-rs", "-c", os.devnull, str(tmp_path), *options]
    run = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert run.returncode == code
    assert "1 passed, 1 skipped in" in run.stdout.splitlines()[-1]
