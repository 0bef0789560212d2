"""The virtual environment: filled from a lock file, and left alone until the lock changes."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tasks import pip_wheel

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"


class Impossible(Exception):
    """What cannot be done here; its text is one sentence that says what to do instead."""


def interpreter(environment: Path) -> Path:
    """Return where the Python of an environment lies."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def version_of(environment: Path) -> str | None:
    """Return the version of the environment's Python (``3.11``); None if it does not start."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [interpreter(environment), "-c", ask], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.strip()


def fingerprint(lock: Path, version: str) -> str:
    """Return what must be unchanged for an installation to be reused."""
    return f"{version} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def ready(lock: Path, environment: Path = VENV) -> Path:
    """Return a Python that has everything of the lock file, installing it if need be.

    :raises Impossible: if the environment cannot be made or filled
    """
    stamp = environment / f"{lock.stem}.installed"
    version = version_of(environment)
    installed = stamp.read_text() if stamp.exists() else ""
    if version and installed == fingerprint(lock, version):
        return interpreter(environment)

    packages_are_for_another = bool(installed) and installed.split()[0] != version
    if version is None or packages_are_for_another or int(version.split(".")[1]) < 11:
        version = create(environment)
    install(lock, environment)
    stamp.write_text(fingerprint(lock, version))
    return interpreter(environment)


def create(environment: Path) -> str:
    """Make an empty environment with pip in it, and return the version of its Python."""
    print(f"Making {environment.name} ...", flush=True)
    shutil.rmtree(environment, ignore_errors=True)
    venv.EnvBuilder(symlinks=os.name != "nt").create(environment)
    version = version_of(environment)
    if version is None:
        raise Impossible(
            f"{sys.executable} made a virtual environment that does not start: "
            "install a complete Python 3.11 or newer and try again."
        )
    give_pip(environment)
    return version


def give_pip(environment: Path) -> None:
    """Put pip into an environment: the one that came with Python, else one from the index.

    :raises Impossible: if there is none and none can be fetched
    """
    python = interpreter(environment)
    if subprocess.run([python, "-m", "ensurepip"], capture_output=True).returncode == 0:
        return
    # Debian and Ubuntu leave ensurepip out of their python3, and adding it takes root.
    try:
        pip_wheel.install(python)
    except (OSError, subprocess.CalledProcessError, LookupError) as error:
        raise Impossible(
            f"This Python has no pip and it could not be fetched ({error}): connect to the "
            "internet or set PIP_INDEX_URL; on Debian, apt install python3-venv does too."
        ) from error


def install(lock: Path, environment: Path) -> None:
    """Install a lock file, checking the hash of every package."""
    print(f"Installing {lock.name} (once, takes a minute or two) ...", flush=True)
    command = [str(interpreter(environment)), "-m", "pip", "install", "--require-hashes"]
    command += ["--quiet", "--no-input", "--disable-pip-version-check", "-r", str(lock)]
    # What new versions of pip do anyway; one that does not know the word passes over it.
    modern = {**os.environ, "PIP_USE_PEP517": "1"}
    if subprocess.run(command, env=modern).returncode:
        raise Impossible(
            f"The packages of {lock.name} could not be installed; pip says why above. "
            "Is the internet or your package index (PIP_INDEX_URL) within reach? Then try again."
        )
