"""Names: what makes two spellings the same office, and two alike ones different offices."""

import re
import unicodedata
from collections.abc import Iterable

ABBREVIATIONS = {
    "kab": "kabupaten",
    "prov": "provinsi",
    "propinsi": "provinsi",
    "kec": "kecamatan",
    "kel": "kelurahan",
    "univ": "universitas",
    "politek": "politeknik",
    "poltek": "politeknik",
    "dispursip": "dinas perpustakaan kearsipan",
    "disperpusip": "dinas perpustakaan kearsipan",
    "dispersip": "dinas perpustakaan kearsipan",
    "dispusip": "dinas perpustakaan kearsipan",
    "dpk": "dinas perpustakaan kearsipan",
    "dkp": "dinas kearsipan perpustakaan",
    "dispustaka": "dinas perpustakaan",
    "disperpus": "dinas perpustakaan",
    "perpusnas": "perpustakaan nasional",
    "perpusda": "perpustakaan daerah",
    "perpusdes": "perpustakaan desa",
    "diskominfo": "dinas komunikasi informatika",
    "kominfo": "komunikasi informatika",
    "pmd": "pemberdayaan masyarakat desa",
    "dpmd": "dinas pemberdayaan masyarakat desa",
    "disdik": "dinas pendidikan",
    "dinkes": "dinas kesehatan",
    "dinsos": "dinas sosial",
    "pemprov": "pemerintah provinsi",
    "pemkab": "pemerintah kabupaten",
    "pemko": "pemerintah kota",
    "pemkot": "pemerintah kota",
    "setda": "sekretariat daerah",
    "sumsel": "sumatera selatan",
    "sumut": "sumatera utara",
    "sumbar": "sumatera barat",
    "kalteng": "kalimantan tengah",
    "kalsel": "kalimantan selatan",
    "kaltim": "kalimantan timur",
    "kalbar": "kalimantan barat",
    "kaltara": "kalimantan utara",
    "sulsel": "sulawesi selatan",
    "sulteng": "sulawesi tengah",
    "sulbar": "sulawesi barat",
    "sultra": "sulawesi tenggara",
    "sulut": "sulawesi utara",
    "jabar": "jawa barat",
    "jateng": "jawa tengah",
    "jatim": "jawa timur",
    "babel": "bangka belitung",
    "kobar": "kotawaringin barat",
    "kotim": "kotawaringin timur",
    "yay": "yayasan",
    "kom": "komunitas",
    "tbm": "taman bacaan masyarakat",
    "ccfi": "coca cola foundation indonesia",
}
"""What offices shorten, and the full words; one spelling of each is enough for the search."""

FILLERS = frozenset({"dan", "serta", "ri", "republik", "the", "of", "and", "di", "tbk"})
"""Words that make no difference between two names."""

_word = re.compile(r"[a-z0-9]+")


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, without accents, abbreviations written out."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    found: list[str] = []
    for word in _word.findall(plain.replace("&", " dan ")):
        found.extend(ABBREVIATIONS.get(word, word).split())
    return found


def key(name: str) -> str:
    """Return what a name is compared by: its words in order, without fillers."""
    found = words(name)
    return " ".join([word for word in found if word not in FILLERS] or found)[:500]


def search_text(names: Iterable[str]) -> str:
    """Return what the search looks through: every name as written and as compared."""
    kept = dict.fromkeys(
        part for name in names if name for part in (name.casefold().strip(), key(name))
    )
    return "\n".join(kept)


def search_words(query: str) -> list[str]:
    """Return the words that a record must hold to be found."""
    return [word for word in key(query).split() if word]
