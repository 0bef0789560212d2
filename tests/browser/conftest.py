"""A real server with the example data, and real browsers at the two widths that matter."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import flask_migrate
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from crm import clock, create_app
from crm.db import db
from crm.examples import services as examples
from crm.examples.accounts import ACCOUNTS
from tests import servers

ROOT = Path(__file__).parent.parent.parent
PASSWORDS = {one.role.value: (one.email, one.password) for one in ACCOUNTS}
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
STARTS_WITHIN = 180
"""Seconds, on machines that do other work as well."""


@pytest.fixture
def _database():
    """The server of these tests has a database of its own."""


@pytest.fixture(scope="session")
def example(tmp_path_factory) -> Path:
    """A folder with the example data and its results, of which every server gets a copy."""
    folder = tmp_path_factory.mktemp("example")
    app = create_app({"DATA_DIR": str(folder), "SECRET_KEY": "no server's, and not needed"})
    with app.app_context():
        flask_migrate.upgrade()
        examples.load(clock.now())
        db.engine.dispose()
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory, example) -> Iterator[str]:
    """The address of a server that was started as `make run` starts it."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(example, folder, dirs_exist_ok=True)
    with served(folder) as address:
        yield address


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the data of a folder; the value is the address."""
    port = servers.free_port()
    environment = os.environ | {
        "SINERGI_DATA_DIR": str(folder),
        "SINERGI_LOGIN_ATTEMPTS": "1000 per minute",
        # That they hold is shown as ever; how firmly is no matter of these tests.
        "SINERGI_STABILITY_RUNS": "20",
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "crm", "demo", "serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield _address(server)
    finally:
        servers.end(server)
        server.stdout.close()


def _address(server: subprocess.Popen) -> str:
    """Read what the server says until it says where it is."""
    lines: Queue[str] = Queue()
    threading.Thread(
        target=lambda: [lines.put(line) for line in server.stdout], daemon=True
    ).start()
    said = []
    while True:
        try:
            line = lines.get(timeout=STARTS_WITHIN)
        except Empty:
            pytest.fail("The server said nothing: " + "".join(said))
        said.append(line)
        if line.startswith("Sinergi: http"):
            return line.split()[1]
        if server.poll() is not None and lines.empty():
            pytest.fail("The server ended: " + "".join(said))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the Chromium of this machine."""
    path = os.environ.get("SINERGI_CHROMIUM") or servers.chromium_path()
    return {**browser_type_launch_args, "executable_path": path, "args": ["--no-sandbox"]}


@pytest.fixture(params=SIZES)
def size(request) -> str:
    """Both widths: an office screen, and a telephone."""
    return request.param


class Visitor:
    """Somebody at a browser, who notices what is wrong with a page."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        """Open the browser."""
        self.context = context
        self.site = site
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text) if _is_complaint(message) else None
            ),
        )
        self.page.on("request", self._look_where)

    def _look_where(self, request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.complaints.append(f"asked another host: {request.url}")

    def open(self, path: str) -> Page:
        """Go to a page of the site, and see the results of the data as it is now."""
        self.page.goto(self.site + path)
        self.renewed()
        return self.page

    def sign_in(self, role: str) -> Page:
        """Sign in with the example account of a role."""
        email, password = PASSWORDS[role]
        self.open("/login")
        self.page.locator("input[name=email]").fill(email)
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_url(lambda url: "/login" not in url)
        return self.page

    def renewed(self) -> None:
        """Wait until the analysis is of the data as it is now: the page then reloads itself."""
        renewing = self.page.locator("#analysis-state, #stability-state, #plan-state, #exit-state")
        expect(renewing).to_have_count(0, timeout=60_000)

    def settle(self) -> None:
        """Wait until the page shows results of the data as it is now, and asks for nothing more."""
        self.renewed()
        self.page.wait_for_load_state("networkidle")

    def check(self) -> None:
        """The page fits its width, complains of nothing, and can be used without eyes."""
        self.settle()
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px"
        # Not also a list of all that is well, which takes longer than the looking.
        found = Axe().run(self.page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        assert self.complaints == []


def _is_complaint(message) -> bool:
    # A refused form (409, 422) is answered as such; the browser reports each as an error.
    return message.type == "error" and "Failed to load resource" not in message.text


@pytest.fixture(scope="module")
def signed_in(browser: Browser, site: str) -> Callable[[str], Any]:
    """Return a function that signs in once for each role, and gives what the browser then keeps."""

    @cache
    def sign_in(role: str) -> Any:
        context = browser.new_context(locale="id-ID")
        Visitor(context, site).sign_in(role)
        kept = context.storage_state()
        context.close()
        return kept

    return sign_in


@pytest.fixture
def visit(browser: Browser, size: str, site: str, signed_in: Callable[[str], Any]) -> Iterator:
    """Return a function that seats another visitor, signed in, at a browser of their own."""
    contexts = []

    def seat(role: str) -> Visitor:
        context = browser.new_context(
            viewport=SIZES[size],
            locale="id-ID",
            accept_downloads=True,
            storage_state=signed_in(role),
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        return Visitor(context, site)

    yield seat
    for context in contexts:
        context.close()
