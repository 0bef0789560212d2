"""The pictures of the documentation, taken anew from a running `make run`.

Say ``python -m tests.pictures http://127.0.0.1:8000`` with the Python of the environment.
"""

import sys

from playwright.sync_api import Page, sync_playwright

from crm.examples.accounts import ACCOUNTS
from tests import servers
from tests.documents import ROOT

FOLDER = ROOT / "docs" / "images"
WIDTH = 1280
PART = 1171
"""How high the picture of a part is: the map with its legend, without what stands below."""
COMPUTED = 60_000
SETTLED = 3000
"""Milliseconds after which a map has been drawn and lists have found their choices."""


def main(site: str) -> None:
    """Take all pictures, in Indonesian, as the example organiser sees the pages."""
    with sync_playwright() as playwright:
        path = servers.chromium_path()
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(locale="id-ID", color_scheme="light")
        organiser = ACCOUNTS[2]
        page.goto(f"{site}/login")
        page.locator("input[name=email]").fill(organiser.email)
        page.locator("input[name=password]").fill(organiser.password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"{site}/")
        take(page, f"{site}/gaps?region=16", "gaps", height=900)
        take(page, f"{site}/network?region=16&gaps=y", "map", height=1070, part="main")
        page.goto(f"{site}/events?q=workshop+sinergi")
        event = page.locator("main tbody a").first.get_attribute("href")
        take(page, f"{site}{event}/invite-list", "invite-list", height=980)
        browser.close()


def take(page: Page, address: str, name: str, *, height: int, part: str = "") -> None:
    """Take one picture, of what is in view or of the upper end of a part of the page."""
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.goto(address)
    # While results are computed the page says so, and loads itself anew once they are there.
    page.wait_for_selector(".analysis-state", state="detached", timeout=COMPUTED)
    page.wait_for_timeout(SETTLED)
    path = FOLDER / f"{name}.png"
    if not part:
        page.screenshot(path=path)
        return
    box = page.locator(part).bounding_box()
    assert box is not None
    page.screenshot(path=path, full_page=True, clip={**box, "height": PART})


if __name__ == "__main__":
    main(sys.argv[1])
