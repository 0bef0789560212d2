"""An editor chooses among more organisations than one list could hold, by keyboard alone."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from crm import create_app
from crm.db import db
from crm.regions.models import Level
from crm.stakeholders import names
from crm.stakeholders.models import Sector, Stakeholder
from crm.transaction import transaction
from tests.browser.conftest import SIZES, Visitor, served

MANY = 1_200
HOSTILE = "Yayasan <img src=x onerror=alert(1)> Pustaka"
TWIN = "Forum Literasi Kabupaten"


pytestmark = pytest.mark.xdist_group("crowd")
"""In one worker, as their server takes the longest to fill."""


@pytest.fixture(scope="module")
def site(tmp_path_factory, example):
    """A house of its own: the other journeys look at the example data alone."""
    folder = tmp_path_factory.mktemp("crowd")
    shutil.copytree(example, folder, dirs_exist_ok=True)
    settings = {"DATA_DIR": str(folder), "SECRET_KEY": "no server's, and not needed"}
    with create_app(settings).app_context():
        wanted = [(f"Komunitas Baca {number:04}", None) for number in range(MANY)]
        wanted += [(HOSTILE, None), (TWIN, "62.71"), (TWIN, "16.71")]
        with transaction(by=None):
            db.session.add_all(_organisation(*one) for one in wanted)
        db.engine.dispose()
    with served(folder) as address:
        yield address


def _organisation(name, region):
    return Stakeholder(
        name=name,
        name_key=names.key(name),
        search_text=names.search_text([name, "KB lima" if name.endswith("0005") else ""]),
        sector=Sector.COMMUNITY,
        level=Level.DISTRICT if region else Level.NATIONAL,
        region_code=region,
    )


def test_one_is_found_and_chosen_by_keyboard(visit, size):
    editor = visit("editor")
    page = editor.open("/events/new")
    assert len(page.content()) < 200_000
    page.locator("#title").fill(f"Rakor {size}")
    page.locator("#starts_on").fill("07/12/2026")
    field = page.get_by_role("combobox", name="Tuan rumah")
    dropdown = page.locator(".ts-dropdown:visible")

    # What to do, what goes on, that there are more, and that there is nothing.
    field.focus()
    expect(dropdown).to_contain_text("Ketik sedikitnya dua huruf")
    field.press_sequentially("komunitas baca")
    expect(dropdown.get_by_role("option")).to_have_count(31)
    expect(dropdown).to_contain_text("Masih ada nama lain yang cocok")
    expect(dropdown).to_be_in_viewport(ratio=0.9)
    editor.check()
    field.fill("")
    expect(dropdown.get_by_role("option")).to_have_count(0)
    field.fill("tidak ada yang begini")
    expect(dropdown).to_contain_text("Tidak ditemukan")
    expect(page.locator("#announcements")).to_have_text("Tidak ditemukan")

    # The line is down: it says so, and searches again once it is back.
    editor.context.set_offline(True)
    field.fill("komunitas baca 00")
    expect(dropdown).to_contain_text("Daftar nama tidak dapat dimuat")
    editor.context.set_offline(False)
    field.fill("komunitas baca 0")
    expect(dropdown.get_by_role("option").first).to_contain_text("Komunitas Baca 0000")

    # A name is text, whatever it holds; another name of an organisation finds it too.
    field.fill("yayasan img")
    expect(dropdown.get_by_role("option")).to_have_text([HOSTILE])
    field.fill("kb lima")
    expect(dropdown.get_by_role("option")).to_have_text(["Komunitas Baca 0005"])

    # Of one name, the region tells; arrow keys move, Enter takes.
    field.fill("forum literasi kab")
    both = dropdown.get_by_role("option")
    expect(both).to_have_text([re.compile("Palangkaraya"), re.compile("Palembang")])
    field.press("ArrowDown")
    expect(both.nth(1)).to_have_class(re.compile("active"))
    field.press("Enter")
    expect(page.locator(".ts-wrapper .item", has_text="Palembang")).to_be_visible()
    editor.check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/events/\d+$"))
    expect(page.get_by_role("link", name=TWIN).first).to_be_visible()

    # On the next form it stands there, and can be changed.
    page.goto(f"{page.url}/edit")
    expect(page.locator("select[name=host_id] option:checked")).to_contain_text("Palembang")
    assert page.locator("select[name=host_id] option").count() == 2
    editor.check()


def test_several_are_chosen_one_after_the_other(visit, size):
    organiser = visit("organiser")
    organiser.open("/events/1/invite-list")
    organiser.settle()
    # Once more: as soon as the list is there, the page shows it by loading itself.
    page = organiser.open("/events/1/invite-list")
    field = page.get_by_role("combobox", name="Wajib diundang")
    dropdown = page.locator(".ts-dropdown:visible")
    items = page.locator(".ts-wrapper:has(#must-ts-control) .item")
    before = items.count()
    first = "Komunitas Baca 0300" if size == "desktop" else "Komunitas Baca 0500"
    for name in (first, "Komunitas Baca 0400"):
        field.press_sequentially(name)
        expect(dropdown.get_by_role("option")).to_have_text([name])
        field.press("Enter")
        expect(field).to_have_value("")
    expect(items).to_have_count(before + 2)
    field.press("Backspace")
    expect(items).to_have_count(before + 1)
    field.press("Escape")
    organiser.check()
    page.locator("form[action*='/invite-list'] button[type=submit]").last.click()
    page.wait_for_load_state()
    expect(items.filter(has_text=first)).to_be_visible()
    expect(page.get_by_role("link", name=first).first).to_be_visible()


def test_parties_are_added_row_by_row(visit, size):
    editor = visit("editor")
    page = editor.open("/agreements/new")
    page.locator("#title").fill(f"MoU {size}")
    page.get_by_role("button", name="Tambah pihak").click()
    expect(page.locator(".party-row")).to_have_count(3)
    chosen = ("Komunitas Baca 0100", "Komunitas Baca 0200", HOSTILE)
    for row, name in zip(page.locator(".party-row").all(), chosen, strict=True):
        field = row.get_by_role("combobox")
        field.press_sequentially(name[:19])
        expect(row.get_by_role("option").first).to_have_text(name)
        field.press("Enter")
    editor.check()
    page.locator("main form .form-actions button[type=submit]").click()
    page.wait_for_url(re.compile(r"/agreements/\d+$"))
    for name in chosen:
        expect(page.get_by_role("link", name=name).first).to_be_visible()
    editor.check()


def test_without_script_the_name_is_typed(browser, size, site):
    context = browser.new_context(viewport=SIZES[size], locale="id-ID", java_script_enabled=False)
    try:
        editor = Visitor(context, site)
        page = editor.sign_in("editor")
        editor.open("/events/new")
        page.locator("#title").fill("Rakor tanpa skrip")
        page.locator("#starts_on").fill("07/12/2026")
        page.locator("#host_id-name").fill(TWIN)
        page.locator("main form button[type=submit]").last.click()
        # It may be two: both stand in the list now, and what was typed is still there.
        expect(page.locator("#host_id-error")).to_contain_text("Palembang")
        expect(page.locator("#host_id-name")).to_have_value(TWIN)
        page.locator("#host_id").select_option(label=f"{TWIN} (Kota Palembang)")
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url(re.compile(r"/events/\d+$"))
        expect(page.get_by_role("link", name=TWIN).first).to_be_visible()
    finally:
        context.close()
