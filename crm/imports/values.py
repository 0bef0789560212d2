"""What the texts of a table mean: sectors, levels, scores, telephones; or why they mean nothing."""

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from flask_babel import force_locale

from crm import phones
from crm.contacts.models import Basis
from crm.errors import Refused
from crm.imports.columns import plain
from crm.invitations.models import ParticipationRole
from crm.language import LANGUAGES, _
from crm.regions.models import Level
from crm.stakeholders.models import Sector, Stage
from crm.words import label

E = TypeVar("E", bound=Enum)

SAID: dict[type[Enum], dict[Enum, str]] = {
    Sector: {
        Sector.OPD: "pemerintah, pemda, dinas, instansi pemerintah, skpd, lembaga pemerintah,"
        "pemerintahan, opd pemerintah, government office, public sector, instansi",
        Sector.UNIVERSITY: "perguruan tinggi, universitas, kampus, akademisi, pt, academia,"
        "pendidikan tinggi, higher education, akademik, politeknik, sekolah tinggi",
        Sector.COMMUNITY: "komunitas, masyarakat, organisasi masyarakat, ormas, tbm, komunitas tbm",
        Sector.NGO_CSR: "lsm, csr, lsm csr, ngo, yayasan, foundation, lembaga swadaya masyarakat,"
        "ngo csr, lembaga donor, filantropi",
        Sector.BUSINESS: "dunia usaha, bisnis, usaha, swasta, perusahaan, bumn, bumd, bank,"
        "private sector, company, industri, bumn bumd",
        Sector.MEDIA: "media massa, pers, press, mass media, jurnalis, wartawan, radio, televisi",
    },
    Level: {
        Level.NATIONAL: "nasional, pusat, indonesia, internasional, international",
        Level.PROVINCE: "provinsi, prov, propinsi",
        Level.DISTRICT: "kabkota, kabupaten, kota, kab kota, kabupaten kota, kab, daerah, regency,"
        "city, kecamatan, subdistrict",
        Level.VILLAGE: "desa, kelurahan, desa kelurahan, nagari, gampong, kampung",
    },
    Stage: {
        Stage.IDENTIFIED: "teridentifikasi, diidentifikasi, identifikasi",
        Stage.MAPPED: "terpetakan, dipetakan, pemetaan",
        Stage.APPROACHED: "didekati, pendekatan, dihubungi, contacted",
        Stage.COMMITTED: "berkomitmen, komitmen, commitment",
        Stage.FORMALISED: "diformalkan, formal, terformalisasi, mou, formalized",
        Stage.REALISED: "terealisasi, terwujud, realisasi, realized, terlaksana",
        Stage.MAINTAINED: "terpelihara, dipelihara, terjaga, aktif, active",
        Stage.INACTIVE: "tidak aktif, nonaktif, non aktif, pasif",
        Stage.DECLINED: "menolak, ditolak, rejected",
    },
    Basis: {
        Basis.CONSENT: "persetujuan, setuju, izin, ya, yes",
        Basis.CONTRACT: "kontrak, perjanjian",
        Basis.LEGAL_DUTY: "kewajiban hukum, legal obligation",
        Basis.VITAL_INTEREST: "kepentingan vital, vital interests",
        Basis.PUBLIC_TASK: "tugas publik, tugas negara, pelayanan publik, kepentingan umum,"
        "public interest",
        Basis.LEGITIMATE_INTEREST: "kepentingan yang sah, kepentingan sah, legitimate interests",
    },
    ParticipationRole: {
        ParticipationRole.HOST: "tuan rumah, penyelenggara, penyelenggara kegiatan, organizer",
        ParticipationRole.SPEAKER: "narasumber, pembicara, pemateri, resource person",
        ParticipationRole.PARTICIPANT: "peserta, hadirin, undangan, attendee",
        ParticipationRole.PARTNER: "mitra, rekan, pihak",
        ParticipationRole.SPONSOR: "penyandang dana, donatur, pemberi, donor, funder",
        ParticipationRole.REPORTER: "peliput, pewarta, media, reporter media",
    },
}
"""What people write for a stored value, beside the labels of the interface."""


@cache
def _meanings(kind: type[Enum]) -> dict[str, Enum]:
    found: dict[str, Enum] = {}
    for member in kind:
        written = SAID.get(kind, {}).get(member, "").split(",")
        texts = [str(member.value), *written]
        for language in LANGUAGES:
            with force_locale(language):
                texts.append(str(label(member)))
        for text in texts:
            found.setdefault(plain(text), member)
    return found


def meaning(kind: type[E], text: str, field: str, sentence: Any) -> E:
    """Return the stored value that a text means, in either language.

    :raises Refused: with the sentence, if it means none
    """
    found = _meanings(kind).get(plain(text))
    if found is None:
        raise Refused(sentence, field=field)
    return found  # type: ignore[return-value]


def sector(text: str, field: str = "sector") -> Sector:
    """Return the sector that a text names."""
    sentence = _(
        "“%(text)s” is no sector. Write opd, university, community, ngo_csr, business or media.",
        text=text,
    )
    return meaning(Sector, text, field, sentence)


def level(text: str, field: str = "level") -> Level:
    """Return the level that a text names."""
    sentence = _(
        "“%(text)s” is no level. Write national, province, district or village.", text=text
    )
    return meaning(Level, text, field, sentence)


def stage(text: str) -> Stage:
    """Return the stage that a text names."""
    return meaning(Stage, text, "stage", _("“%(text)s” is no stage of a partnership.", text=text))


def basis(text: str) -> Basis:
    """Return the legal basis that a text names."""
    sentence = _("“%(text)s” is no legal basis of the law on personal data.", text=text)
    return meaning(Basis, text, "contact_basis", sentence)


def score(text: str, field: str) -> int:
    """Return a judgement from 1 to 5."""
    if text not in {"1", "2", "3", "4", "5"}:
        raise Refused(_("“%(text)s” is not a number from 1 to 5.", text=text), field=field)
    return int(text)


def email(text: str, field: str) -> str:
    """Return an e-mail address."""
    if len(text) > 255 or not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s.,;<>]{2,}", text):
        raise Refused(_("“%(text)s” is not an e-mail address.", text=text), field=field)
    return text


def website(text: str) -> str:
    """Return an address on the web; what begins with www gets its https."""
    address = text if re.match(r"(?i)https?://", text) else f"https://{text}"
    if not re.fullmatch(r"(?i)https?://[^\s/@.]+(\.[^\s/@.]+)+(/\S*)?", address):
        raise Refused(_("“%(text)s” is not an address on the web.", text=text), field="website")
    return address


def phone(text: str, field: str) -> str:
    """Return a telephone number as it is to be kept, with the zero that a spreadsheet lost."""
    digits = text.removesuffix(".0")
    if digits.isdigit() and len(digits) >= 8 and not digits.startswith("0"):
        digits = f"+{digits}" if digits.startswith("62") and len(digits) > 9 else f"0{digits}"
        text = digits
    if len(text) > 60:
        raise Refused(_("“%(text)s” is too long for a telephone number.", text=text), field=field)
    return str(phones.checked(text, field)["phone"])


def text_within(text: str, most: int, field: str) -> str:
    """Return a text that is not longer than its column."""
    if len(text) > most:
        raise Refused(
            _("“%(text)s…” is longer than %(most)s letters.", text=text[:40], most=most),
            field=field,
        )
    return text


def words_in(text: str, marks: str = ";\n|") -> list[str]:
    """Return the texts of a cell that holds several."""
    parts = [" ".join(one.split()) for one in re.split(f"[{re.escape(marks)}]", text)]
    return list({one.casefold(): one for one in reversed(parts) if one}.values())[::-1]


def cells(row: list[str], fields: list[str]) -> Mapping[str, str]:
    """Return what a row says about each field; empty cells say nothing."""
    said: dict[str, str] = {}
    for field, text in zip(fields, row, strict=False):
        if field and text and field not in said:
            said[field] = text
    return said
