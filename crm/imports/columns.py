"""What the columns of a table may mean, and the headings by which that is guessed."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from crm.imports.models import Role
from crm.language import _

ALIKE = 90
"""From this likeness on, out of 100, a heading is taken for one that we know."""


@dataclass(frozen=True)
class Field:
    """One thing that a column may hold."""

    name: str
    label: Any
    headings: tuple[str, ...]
    """How people head such a column, in small letters without punctuation."""
    required: bool = False


def _field(name: str, label: Any, headings: str, *, required: bool = False) -> Field:
    known = tuple(dict.fromkeys(one.strip() for one in headings.split(",")))
    return Field(name, label, (name.replace("_", " "), *known), required)


STAKEHOLDERS = (
    _field(
        "name",
        _("Name"),
        "nama, organisasi, nama organisasi, organization, organisation, stakeholder, instansi,"
        "nama instansi, lembaga, nama lembaga, pemangku kepentingan, mitra, nama mitra, institusi,"
        "nama institusi, perusahaan, nama perusahaan, komunitas, nama komunitas, institution,"
        "nama pemangku kepentingan, organisation name, organization name, nama opd, opd",
        required=True,
    ),
    _field(
        "short_name",
        _("Short name"),
        "nama singkat, singkatan, akronim, abbreviation, nama pendek",
    ),
    _field(
        "aliases",
        _("Other names"),
        "nama lain, alias, alias nama, other name, also known as, sebutan lain, nama lama",
    ),
    _field(
        "sector",
        _("Sector"),
        "sektor, kategori, category, kelompok, unsur, bidang",
    ),
    _field("kind", _("Kind"), "jenis, type, tipe, jenis organisasi, jenis instansi, jenis lembaga"),
    _field(
        "level",
        _("Level"),
        "tingkat, tingkatan, organisation level, organization level, level organisasi, jenjang",
    ),
    _field(
        "region",
        _("Region"),
        "wilayah, daerah, kabupaten, kota, kabupaten kota, kab kota, kabkota, provinsi, province,"
        "district, lokasi, asal daerah, regency, nama wilayah",
    ),
    _field(
        "region_code",
        _("Region code"),
        "kode wilayah, kode daerah, kode kemendagri, kabkota code, kode kab kota, kode",
    ),
    _field("address", _("Address"), "alamat, alamat kantor, alamat lengkap, office address"),
    _field(
        "phone",
        _("Telephone"),
        "telepon, telp, tlp, telpon, no telp, no telepon, nomor telepon, telepon kantor,"
        "telp kantor, no telp kantor, telephone, phone number, office phone",
    ),
    _field(
        "email",
        _("E-mail"),
        "e mail, surel, email kantor, alamat email, email instansi, surel kantor, pos el",
    ),
    _field("website", _("Website"), "situs, situs web, web, laman, url, homepage, site"),
    _field("influence", _("Influence"), "pengaruh, tingkat pengaruh, power, kekuatan"),
    _field("interest", _("Interest"), "kepentingan, minat, tingkat kepentingan, ketertarikan"),
    _field("stage", _("Stage"), "tahap, tahapan, status, status kemitraan, status keterlibatan"),
    _field("tags", _("Tags"), "tag, label, penanda, kata kunci, keywords"),
    _field("about", _("About"), "tentang, keterangan, catatan, deskripsi, description, notes"),
    _field("source", _("Source"), "sumber, sumber data, referensi, asal data"),
    _field(
        "contact_name",
        _("Contact: name"),
        "kontak, nama kontak, contact, contact person, cp, narahubung, nama narahubung, pic,"
        "nama pic, penanggung jawab, nama pejabat, pejabat, nama pimpinan, pimpinan, person,"
        "nama lengkap, nama orang, full name",
    ),
    _field(
        "contact_position",
        _("Contact: position"),
        "jabatan, posisi, position, job title, jabatan kontak, jabatan narahubung, jabatan pic,"
        "title",
    ),
    _field(
        "contact_phone",
        _("Contact: telephone"),
        "hp, no hp, nomor hp, handphone, no handphone, wa, no wa, nomor wa, whatsapp,"
        "nomor whatsapp, no whatsapp, mobile, mobile phone, telepon kontak, telepon narahubung,"
        "hp kontak, ponsel, nomor ponsel, no kontak, nomor kontak, telp kontak",
    ),
    _field(
        "contact_email",
        _("Contact: e-mail"),
        "email kontak, surel kontak, email narahubung, surel narahubung, email pribadi,"
        "e mail kontak, email pic, contact e mail",
    ),
    _field(
        "contact_basis",
        _("Contact: legal basis"),
        "basis, dasar, dasar hukum, dasar pemrosesan, legal basis, persetujuan, consent,"
        "dasar pemrosesan data, contact legal basis",
    ),
    _field("id", _("Number in Sinergi"), "nomor, number, sinergi id, id sinergi, nomor sinergi"),
)

MEETINGS = (
    _field(
        "meeting_id",
        _("Meeting number"),
        "id, id kegiatan, nomor kegiatan, no kegiatan, kode kegiatan, id pertemuan,"
        "nomor pertemuan, kode pertemuan, event id, meeting, reference, kode, nomor",
        required=True,
    ),
    _field("date", _("Date"), "tanggal, tgl, waktu, hari tanggal, tanggal kegiatan, day, when"),
    _field(
        "province_code",
        _("Province code"),
        "kode provinsi, kode prov, province, provinsi, prov",
    ),
    _field(
        "kabkota_code",
        _("District code"),
        "kode kabkota, kode kab kota, kode kabupaten, kode kabupaten kota, district code,"
        "kabkota, kab kota, kabupaten kota, kabupaten, kode wilayah, region code, wilayah, region,"
        "lokasi",
    ),
    _field(
        "title",
        _("Title"),
        "judul, nama kegiatan, kegiatan, judul kegiatan, acara, nama acara, event, event title,"
        "pertemuan, nama pertemuan",
        required=True,
    ),
    _field(
        "source_url",
        _("Source"),
        "sumber, source, url, tautan, link, alamat sumber, url sumber, tautan sumber",
    ),
)

PARTICIPATIONS = (
    _field(
        "meeting_id",
        _("Meeting number"),
        "id kegiatan, nomor kegiatan, no kegiatan, kode kegiatan, id pertemuan, nomor pertemuan,"
        "kode pertemuan, event id, meeting, kegiatan, reference",
        required=True,
    ),
    _field(
        "organisation",
        _("Organisation"),
        "organisasi, nama organisasi, organization, stakeholder, instansi, nama instansi, lembaga,"
        "nama lembaga, pemangku kepentingan, peserta, nama, name, mitra, nama pemangku kepentingan",
        required=True,
    ),
    _field("sector", _("Sector"), "sektor, kategori, category, unsur", required=True),
    _field(
        "organisation_level",
        _("Level"),
        "level, tingkat, tingkat organisasi, organization level, level organisasi, jenjang",
        required=True,
    ),
    _field("role", _("Role"), "peran, peranan, sebagai, fungsi"),
    _field(
        "tie_type",
        _("Kind of tie"),
        "jenis hubungan, hubungan, tie, jenis ikatan, ikatan, jenis keterlibatan, keterlibatan,"
        "bentuk",
    ),
)

FIELDS: dict[Role, tuple[Field, ...]] = {
    Role.STAKEHOLDERS: STAKEHOLDERS,
    Role.MEETINGS: MEETINGS,
    Role.PARTICIPATIONS: PARTICIPATIONS,
}


def plain(heading: str) -> str:
    """Return a heading in small letters, without accents, signs, and what stands in brackets."""
    text = unicodedata.normalize("NFKD", heading.casefold())
    text = "".join(one for one in text if not unicodedata.combining(one))
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"\(.*?\)|\[.*?\]", " ", text)))


def guess(
    role: Role, headings: Sequence[str], memory: Mapping[str, str] | None = None
) -> list[str]:
    """Return the field that each heading means, empty where none is known; no field twice.

    What the users said last time about a heading (``memory``) comes first, then the headings we
    know, then those that look like one of them.
    """
    known = {heading: one.name for one in FIELDS[role] for heading in reversed(one.headings)}
    known |= {one.name.replace("_", " "): one.name for one in FIELDS[role]}
    fields = [""] * len(headings)
    texts = [plain(heading) for heading in headings]
    for vocabulary, alike in ((memory or {}, 100), (known, 100), (known, ALIKE)):
        for at, text in enumerate(texts):
            if fields[at] or not text or (memory and memory.get(text) == ""):
                continue
            field = vocabulary.get(text) if alike == 100 else _alike(text, known)
            if field and field not in fields:
                fields[at] = field
    return fields


def _alike(text: str, known: Mapping[str, str]) -> str | None:
    found = process.extractOne(text, known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return known[found[0]] if found else None


def missing(role: Role, fields: Iterable[str]) -> list[Field]:
    """Return the required fields that no column was given to."""
    given = set(fields)
    return [one for one in FIELDS[role] if one.required and one.name not in given]


def merit(role: Role, headings: Sequence[str]) -> int:
    """Return how much a row of texts looks like the headings of such a table."""
    fields = guess(role, headings)
    return sum(1 for one in fields if one) + 3 * (not missing(role, fields))


def header_row(role: Role, rows: Sequence[tuple[int, list[str]]], within: int = 30) -> int:
    """Return the number of the row that holds the headings: the first of those most like some."""
    if not rows:
        return 1
    best = max(rows[:within], key=lambda row: merit(role, row[1]))
    return best[0] if merit(role, best[1]) else rows[0][0]
