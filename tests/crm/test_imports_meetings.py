"""Meetings with participations: the 45 real ones, and each rule by a small case of its own."""

import io
from collections import Counter

import pytest
import xlsxwriter
from sqlalchemy import func, select

from crm.agreements.models import Agreement, AgreementParty
from crm.commitments.models import Commitment, CommitmentStatus
from crm.db import db
from crm.errors import Refused
from crm.events.models import DatePrecision, Event, EventKind, EventStatus
from crm.imports import services
from crm.imports.models import ImportShape, Role, RowMatch, RowStatus
from crm.invitations import services as invitations
from crm.invitations.models import Attendance, Participation, ParticipationRole
from crm.regions import reference
from crm.regions.models import Level
from crm.stakeholders.models import Sector, Stakeholder
from tests import make
from tests.importing import (
    NOW,
    matches,
    meetings_files,
    now,
    previewed,
    rows,
    stored,
    table,
    taken,
)

KINDS = (Stakeholder, Event, Participation, Agreement, AgreementParty, Commitment)


def counts():
    return [db.session.scalar(select(func.count()).select_from(kind)) for kind in KINDS]


@pytest.fixture
def places():
    reference.load_reference()


@pytest.fixture
def towns():
    """The few regions of which the small cases speak."""
    make.region("16", "Sumatera Selatan")
    make.region("16.71", "Kota Palembang")
    make.region("62", "Kalimantan Tengah")
    make.region("62.01", "Kabupaten Kotawaringin Barat")


class TestRealMeetings:
    """Counted in crm/examples with awk: 45 meetings, 252 participations of 195 names; 12 meetings
    with two or more mou rows, 56 such rows in all; 26 press reports."""

    def test_all_are_stored_once_and_undone_without_trace(self, editor, places):
        before = stored()
        imported = previewed(editor, *meetings_files())

        assert imported.shape is ImportShape.MEETINGS
        doubtful = [row for row in rows(imported) if row.match is RowMatch.DOUBTFUL]
        # Two names that may be others of the list: a person must say.
        assert Counter(row.facts["name"] for row in doubtful) == {
            "Dinas Pemberdayaan Masyarakat dan Desa Provinsi Bangka Belitung": 2,
            "Angkasa Pura": 1,
        }
        services.decide_all(editor, imported.id, "new")
        services.take(editor, imported.id, now=now)

        assert counts() == [195, 45, 252, 12, 56, 9]
        assert {row.status for row in rows(imported)} == {RowStatus.TAKEN}
        attendance = Counter(db.session.scalars(select(Participation.attendance)))
        assert attendance == {Attendance.PRESENT: 226, Attendance.UNKNOWN: 26}
        reporters = select(func.count()).where(
            Participation.role == ParticipationRole.REPORTER,
            Participation.attendance == Attendance.UNKNOWN,
        )
        assert db.session.scalar(reporters) == 26
        self._check_some_of_them()

        again = taken(editor, *meetings_files())
        assert {row.match for row in rows(again)} == {RowMatch.SAME}
        assert counts() == [195, 45, 252, 12, 56, 9]

        services.undo(editor, imported.id, now=now)
        assert {row.status for row in rows(imported)} == {RowStatus.UNDONE}
        assert stored() == before

    def _check_some_of_them(self):
        events = {one.reference: one for one in db.session.scalars(select(Event))}
        first = events["M001"]
        assert first.status is EventStatus.HELD
        assert (first.kind, first.date_precision) == (EventKind.VISIT, DatePrecision.YEAR)
        assert (first.region_code, first.host.name) == ("16", "Bappeda Provinsi Sumatera Selatan")
        assert first.source.startswith("http://bappeda.sumselprov.go.id/")
        assert events["M015"].date_precision is DatePrecision.MONTH
        assert events["M013"].starts_on is None
        kinds = {one: events[one].kind for one in ("M002", "M003", "M004", "M017", "M020", "M039")}
        assert kinds == {
            "M002": EventKind.RAKOR,
            "M003": EventKind.SHARING_CLASS,
            "M004": EventKind.HANDOVER,
            "M017": EventKind.TRAINING,
            "M020": EventKind.AUDIENCE,
            "M039": EventKind.SIGNING,
        }
        where = {
            one.name: (one.level, one.region_code)
            for one in db.session.scalars(select(Stakeholder))
        }
        assert where["Perpustakaan Nasional RI"] == (Level.NATIONAL, None)
        assert where["Komunitas Pensil Kita"] == (Level.PROVINCE, "62")
        assert where["RRI Sungailiat"] == (Level.DISTRICT, "19.01")
        assert where["Perpustakaan Desa Wonosari (Bengkalis)"] == (Level.VILLAGE, "14.03")
        assert where["Dinas Perpustakaan dan Kearsipan Kabupaten Kampar"][1] == "14.01"
        riau = db.session.scalars(
            select(Agreement).where(Agreement.starts == events["M039"].starts_on)
        ).one()
        assert len(riau.parties) == 18
        gifts = {
            (one.giver.name, one.receiver.name): one
            for one in db.session.scalars(select(Commitment))
        }
        library = "Dinas Perpustakaan dan Kearsipan Kabupaten Kotawaringin Barat"
        assert gifts["Coca-Cola Foundation Indonesia", library].status is CommitmentStatus.REALISED
        # Given on a day that nobody wrote down: it cannot be stored as realised.
        undated = gifts[library, "Perpustakaan Desa Karang Sari"]
        assert (undated.status, undated.realised_on) == (CommitmentStatus.PROMISED, None)


MEETINGS = "id kegiatan,tanggal,kode provinsi,kode kabkota,judul,sumber\n"
GUESTS = "id kegiatan,organisasi,sektor,tingkat,peran,jenis hubungan\n"


def one_meeting(*guests, meeting="K1,3 Februari 2026,16,16.71,Rakor perpustakaan,rapat"):
    return meetings_files(MEETINGS + meeting + "\n", GUESTS + "\n".join(guests) + "\n")


class TestRules:
    def test_understands_indonesian_headings_and_words(self, editor, towns):
        taken(
            editor,
            *one_meeting(
                "K1,Bappeda Kota Palembang,Pemerintah,kabupaten/kota,tuan rumah,hadir",
                "K1,Sriwijaya Post,media massa,provinsi,,liputan",
            ),
        )

        event = db.session.scalars(select(Event)).one()
        assert (str(event.starts_on), event.region_code) == ("2026-02-03", "16.71")
        guests = {one.stakeholder.name: one for one in db.session.scalars(select(Participation))}
        assert guests["Bappeda Kota Palembang"].role is ParticipationRole.HOST
        assert guests["Bappeda Kota Palembang"].attendance is Attendance.PRESENT
        assert guests["Sriwijaya Post"].role is ParticipationRole.REPORTER
        assert guests["Sriwijaya Post"].attendance is Attendance.UNKNOWN

    def test_bad_rows_are_refused_and_the_others_taken(self, editor, towns):
        files = meetings_files(
            MEETINGS
            + "K1,31/02/2024,16,,Rakor,\n"
            + "K2,2024,16,62.01,Rakor,\n"
            + "K3,2024,16,,Rakor,\n"
            + "K3,2024,16,,Rakor kedua,\n"
            + ",2024,16,,Rakor,\n"
            + "K4,2024,16,,,\n",
            GUESTS
            + "K1,Bappeda Kota Palembang,opd,kabkota,,\n"
            + "K3,Bappeda Kota Palembang,opd,kabkota,,\n"
            + "K3,Komunitas A,klub,kabkota,,\n"
            + "K3,Komunitas A,komunitas,galaksi,,\n"
            + "K3,Komunitas A,komunitas,provinsi,raja,\n"
            + "K3,Komunitas A,komunitas,provinsi,,menari\n"
            + "K9,Komunitas A,komunitas,provinsi,,\n",
        )
        imported = taken(editor, *files)

        failed = {
            (row.role, row.number): row.reason
            for row in rows(imported)
            if row.status is RowStatus.FAILED
        }
        words = {
            (Role.MEETINGS, 2): "31/02/2024",
            (Role.MEETINGS, 3): "Kotawaringin Barat",
            (Role.MEETINGS, 5): "4",
            (Role.MEETINGS, 6): "",
            (Role.MEETINGS, 7): "",
            (Role.PARTICIPATIONS, 2): "2",
            (Role.PARTICIPATIONS, 4): "klub",
            (Role.PARTICIPATIONS, 5): "galaksi",
            (Role.PARTICIPATIONS, 6): "raja",
            (Role.PARTICIPATIONS, 7): "menari",
            (Role.PARTICIPATIONS, 8): "K9",
        }  # fmt: skip
        assert failed.keys() == words.keys()
        assert all(word in failed[key] for key, word in words.items())
        assert counts()[:3] == [1, 1, 1]

    def test_two_lists_that_both_begin_with_m001_stay_apart(self, editor, towns):
        taken(editor, *one_meeting("K1,Bappeda Kota Palembang,opd,kabkota,,"))
        other = one_meeting(
            "K1,Bappeda Kota Palembang,opd,kabkota,,",
            meeting="K1,2019-05-01,62,,Kunjungan ke Kobar,buku tamu",
        )

        taken(editor, *other)

        references = set(db.session.scalars(select(Event.reference)))
        assert len(references) == 2
        assert "K1" in references
        before = stored()
        again = taken(editor, *other)
        assert {row.match for row in rows(again)} == {RowMatch.SAME}
        assert stored() == before

    def test_a_corrected_title_is_an_update_of_the_same_meeting(self, editor, towns):
        guests = "K1,Bappeda Kota Palembang,opd,kabkota,,"
        taken(editor, *one_meeting(guests))

        imported = taken(
            editor, *one_meeting(guests, meeting="K1,2026-02-03,16,16.71,Rakor besar,rapat")
        )

        assert matches_of(imported, Role.MEETINGS) == {2: "update"}
        event = db.session.scalars(select(Event)).one()
        assert (event.title, event.reference) == ("Rakor besar", "K1")

    def test_a_meeting_that_was_entered_by_hand_is_doubtful(self, editor, towns):
        make.region("16.71")
        event = make.event(title="Rakor perpustakaan", starts_on=NOW.date().replace(month=2, day=3))
        imported = previewed(editor, *one_meeting("K1,Bappeda Kota Palembang,opd,kabkota,,"))
        (meeting,) = rows(imported, Role.MEETINGS)
        assert meeting.match is RowMatch.DOUBTFUL

        services.take(editor, imported.id, now=now)
        assert {row.status for row in rows(imported)} == {RowStatus.WAITING}

        services.decide(editor, imported.id, {meeting.id: str(event.id)})
        services.take(editor, imported.id, now=now)
        assert counts()[1:3] == [1, 1]
        assert db.session.scalars(select(Participation)).one().event_id == event.id

    def test_guests_of_a_meeting_that_is_left_out_are_left_out_too(self, editor, towns):
        imported = previewed(editor, *one_meeting("K1,Bappeda Kota Palembang,opd,kabkota,,"))
        (meeting,) = rows(imported, Role.MEETINGS)
        services.decide(editor, imported.id, {meeting.id: "skip"})

        services.take(editor, imported.id, now=now)

        assert {row.status for row in rows(imported)} == {RowStatus.SKIPPED}
        assert counts() == [0] * 6

    def test_a_press_report_takes_nothing_from_who_was_there(self, editor, towns):
        taken(editor, *one_meeting("K1,Radio Palembang,media,kabkota,pembicara,hadir"))

        imported = taken(editor, *one_meeting("K1,Radio Palembang,media,kabkota,,liputan"))

        assert matches_of(imported, Role.PARTICIPATIONS) == {2: "same"}
        guest = db.session.scalars(select(Participation)).one()
        assert (guest.role, guest.attendance) == (ParticipationRole.SPEAKER, Attendance.PRESENT)

    def test_a_guest_whose_post_was_named_since_is_the_same_guest(self, editor, towns):
        files = one_meeting("K1,Bappeda Kota Palembang,opd,kabkota,host,hadir")
        taken(editor, *files)
        guest = db.session.scalars(select(Participation)).one()
        post = make.position(at=db.session.get(Stakeholder, guest.stakeholder_id))
        invitations.change(editor, guest.id, version=guest.version, position_id=post.id)

        again = taken(editor, *one_meeting("K1,Bappeda Kota Palembang,opd,kabkota,host,hadir"))

        assert matches_of(again, Role.PARTICIPATIONS) == {2: "same"}
        assert db.session.scalars(select(Participation)).all() == [guest]

    def test_a_party_that_signs_later_joins_the_same_agreement(self, editor, towns):
        two = (
            "K1,Bank Sumsel,bisnis,provinsi,,mou",
            "K1,Universitas Sriwijaya,university,provinsi,,mou",
        )
        taken(editor, *one_meeting(*two))

        taken(editor, *one_meeting(*two, "K1,Radio Palembang,media,kabkota,,pks"))

        agreement = db.session.scalars(select(Agreement)).one()
        assert len(agreement.parties) == 3

    def test_sponsors_give_to_all_others_with_a_gift(self, editor, towns):
        taken(
            editor,
            *one_meeting(
                "K1,Bank Sumsel,bisnis,provinsi,sponsor,bantuan",
                "K1,Dinas Perpustakaan Kota Palembang,opd,kabkota,tuan rumah,bantuan",
                "K1,Komunitas Pena Palembang,komunitas,kabkota,,bantuan",
                "K1,Bappeda Kota Palembang,opd,kabkota,,hadir",
            ),
        )

        gifts = db.session.scalars(select(Commitment).order_by(Commitment.id)).all()
        assert [(one.giver.name, one.receiver.name) for one in gifts] == [
            ("Bank Sumsel", "Dinas Perpustakaan Kota Palembang"),
            ("Bank Sumsel", "Komunitas Pena Palembang"),
        ]
        assert {str(one.realised_on) for one in gifts} == {"2026-02-03"}

    def test_organisations_that_are_there_are_found_again(self, editor, towns):
        bank = make.stakeholder("Bank Sumatera Selatan", sector=Sector.BUSINESS)

        taken(editor, *one_meeting("K1,Bank Sumsel,bisnis,provinsi,,"))

        assert db.session.scalars(select(Participation)).one().stakeholder_id == bank.id

    def test_needs_both_tables(self, editor, towns):
        with pytest.raises(Refused):
            services.start(editor, meetings_files()[:1], ImportShape.MEETINGS, at=NOW)

    def test_only_meetings_of_the_users_regions(self, towns):
        lahat = make.user("Lia", "editor", regions=("16.04",))
        imported = taken(lahat, *one_meeting("K1,Bappeda Kota Palembang,opd,kabkota,,"))
        assert {row.status for row in rows(imported)} == {RowStatus.FAILED}
        assert counts() == [0] * 6

    def test_one_workbook_may_hold_both_tables(self, editor, towns):
        file = io.BytesIO()
        book = xlsxwriter.Workbook(file)
        guests = ["K1", "Bappeda Kota Palembang", "opd", "kabkota", "", ""]
        meeting = ["K1", 2017, 16, 16.71, "Rakor", "rapat"]
        for name, heads, row in (("Peserta", GUESTS, guests), ("Kegiatan", MEETINGS, meeting)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, heads.strip().split(","))
            sheet.write_row(1, 0, row)
        book.close()

        taken(editor, table(name="semua.xlsx")._replace(stream=file))

        event = db.session.scalars(select(Event)).one()
        assert (event.region_code, event.date_precision) == ("16.71", DatePrecision.YEAR)
        assert counts()[:3] == [1, 1, 1]


def matches_of(imported, role):
    return {row.number: row.match.value for row in rows(imported, role)}


def test_matches_are_listed_by_number(editor):
    assert matches(previewed(editor, table(["Bank", "bisnis", "Indonesia"]))) == {2: "new"}
