"""The chores: an environment made once, pip where Python came without it, honest endings."""

import ast
import hashlib
import os
import runpy
import signal
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tasks import checks, chores, environment, pip_wheel
from tests import servers

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _database():
    """Nothing here needs the clean database that other tests get."""


@pytest.fixture
def lock(tmp_path):
    """A lock file that asks for nothing, as the tests do not download."""
    path = tmp_path / "requirements.lock"
    path.write_text("# nothing\n")
    return path


@pytest.fixture
def installed(monkeypatch):
    """Which lock files were installed, in order; pip itself is left out, as it takes seconds."""
    names = []
    monkeypatch.setattr(environment, "give_pip", lambda _: None)
    monkeypatch.setattr(environment, "install", lambda lock, _: names.append(lock.name))
    return names


class TestReady:
    def test_makes_an_environment_that_checks_hashes(self, lock, tmp_path):
        folder = tmp_path / "venv"
        python = environment.ready(lock, folder)
        answer = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, text=True)
        assert str(folder) in answer.stdout

        lock.write_text("flask==3.1.3\n")
        with pytest.raises(environment.Impossible, match="could not be installed"):
            environment.ready(lock, folder)
        installed = (folder / "requirements.installed").read_text()
        assert installed != environment.fingerprint(lock, environment.version_of(folder))

    def test_installs_once(self, lock, tmp_path, installed):
        for _ in range(3):
            environment.ready(lock, tmp_path / "venv")
        assert installed == ["requirements.lock"]

    def test_installs_again_when_the_lock_changed(self, lock, tmp_path, installed):
        environment.ready(lock, tmp_path / "venv")
        lock.write_text("# something else\n")
        environment.ready(lock, tmp_path / "venv")
        assert len(installed) == 2

    def test_two_locks_share_the_environment(self, lock, tmp_path, installed):
        second = tmp_path / "requirements-dev.lock"
        second.write_text("# more\n")
        for one in (lock, second, lock, second):
            environment.ready(one, tmp_path / "venv")
        assert installed == ["requirements.lock", "requirements-dev.lock"]

    def test_interrupted_installation_is_begun_again(self, lock, tmp_path, installed, monkeypatch):
        def interrupted(*_):
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(environment, "install", interrupted)
            with pytest.raises(KeyboardInterrupt):
                environment.ready(lock, tmp_path / "venv")
        environment.ready(lock, tmp_path / "venv")
        assert installed == ["requirements.lock"]

    def test_environment_whose_python_is_gone_is_made_anew(self, lock, tmp_path, installed):
        folder = tmp_path / "venv"
        environment.ready(lock, folder)
        environment.interpreter(folder).unlink()
        assert environment.version_of(folder) is None
        environment.ready(lock, folder)
        assert environment.version_of(folder) == "{}.{}".format(*sys.version_info)
        assert len(installed) == 2

    def test_packages_of_another_python_are_thrown_away(self, lock, tmp_path, installed):
        folder = tmp_path / "venv"
        environment.ready(lock, folder)
        (folder / "requirements.installed").write_text(environment.fingerprint(lock, "3.99"))
        left_over = folder / "left-over"
        left_over.touch()
        environment.ready(lock, folder)
        assert not left_over.exists()


class TestPipWheel:
    """A package index of one page, in a folder."""

    @pytest.fixture
    def index(self, tmp_path, monkeypatch):
        files = tmp_path / "files"
        files.mkdir()
        with zipfile.ZipFile(files / pip_wheel.NAME, "w") as wheel:
            wheel.writestr("pip/__main__.py", "import sys; print('pip was asked:', *sys.argv[1:])")
        monkeypatch.setattr(
            pip_wheel, "SHA256", hashlib.sha256((files / pip_wheel.NAME).read_bytes()).hexdigest()
        )
        page = tmp_path / "simple" / "pip"
        page.mkdir(parents=True)
        (page / "index.html").write_text(
            f'<a href="../../files/pip-1.0.tar.gz">old</a>'
            f'<a href="../../files/{pip_wheel.NAME}#sha256=0" data-x="">{pip_wheel.NAME}</a>'
        )
        server = subprocess.Popen(
            [sys.executable, "-m", "http.server", "0", "--bind", "127.0.0.1", "-d", tmp_path],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            text=True,
        )
        port = server.stdout.readline().split(" port ")[1].split()[0]
        yield f"http://127.0.0.1:{port}/simple"
        server.kill()
        server.communicate()

    def test_runs_the_wheel_that_the_index_has(self, index, monkeypatch, capfd):
        monkeypatch.setenv("PIP_INDEX_URL", index)
        pip_wheel.install(Path(sys.executable))
        assert "pip was asked: install" in capfd.readouterr().out

    def test_refuses_other_content(self, index, monkeypatch):
        monkeypatch.setattr(pip_wheel, "SHA256", "0" * 64)
        with pytest.raises(LookupError, match="not the pip"):
            pip_wheel.fetch(index)

    def test_says_when_the_index_has_none(self, index, monkeypatch):
        monkeypatch.setattr(pip_wheel, "NAME", "pip-99.0-py3-none-any.whl")
        with pytest.raises(LookupError, match=r"does not list pip-99\.0"):
            pip_wheel.fetch(index)

    def test_asks_the_index_of_the_configuration_file(self, tmp_path, monkeypatch):
        file = tmp_path / "pip.conf"
        file.write_text("[global]\nindex-url = https://index.example/simple\n")
        monkeypatch.delenv("PIP_INDEX_URL", raising=False)
        monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
        assert pip_wheel.index_url() == "https://index.example/simple"

    def test_python_without_ensurepip_gets_it(self, tmp_path, index, monkeypatch, capfd):
        blocked = tmp_path / "blocked"
        blocked.mkdir()
        (blocked / "ensurepip.py").write_text("raise ImportError('left out by the distribution')")
        monkeypatch.setenv("PYTHONPATH", str(blocked))
        monkeypatch.setenv("PIP_INDEX_URL", index)
        venv.EnvBuilder().create(tmp_path / "venv")
        environment.give_pip(tmp_path / "venv")
        assert "pip was asked: install" in capfd.readouterr().out


class TestOldPython:
    def test_is_told_what_is_needed(self, monkeypatch):
        monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
        with pytest.raises(SystemExit, match=r"needs Python 3\.11.* is Python 3\.9\.2"):
            runpy.run_module("tasks", run_name="__main__")

    def test_can_read_the_file_that_tells_it(self):
        newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef)
        tree = ast.parse((ROOT / "tasks" / "__main__.py").read_text())
        assert not [node for node in ast.walk(tree) if isinstance(node, newer)]


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


class TestLocks:
    """The lock files hold what pyproject.toml asks for."""

    PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

    @staticmethod
    def locked(name):
        lines = (ROOT / name).read_text().splitlines()
        pins = [line.rstrip("\\ ") for line in lines if not line.startswith(" ")]
        return [Requirement(pin) for pin in pins]

    @pytest.mark.parametrize(
        ("lock", "wanted"),
        [
            ("requirements.lock", PROJECT["project"]["dependencies"]),
            (
                "requirements-dev.lock",
                PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
            ),
        ],
    )
    def test_every_dependency_is_locked_within_its_bounds(self, lock, wanted):
        pins = self.locked(lock)
        for one in map(Requirement, wanted):
            versions = [pin.specifier for pin in pins if pin.name == canonicalize_name(one.name)]
            assert versions, f"{one.name} is not in {lock}: make it anew, see CONTRIBUTING.md"
            for specifier in versions:
                (version,) = (pin.version for pin in specifier)
                assert one.specifier.contains(version), f"{one} but {lock} has {version}"

    def test_development_uses_the_same_versions(self):
        used, all_of_them = (
            {(pin.name, str(pin.specifier)) for pin in self.locked(name)}
            for name in ("requirements.lock", "requirements-dev.lock")
        )
        assert used <= all_of_them

    def test_no_lock_names_a_package_index(self):
        for name in ("requirements.lock", "requirements-dev.lock"):
            text = (ROOT / name).read_text()
            assert "://" not in text
            assert "--index" not in text
