"""An advocate filters the map, looks around one organisation, and takes a picture along."""

import re

from playwright.sync_api import expect

PNG = b"\x89PNG\r\n\x1a\n"


def wait_until_drawn(page):
    page.locator("#map[data-drawn]").wait_for()


def test_filter_focus_save(visit, tmp_path):
    advocate = visit("viewer")
    page = advocate.page

    advocate.open("/network")
    wait_until_drawn(page)
    advocate.check()

    # One province only: the counts in the legend become smaller.
    everything = page.locator("#map-counts").inner_text()
    advocate.open("/network?region=16")
    wait_until_drawn(page)
    expect(page.locator("#map-counts")).not_to_have_text(everything)

    # Find an organisation; its facts open beside the map.
    page.locator("#map-q").fill("Bappeda Provinsi Sumatera Selatan")
    page.locator("#map-q").press("Enter")
    panel = page.locator("#map-panel")
    expect(panel.get_by_role("link", name="Bappeda Provinsi Sumatera Selatan")).to_be_visible()
    advocate.check()

    # What is around it, and nothing else.
    panel.get_by_role("link", name="Tampilkan sekitarnya pada peta").click()
    page.wait_for_url(re.compile("focus="))
    wait_until_drawn(page)

    # The picture to show, and the file to send.
    with page.expect_download() as picture:
        page.locator("#map-png").click()
    saved = tmp_path / "map.png"
    picture.value.save_as(saved)
    assert saved.read_bytes().startswith(PNG)
    assert saved.stat().st_size > 10_000
    with page.expect_download() as file:
        page.locator("a[href*='/network/map.html']").click()
    offline = tmp_path / "map.html"
    file.value.save_as(offline)

    # It opens without the server, and draws.
    context = page.context.browser.new_context(offline=True)
    alone = context.new_page()
    alone.goto(offline.as_uri())
    expect(alone.locator("#map canvas")).to_be_visible()
    expect(alone.locator("#legend li").first).to_be_visible()
    context.close()

    # The same as a table, for those who cannot use a map.
    page.locator("a[href*='/network/table']").first.click()
    expect(page.get_by_role("cell", name="Bappeda Provinsi Sumatera Selatan").first).to_be_visible()
    advocate.check()


def test_gaps_lead_to_a_follow_up(visit):
    advocate = visit("viewer")
    page = advocate.page
    advocate.open("/")
    advocate.check()
    advocate.open("/gaps?region=16")
    advocate.check()
    page.locator("table a[href*='/gaps/']").first.click()
    page.wait_for_url(re.compile(r"/gaps/.+"))
    advocate.check()
    advocate.open("/gaps/grid?region=16")
    advocate.check()
