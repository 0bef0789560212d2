"""A map is shared with somebody who has no account, looked at, and withdrawn."""

from contextlib import contextmanager

from playwright.sync_api import expect

from tests.browser.conftest import SIZES, Visitor


@contextmanager
def stranger(browser, size, site):
    """Somebody without an account, at a browser of their own."""
    context = browser.new_context(viewport=SIZES[size], locale="en-GB", color_scheme="dark")
    context.set_default_timeout(20_000)
    yield Visitor(context, site)
    context.close()


def open_menu(page, name):
    """Open a menu beside the heading, and see that all of it is in view."""
    page.locator("summary", has_text=name).click()
    panel = page.locator("details[open] .menu-panel")
    box = panel.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    return panel


def test_a_map_is_shared_without_names_and_withdrawn(visit, browser, size, site):
    organiser = visit("organiser")
    page = organiser.open("/network?region=16&gaps=y")
    page.locator("#map[data-drawn]").wait_for()
    with page.expect_download() as saved:
        open_menu(page, "Ekspor").get_by_text("Untuk Gephi (GEXF)").click()
    assert saved.value.suggested_filename.endswith(".gexf")
    page.reload()
    open_menu(page, "Bagikan").get_by_text("Bagikan peta ini…").click()
    page.locator("input[name=title]").fill(f"Peta <b>{size}</b>")
    page.locator("input[name=names_hidden]").check()
    organiser.check()
    page.locator("main button[type=submit]").click()
    row = page.locator("tr", has_text=f"Peta <b>{size}</b>")
    link = row.locator("input[readonly]").input_value()
    organiser.check()

    with stranger(browser, size, site) as visitor:
        seen = visitor.page
        seen.goto(f"{link}?lang=en")
        seen.locator("#map[data-drawn]").wait_for()
        visitor.check()
        seen.locator("#map-q").fill("University 1")
        seen.locator("#map-q").press("Enter")
        expect(seen.locator("#map-panel")).to_have_text("University 1")
        with seen.expect_download() as picture:
            seen.locator("#map-png").evaluate("button => button.click()")
        assert picture.value.suggested_filename.endswith(".png")
        assert "Perpustakaan" not in seen.content()
        assert visitor.context.cookies() == []

        page.reload()
        expect(row.locator("td[data-label=Dilihat]")).to_contain_text("1")
        row.get_by_role("button", name="Tarik").click()
        page.locator("dialog").get_by_role("button", name="Ya, lanjutkan").click()
        expect(row).to_contain_text("Ditarik")
        answer = seen.goto(link)
        assert answer.status == 410
        expect(seen.locator("main")).to_contain_text("Tautan ini sudah ditarik")
        visitor.check()
