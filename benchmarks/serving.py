"""The real server and the bare one, each as a process of its own for a while."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from benchmarks.house import SECRET, House
from tests.servers import free_port

ROOT = Path(__file__).parent.parent
PATIENCE = 120


class Server:
    """A server process, where it listens, and who we are to it."""

    def __init__(self, process: subprocess.Popen[str], port: int, cookie: str = "") -> None:
        """Remember them."""
        self.process = process
        self.root = f"http://127.0.0.1:{port}"
        self.headers = {"Cookie": cookie} if cookie else {}

    def get(self, address: str) -> int:
        """Read an answer to its end, and return how long it was.

        :raises URLError: if it is not the page that was asked for
        """
        with _opener.open(Request(self.root + address, headers=self.headers), timeout=300) as page:
            length = 0
            while part := page.read(1 << 16):
                length += len(part)
            return length


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_arguments: object) -> None:
        """Refuse: who is led to the login page has not seen the list."""


_opener = build_opener(_NoRedirects)


@contextmanager
def ours(house: House) -> Iterator[Server]:
    """Serve the application, with somebody signed in."""
    browser = house.browser()
    cookie = browser.get_cookie("sinergi")
    assert cookie is not None
    port = free_port()
    settings = {
        "SINERGI_DATA_DIR": str(house.folder),
        "SINERGI_DATABASE_URL": house.app.config["DATABASE_URL"],
        "SINERGI_SECRET_KEY": SECRET,
        "SINERGI_SECURE_COOKIES": "false",
        "PORT": str(port),
    }
    with _started(["-m", "crm", "serve"], settings) as process:
        server = Server(process, port, f"sinergi={cookie.value}")
        _wait(server, "/account")
        yield server


@contextmanager
def bare(house: House) -> Iterator[Server]:
    """Serve the peer, on the same database."""
    with _started(["-m", "benchmarks.bare", house.url], {}) as process:
        assert process.stdout is not None
        server = Server(process, int(process.stdout.readline()))
        _wait(server, "/stakeholders")
        yield server


@contextmanager
def _started(arguments: list[str], settings: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(server: Server, address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            server.get(address)
            return
        except URLError:
            if time.monotonic() > deadline or server.process.poll() is not None:
                raise
            time.sleep(0.2)
