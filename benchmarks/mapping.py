"""The map: its data from stored positions, and its first drawing in a real Chromium."""

from collections.abc import Iterator
from statistics import median
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks import serving
from benchmarks.bare import bare_app
from benchmarks.figures import Figure, compared
from benchmarks.house import House
from benchmarks.serving import Server
from tests import servers

SIZES = (150, 1_500)
RUNS = 7
NOTE_DRAWN = """
new MutationObserver((_seen, observer) => {
  if (!document.querySelector("#map[data-drawn]")) return;
  document.documentElement.dataset.drawnAt = String(performance.now());
  observer.disconnect();
}).observe(document, { subtree: true, childList: true, attributes: true,
                       attributeFilter: ["data-drawn"] });
"""
"""Notes when the map says that it is drawn, in milliseconds since the click that led there."""


def figures(house: House) -> Iterator[Figure]:
    """Yield the figures of the map as it opens, and with all its groups opened."""
    if house.size not in SIZES:
        return
    browser = house.browser()
    groups = _groups(browser.get(f"/network/data.json?{house.asked}").json)
    with serving.ours(house) as ours, serving.bare(house) as bare:
        everything = f"{house.asked}&{urlencode([('open', one) for one in groups])}"
        shown = {"as it opens": house.asked}
        if groups:
            shown["all opened up"] = everything
        for how, asked in shown.items():
            # What was drawn last is what the bare page shows.
            browser.get(f"/network/data.json?{asked}")
            yield _data(house, how, asked)
            yield from _drawings(house, how, asked, ours, bare)


def _groups(model: Any) -> list[str]:
    return [node["id"] for node in model["nodes"] if not isinstance(node["id"], int)]


def _data(house: House, how: str, asked: str) -> Figure:
    ours, peer = house.browser(), bare_app(house.url)
    bare = peer.test_client()
    figure = compared(
        f"/network/data.json, {how}",
        lambda: ours.get(f"/network/data.json?{asked}").data,
        lambda: bare.get("/network.json").data,
        about="bare Flask: the stored picture as JSON",
        size=house.size,
        database=house.database,
        unit="s",
        runs=15,
        most=0.3 if house.size == 1_500 else None,
    )
    peer.extensions["engine"].dispose()
    return figure


def _drawings(house: House, how: str, asked: str, ours: Server, bare: Server) -> Iterator[Figure]:
    try:
        chromium = servers.install_chromium()
    except servers.Missing as missing:
        print(f"No drawing measured: {missing}", flush=True)
        return
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        window = program.new_context(viewport={"width": 1280, "height": 800})
        name, value = ours.headers["Cookie"].split("=", 1)
        window.add_cookies([{"name": name, "value": value, "url": ours.root}])
        addresses = (f"{ours.root}/network?{asked}", f"{bare.root}/map")
        times: tuple[list[float], list[float]] = [], []
        for _ in range(RUNS + 1):
            for kept, address in zip(times, addresses, strict=True):
                kept.append(_drawn(window, address))
        program.close()
    mine, theirs = times[0][1:], times[1][1:]  # the first filled the browser's cache
    yield Figure(
        name=f"Chromium, click to drawn map, {how}",
        size=house.size,
        database=house.database,
        unit="s",
        value=median(mine),
        best=min(mine),
        peer="bare page with vis-network, same nodes",
        peer_value=median(theirs),
        runs=RUNS,
        most=2.0 if house.size == 1_500 else None,
    )


def _drawn(window: BrowserContext, address: str) -> float:
    """Return the seconds from asking for a page to its map being drawn."""
    page = window.new_page()
    page.add_init_script(NOTE_DRAWN)
    page.goto(address)
    page.wait_for_selector("html[data-drawn-at]", state="attached", timeout=60_000)
    drawn_at = page.locator("html").get_attribute("data-drawn-at")
    page.close()
    return float(drawn_at or "nan") / 1000
