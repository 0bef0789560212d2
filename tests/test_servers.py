"""The PostgreSQL and the Chromium that the other tests rely on."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from tests import servers

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _database():
    """Nothing here needs the clean database that other tests get."""


class TestPostgresql:
    def test_is_there_and_gone_afterwards(self):
        with servers.postgresql() as address:
            engine = create_engine(address)
            with engine.connect() as connection:
                assert connection.scalar(text("SHOW fsync")) == "off"
            engine.dispose()
        with pytest.raises(OperationalError):
            create_engine(address).connect()

    def test_ends_after_a_failure_also_with_somebody_connected(self):
        def fail(address):
            connections.append(create_engine(address).connect())
            raise ZeroDivisionError

        connections = []
        with pytest.raises(ZeroDivisionError), servers.postgresql() as address:
            fail(address)
        (left_open,) = connections
        with pytest.raises(OperationalError):
            left_open.execute(text("SELECT 1"))
        left_open.invalidate()

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with parents")
    def test_ends_also_when_the_tests_are_killed(self):
        program = """
from tests import servers
import time
with servers.postgresql() as address:
    print(address, flush=True)
    time.sleep(60)
"""
        command = [sys.executable, "-c", program]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as tests:
            address = tests.stdout.readline().strip()
            engine = create_engine(address, poolclass=NullPool)
            engine.connect().close()
            tests.kill()
        folder = Path(engine.url.query["host"])
        deadline = time.monotonic() + 20
        while (folder / ".s.PGSQL.5432").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        with pytest.raises(OperationalError):
            engine.connect()
        shutil.rmtree(folder)

    def test_says_why_there_is_none(self, monkeypatch):
        monkeypatch.setattr(servers, "_postgresql_folders", lambda: iter([]))
        monkeypatch.setattr(servers, "_apt_get", lambda _: False)
        with pytest.raises(servers.Missing, match="no PostgreSQL found"), servers.postgresql():
            pass

    def test_says_why_it_does_not_start(self, monkeypatch):
        monkeypatch.setattr(servers, "FAST", ["no_such_setting=1"])
        with pytest.raises(servers.Missing, match="no_such_setting"), servers.postgresql():
            pass


class TestChromium:
    def test_named_one_comes_first(self, monkeypatch):
        monkeypatch.setenv("SINERGI_CHROMIUM", sys.executable)
        assert servers.chromium_path() == sys.executable

    def test_script_that_only_says_that_it_is_not_there_is_passed_over(self, tmp_path, monkeypatch):
        script = tmp_path / "chromium-browser"
        script.write_text("#!/bin/sh\necho install the snap >&2\nexit 1\n")
        script.chmod(0o755)
        monkeypatch.setattr(servers, "CHROMIUM_NAMES", [])
        monkeypatch.setenv("SINERGI_CHROMIUM", str(script))
        assert servers.chromium_path() != str(script)
