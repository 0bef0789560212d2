"""The chores: an environment made once, pip where Python came without it, honest endings."""

import ast
import hashlib
import os
import runpy
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tasks import environment, pip_wheel

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
