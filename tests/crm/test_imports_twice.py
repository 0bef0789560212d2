"""The same file twice changes nothing: each case in which it once did, by its smallest example."""

import pytest
from sqlalchemy import select

from crm.contacts.models import Contact
from crm.db import db
from crm.imports import services, taking
from crm.imports.models import RowMatch, RowStatus
from crm.invitations import services as invitations
from crm.invitations.models import Participation
from crm.regions.models import Level
from crm.stakeholders.models import Sector, Stakeholder
from tests import make
from tests.importing import (
    HEADINGS,
    matches,
    meetings_files,
    now,
    previewed,
    rows,
    stored,
    table,
    taken,
)

OFFICE = "Dinas Perpustakaan Kota Palembang"
SAME_OFFICE = "Dinas Perpustakaan dan Kearsipan Kota Palembang"
BANK = "Bank Sumsel Babel"


@pytest.fixture(autouse=True)
def _places():
    for code, name in (
        ("16", "Sumatera Selatan"),
        ("16.04", "Kabupaten Lahat"),
        ("16.71", "Kota Palembang"),
    ):
        make.region(code, name)


def airport():
    return make.stakeholder(
        "PT Angkasa Pura II", sector=Sector.BUSINESS, level=Level.NATIONAL, region_code=None
    )


def named(name):
    return db.session.scalars(select(Stakeholder).where(Stakeholder.name == name)).one()


def decided(editor, decision, *files):
    imported = previewed(editor, *files)
    services.decide_all(editor, imported.id, decision)
    services.take(editor, imported.id, now=now)
    return imported


def changes_nothing(editor, *files):
    """Take files in once more, look that nothing changes, and return what their rows were."""
    before = stored()
    again = taken(editor, *files)
    assert stored() == before
    return matches(again)


class TestRowsThatLackTheirSector:
    def test_are_known_as_what_a_later_row_adds(self, editor):
        file = [[OFFICE, "", "", "0711 111111"], [SAME_OFFICE, "opd"]]

        imported = previewed(editor, table(*file))

        assert matches(imported) == {2: "new", 3: "new"}
        assert rows(imported)[0].facts["with_row"] == 3
        services.take(editor, imported.id, now=now)
        office = db.session.scalars(select(Stakeholder)).one()
        assert (office.name, office.phone) == (SAME_OFFICE, "0711 111111")
        assert [alias.name for alias in office.aliases] == [OFFICE]
        assert changes_nothing(editor, table(*file)) == {2: "same", 3: "same"}

    def test_count_after_those_that_are_complete(self, editor):
        file = [[OFFICE, "", "", "0711 111111"], [SAME_OFFICE, "opd", "", "0711 222222"]]

        imported = taken(editor, table(*file))

        assert named(SAME_OFFICE).phone == "0711 222222"
        assert rows(imported)[0].facts["differs"] == [3, ["phone"]]
        changes_nothing(editor, table(*file))

    def test_are_known_as_what_a_decision_adds(self, editor):
        airport()
        file = [["Angkasa Pura", "", "", "021 111111"], ["Angkasa Pura", "bisnis", "Indonesia"]]

        imported = decided(editor, "new", table(*file))

        assert {row.status for row in rows(imported)} == {RowStatus.TAKEN}
        assert named("Angkasa Pura").phone == "021 111111"
        changes_nothing(editor, table(*file))

    def test_are_known_by_a_name_that_a_row_after_them_gives(self, editor):
        headings = [*HEADINGS, "Alias"]
        file = [
            ["Angkasa Pura", "", "", "", "", "Budi"],
            [OFFICE, "", "", "", "", "", "", "", "Angkasa Pura"],
            [SAME_OFFICE, "opd"],
        ]

        imported = taken(editor, table(*file, headings=headings))

        assert {row.status for row in rows(imported)} == {RowStatus.TAKEN}
        assert rows(imported)[0].match is RowMatch.UPDATE
        changes_nothing(editor, table(*file, headings=headings))

    def test_are_refused_where_no_row_adds_it(self, editor):
        file = [[BANK, "", "16"], [OFFICE, "opd"]]

        imported = taken(editor, table(*file))

        refused = rows(imported)[0]
        assert (refused.match, refused.status) == (RowMatch.REFUSED, RowStatus.FAILED)
        assert "Sektor" in refused.reason
        assert changes_nothing(editor, table(*file)) == {2: "refused", 3: "same"}


class TestWhatTheFirstRowSays:
    def test_counts_though_it_was_doubtful(self, editor):
        office = airport()
        file = [
            ["Angkasa Pura", "bisnis", "Indonesia", "021 333333"],
            ["PT Angkasa Pura II", "bisnis", "Indonesia", "021 666666"],
        ]

        decided(editor, "best", table(*file))

        db.session.refresh(office)
        assert office.phone == "021 333333"
        assert changes_nothing(editor, table(*file)) == {2: "same", 3: "same"}

    def test_counts_though_it_was_decided_later(self, editor):
        office = airport()
        file = [
            ["Angkasa Pura", "bisnis", "Indonesia", "021 333333"],
            ["PT Angkasa Pura II", "bisnis", "Indonesia", "021 666666"],
        ]
        imported = taken(editor, table(*file))
        db.session.refresh(office)
        assert office.phone == "021 666666"

        services.decide_all(editor, imported.id, "best")
        services.take(editor, imported.id, now=now)

        db.session.refresh(office)
        assert office.phone == "021 333333"
        changes_nothing(editor, table(*file))

    def test_counts_after_a_stop_in_the_middle(self, editor, monkeypatch):
        file = [
            [BANK, "bisnis", "16", "0711 111111", "", "Ani", "", "08111111111"],
            [BANK, "bisnis", "16", "0711 222222", "", "Ani", "", "08122222222"],
        ]
        imported = previewed(editor, table(*file))
        monkeypatch.setattr(taking, "BATCH", 1)
        take_batch, batches = taking._take_batch, []

        def dies(*arguments, **options):
            if batches:
                raise KeyboardInterrupt
            batches.append(1)
            return take_batch(*arguments, **options)

        monkeypatch.setattr(taking, "_take_batch", dies)
        with pytest.raises(KeyboardInterrupt):
            services.take(editor, imported.id, now=now)
        monkeypatch.setattr(taking, "_take_batch", take_batch)
        services.stop(imported.id, services.work.of(imported.id).token, "")
        services.resume(editor, imported.id, now=now)

        assert {row.status for row in rows(imported)} == {RowStatus.TAKEN}
        assert named(BANK).phone == "0711 111111"
        assert db.session.scalars(select(Contact)).one().phone == "08111111111"
        changes_nothing(editor, table(*file))

    def test_counts_for_a_person_at_two_organisations(self, editor):
        headings = [*HEADINGS, "Dasar"]
        file = [
            [BANK, "bisnis", "16", "", "", "Ani", "", "08111111111", "persetujuan"],
            [OFFICE, "opd", "", "", "", "Ani", "", "08111111111", "kontrak"],
        ]
        imported = services.start(editor, [table(*file, headings=headings)], at=now())
        fields = list(imported.tables["stakeholders"]["fields"])
        fields[-1] = "contact_basis"
        services.map_columns(editor, imported.id, {"stakeholders": fields})
        services.preview(editor, imported.id, at=now())
        services.take(editor, imported.id, now=now)

        assert db.session.scalars(select(Contact)).one().basis.value == "consent"
        changes_nothing(editor, table(*file, headings=headings))

    def test_does_not_count_where_only_the_name_hints_at_the_place(self, editor):
        file = [[OFFICE, "opd"], [OFFICE, "opd", "Sumatera Selatan"]]

        taken(editor, table(*file))

        assert named(OFFICE).region_code == "16"
        changes_nothing(editor, table(*file))


class TestMemory:
    def test_rows_that_an_import_has_moved_apart_stay_together(self, editor):
        make.stakeholder(BANK, sector=Sector.BUSINESS, region_code="16")
        file = [
            [BANK, "bisnis", "Kabupaten Lahat"],
            [BANK, "bisnis", "Kota Palembang", "0711 111111"],
            [BANK, "bisnis", "16", "0711 222222"],
        ]
        taken(editor, table(*file))
        assert named(BANK).phone == "0711 111111"

        assert changes_nothing(editor, table(*file)) == {2: "same", 3: "same", 4: "same"}

    def test_ends_with_an_undone_import(self, editor):
        airport()
        file = [["Angkasa Pura", "bisnis", "Indonesia"]]
        imported = decided(editor, "best", table(*file))
        services.undo(editor, imported.id, now=now)

        assert matches(previewed(editor, table(*file))) == {2: "doubtful"}

    def test_asks_again_about_rows_that_were_left_out(self, editor):
        file = [[BANK, "bisnis", "16"]]
        imported = previewed(editor, table(*file))
        services.decide(editor, imported.id, {rows(imported)[0].id: "skip"})
        services.take(editor, imported.id, now=now)

        again = previewed(editor, table(*file))

        (row,) = rows(again)
        assert row.match is RowMatch.DOUBTFUL
        assert "tidak diikutkan" in row.reason
        services.decide(editor, again.id, {row.id: "new"})
        services.take(editor, again.id, now=now)
        assert named(BANK)

    def test_does_not_keep_a_corrected_row_from_counting(self, editor):
        taken(editor, table([BANK, "bisnis", "16", "0711 111111"], [BANK, "bisnis", "16"]))

        taken(editor, table([BANK, "bisnis", "16", "0711 222222"], [BANK, "bisnis", "16"]))

        assert named(BANK).phone == "0711 222222"


MEETINGS = """meeting_id,date,province_code,kabkota_code,title,source_url
K3,,,,Bantuan buku,
K1,,,16.71,Kunjungan koordinasi,
"""


def test_a_guest_without_a_place_is_known_as_what_a_later_meeting_adds(editor):
    guests = """meeting_id,organisation,sector,organisation_level,role,tie_type
K3,Angkasa Pura II,bisnis,kabkota,,
K1,Angkasa Pura II,media,provinsi,,
"""

    imported = taken(editor, *meetings_files(MEETINGS, guests))

    assert {row.status for row in rows(imported)} == {RowStatus.TAKEN}
    assert len(db.session.scalars(select(Participation)).all()) == 2
    assert len(db.session.scalars(select(Stakeholder)).all()) == 1
    changes_nothing(editor, *meetings_files(MEETINGS, guests))


def test_the_first_role_at_a_meeting_counts_though_it_was_decided_later(editor):
    airport()
    guests = """meeting_id,organisation,sector,organisation_level,role,tie_type
K1,Angkasa Pura,bisnis,nasional,host,
K1,PT Angkasa Pura II,bisnis,nasional,sponsor,
"""
    imported = taken(editor, *meetings_files(MEETINGS, guests))
    assert db.session.scalars(select(Participation)).one().role.value == "sponsor"

    services.decide_all(editor, imported.id, "best")
    services.take(editor, imported.id, now=now)

    assert db.session.scalars(select(Participation)).one().role.value == "host"
    changes_nothing(editor, *meetings_files(MEETINGS, guests))


def test_a_guest_who_was_taken_off_comes_back_as_they_were_and_goes_with_the_undoing(editor):
    airport()
    guests = """meeting_id,organisation,sector,organisation_level,role,tie_type
K1,PT Angkasa Pura II,bisnis,nasional,host,
"""
    files = meetings_files(MEETINGS, guests)
    taken(editor, *files)
    guest = db.session.scalars(select(Participation)).one()
    invitations.change(editor, guest.id, version=guest.version, represented_by="Siti")
    invitations.remove(editor, guest.id, at=now())

    again = taken(editor, *files)

    (back,) = invitations.of_event(guest.event_id)
    assert (back.id, back.role.value, back.represented_by) == (guest.id, "host", "Siti")
    changes_nothing(editor, *files)
    services.undo(editor, again.id, now=now)
    assert invitations.of_event(guest.event_id) == []
    assert [one.represented_by for one in invitations.taken_off(guest.event_id)] == ["Siti"]
