"""Serving for real use: what it refuses, and that it begins and ends in order."""

import errno
import os
import re
import signal
import socket
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import flask_migrate
import pytest
from sqlalchemy import select, text

import config
from crm import create_app, jobs, preflight, serving
from crm.cli import sinergi
from crm.db import db
from crm.errors import Refused
from crm.examples import accounts
from crm.network.jobs import compute
from crm.network.models import Analysis
from crm.regions import services as regions

ROOT = Path(__file__).parent.parent
SECRET = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def _database():
    """Nothing here needs the clean database that other tests get."""


@pytest.fixture
def settings(tmp_path):
    return config.load({"SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path), "DEBUG": False})


class TestFaults:
    def test_none_when_all_is_right(self, settings):
        assert preflight.faults(settings) == []

    @pytest.mark.parametrize("secret", ["", config.DEVELOPMENT_SECRET])
    def test_no_secret_of_our_own(self, settings, secret):
        (fault,) = preflight.faults(settings | {"SECRET_KEY": secret})
        assert "SINERGI_SECRET_KEY is not set" in fault
        assert "secrets.token_hex" in fault

    def test_short_secret(self, settings):
        (fault,) = preflight.faults(settings | {"SECRET_KEY": SECRET[:-1]})
        assert "shorter than 32" in fault

    def test_secret_of_digits_stays_text(self, settings, monkeypatch):
        monkeypatch.setenv("SINERGI_SECRET_KEY", "1" * 40)
        assert config.load()["SECRET_KEY"] == "1" * 40

    def test_debug(self, settings):
        (fault,) = preflight.faults(settings | {"DEBUG": True})
        assert "unset SINERGI_DEBUG" in fault

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("TESTING", True),
            ("WTF_CSRF_ENABLED", False),
            ("RATELIMIT_ENABLED", False),
            ("TIMEZONE", "Asia/Nowhere"),
            ("TIMEZONE", "../etc"),
        ],
    )
    def test_what_only_tests_may_switch_off(self, settings, name, value):
        (fault,) = preflight.faults(settings | {name: value})
        assert f"SINERGI_{name}" in fault

    def test_data_dir_that_cannot_be(self, settings, tmp_path):
        file = tmp_path / "file"
        file.touch()
        (fault,) = preflight.faults(settings | {"DATA_DIR": str(file / "below")})
        assert "cannot be written" in fault
        assert "SINERGI_DATA_DIR" in fault

    def test_sqlite_on_a_network_file_system(self, settings, tmp_path, monkeypatch):
        mounts = tmp_path / "mounts"
        mounts.write_text(f"server:/x {tmp_path} nfs4 rw 0 0\n")
        monkeypatch.setattr(preflight, "MOUNTS", mounts)
        (fault,) = preflight.faults(settings)
        assert "network file system (nfs4)" in fault

        elsewhere = {"SQLALCHEMY_DATABASE_URI": "postgresql+psycopg://host/sinergi"}
        assert preflight.faults(settings | elsewhere) == []

    def test_every_fault_is_named_at_once(self, settings):
        wrong = settings | {"SECRET_KEY": "", "DEBUG": True}
        assert len(preflight.faults(wrong)) == 2


class TestNetworkFileSystem:
    """A laptop with a share at /mnt/office, and a local disk mounted inside that share."""

    MOUNTS = """\
proc /proc proc rw,nosuid 0 0
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
//nas/office /mnt/office cifs rw,vers=3.0 0 0
/dev/sdb1 /mnt/office/local ext4 rw 0 0
me@host:/data /home/me/My\\040Share fuse.sshfs rw 0 0
/dev/sdc1 /srv ext4 rw 0 0
nas:/srv /srv nfs4 rw 0 0
host /win 9p rw,trans=fd 0 0
/dev/fuse /home/me/encrypted fuse.gocryptfs rw 0 0
"""

    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            ("/var/lib/sinergi/sinergi.db", None),
            ("/mnt/office/sinergi.db", "cifs"),
            ("/mnt/office/local/sinergi.db", None),
            ("/mnt/officeless/sinergi.db", None),  # begins alike, lies beside
            ("/home/me/My Share/sinergi.db", "fuse.sshfs"),
            ("/srv/sinergi.db", "nfs4"),  # mounted over the local disk
            ("/win/c/sinergi.db", "9p"),
            ("/home/me/encrypted/sinergi.db", None),
        ],
    )
    def test_kind(self, path, kind):
        assert preflight.network_file_system(Path(path), self.MOUNTS) == kind

    def test_link_to_a_share(self, tmp_path):
        share = tmp_path / "share"
        share.mkdir()
        (tmp_path / "var").symlink_to(share)
        mounts = f"/dev/sda1 / ext4 rw 0 0\nnas:/x {share} nfs rw 0 0\n"
        path = tmp_path / "var" / "sinergi.db"
        assert preflight.network_file_system(path, mounts) == "nfs"


class TestListener:
    def test_busy_port_is_one_sentence(self):
        with serving.listener("127.0.0.1", 0) as first:
            first.listen()
            port = first.getsockname()[1]
            with pytest.raises(Refused, match=f"Port {port} is busy.*PORT={port + 1}"):
                serving.listener("127.0.0.1", port)

    def test_address_that_is_not_ours(self):
        with pytest.raises(Refused, match="cannot be used"):
            serving.listener("192.0.2.1", 8000)

    def test_port_without_the_right_to_it(self, monkeypatch):
        def bind(self, address):
            raise OSError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(socket.socket, "bind", bind)
        with pytest.raises(Refused, match="Permission denied"):
            serving.listener("127.0.0.1", 80)


class TestOwnSecret:
    def test_is_made_once_and_closed_to_others(self, tmp_path):
        folder = tmp_path / "var"
        secret = serving.own_secret(str(folder))
        assert len(secret) >= preflight.SHORTEST_SECRET
        assert serving.own_secret(str(folder)) == secret
        (path,) = folder.iterdir()
        assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600


class TestSettingsTable:
    """The table of docs/operating.md says what config.py says."""

    def written(self):
        page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
        rows = re.findall(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \| (.+?) \|", page, re.MULTILINE)
        return {
            name.strip("` "): default.strip("`").replace("empty", "")
            for names, default in rows
            for name in names.split(",")
        }

    def test_has_every_setting_with_its_default(self):
        settings = {name: value for name, value in vars(config).items() if name.isupper()}
        del settings["DEVELOPMENT_SECRET"]  # a value, not a setting
        as_written = {
            name: str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in settings.items()
        }
        assert self.written() == as_written


class Served:
    """A `sinergi` command that serves, in a process of its own."""

    def __init__(self, folder, *words, **environment):
        clean = {name: value for name, value in os.environ.items() if "SINERGI" not in name}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "crm", *words],
            cwd=ROOT,
            env={**clean, "SINERGI_DATA_DIR": str(folder), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""

    def address(self):
        """Wait until it says where it serves."""
        return self.says(r"http://127\.0\.0\.1:\d+")

    def says(self, pattern):
        """Wait until it says something like this."""
        for line in self.process.stdout:
            self.said += line
            if found := re.search(pattern, line):
                return found[0]
        raise AssertionError(self.said)

    def end(self, number):
        """Send a signal to it and all its children, as a terminal does; return the exit code."""
        os.killpg(self.process.pid, number)
        rest, _ = self.process.communicate(timeout=60)
        self.said += rest
        return self.process.returncode


@pytest.fixture
def serve(tmp_path):
    """Return a function that starts a serving command; what is left is ended afterwards."""
    started = []

    def start(*words, **environment):
        port = () if words == ("worker",) else ("--port", "0")
        started.append(Served(tmp_path / "var", *words, *port, **environment))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            os.killpg(one.process.pid, signal.SIGKILL)
        one.process.communicate()


class TestDemoServe:
    def test_from_nothing_to_the_sign_in_page_and_cleanly_away(self, serve, tmp_path):
        server = serve("demo", "serve")
        with urlopen(server.address() + "/login") as page:
            assert page.status == 200
            assert "example-banner" in page.read().decode()
        assert server.end(signal.SIGINT) == 0
        assert "Traceback" not in server.said
        for account in accounts.ACCOUNTS:
            assert account.email in server.said
            assert account.password in server.said
        assert (tmp_path / "var" / "secret.key").stat().st_mode & 0o777 == 0o600

        again = serve("demo", "serve")
        again.address()
        assert again.end(signal.SIGTERM) == 0
        assert "Loading" not in again.said
        assert "Traceback" not in again.said


class TestServe:
    def test_refuses_with_a_sentence_for_each_fault(self, serve):
        server = serve("serve", SINERGI_DEBUG="true")
        said, _ = server.process.communicate(timeout=180)
        assert server.process.returncode == 1
        assert [line.split(":")[0] for line in said.splitlines()] == ["Refused", "Refused"]

    def test_refuses_a_pending_migration_then_serves(self, serve, tmp_path):
        server = serve("serve", SINERGI_SECRET_KEY=SECRET)
        said, _ = server.process.communicate(timeout=180)
        assert server.process.returncode == 1
        assert "sinergi db upgrade" in said

        app = create_app({"DATA_DIR": str(tmp_path / "var")})
        with app.app_context():
            flask_migrate.upgrade()
        server = serve("serve", SINERGI_SECRET_KEY=SECRET)
        with urlopen(server.address() + "/login") as page:
            assert page.headers["Strict-Transport-Security"]
            assert "example-banner" not in page.read().decode()
        assert server.end(signal.SIGTERM) == 0
        assert "Warning" not in server.said

    def test_another_process_may_do_the_jobs(self, serve, tmp_path):
        app = create_app({"DATA_DIR": str(tmp_path / "var")})
        with app.app_context():
            flask_migrate.upgrade()
            jobs.later(compute, "2026-11-22", 24, once="analysis")
            worker = serve("worker", SINERGI_SECRET_KEY=SECRET)
            worker.says("2 jobs at once")
            deadline = time.monotonic() + 60
            while jobs.is_waiting("analysis"):
                assert time.monotonic() < deadline
                time.sleep(0.05)
            assert db.session.scalars(select(Analysis.on)).all() == [date(2026, 11, 22)]
            db.engine.dispose()
        assert worker.end(signal.SIGTERM) == 0
        assert "Traceback" not in worker.said

    def test_database_of_a_newer_program(self, serve, tmp_path):
        app = create_app({"DATA_DIR": str(tmp_path / "var")})
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
            connection.execute(text("INSERT INTO alembic_version VALUES ('from_the_future')"))
        assert "install the version" in preflight.fault_of_database(app)

    def test_database_that_does_not_answer(self):
        address = "postgresql+psycopg://127.0.0.1:1/none?connect_timeout=2"
        app = create_app({"DATABASE_URL": address, "JOBS_IMMEDIATE": True})
        assert "is SINERGI_DATABASE_URL right" in preflight.fault_of_database(app)


def test_unprepared_database_is_named(tmp_path):
    app = create_app({"TESTING": True, "DATA_DIR": str(tmp_path), "JOBS_IMMEDIATE": True})
    result = app.test_cli_runner().invoke(sinergi, ["user", "list"])
    assert result.exit_code == 1
    assert "run: sinergi db upgrade" in result.output


def test_upgrade_furnishes_the_house(tmp_path):
    app = create_app({"TESTING": True, "DATA_DIR": str(tmp_path), "JOBS_IMMEDIATE": True})
    result = app.test_cli_runner().invoke(sinergi, ["db", "upgrade"])
    assert result.exit_code == 0, result.output
    with app.app_context():
        assert len(regions.provinces()) == 38
