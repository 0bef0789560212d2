"""Lists of stakeholders with contacts: what each row is, what is stored, what is never lost."""

import io

import pytest
from sqlalchemy import select

from crm.contacts.models import Contact, Position
from crm.db import db
from crm.errors import Refused
from crm.imports import services
from crm.imports.models import ColumnMemory, ImportStatus, Role, RowMatch, RowStatus
from crm.regions.models import Level
from crm.stakeholders import services as stakeholders
from crm.stakeholders.choices import Organisations
from crm.stakeholders.models import Sector, Stage, Stakeholder
from tests import make
from tests.importing import HEADINGS, NOW, matches, now, previewed, rows, stored, table, taken


@pytest.fixture(autouse=True)
def _places():
    for code, name in (
        ("16", "Sumatera Selatan"),
        ("16.04", "Kabupaten Lahat"),
        ("16.71", "Kota Palembang"),
        ("62", "Kalimantan Tengah"),
    ):
        make.region(code, name)


def named(name):
    return db.session.scalars(select(Stakeholder).where(Stakeholder.name == name)).one()


class TestTake:
    def test_stores_organisations_with_their_contacts(self, editor):
        taken(
            editor,
            table(
                ["Bappeda Kabupaten Lahat", "Pemerintah", "Kabupaten Lahat", "0731 321123", "poa",
                 "Dr. H. Budi Santoso, M.Si", "Kepala", "81234567890"],
                ["Bappeda Kabupaten Lahat", "opd", "16.04", "", "", "Ani", "Sekretaris", ""],
            ),
        )  # fmt: skip

        office = named("Bappeda Kabupaten Lahat")
        assert (office.sector, office.level, office.region_code) == (
            Sector.OPD,
            Level.DISTRICT,
            "16.04",
        )
        assert (office.phone, office.phone_e164) == ("0731 321123", "+62731321123")
        posts = db.session.scalars(select(Position).order_by(Position.id)).all()
        assert [(one.title, one.contact.name) for one in posts] == [
            ("Kepala", "Budi Santoso"),
            ("Sekretaris", "Ani"),
        ]
        budi = posts[0].contact
        assert (budi.title_before, budi.title_after) == ("Dr. H.", "M.Si")
        # The zero that a spreadsheet lost is back.
        assert (budi.phone, budi.phone_e164) == ("081234567890", "+6281234567890")

    def test_refuses_bad_rows_and_takes_the_others(self, editor):
        headings = [*HEADINGS, "Pengaruh"]
        imported = taken(
            editor,
            table(
                ["Komunitas A Palembang", "klub"],
                ["Komunitas B Palembang", "komunitas", "Atlantis"],
                ["Komunitas C Palembang", "komunitas", "", "abc"],
                ["Komunitas D Palembang", "komunitas", "99.99"],
                ["Komunitas E Palembang", "komunitas", "", "", "", "", "", "0812 3456 789"],
                ["Komunitas F Palembang", "komunitas", "", "", "", "", "", "", "9"],
                ["", "komunitas"],
                ["Komunitas Tanpa Tempat", "komunitas"],
                ["Komunitas G Palembang", "komunitas", "", "1671016304900001"],
                ["Komunitas H Palembang", "komunitas"],
                headings=headings,
            ),
        )

        reasons = {row.number: row.reason for row in rows(imported) if row.reason}
        for number, word in {
            2: "klub", 3: "Atlantis", 4: "abc", 5: "99.99", 6: "nama", 7: "9", 8: "Nama",
            9: "Wilayah", 10: "NIK",
        }.items():  # fmt: skip
            assert word in reasons.pop(number), number
        assert not reasons
        assert [one for _id, one in Organisations().everyone] == ["Komunitas H Palembang"]

    def test_says_the_reason_beside_each_row_that_failed(self, editor):
        imported = taken(editor, table(["Komunitas A", "klub", "16", "", "x"]))

        headings, body = services.failed(imported.id, Role.STAKEHOLDERS)

        assert headings[2:] == HEADINGS
        assert body[0][0] == 2
        assert "klub" in body[0][1]
        assert body[0][2:] == ["Komunitas A", "klub", "16", "", "x", "", "", ""]

    def test_the_same_file_twice_changes_nothing(self, editor):
        file = [
            ["Bank Sumsel Babel", "bisnis", "16", "0711 123456", "bank", "Ani", "Direktur", ""],
            ["Bank Sumsel Babel", "bisnis", "16", "", "", "Budi", "", "08123456789"],
            ["Radio Palembang", "media", "Kota Palembang", "", "", "", "Redaktur", ""],
        ]
        taken(editor, table(*file))
        before = stored()

        again = taken(editor, table(*file))

        assert matches(again) == {2: "same", 3: "same", 4: "same"}
        assert stored() == before

    def test_an_update_shows_old_and_new_and_empty_cells_erase_nothing(self, editor):
        bank = make.stakeholder(
            "Bank Sumsel Babel", sector=Sector.BUSINESS, phone="0711 1", about="lama"
        )

        imported = previewed(editor, table(["Bank Sumsel Babel", "bisnis", "16", "0711 222222"]))

        (row,) = rows(imported)
        assert row.match is RowMatch.UPDATE
        assert row.facts["changes"] == [["phone", "0711 1", "0711 222222"]]
        services.take(editor, imported.id, now=now)
        db.session.refresh(bank)
        assert (bank.phone, bank.about, bank.stage) == ("0711 222222", "lama", Stage.IDENTIFIED)

    def test_another_spelling_becomes_another_name(self, editor):
        office = make.stakeholder("Dinas Perpustakaan Provinsi Sumatera Selatan")

        taken(editor, table(["Dispustaka Sumsel", "opd", "16"]))

        db.session.refresh(office)
        assert [alias.name for alias in office.aliases] == ["Dispustaka Sumsel"]
        assert [one for _id, one in Organisations().everyone] == [office.name]

    def test_what_a_row_says_first_counts(self, editor):
        file = table(
            ["Bank Sumsel Babel", "bisnis", "16", "0711 111111"],
            ["Bank Sumsel Babel", "bisnis", "16", "0711 222222"],
        )
        imported = taken(editor, file)

        assert named("Bank Sumsel Babel").phone == "0711 111111"
        assert rows(imported)[1].facts["differs"] == [2, ["phone"]]

    def test_the_export_comes_back_unchanged(self, editor, viewer, as_user):
        stakeholders.add(
            editor,
            name="Bank Sumsel Babel",
            sector=Sector.BUSINESS,
            level=Level.PROVINCE,
            region_code="16",
            phone="+62 711 123456",
            website="https://example.org",
            source="rapat",
        )
        stakeholders.add(
            editor, name="=Yayasan Pelita", sector=Sector.NGO_CSR, level=Level.NATIONAL
        )
        before = stored()
        for language in ("id", "en"):
            viewer_ = make.user("Vi", "viewer", language=language)
            before = stored()
            for kind in ("csv", "xlsx"):
                body = as_user(viewer_).get(f"/stakeholders?format={kind}").data
                file = table(name=f"ekspor.{kind}")._replace(stream=io.BytesIO(body))
                imported = taken(editor, file)
                assert set(matches(imported).values()) == {"same"}, (language, kind)
                assert stored() == before


class TestDoubt:
    @pytest.fixture
    def imported(self, editor):
        make.stakeholder(
            "PT Angkasa Pura II", sector=Sector.BUSINESS, level=Level.NATIONAL, region_code=None
        )
        imported = previewed(
            editor,
            table(
                ["Angkasa Pura", "bisnis", "Indonesia", "021 5501234"],
                ["Angkasa Pura", "bisnis", "Indonesia", "", "", "Ani"],
            ),
        )
        assert set(matches(imported).values()) == {"doubtful"}
        return imported

    def test_a_doubtful_row_waits_for_a_decision(self, editor, imported):
        before = stored()

        services.take(editor, imported.id, now=now)

        assert stored() == before
        assert {row.status for row in rows(imported)} == {RowStatus.WAITING}

    def test_one_decision_counts_for_all_rows_of_the_organisation(self, editor, imported):
        first = rows(imported)[0]
        office = first.matches[0]["id"]

        assert services.decide(editor, imported.id, {first.id: str(office)}) == 2
        services.take(editor, imported.id, now=now)

        assert {row.status for row in rows(imported)} == {RowStatus.TAKEN}
        found = db.session.get(Stakeholder, office)
        assert found.phone == "021 5501234"
        assert [alias.name for alias in found.aliases] == ["Angkasa Pura"]
        assert db.session.scalars(select(Position)).one().contact.name == "Ani"

    def test_all_can_be_decided_at_once(self, editor, imported):
        assert services.decide_all(editor, imported.id, "new") == 2

        services.take(editor, imported.id, now=now)

        assert len(Organisations().everyone) == 2

    def test_left_out_rows_are_not_stored(self, editor, imported):
        services.decide_all(editor, imported.id, "skip")
        before = stored()

        services.take(editor, imported.id, now=now)

        assert stored() == before
        assert {row.status for row in rows(imported)} == {RowStatus.SKIPPED}

    def test_refuses_a_decision_that_is_none_of_the_rows(self, editor, imported):
        with pytest.raises(Refused):
            services.decide(editor, imported.id, {rows(imported)[0].id: "999999"})


class TestTwoWriters:
    def test_a_record_edited_since_the_preview_is_not_overwritten(self, editor):
        bank = make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS)
        imported = previewed(editor, table(["Bank Sumsel Babel", "bisnis", "16", "0711 222222"]))
        values = stakeholders.as_form(bank)
        keep = ("name", "sector", "level", "region_code")
        stakeholders.change(
            editor, bank.id, version=bank.version, phone="0711 999999",
            **{name: values[name] for name in keep},
        )  # fmt: skip

        services.take(editor, imported.id, now=now)

        (row,) = rows(imported)
        assert row.status is RowStatus.FAILED
        assert "Bank Sumsel Babel" in row.reason
        assert named("Bank Sumsel Babel").phone == "0711 999999"

        # Compared again, the user sees the new value and may still decide to change it.
        services.compare_again(editor, imported.id)
        assert rows(imported)[0].facts["changes"] == [["phone", "0711 999999", "0711 222222"]]
        services.take(editor, imported.id, now=now)
        assert named("Bank Sumsel Babel").phone == "0711 222222"

    def test_nor_is_one_that_a_decision_chose(self, editor):
        airport = make.stakeholder(
            "PT Angkasa Pura II", sector=Sector.BUSINESS, level=Level.NATIONAL, region_code=None
        )
        file = table(["Angkasa Pura", "bisnis", "Indonesia", "021 5501234"])
        imported = previewed(editor, file)
        services.decide(editor, imported.id, {rows(imported)[0].id: str(airport.id)})
        values = stakeholders.as_form(airport)
        keep = ("name", "sector", "level", "region_code")
        stakeholders.change(
            editor, airport.id, version=airport.version, phone="021 999999",
            **{name: values[name] for name in keep},
        )  # fmt: skip

        services.take(editor, imported.id, now=now)

        assert rows(imported)[0].status is RowStatus.FAILED
        assert named("PT Angkasa Pura II").phone == "021 999999"

    def test_two_imports_of_the_same_list_do_not_double_it(self, editor):
        file = [["Bank Sumsel Babel", "bisnis", "16"]]
        one, other = previewed(editor, table(*file)), previewed(editor, table(*file))

        services.take(editor, one.id, now=now)
        services.take(editor, other.id, now=now)

        assert rows(other)[0].status is RowStatus.FAILED
        assert len(Organisations().everyone) == 1


class TestScope:
    def test_rows_of_other_regions_are_refused(self):
        lahat = make.user("Lia", "editor", regions=("16.04",))
        imported = taken(
            lahat,
            table(
                ["Bappeda Kabupaten Lahat", "opd", "16.04"],
                ["Bappeda Kota Palembang", "opd", "16.71"],
                ["Yayasan Nusantara", "lsm", "Indonesia"],
            ),
        )

        assert [row.status for row in rows(imported)] == [
            RowStatus.TAKEN,
            RowStatus.FAILED,
            RowStatus.FAILED,
        ]
        assert [one for _id, one in Organisations().everyone] == ["Bappeda Kabupaten Lahat"]


class TestColumns:
    def test_what_a_column_means_is_remembered(self, editor):
        headings = ["Siapa", "Sektor", "Wilayah"]
        file = table(["Bank Sumsel Babel", "bisnis", "16"], headings=headings)
        imported = services.start(editor, [file], at=NOW)
        with pytest.raises(Refused):
            services.preview(editor, imported.id, at=NOW)

        fields = {Role.STAKEHOLDERS: ["name", "sector", "region"]}
        services.map_columns(editor, imported.id, fields)
        services.preview(editor, imported.id, at=NOW)
        assert matches(imported) == {2: "new"}

        assert db.session.scalars(select(ColumnMemory)).one().heading == "siapa"
        again = services.start(editor, [file], at=NOW)
        assert again.tables[Role.STAKEHOLDERS]["fields"] == ["name", "sector", "region"]

    def test_a_field_cannot_stand_twice(self, editor):
        imported = services.start(editor, [table(["a", "opd", "16"])], at=NOW)
        with pytest.raises(Refused):
            services.map_columns(editor, imported.id, {Role.STAKEHOLDERS: ["name", "name"]})

    def test_another_row_may_hold_the_headings(self, editor):
        file = table(
            ["Nama", "Sektor", "Wilayah"], ["Bank", "bisnis", "16"], headings=["x", "y", "z"]
        )
        imported = services.start(editor, [file], at=NOW)
        known = imported.tables[Role.STAKEHOLDERS]
        assert known["header"] == 2

        services.choose_table(
            editor, imported.id, Role.STAKEHOLDERS, file_id=known["file"], sheet="", header=1
        )
        assert imported.tables[Role.STAKEHOLDERS]["headings"] == ["x", "y", "z"]

    def test_an_upload_can_be_thrown_away(self, editor):
        imported = previewed(editor, table(["Bank Sumsel Babel", "bisnis", "16"]))
        services.discard(editor, imported.id)
        assert services.get(imported.id) is None


def test_contacts_are_never_doubled_by_titles_or_spelling(editor):
    taken(
        editor, table(["Bank Sumsel Babel", "bisnis", "16", "", "", "Dr. Ani Lestari", "Direktur"])
    )

    again = taken(
        editor,
        table(["Bank Sumsel Babel", "bisnis", "16", "", "", "Ani  Lestari, S.E.", "direktur"]),
    )

    contact = db.session.scalars(select(Contact)).one()
    assert (contact.title_before, contact.name, contact.title_after) == (
        "Dr.",
        "Ani Lestari",
        "S.E.",
    )
    assert matches(again) == {2: "update"}
    assert len(db.session.scalars(select(Position)).all()) == 1


def test_an_import_can_be_listed_and_counted(editor):
    imported = taken(editor, table(["Bank Sumsel Babel", "bisnis", "16"], ["X", "klub"]))
    counts = services.counts_of(imported.id)
    assert (counts["rows"], counts[RowStatus.TAKEN], counts[RowStatus.FAILED]) == (2, 1, 1)
    assert imported.status is ImportStatus.DONE
