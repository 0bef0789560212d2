"""Spelling: the words of a name in one form, however an office or a place is shortened."""

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

REGIONS = Path(__file__).parent / "regions" / "regions.csv"
"""All provinces, kabupaten and kota; crm/regions/reference.py loads them into the database."""

OFFICES = {
    "kab": "kabupaten",
    "kabkota": "kabupaten kota",
    "prov": "provinsi",
    "propinsi": "provinsi",
    "kec": "kecamatan",
    "kel": "kelurahan",
    "ds": "desa",
    "kodya": "kota",
    "kotamadya": "kota",
    "adm": "administrasi",
    "univ": "universitas",
    "politek": "politeknik",
    "poltek": "politeknik",
    "poltekkes": "politeknik kesehatan",
    "sman": "sma negeri",
    "smkn": "smk negeri",
    "smpn": "smp negeri",
    "sdn": "sd negeri",
    "mtsn": "mts negeri",
    "arsip": "kearsipan",
    "dispursip": "dinas perpustakaan kearsipan",
    "disperpusip": "dinas perpustakaan kearsipan",
    "disperpusipda": "dinas perpustakaan kearsipan",
    "dispersip": "dinas perpustakaan kearsipan",
    "dispusip": "dinas perpustakaan kearsipan",
    "dispusipda": "dinas perpustakaan kearsipan",
    "dispersipda": "dinas perpustakaan kearsipan",
    "dpk": "dinas perpustakaan kearsipan",
    "dpka": "dinas perpustakaan kearsipan",
    "dkp": "dinas kearsipan perpustakaan",
    "disarpus": "dinas kearsipan perpustakaan",
    "dispustaka": "dinas perpustakaan",
    "disperpus": "dinas perpustakaan",
    "disarpusda": "dinas kearsipan perpustakaan",
    "perpusnas": "perpustakaan nasional",
    "perpusda": "perpustakaan daerah",
    "perpusdes": "perpustakaan desa",
    "perpus": "perpustakaan",
    "diskominfo": "dinas komunikasi informatika",
    "diskominfotik": "dinas komunikasi informatika",
    "kominfo": "komunikasi informatika",
    "kominfotik": "komunikasi informatika",
    "pmd": "pemberdayaan masyarakat desa",
    "dpmd": "dinas pemberdayaan masyarakat desa",
    "dispmd": "dinas pemberdayaan masyarakat desa",
    "disdik": "dinas pendidikan",
    "disdikbud": "dinas pendidikan kebudayaan",
    "dikbud": "pendidikan kebudayaan",
    "dinkes": "dinas kesehatan",
    "dinsos": "dinas sosial",
    "disperindag": "dinas perindustrian perdagangan",
    "dispora": "dinas pemuda olahraga",
    "dispar": "dinas pariwisata",
    "disnaker": "dinas tenaga kerja",
    "umkm": "usaha mikro kecil menengah",
    "ukm": "usaha kecil menengah",
    "kanwil": "kantor wilayah",
    "kemenag": "kementerian agama",
    "kemenkes": "kementerian kesehatan",
    "kemendikbud": "kementerian pendidikan kebudayaan",
    "kemendes": "kementerian desa",
    "kemendagri": "kementerian dalam negeri",
    "kemenkumham": "kementerian hukum hak asasi manusia",
    "pemprov": "pemerintah provinsi",
    "pemkab": "pemerintah kabupaten",
    "pemko": "pemerintah kota",
    "pemkot": "pemerintah kota",
    "pemdes": "pemerintah desa",
    "pemda": "pemerintah daerah",
    "setda": "sekretariat daerah",
    "sekda": "sekretariat daerah",
    "kejari": "kejaksaan negeri",
    "polda": "kepolisian daerah",
    "polres": "kepolisian resor",
    "lapas": "lembaga pemasyarakatan",
    "yay": "yayasan",
    "foundation": "yayasan",
    "kom": "komunitas",
    "tbm": "taman bacaan masyarakat",
}
"""What offices shorten, and the full words; one spelling of each is enough for the search."""

ORGANISATIONS = {
    "bi": "bank indonesia",
    "ipi": "ikatan pustakawan indonesia",
    "ccfi": "coca cola yayasan indonesia",
}
"""Organisations that are better known by their initials."""

PLACES = {
    "kep": "kepulauan",
    "sumut": "sumatera utara",
    "sumbar": "sumatera barat",
    "kepri": "kepulauan riau",
    "sumsel": "sumatera selatan",
    "babel": "bangka belitung",
    "dki": "daerah khusus ibukota",
    "dkj": "daerah khusus jakarta",
    "diy": "daerah istimewa yogyakarta",
    "jabar": "jawa barat",
    "jateng": "jawa tengah",
    "jatim": "jawa timur",
    "ntb": "nusa tenggara barat",
    "ntt": "nusa tenggara timur",
    "kalbar": "kalimantan barat",
    "kalteng": "kalimantan tengah",
    "kalsel": "kalimantan selatan",
    "kaltim": "kalimantan timur",
    "kaltara": "kalimantan utara",
    "sulut": "sulawesi utara",
    "sulteng": "sulawesi tengah",
    "sulsel": "sulawesi selatan",
    "sultra": "sulawesi tenggara",
    "sulbar": "sulawesi barat",
    "malut": "maluku utara",
    "papbar": "papua barat",
    "sumatra": "sumatera",
    "jogja": "yogyakarta",
    "jogjakarta": "yogyakarta",
    "yogya": "yogyakarta",
    "tapteng": "tapanuli tengah",
    "taput": "tapanuli utara",
    "tapsel": "tapanuli selatan",
    "madina": "mandailing natal",
    "humbahas": "humbang hasundutan",
    "sergai": "serdang bedagai",
    "paluta": "padang lawas utara",
    "labusel": "labuhan batu selatan",
    "labura": "labuhan batu utara",
    "pessel": "pesisir selatan",
    "solsel": "solok selatan",
    "pasbar": "pasaman barat",
    "inhu": "indragiri hulu",
    "inhil": "indragiri hilir",
    "rohul": "rokan hulu",
    "rohil": "rokan hilir",
    "kuansing": "kuantan singingi",
    "tanjabbar": "tanjung jabung barat",
    "tanjabtim": "tanjung jabung timur",
    "oku": "ogan komering ulu",
    "okus": "ogan komering ulu selatan",
    "okut": "ogan komering ulu timur",
    "oki": "ogan komering ilir",
    "muba": "musi banyuasin",
    "muratara": "musi rawas utara",
    "pali": "penukal abab lematang ilir",
    "tubaba": "tulang bawang barat",
    "basel": "bangka selatan",
    "bateng": "bangka tengah",
    "beltim": "belitung timur",
    "tangsel": "tangerang selatan",
    "tts": "timor tengah selatan",
    "ttu": "timor tengah utara",
    "kobar": "kotawaringin barat",
    "kotim": "kotawaringin timur",
    "barsel": "barito selatan",
    "barut": "barito utara",
    "bartim": "barito timur",
    "gumas": "gunung mas",
    "pulpis": "pulang pisau",
    "batola": "barito kuala",
    "tanbu": "tanah bumbu",
    "kukar": "kutai kartanegara",
    "kubar": "kutai barat",
    "kutim": "kutai timur",
    "bolmong": "bolaang mongondow",
    "bolmut": "bolaang mongondow utara",
    "bolsel": "bolaang mongondow selatan",
    "boltim": "bolaang mongondow timur",
    "sitaro": "kepulauan siau tagulandang biaro",
    "bangkep": "banggai kepulauan",
    "parimo": "parigi moutong",
    "touna": "tojo una una",
    "pangkep": "pangkajene kepulauan",
    "sidrap": "sidenreng rappang",
    "lutra": "luwu utara",
    "lutim": "luwu timur",
    "konsel": "konawe selatan",
    "konut": "konawe utara",
    "konkep": "konawe kepulauan",
    "polman": "polewali mandar",
    # One place, several spellings: the one in more words is the one that is compared.
    "palangkaraya": "palangka raya",
    "labuhanbatu": "labuhan batu",
    "tanjungbalai": "tanjung balai",
    "pematangsiantar": "pematang siantar",
    "padangsidimpuan": "padang sidimpuan",
    "padangsidempuan": "padang sidimpuan",
    "sidempuan": "sidimpuan",
    "gunungsitoli": "gunung sitoli",
    "batanghari": "batang hari",
    "mukomuko": "muko muko",
    "bukittinggi": "bukit tinggi",
    "sawahlunto": "sawah lunto",
    "kotabaru": "kota baru",
    "banjarbaru": "banjar baru",
    "gunungkidul": "gunung kidul",
    "parepare": "pare pare",
}
"""What places shorten; a short form that means two places (Mura, Palas) is left as it is."""

_word = re.compile(r"[a-z0-9]+")


def plain(text: str) -> str:
    """Return a text in small letters and without accents."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in folded if not unicodedata.combining(one))


def bare_words(text: str) -> list[str]:
    """Return the words of a text in small letters, nothing written out."""
    return _word.findall(plain(text).replace("&", " dan "))


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, without accents, abbreviations written out."""
    found: list[str] = []
    for word in bare_words(text):
        found.extend(ABBREVIATIONS.get(word, word).split())
    return found


@cache
def region_rows() -> tuple[dict[str, str], ...]:
    """Return the rows of regions.csv."""
    with REGIONS.open(encoding="utf-8", newline="") as file:
        return tuple(
            {key: value.strip() for key, value in row.items()} for row in csv.DictReader(file)
        )


def _run_together() -> dict[str, str]:
    """Return the districts of several words as one, as many write them: Lubuklinggau."""
    names = [bare_words(row["name"])[1:] for row in region_rows() if row["level"] == "district"]
    return {"".join(parts): " ".join(parts) for parts in names if len(parts) > 1}


def _written_out(short: dict[str, str]) -> dict[str, str]:
    """Write out the short forms within the long ones too."""
    return {
        one: " ".join(short.get(word, word) for word in long.split()) for one, long in short.items()
    }


ABBREVIATIONS = _written_out(_run_together() | OFFICES | ORGANISATIONS | PLACES)
"""One word -> the words that are compared instead of it."""
