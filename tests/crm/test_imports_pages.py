"""The pages of imports: from the upload to the undoing, with and without script."""

import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from crm import clock
from crm.audit.models import AuditEntry
from crm.contacts.models import Contact
from crm.db import db
from crm.imports import services, work
from crm.imports.models import Import, ImportStatus, Role, RowMatch, RowStatus
from crm.stakeholders.choices import Organisations
from crm.stakeholders.models import Sector
from crm.transaction import transaction
from tests import make
from tests.importing import meetings_files, previewed, rows, table, taken

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _places():
    make.region("16", "Sumatera Selatan")


@pytest.fixture
def browser(as_user, editor):
    return as_user(editor)


def row_of(page: str, name: str) -> str:
    """Return the row of a table that holds a name."""
    return next(row for row in page.split("<tr>") if name in row.partition("</th>")[0])


def send(browser, *uploads, shape="stakeholders"):
    files = [(io.BytesIO(one.stream.read()), one.filename) for one in uploads]
    return browser.post("/imports/new", data={"shape": shape, "files": files})


class TestUpload:
    def test_the_way_from_upload_to_undoing(self, browser):
        assert "/imports/new" in browser.get("/imports").text
        answer = send(browser, table(["Bank Sumsel", "bisnis", "16"], ["Klub", "klub", "16"]))
        assert answer.status_code == 303
        here = answer.location
        mapping = browser.get(here).text
        assert 'value="name" selected' in mapping
        assert "Bank Sumsel" in mapping

        assert browser.post(f"{here}/columns").status_code == 303
        preview = browser.get(here).text
        assert "“klub” bukan sektor" in preview
        assert "Menunggu" not in row_of(preview, "Klub"), "what is refused waits for nothing"
        assert "Ditolak" in row_of(preview, "Klub")
        assert "Dunia usaha" in row_of(preview, "Bank Sumsel"), "what is new says what it adds"
        assert "Sumatera Selatan" in row_of(preview, "Bank Sumsel")
        assert "Klub" not in browser.get(f"{here}?match=new").text.split("<tbody>")[1]

        assert browser.post(f"{here}/take").status_code == 303
        assert [name for _id, name in Organisations().everyone] == ["Bank Sumsel"]
        result = browser.get(here).text.partition('id="result"')[2].partition("</div>")[0]
        assert "Tersimpan: 1. Tidak tersimpan: 1. Dilewati: 0." in result
        assert f"{here}/failed/stakeholders.csv" in result
        failed = browser.get(f"{here}/failed/stakeholders.csv")
        entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (entry.action, entry.record) == ("exported", "Import"), "its cells hold numbers"
        assert "“klub” bukan sektor" in failed.text
        assert failed.headers["Content-Disposition"].startswith("attachment")
        assert browser.get(f"{here}/failed/stakeholders.xlsx").data.startswith(b"PK")

        assert browser.post(f"{here}/undo").status_code == 303
        assert Organisations().everyone == []
        assert "Dibatalkan" in browser.get(here).text

    def test_meetings_come_in_two_files(self, browser):
        answer = send(browser, *meetings_files(), shape="meetings")
        assert answer.status_code == 303
        page = browser.get(answer.location).text
        assert "organisation_level" in page
        assert "source_url" in page

    @pytest.mark.parametrize("name", ["lama.xls", "gambar.csv", "kosong.csv"])
    def test_a_refused_file_says_why_beside_the_form(self, browser, name):
        body = {"gambar.csv": b"\x89PNG\r\n", "kosong.csv": b""}.get(name, b"\xd0\xcf\x11\xe0")
        answer = browser.post(
            "/imports/new", data={"shape": "stakeholders", "files": (io.BytesIO(body), name)}
        )
        assert answer.status_code == 422
        assert name in answer.text
        assert db.session.query(Import).count() == 0

    def test_without_a_file_nothing_happens(self, browser):
        answer = browser.post("/imports/new", data={"shape": "stakeholders"})
        assert answer.status_code == 422
        assert "Pilih berkas" in answer.text

    def test_only_editors_import(self, as_user, viewer, organiser):
        for user in (viewer, organiser):
            assert as_user(user).get("/imports").status_code == 403
            assert as_user(user).post("/imports/new").status_code == 403

    def test_empty_tables_can_be_fetched(self, browser):
        text = browser.get("/imports/template/participations.csv").text
        assert "Organisasi" in text or "Organisation" in text
        assert browser.get("/imports/template/secrets.csv").status_code == 404


class TestRows:
    def test_name_the_record_that_was_found_and_the_regions_by_name(self, browser, editor):
        make.region("16.71", "Kota Palembang")
        made = make.stakeholder("Riau TV", sector=Sector.MEDIA, region_code="16")
        address = f"/stakeholders/{made.id}"
        headings = ["Nomor di Sinergi", "Nama", "Sektor", "Wilayah"]
        imported = previewed(
            editor, table([str(made.id), "TV Riau", "media", "16.71"], headings=headings)
        )

        row = row_of(browser.get(f"/imports/{imported.id}").text, "TV Riau")

        assert re.search(rf'href="{address}">Riau TV</a>', row)
        assert "Kota Palembang, Sumatera Selatan" in row
        assert "16.71" not in row

    def test_say_afterwards_what_was_decided(self, browser, editor):
        make.stakeholder("Universitas Sriwijaya", sector=Sector.UNIVERSITY, region_code="16")
        imported = previewed(editor, table(["Universitas Sriwidjaja", "universitas", "16"]))
        (row,) = rows(imported)
        assert row.match is RowMatch.DOUBTFUL
        services.decide(editor, imported.id, {row.id: "new"})
        services.take(editor, imported.id, now=clock.now)

        shown = row_of(browser.get(f"/imports/{imported.id}").text, "Sriwidjaja")

        assert "Diputuskan: Ini data baru" in shown

    def test_show_no_number_of_a_known_person_without_a_trace(self, browser, editor):
        taken(editor, table(["Bank", "bisnis", "16", "", "", "Ani", "Kepala", "0812 3456 7878"]))
        (person,) = db.session.scalars(select(Contact))
        later = table(["Bank", "bisnis", "16", "", "", "Ani", "Kepala", "0812 9999 7878"])
        imported = previewed(editor, later)

        assert "0812 3456 7878" in browser.get(f"/imports/{imported.id}").text

        entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (entry.action, entry.record, entry.record_id) == ("viewed", "Contact", person.id)


class TestColumns:
    def test_a_wrong_choice_is_kept_and_explained(self, browser):
        here = send(browser, table(["Bank", "bisnis", "16"], headings=["a", "b", "c"])).location
        answer = browser.post(f"{here}/columns", data={"stakeholders": ["name", "name", ""]})
        assert answer.status_code == 422
        assert answer.text.count('value="name" selected') == 2

    def test_another_heading_row_is_read_again(self, browser, editor):
        imported = services.start(editor, [table(["Bank", "bisnis", "16"])], at=clock.now())
        known = imported.tables[Role.STAKEHOLDERS]
        url = f"/imports/{imported.id}/table"
        data = {"role": "stakeholders", "sheet": f"{known['file']}/", "header": "2"}
        assert browser.post(url, data=data).status_code == 303
        assert browser.post(url, data=data | {"header": "99"}).status_code == 422
        assert browser.post(url, data=data | {"sheet": "7/x"}).status_code == 422


class TestDecisions:
    @pytest.fixture
    def imported(self, editor):
        make.stakeholder("PT Angkasa Pura II", sector=Sector.BUSINESS, level="national",
                         region_code=None)  # fmt: skip
        return previewed(editor, table(["Angkasa Pura", "bisnis", "Indonesia"]))

    def test_are_made_row_by_row(self, browser, imported):
        (row,) = rows(imported)
        page = browser.get(f"/imports/{imported.id}").text
        assert f'name="row-{row.id}"' in page
        assert "PT Angkasa Pura II" in page

        url = f"/imports/{imported.id}/decide"
        choice = str(row.matches[0]["id"])
        answer = browser.post(url, data={f"row-{row.id}": choice, "back": "//evil.example"})
        assert answer.location == f"/imports/{imported.id}"
        db.session.refresh(row)
        assert row.decision == choice
        assert browser.post(url, data={f"row-{row.id}": "4711"}).status_code == 422

    def test_or_for_all(self, browser, imported):
        browser.post(f"/imports/{imported.id}/decide", data={"decision": "skip"})
        assert rows(imported)[0].decision == "skip"


class TestProgress:
    @pytest.fixture
    def running(self, editor):
        imported = previewed(editor, table(["Bank Sumsel", "bisnis", "16"]))
        work.claim(editor, imported.id, ImportStatus.RUNNING, at=clock.now())
        return imported

    def test_is_asked_for_again_and_again_and_works_without_script(self, browser, running):
        page = browser.get(f"/imports/{running.id}").text
        assert "every 1s" in page
        assert f'href="/imports/{running.id}"' in page
        part = browser.get(f"/imports/{running.id}/progress", headers=HTMX)
        assert "<html" not in part.text
        assert browser.post(f"/imports/{running.id}/take").status_code == 422

    def test_leads_to_the_result_when_the_work_is_over(self, browser, editor):
        imported = taken(editor, table(["Bank Sumsel", "bisnis", "16"]))
        url = f"/imports/{imported.id}/progress"
        assert browser.get(url, headers=HTMX).headers["HX-Redirect"] == f"/imports/{imported.id}"
        assert browser.get(url).status_code == 303

    def test_what_died_can_be_taken_up(self, browser, running, editor):
        with transaction(by=editor):
            work.of(running.id).beat_at -= timedelta(minutes=5)
        page = browser.get(f"/imports/{running.id}").text
        assert "terhenti" in page
        assert browser.post(f"/imports/{running.id}/take").status_code == 303
        assert {row.status for row in rows(running)} == {RowStatus.TAKEN}

    def test_a_list_too_long_to_wait_for_is_compared_in_the_background(self, browser, monkeypatch):
        monkeypatch.setattr(services, "AT_ONCE", 0)
        here = send(browser, table(["Bank Sumsel", "bisnis", "16"])).location
        assert browser.post(f"{here}/columns").status_code == 303
        assert db.session.query(Import).one().status is ImportStatus.PREVIEW


def test_hostile_names_are_text_everywhere(browser, editor):
    name = "<img src=x onerror=alert(1)> \"'</script>"
    imported = previewed(editor, table([name, "bisnis", "16"], [name, "klub", "=1+1"]))
    page = browser.get(f"/imports/{imported.id}").text
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
    failed = browser.get(f"/imports/{imported.id}/failed/stakeholders.csv").text
    assert ",'=1+1" in failed


def test_an_unknown_import_is_not_found(browser):
    for path in ("", "/progress", "/failed/stakeholders.csv"):
        assert browser.get(f"/imports/999{path}").status_code == 404
    assert browser.post("/imports/999/take").status_code == 404
