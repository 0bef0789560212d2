"""An organiser builds an invite list, changes rules, says whom to prefer, and takes it over."""

import re

from playwright.sync_api import expect


def guests(page):
    table = page.locator("table", has=page.locator("caption", has_text=re.compile("^Tamu$")))
    return table.locator("tbody tr")


def test_build_change_take(visit, size):
    organiser = visit("organiser")
    page = organiser.page

    # An event of one's own, in the province of the first document.
    organiser.open("/events/new")
    page.locator("#title").fill(f"Workshop sinergi {size}")
    page.locator("#kind").select_option("workshop")
    page.locator("input[name=starts_on], #starts").first.fill("07/12/2026")
    page.locator("select[name=region_code]").select_option("16", force=True)
    # The office goes by many names.
    host = page.get_by_role("combobox", name="Tuan rumah")
    host.press_sequentially("Bappeda Sumsel")
    found = page.locator(".ts-dropdown:visible").get_by_role("option")
    expect(found).to_have_text(["Bappeda Provinsi Sumatera Selatan"])
    host.press("Enter")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/events/\d+$"))
    event = page.url

    page.goto(f"{event}/invite-list")
    expect(guests(page).first).to_be_visible()
    organiser.check()

    # Twelve places only.
    page.locator("#capacity").fill("12")
    page.locator("form[action*='/invite-list'] button[type=submit]").last.click()
    page.wait_for_load_state()
    expect(page.locator("#capacity")).to_have_value("12")
    assert guests(page).count() <= 12

    # A rule that nobody can keep: it is named, and nothing is changed.
    page.locator("[name='business-minimum']").fill("13")
    page.locator("form[action*='/invite-list'] button[type=submit]").last.click()
    expect(page.get_by_role("alert").first).to_contain_text("13")
    assert guests(page).count() == 0
    organiser.check()

    # Loosened, the list is there again, with at least three media.
    page.locator("[name='business-minimum']").fill("1")
    page.locator("[name='media-minimum']").fill("3")
    page.locator("form[action*='/invite-list'] button[type=submit]").last.click()
    expect(guests(page).first).to_be_visible()
    invited = guests(page).count()
    assert 4 <= invited <= 12
    assert guests(page).locator(".sector-media").count() >= 3

    # One that would be welcome, and two guests from each: both say so, and what may come of it.
    page.get_by_text("Beberapa tamu dari satu organisasi").click()
    wanted = page.get_by_role("combobox", name="Diutamakan")
    wanted.press_sequentially("PT Telkom")
    expect(page.locator(".ts-dropdown:visible").get_by_role("option")).to_have_count(1)
    wanted.press("Enter")
    page.locator("#capacity").fill("40")
    page.locator("#seats").fill("2")
    page.locator("#second_guest").select_option("50")
    page.locator("form[action*='/invite-list'] button[type=submit]").last.click()
    telkom = guests(page).filter(has_text="Anda mengutamakannya: 10 poin.")
    expect(telkom).to_have_count(1)
    expect(guests(page).filter(has_text="tamu ke-2").first).to_be_visible()
    effect = page.locator("#invite_lists-effect")
    expect(effect).to_contain_text("indeks sinergi berubah dari", timeout=60_000)
    organiser.check()
    invited = guests(page).count()

    # Taken over: they stand on the guest list, once.
    page.locator("form[action*='/invite-list/take'] button").first.click()
    page.wait_for_url(re.compile(r"/events/\d+"))
    page.goto(f"{event}/invitations")
    expect(page.locator("tr[id^=guest-]")).to_have_count(invited)
    organiser.check()
