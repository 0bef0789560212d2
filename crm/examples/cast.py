"""The organisations and people of the two source documents, and how they are spelt there."""

from dataclasses import dataclass

SUMSEL = (
    "Berita Bappeda Provinsi Sumatera Selatan, 2017: Kunjungan Koordinasi Tim Sinergi Transformasi "
    "Perpustakaan bersama Tim dari CCFI (Perpuseru) "
    "http://bappeda.sumselprov.go.id/berita/822/kunjungan-koordinasi-tim-sinergi-transformasi-"
    "perpustakaan-bersama-tim-dari-ccfi-perpuseru-ke-bappeda-provinsi-sumsel"
)
KALTENG = (
    "Berita pnri.go.id, April 2014: Rakor Bidang Perpustakaan Se-Kalimantan Tengah "
    "https://perpustakaandalamberita.blogspot.com/2014/04/"
    "rakor-bidang-perpustakaan-se-kalimantan.html"
)

BAPPEDA = "Bappeda Provinsi Sumatera Selatan"
CCFI = "Coca-Cola Foundation Indonesia"
GATES = "Bill & Melinda Gates Foundation"
LIBRARY_SUMSEL = "Dinas Perpustakaan Provinsi Sumatera Selatan"
LIBRARY_KOBAR = "Dinas Perpustakaan dan Kearsipan Kabupaten Kotawaringin Barat"
LIBRARY_KALTENG = "Dinas Perpustakaan dan Arsip Provinsi Kalimantan Tengah"
KOBAR = "Pemerintah Kabupaten Kotawaringin Barat"
PERPUSNAS = "Perpustakaan Nasional RI"


@dataclass(frozen=True)
class Person:
    """Somebody whom a document names, with the post in which it names them."""

    name: str
    before: str
    after: str
    organisation: str
    post: str
    source: str


PEOPLE = (
    Person("Ekowati", "Dr.", "", BAPPEDA, "Kepala Bappeda", SUMSEL),
    Person("Herfiani Rizkia", "Dr.", "S.T.P., M.Si.", BAPPEDA, "Mewakili Kepala Bappeda", SUMSEL),
    Person("Ujang Iskandar", "Dr.", "M.Si.", KOBAR, "Bupati", KALTENG),
    Person("Safwan", "", "S.Sos., M.Si.", LIBRARY_KOBAR, "Kepala Kantor", KALTENG),
    Person("Niklah Dina Nonaida", "", "", CCFI, "Perwakilan", KALTENG),
    Person("Dedy Junaedi", "Drs.", "M.Si.", PERPUSNAS, "Sekretaris Utama", KALTENG),
)

ALIASES = {
    CCFI: ("CCFI", "Coca Cola Foundation Indonesia", "Cola-Cola Foundation Indonesia"),
    GATES: ("Bill Gate Foundation", "Gates Foundation"),
    LIBRARY_KOBAR: (
        "Kantor Perpustakaan, Arsip dan Dokumentasi Daerah Kotawaringin Barat",
        "Kantor Perpustakaan Daerah Kotawaringin Barat",
    ),
    LIBRARY_KALTENG: ("Badan Perpustakaan Provinsi Kalimantan Tengah", "Dispursip Kalteng"),
    PERPUSNAS: ("Perpusnas", "PNRI"),
    KOBAR: ("Pemkab Kobar",),
    "Universitas Sriwijaya": ("Unsri",),
}

KINDS = {
    BAPPEDA: "bappeda",
    CCFI: "csr",
    GATES: "donor",
    LIBRARY_SUMSEL: "library_office",
    LIBRARY_KOBAR: "library_office",
    LIBRARY_KALTENG: "library_office",
    KOBAR: "government",
    PERPUSNAS: "ministry",
}

ABOUT = {
    PERPUSNAS: (
        "Sampai April 2014 membantu 500 perpustakaan kabupaten/kota, 503 unit mobil dan kapal "
        "perpustakaan keliling, dan 23.281 perpustakaan desa/kelurahan di seluruh Indonesia."
    ),
    CCFI: (
        "Menjalankan program PerpuSeru. Membangun aplikasi Kunang-Kunang, yang mencatat "
        "pemakaian Wi-Fi di perpustakaan desa."
    ),
}

ENGINEERING = (
    "Universitas Sriwijaya",
    "Universitas Riau",
    "Universitas Islam Riau",
    "Universitas Lancang Kuning",
)
"""Universities of the meetings that have a faculty of engineering, which Bappeda asks for."""
