"""Organisations: adding, changing, archiving, two writers, and their pages."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import event, select

from crm.audit.models import AuditEntry
from crm.db import db
from crm.errors import Conflict, NotYours, Refused
from crm.regions.models import Level
from crm.stakeholders import services
from crm.stakeholders.choices import Organisations
from crm.stakeholders.models import Sector, Stakeholder
from tests import make

BANK = {
    "name": "Bank Sumsel Babel",
    "sector": Sector.BUSINESS,
    "level": Level.PROVINCE,
    "region_code": "16",
}


class TestAdd:
    def test_stores_it_and_says_who_did(self, editor):
        make.region("16")

        bank = services.add(editor, **BANK, aliases=["BSB"], tags=["bank daerah"])

        stored = db.session.get(Stakeholder, bank.id)
        assert stored.name_key == "bank sumatera selatan bangka belitung"
        assert [alias.name for alias in stored.aliases] == ["BSB"]
        entry = db.session.scalars(
            select(AuditEntry).where(AuditEntry.record == "Stakeholder")
        ).one()
        assert (entry.by_id, entry.action, entry.record_id) == (editor.id, "created", bank.id)
        assert entry.changes["name"] == [None, "Bank Sumsel Babel"]

    def test_refuses_the_same_office_twice(self, editor):
        make.region("16")
        services.add(editor, **BANK)

        with pytest.raises(Refused) as refusal:
            services.add(editor, **BANK | {"name": "Bank Sumatera Selatan Bangka-Belitung"})

        assert refusal.value.field == "name"
        assert len(Organisations().everyone) == 1

    def test_refuses_a_regional_office_without_a_region(self, editor):
        with pytest.raises(Refused) as refusal:
            services.add(editor, **BANK | {"region_code": None})

        assert refusal.value.field == "region_code"

    def test_is_closed_outside_the_users_regions(self):
        make.region("16")
        make.region("16.71", "Kota Palembang")
        palembang = make.user("Pal", "editor", regions=("16.71",))

        with pytest.raises(NotYours):
            services.add(palembang, **BANK)

        services.add(palembang, **BANK | {"region_code": "16.71", "level": Level.DISTRICT})


class TestChange:
    def test_the_second_writer_gets_a_conflict(self, editor):
        bank = make.stakeholder("Bank Sumsel")
        seen = bank.version
        values = BANK | {"name": "Bank Sumsel"}
        services.change(editor, bank.id, version=seen, **values | {"about": "first"})

        with pytest.raises(Conflict):
            services.change(editor, bank.id, version=seen, **values | {"about": "second"})

        db.session.rollback()
        assert db.session.get(Stakeholder, bank.id).about == "first"


class TestPages:
    def test_list_finds_by_abbreviation(self, as_user, viewer):
        make.stakeholder("Dinas Perpustakaan dan Kearsipan Kabupaten Kotawaringin Barat")
        make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS)

        answer = as_user(viewer).get("/stakeholders?q=dispursip+kobar")

        assert answer.status_code == 200
        assert "Kotawaringin Barat" in answer.text
        assert "Bank Sumsel" not in answer.text

    def test_conflict_page_loses_nothing(self, as_user, editor):
        bank = make.stakeholder("Bank Sumsel")
        browser = as_user(editor)
        form = {
            "name": "Bank Sumsel",
            "sector": "business",
            "level": "province",
            "region_code": "16",
            "stage": "mapped",
            "version": str(bank.version),
            "original": '{"name": ["Bank Sumsel"], "about": []}',
        }
        url = f"/stakeholders/{bank.id}/edit"
        assert browser.post(url, data=form | {"about": "theirs"}).status_code == 303

        clash = browser.post(url, data=form | {"about": "mine", "name": "Bank Sumsel Baru"})

        assert clash.status_code == 409
        assert "theirs" in clash.text
        assert "mine" in clash.text
        assert "Bank Sumsel Baru" in clash.text


@pytest.mark.parametrize("what", [{"tags": ["mitra"]}, {"aliases": ["BSB"]}])
def test_a_change_of_words_alone_is_a_change_too(editor, what):
    bank = make.stakeholder("Bank Sumsel Babel")
    stale = {**services.as_form(bank), "version": bank.version}

    services.change(editor, bank.id, **stale | what)

    with pytest.raises(Conflict):
        services.change(editor, bank.id, **stale | {"about": "baru"})


def test_a_search_that_finds_nothing_names_what_it_may_have_meant(as_user, viewer):
    office = make.stakeholder("Dinas Perpustakaan Provinsi Sumatera Selatan")

    found = as_user(viewer).get("/stakeholders?q=Dispursip Prov Sumsel").text

    assert "Mungkin yang Anda maksud:" in found
    assert f'href="/stakeholders/{office.id}"' in found
    assert "Mungkin" not in as_user(viewer).get("/stakeholders?q=zzz").text


def test_of_two_who_save_in_the_very_same_moment_the_second_gets_a_conflict(app, editor):
    for turn in range(5):
        bank = make.stakeholder()
        stale = {**services.as_form(bank), "version": bank.version}
        number, together = bank.id, Barrier(2)

        def save(name, number=number, stale=stale, together=together):
            with app.app_context():
                together.wait()
                try:
                    services.change(None, number, **stale | {"name": name})
                except Conflict:
                    return None
                return name

        with ThreadPoolExecutor(2) as pool:
            saved = [
                one for one in pool.map(save, (f"Bank Kita {turn}", f"Bank Mereka {turn}")) if one
            ]

        db.session.rollback()
        assert [services.get(number).name] == saved


def test_names_are_read_in_as_few_blocks_as_a_database_takes(app):
    bank = make.stakeholder("Bank").id
    sizes = []

    def count(_connection, _cursor, _statement, parameters, *_rest):
        sizes.append(len(parameters))

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert services.named(range(bank, bank + 70_000)) == {bank: "Bank"}
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    # PostgreSQL takes 65,535 values at most.
    assert max(sizes) < 65_535
    assert len([one for one in sizes if one]) == 7
