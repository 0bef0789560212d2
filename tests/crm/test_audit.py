"""The history in words, and the audit trail for administrators."""

from datetime import date

from sqlalchemy import inspect

from crm.audit import services as audit
from crm.audit.forms import WHOLES
from crm.audit.words import FIELDS, HIDDEN, RECORDS
from crm.contacts import services as contacts
from crm.contacts.models import Basis
from crm.db import Model, db
from crm.regions.models import Level
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Sector, Stage, Stakeholder
from crm.transaction import note_access, transaction
from tests import make


def told(entries):
    """Histories as plain text."""
    return [
        (
            str(one.action),
            str(one.record),
            [(str(label), str(old), str(new)) for label, old, new in one.changes],
        )
        for one in entries
    ]


def audited():
    """All models whose changes are kept."""
    models = (mapper.class_ for mapper in Model.registry.mappers)
    return [model for model in models if model.audited]


def test_every_record_and_field_has_words(app):
    assert len(audited()) > 25
    missing = [
        f"{model.__name__}.{column.key}"
        for model in audited()
        for column in inspect(model).column_attrs
        if column.key not in {"id", "version", *FIELDS, *HIDDEN} or model.__name__ not in RECORDS
    ]
    assert not missing, "give them a word in crm/audit/words.py"


def test_records_with_a_history_can_be_filtered_by(app):
    assert {model.__name__ for model in audited() if not model.part_of} == set(WHOLES)


class TestHistory:
    def test_says_what_was_done_in_words(self, app, editor):
        make.region("16", "Sumatera Selatan")
        make.region("16.71", "Kota Palembang")
        bank = stakeholders.add(
            editor,
            name="Bank Sumsel",
            sector=Sector.BUSINESS,
            level=Level.PROVINCE,
            region_code="16",
        )
        values = stakeholders.as_form(bank)
        wanted = {
            name: values[name]
            for name in ("name", "sector", "level", "influence", "aliases", "tags", "identifiers")
        }

        stakeholders.change(
            editor,
            bank.id,
            version=bank.version,
            **wanted | {"aliases": ["BSB"], "region_code": "16.71", "stage": Stage.MAPPED},
        )

        with app.test_request_context():
            entries = told(audit.history("Stakeholder", bank.id))
        alias, changed, *_others, added = entries
        if changed[1]:
            alias, changed = changed, alias
        assert alias[1:] == ("Nama lain", [("Nama", "None", "BSB")])
        assert changed[:2] == ("Diubah", "")
        assert ("Wilayah", "Sumatera Selatan", "Kota Palembang") in changed[2]
        assert ("Tahap", "Teridentifikasi", "Terpetakan") in changed[2]
        assert added[0] == "Ditambahkan"
        assert ("Sektor", "None", "Dunia usaha") in added[2]
        assert not any("bank sumatera selatan" in str(one) for one in entries), "keys are hidden"

    def test_says_that_a_record_was_archived_and_restored(self, app, editor):
        bank = make.stakeholder("Bank Sumsel")
        stakeholders.archive(editor, bank.id, at=make.NOW)
        stakeholders.restore(editor, bank.id)

        with app.test_request_context():
            entries = told(audit.history("Stakeholder", bank.id))

        assert [one[0] for one in entries[:2]] == ["Dipulihkan", "Diarsipkan"]
        assert entries[0][2] == entries[1][2] == []

    def test_never_tells_personal_data(self, app, editor):
        person = contacts.add(
            editor, name="Herfiani Rizkia", phone="0812 3456 7890", basis=Basis.CONSENT
        )
        note_access(editor, "viewed", "Contact", [person.id])

        with app.test_request_context():
            entries = told(audit.history("Contact", person.id))

        assert "3456" not in str(entries)
        assert ("Telepon", "None", "•••") in entries[-1][2]
        assert entries[0] == ("Melihat data pribadi", "", [])

    def test_writes_dates_and_names_of_posts(self, app, editor):
        person = make.contact("Herfiani Rizkia")
        office = make.stakeholder("Bappeda Provinsi Sumatera Selatan")
        contacts.add_position(
            editor,
            stakeholder_id=office.id,
            title="Kepala",
            contact_id=person.id,
            starts=date(2017, 11, 6),
        )

        with app.test_request_context():
            post = told(audit.history("Stakeholder", office.id))[0]

        assert post[1] == "Jabatan"
        assert ("Orang", "None", "Herfiani Rizkia") in post[2]
        assert ("Dari", "None", "6 November 2017") in post[2]

    def test_latest_names_the_record(self, app, editor):
        make.region("16")
        with transaction(by=editor):
            db.session.add(
                Stakeholder(
                    name="Radio Kita",
                    name_key="radio kita",
                    search_text="radio kita",
                    sector=Sector.MEDIA,
                    level=Level.PROVINCE,
                    region_code="16",
                )
            )

        with app.test_request_context():
            (entry,) = told(audit.latest(5))

        assert entry[:2] == ("Ditambahkan", "Pemangku kepentingan: Radio Kita")


class TestPage:
    def test_shows_who_looked_at_whom(self, as_user, admin, editor):
        person = make.contact("Herfiani Rizkia", phone="0812 3456 7890")
        as_user(editor).get(f"/contacts/{person.id}")

        answer = as_user(admin).get("/admin/audit?action=viewed")

        assert answer.status_code == 200
        assert "Herfiani Rizkia" in answer.text
        assert editor.name in answer.text
        assert "3456" not in answer.text

    def test_filters_by_user_record_and_day(self, as_user, admin, editor):
        bank = make.stakeholder("Bank Sumsel")
        stakeholders.archive(editor, bank.id, at=make.NOW)
        browser = as_user(admin)

        here = f"/admin/audit?user={editor.id}&record=Stakeholder"
        assert "Bank Sumsel" in browser.get(here).text
        assert "Bank Sumsel" not in browser.get(f"{here}&until=2001-01-01").text
        assert "Bank Sumsel" not in browser.get("/admin/audit?record=Event").text

    def test_finds_what_was_written(self, as_user, admin):
        make.stakeholder("Bank Sumsel")
        browser = as_user(admin)
        assert "Bank Sumsel" in browser.get("/admin/audit?q=bank+sumsel").text
        assert "Bank Sumsel" not in browser.get("/admin/audit?q=bank+riau").text

    def test_downloads_words(self, as_user, admin, editor):
        bank = make.stakeholder("Bank Sumsel")
        stakeholders.archive(editor, bank.id, at=make.NOW)

        answer = as_user(admin).get("/admin/audit?format=csv&record=Stakeholder")

        assert "Bank Sumsel" in answer.text
        assert "Diarsipkan" in answer.text
