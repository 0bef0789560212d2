"""An editor imports a list, corrects a contact, and meets a colleague in the same record."""

import re

from playwright.sync_api import expect

TABLE = """\
Nama organisasi;Sektor;Tingkat;Wilayah;Nama kontak;Jabatan;HP;Email
Bank Nusantara {size};dunia usaha;provinsi;Sumatera Selatan;Dra. Siti Aminah, M.M.;\
Kepala Divisi CSR;0812 3456 7890;csr@example.org
Politeknik Musi {size};perguruan tinggi;provinsi;Sumatera Selatan;;;;
Radio Ampera {size};media;kab/kota;Kota Palembang;Budi;Penyiar;abc;
Toko Buku {size};salah;kab/kota;Kota Palembang;;;;
"""


def test_import_correct_and_meet(visit, size, tmp_path):
    editor = visit("editor")
    page = editor.page
    file = tmp_path / "mitra.csv"
    file.write_text(TABLE.format(size=size), encoding="utf-8")

    # Upload, columns, rows: two can be stored, two say what is wrong with them.
    editor.open("/imports/new")
    editor.check()
    page.set_input_files("input[type=file]", file)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/imports/\d+"))
    editor.check()
    page.locator("button[form=columns]").click()
    page.wait_for_url(re.compile(r"/imports/\d+"))
    take = page.locator("form[action$='/take'] button")
    expect(take).to_be_visible()
    expect(page.get_by_text("abc").first).to_be_visible()
    editor.check()
    take.click()
    done = page.get_by_role("link", name=f"Bank Nusantara {size}").first
    expect(done).to_be_visible(timeout=60_000)

    # The contact came along, with titles apart and the telephone as typed.
    editor.open(f"/contacts?q=Siti+Aminah+Nusantara+{size}")
    page.locator("table").get_by_role("link", name=re.compile("Siti Aminah")).click()
    expect(page.get_by_text("0812 3456 7890")).to_be_visible()
    expect(page.get_by_text("+6281234567890")).to_be_visible()
    editor.check()
    page.locator(".page-actions a[href$='/edit']").click()
    page.locator("#phone").fill("0813 1111 2222")
    # The list named no ground for keeping the number: whoever corrects it does.
    page.locator("#basis").select_option("public_task")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_text("+6281311112222")).to_be_visible()

    # A colleague changes the same organisation while the editor writes.
    editor.open(f"/stakeholders?q=Bank+Nusantara+{size}")
    page.locator("table").get_by_role("link", name=f"Bank Nusantara {size}").click()
    page.wait_for_url(re.compile(r"/stakeholders/\d+$"))
    address = page.url.removeprefix(editor.site)
    colleague = visit("admin")
    editor.open(f"{address}/edit")
    colleague.open(f"{address}/edit")
    colleague.page.locator("#address").fill("Jalan Merdeka 1")
    colleague.page.locator("main form button[type=submit]").last.click()
    colleague.page.wait_for_url(re.compile(r"/stakeholders/\d+$"))
    page.locator("#address").fill("Jalan Sudirman 5")
    page.locator("#about").fill("Mitra CSR")
    page.locator("main form button[type=submit]").last.click()

    # Nothing is lost: both addresses are there, and the editor chooses.
    expect(page.get_by_text("Jalan Merdeka 1")).to_be_visible()
    expect(page.get_by_text("Jalan Sudirman 5")).to_be_visible()
    editor.check()
    page.locator("input[name='keep.address'][value=theirs]").check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/stakeholders/\d+$"))
    expect(page.get_by_text("Jalan Merdeka 1").first).to_be_visible()
    expect(page.get_by_text("Mitra CSR").first).to_be_visible()
    editor.check()
