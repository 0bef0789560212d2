"""Names that offices, schools, communities and firms of a region may have; none is made twice."""

from collections.abc import Iterator
from itertools import count, product
from random import Random

OFFICES = (
    ("Dinas Perpustakaan dan Kearsipan", "library_office", "Dispersip"),
    ("Badan Perencanaan Pembangunan Daerah", "bappeda", "Bappeda"),
    ("Dinas Komunikasi dan Informatika", "kominfo", "Diskominfo"),
    ("Dinas Pemberdayaan Masyarakat dan Desa", "pmd", "DPMD"),
    ("Dinas Pendidikan", "education_office", "Disdik"),
    ("Dinas Sosial", "social_office", "Dinsos"),
    ("Dinas Koperasi dan UMKM", "cooperatives", ""),
    ("Dinas Kesehatan", "government", "Dinkes"),
    ("Sekretariat Daerah", "secretariat", "Setda"),
    ("DPRD", "parliament", ""),
    ("Dinas Pertanian", "government", ""),
    ("Dinas Pariwisata", "government", "Dispar"),
    ("Dinas Tenaga Kerja", "government", "Disnaker"),
    ("Dinas Pemuda dan Olahraga", "government", "Dispora"),
    ("Dinas Lingkungan Hidup", "government", ""),
    ("Dinas Perindustrian dan Perdagangan", "government", "Disperindag"),
    ("Dinas Perikanan", "government", ""),
    ("Dinas Perhubungan", "government", ""),
    ("Dinas Kependudukan dan Pencatatan Sipil", "government", ""),
    ("Badan Pengelolaan Keuangan dan Aset Daerah", "government", ""),
    ("Badan Kepegawaian Daerah", "government", ""),
    ("Inspektorat", "government", ""),
    ("Badan Pusat Statistik", "vertical", "BPS"),
    ("Kantor Kementerian Agama", "vertical", ""),
    ("Kejaksaan Negeri", "vertical", ""),
)
"""What a region's government has once: name, kind, and what people call it."""

MINISTRIES = (
    ("Perpustakaan Nasional Republik Indonesia", "ministry"),
    ("Kementerian Dalam Negeri", "ministry"),
    ("Kementerian Desa dan Pembangunan Daerah Tertinggal", "ministry"),
    ("Badan Perencanaan Pembangunan Nasional", "ministry"),
    ("Kementerian Komunikasi dan Digital", "ministry"),
    ("Kementerian Sosial", "ministry"),
    ("Kementerian Koperasi", "ministry"),
    ("Kementerian Pendidikan Dasar dan Menengah", "ministry"),
)

FIRST = (
    "Suka", "Tanjung", "Karang", "Muara", "Bukit", "Sungai", "Pulau", "Talang", "Lubuk", "Sumber",
    "Mekar", "Banjar", "Kampung", "Ulak", "Pagar", "Rantau", "Simpang", "Kota", "Padang", "Gunung",
    "Sidomulyo", "Air", "Batu", "Teluk", "Rawa",
)  # fmt: skip
SECOND = (
    "Maju", "Jaya", "Makmur", "Sari", "Indah", "Mulya", "Agung", "Raya", "Baru", "Harapan",
    "Sejahtera", "Bakti", "Damai", "Rejo", "Asri", "Kencana", "Abadi", "Mandiri", "Lestari",
    "Cahaya", "Timur", "Barat", "Hilir", "Hulu", "Tengah", "Sakti", "Permai", "Utama", "Bersama",
    "Merdeka",
)  # fmt: skip
"""Together 750 villages of a region."""

VIRTUES = (
    "Cerdas", "Literasi", "Nusantara", "Pelita", "Bangsa", "Harapan", "Mandiri", "Sejahtera",
    "Karya", "Cahaya", "Insan", "Mulia", "Sahabat", "Pena", "Aksara", "Cakrawala", "Tunas",
    "Mutiara", "Lentera", "Wijaya", "Pustaka", "Bakti", "Gemilang", "Sentosa",
)  # fmt: skip
"""Words that foundations, firms and communities like to be called by; two make 552 names."""

ORDINARY = {
    "opd": (
        ("Pemerintah Desa {village}", "village_government"),
        ("Perpustakaan Desa {village}", "village_library"),
        ("SD Negeri {number}", "public_school"),
        ("Kecamatan {village}", "government"),
        ("SMP Negeri {number}", "public_school"),
        ("Puskesmas {village}", "government"),
    ),
    "university": (
        ("Universitas {words}", "private_university"),
        ("Politeknik {words}", "polytechnic"),
        ("Institut {words}", "state_university"),
        ("STIE {words}", "private_university"),
        ("Akademi Komunitas {words}", "polytechnic"),
    ),
    "community": (
        ("TBM {words}", "literacy_community"),
        ("Komunitas {words}", "hobby_community"),
        ("TP PKK Desa {village}", "pkk"),
        ("Karang Taruna {village}", "hobby_community"),
        ("Forum Literasi {words}", "literacy_community"),
    ),
    "ngo_csr": (
        ("Yayasan {words}", "foundation"),
        ("Lembaga {words}", "foundation"),
        ("CSR {words}", "csr"),
    ),
    "business": (
        ("PT {words}", "company"),
        ("CV {words}", "company"),
        ("BUMDes {village}", "company"),
        ("Koperasi {words}", "company"),
        ("Bank Perekonomian Rakyat {words}", "bank"),
    ),
    "media": (
        ("Radio {words} FM", "radio"),
        ("Harian {words}", "newspaper"),
        ("{words} TV", "television"),
        ("Kabar {words}", "online"),
    ),
}
"""What else there is in a sector, and its kind; no limit to how many."""


def offices(place: str) -> Iterator[tuple[str, str, str]]:
    """Yield the offices of a region, the most important first: name, kind, short name."""
    for office, kind, short in OFFICES:
        yield f"{office} {place}", kind, f"{short} {place}" if short else ""


def ordinary(sector: str, place: str, lots: Random) -> Iterator[tuple[str, str]]:
    """Yield names of a sector in a region without end, no two the same: name and kind."""
    villages = [f"{one} {two}" for one, two in product(FIRST, SECOND)]
    words = [f"{one} {two}" for one, two in product(VIRTUES, VIRTUES) if one != two]
    lots.shuffle(villages)
    lots.shuffle(words)
    patterns = ORDINARY[sector]
    for number in count():
        pattern, kind = patterns[number % len(patterns)]
        turn = number // len(patterns)
        filled = pattern.format(
            village=_numbered(villages, turn), words=_numbered(words, turn), number=turn + 1
        )
        yield f"{filled} {place}", kind


def _numbered(names: list[str], turn: int) -> str:
    """Return one name after the other; when all are used up, again with a number."""
    again, at = divmod(turn, len(names))
    return f"{names[at]} {again + 1}" if again else names[at]
