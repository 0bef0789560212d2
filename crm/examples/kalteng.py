"""The second document: the library rakor of Kalimantan Tengah in April 2014."""

from datetime import date

from crm.actions import services as actions
from crm.commitments import services as commitments
from crm.commitments.models import CommitmentStatus, Support
from crm.db import db
from crm.events import services as events
from crm.events.models import DatePrecision, EventKind, EventStatus
from crm.examples.cast import CCFI, GATES, KALTENG, KOBAR, LIBRARY_KOBAR, PERPUSNAS
from crm.examples.stage import Stage, fields
from crm.invitations import services as invitations
from crm.invitations.models import Attendance, ParticipationRole
from crm.resources.models import Resource, ResourceSide

REPORTED = date(2014, 4, 24)
"""Gifts are told of at the rakor: they were given by then, on a day that is not known."""

CLASSES = (
    "Belajar animasi di perpustakaan keliling",
    "Belajar membuat kue",
    "Beauty class",
    "Belajar bahasa Inggris",
    "Belajar membuat bros",
    "Belajar membuat sarapan",
    "Belajar internet",
    "Belajar membuat proposal",
    "Latihan drum",
    "Belajar Mikrotik",
)

TRAININGS = (
    "Pelatihan perencanaan strategis dan mapping resources",
    "Pelatihan teknologi komputer",
    "Pelatihan pelayanan prima dan marketing perpustakaan",
    "Pelatihan monitoring dan evaluasi",
    "Pelatihan advokasi",
)

OFFERS = (
    (Support.GOODS, "Bantuan mobil perpustakaan keliling"),
    (Support.GOODS, "Pengembangan e-library"),
    (Support.GOODS, "Bantuan penguatan koleksi"),
    (Support.MONEY, "Dana dekonsentrasi untuk lomba minat baca"),
)

MINUTES = """\
Tema: Pengembangan Perpustakaan Berbasis Advokasi dan Kemitraan. 24–26 April 2014, 100 peserta: \
Badan Perpustakaan Provinsi, kantor perpustakaan daerah kabupaten/kota, dan SKPD teknis.

- Dibuka Bupati Kotawaringin Barat. Rakor pertama yang diadakan di daerah kabupaten.
- Kelas Berbagi: belajar bersama masyarakat di perpustakaan melalui advokasi dan kemitraan, \
didukung enam komunitas relawan.
- Diluncurkan logo kemitraan perpustakaan se-Kotawaringin Barat, semboyan “Dengan kemitraan kita \
maju”.
- CCFI, mitra Bill Gates Foundation, membantu 5 PC, printer, dan kamera serta pelatihan bagi \
siswa dan pelajar, perempuan, dan pengusaha mikro.
- Perpustakaan Nasional melanjutkan bantuan ke daerah.
- Bupati mengharapkan rekomendasi dan potret pengembangan perpustakaan agar kabupaten/kota \
saling mendukung."""


def load(stage: Stage) -> None:
    """Add what the document says."""
    _rakor(stage)
    _sharing_classes(stage)
    _gifts(stage)
    _trainings(stage)
    _offers(stage)
    actions.add(
        None,
        title="Tingkatkan status Kantor Perpustakaan Kotawaringin Barat menjadi Badan (eselon IIb)",
        event_id=stage.event("M002").id,
        stakeholder_id=stage.id_of(KOBAR),
        region_code="62.01",
        owner_note=KOBAR,
        source=KALTENG,
    )


def _rakor(stage: Stage) -> None:
    rakor = stage.event("M002")
    rakor = events.change(
        None,
        rakor.id,
        version=rakor.version,
        **fields(rakor)
        | {
            "kind": EventKind.RAKOR,
            "ends_on": date(2014, 4, 26),
            "place": "Swiss-Belinn Hotel, Pangkalan Bun",
            "host_id": stage.id_of(LIBRARY_KOBAR),
            "capacity": 100,
            "purpose": (
                "Evaluasi penyelenggaraan perpustakaan dan koordinasi sinergi untuk mempercepat "
                "program perpustakaan se-Kalimantan Tengah."
            ),
            "minutes": MINUTES,
        },
    )
    stage.attend(rakor, KOBAR, "Bupati")
    stage.attend(rakor, LIBRARY_KOBAR, "Kepala Kantor")
    stage.attend(rakor, CCFI, "Perwakilan")
    stage.attend(rakor, PERPUSNAS, "Sekretaris Utama")


def _sharing_classes(stage: Stage) -> None:
    for title in CLASSES:
        one = events.add(
            None,
            title=f"Kelas Berbagi: {title}",
            kind=EventKind.SHARING_CLASS,
            status=EventStatus.HELD,
            starts_on=date(2014, 1, 1),
            date_precision=DatePrecision.YEAR,
            place="Kantor Perpustakaan Daerah Kotawaringin Barat",
            region_code="62.01",
            host_id=stage.id_of(LIBRARY_KOBAR),
            source=KALTENG,
        )
        # Which of the six communities taught which class is not told: they stand at M003.
        _present(stage, one.id, LIBRARY_KOBAR, ParticipationRole.HOST)


def _gifts(stage: Stage) -> None:
    programme_id = stage.programme("PerpuSeru").id
    commitments.promise(
        None,
        giver_id=stage.id_of(CCFI),
        receiver_id=stage.id_of(LIBRARY_KOBAR),
        kind=Support.GOODS,
        what="5 PC, printer, dan kamera",
        status=CommitmentStatus.REALISED,
        promised_on=REPORTED,
        realised_on=REPORTED,
        programme_id=programme_id,
        source=KALTENG,
    )
    commitments.promise(
        None,
        giver_id=stage.id_of(GATES),
        receiver_id=stage.id_of(CCFI),
        kind=Support.MONEY,
        what="Kemitraan untuk pengembangan perpustakaan di Indonesia",
        status=CommitmentStatus.REALISED,
        promised_on=REPORTED,
        realised_on=REPORTED,
        programme_id=programme_id,
        source=KALTENG,
    )


def _trainings(stage: Stage) -> None:
    for title in TRAININGS:
        training = events.add(
            None,
            title=title,
            kind=EventKind.TRAINING,
            status=EventStatus.HELD,
            starts_on=date(2014, 1, 1),
            date_precision=DatePrecision.YEAR,
            region_code="62.01",
            host_id=stage.id_of(CCFI),
            programme_id=stage.programme("PerpuSeru").id,
            source=KALTENG,
        )
        _present(stage, training.id, CCFI, ParticipationRole.HOST)
        _present(stage, training.id, LIBRARY_KOBAR, ParticipationRole.PARTICIPANT)


def _present(stage: Stage, event_id: int, name: str, role: ParticipationRole) -> None:
    invitations.add(
        None,
        event_id,
        stakeholder_id=stage.id_of(name),
        role=role,
        attendance=Attendance.PRESENT,
        source=KALTENG,
    )


def _offers(stage: Stage) -> None:
    db.session.add_all(
        Resource(
            side=ResourceSide.OFFER,
            stakeholder_id=stage.id_of(PERPUSNAS),
            kind=kind,
            what=what,
            region_code="62",
            source=KALTENG,
        )
        for kind, what in OFFERS
    )
