"""The first document: the coordination visit to Bappeda Sumatera Selatan in 2017."""

from datetime import date

from crm.actions import services as actions
from crm.actions.models import Plan
from crm.commitments import services as commitments
from crm.commitments.models import Support
from crm.db import db
from crm.events import services as events
from crm.events.models import Event, EventKind, EventStatus
from crm.examples.cast import BAPPEDA, CCFI, GATES, LIBRARY_SUMSEL, SUMSEL
from crm.examples.stage import Stage, fields
from crm.invitations.models import ParticipationRole
from crm.programmes import services as programmes
from crm.regulations import services as regulations
from crm.regulations.models import RegulationStage, Team
from crm.resources.models import Resource, ResourceSide

PROGRAMME_ENDS = date(2018, 7, 31)

MINUTES = """\
Perihal: koordinasi dengan Tim Sinergi Provinsi Sumatera Selatan; persiapan workshop sinergi pada \
bulan November.

- PerpuSeru menjadikan perpustakaan pusat belajar dan berkegiatan masyarakat berbasis TIK; \
program CCFI ini berakhir pada Juli 2018.
- CCFI bersedia berbagi biaya untuk transformasi perpustakaan di 7 kabupaten/kota miskin: CCFI \
menanggung pengembangan kapasitas dan pendampingan; komputer dan Wi-Fi disediakan pemerintah \
kabupaten/kota dan provinsi.
- Isi pokok Pergub: pengadaan komputer dan Wi-Fi, pelibatan masyarakat sesuai kebutuhannya, dan \
advokasi kepada pemangku kepentingan.

Saran Bappeda:
- Workshop memberi pandangan kepada pengambil kebijakan: kewirausahaan masyarakat, kegiatan \
industri, sinergi semua sumber daya; tidak terlalu teknis.
- Undang semua 17 kabupaten/kota; lokus memakai data kemiskinan (BDT) dari Bappeda Provinsi.
- Percepat SK Tim Sinergi, lanjutkan dengan POA dan pertemuan pemangku kepentingan: akademisi \
(semua universitas yang mempunyai fakultas teknik), OPD, masyarakat, komunitas, LSM/CSR, dunia \
usaha, dan media massa."""

FOLLOW_UPS = (
    ("Selenggarakan workshop sinergi provinsi di Palembang", date(2017, 11, 6), LIBRARY_SUMSEL),
    ("Percepat penyusunan Pergub tentang transformasi perpustakaan", date(2017, 9, 30), ""),
    ("Ajukan SK Tim Sinergi untuk ditandatangani Gubernur", date(2017, 9, 30), ""),
    ("Susun POA transformasi perpustakaan", None, ""),
    ("Minta data kemiskinan (BDT) kepada Bappeda Provinsi untuk memilih lokus", None, BAPPEDA),
    ("Adakan pertemuan pemangku kepentingan dengan keenam sektor", None, ""),
)


def load(stage: Stage) -> None:
    """Add what the document says."""
    programme = programmes.add(
        None,
        name="PerpuSeru",
        lead_id=stage.id_of(CCFI),
        funder_id=stage.id_of(GATES),
        about="Perpustakaan sebagai pusat belajar dan berkegiatan masyarakat berbasis TIK.",
        ends=PROGRAMME_ENDS,
        region_codes=["16", "62.01"],
        source=SUMSEL,
    )
    visit = _visit(stage, programme.id)
    _workshop(programme.id)
    _plan(stage, visit)
    _regulations()
    _cost_sharing(stage, programme.id)


def _visit(stage: Stage, programme_id: int) -> Event:
    visit = stage.event("M001")
    visit = events.change(
        None,
        visit.id,
        version=visit.version,
        **fields(visit)
        | {
            "kind": EventKind.VISIT,
            "host_id": stage.id_of(BAPPEDA),
            "programme_id": programme_id,
            "purpose": "Koordinasi dengan Bappeda dan pra kondisi workshop sinergi November 2017.",
            "minutes": MINUTES,
        },
    )
    stage.represent(visit, BAPPEDA, "Kepala Bappeda", "Herfiani Rizkia", ParticipationRole.HOST)
    return visit


def _workshop(programme_id: int) -> None:
    events.add(
        None,
        title="Workshop sinergi Provinsi Sumatera Selatan",
        kind=EventKind.WORKSHOP,
        status=EventStatus.PLANNED,
        starts_on=date(2017, 11, 6),
        ends_on=date(2017, 11, 7),
        place="Palembang",
        region_code="16",
        programme_id=programme_id,
        purpose=(
            "Memberi pandangan kepada pengambil kebijakan untuk mendukung perpustakaan yang "
            "menumbuhkan kewirausahaan masyarakat, dan menyinergikan seluruh sumber daya."
        ),
        source=SUMSEL,
    )


def _plan(stage: Stage, visit: Event) -> None:
    plan = Plan(
        title="POA transformasi perpustakaan Sumatera Selatan", region_code="16", about=SUMSEL
    )
    db.session.add(plan)
    db.session.flush()
    for title, due, owner in FOLLOW_UPS:
        actions.add(
            None,
            title=title,
            due_on=due,
            event_id=visit.id,
            region_code="16",
            plan_id=plan.id,
            stakeholder_id=stage.id_of(owner) if owner else None,
            owner_note=owner or "Tim Sinergi Provinsi Sumatera Selatan",
            source=SUMSEL,
        )


def _regulations() -> None:
    regulations.add(
        None,
        title="Peraturan Gubernur Sumatera Selatan tentang transformasi perpustakaan",
        kind="pergub",
        stage=RegulationStage.DRAFTED,
        region_code="16",
        target_on=date(2017, 9, 30),
        content=(
            "Pengadaan komputer dan Wi-Fi; pelibatan masyarakat sesuai kebutuhannya; advokasi "
            "kepada pemangku kepentingan."
        ),
        source=SUMSEL,
    )
    decree = regulations.add(
        None,
        title="SK Tim Sinergi Transformasi Perpustakaan Provinsi Sumatera Selatan",
        kind="sk",
        stage=RegulationStage.DRAFTED,
        region_code="16",
        target_on=date(2017, 9, 30),
        source=SUMSEL,
    )
    # Without members: the document does not name them, and the decree was not signed yet.
    db.session.add(
        Team(
            name="Tim Sinergi Transformasi Perpustakaan Provinsi Sumatera Selatan",
            region_code="16",
            regulation_id=decree.id,
            source=SUMSEL,
        )
    )


def _cost_sharing(stage: Stage, programme_id: int) -> None:
    commitments.promise(
        None,
        giver_id=stage.id_of(CCFI),
        receiver_id=stage.id_of(LIBRARY_SUMSEL),
        kind=Support.TRAINING,
        what="Berbagi biaya di 7 kabupaten/kota miskin: pengembangan kapasitas dan pendampingan",
        promised_on=date(2017, 1, 1),
        due_on=PROGRAMME_ENDS,
        programme_id=programme_id,
        about=(
            "Tanggal janji hanya diketahui tahunnya. Komputer dan Wi-Fi disediakan pemerintah "
            "kabupaten/kota dan provinsi."
        ),
        source=SUMSEL,
    )
    db.session.add_all(
        [
            Resource(
                side=ResourceSide.OFFER,
                stakeholder_id=stage.id_of(CCFI),
                kind=Support.GOODS,
                what="Aplikasi Kunang-Kunang: pemakaian Wi-Fi di perpustakaan desa",
                region_code="16",
                ends=PROGRAMME_ENDS,
                source=SUMSEL,
            ),
            Resource(
                side=ResourceSide.NEED,
                stakeholder_id=stage.id_of(LIBRARY_SUMSEL),
                kind=Support.GOODS,
                what="Komputer dan Wi-Fi untuk perpustakaan di 7 kabupaten/kota miskin",
                region_code="16",
                source=SUMSEL,
            ),
        ]
    )
