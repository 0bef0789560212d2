"""The words the team itself may choose: tags, and kinds of organisations."""

from collections.abc import Iterable

from sqlalchemy import func, select

from crm.db import db
from crm.language import current_language
from crm.stakeholders.models import Kind, Sector, Tag
from crm.transaction import transaction

KINDS: tuple[tuple[Sector, str, str, str], ...] = (
    (Sector.OPD, "bappeda", "Bappeda", "Planning agency (Bappeda)"),
    (Sector.OPD, "library_office", "Dinas perpustakaan", "Library office"),
    (Sector.OPD, "kominfo", "Dinas kominfo", "Communication and informatics office"),
    (Sector.OPD, "pmd", "Dinas PMD", "Village empowerment office"),
    (Sector.OPD, "education_office", "Dinas pendidikan", "Education office"),
    (Sector.OPD, "social_office", "Dinas sosial", "Social affairs office"),
    (Sector.OPD, "cooperatives", "Dinas koperasi dan UMKM", "Cooperatives and SME office"),
    (Sector.OPD, "government", "Pemerintah daerah", "Local government"),
    (Sector.OPD, "secretariat", "Sekretariat daerah", "Regional secretariat"),
    (Sector.OPD, "parliament", "DPR/DPRD", "Parliament"),
    (Sector.OPD, "ministry", "Kementerian/lembaga", "Ministry or national agency"),
    (Sector.OPD, "vertical", "Instansi vertikal", "Regional office of a national agency"),
    (Sector.OPD, "village_government", "Pemerintah desa", "Village government"),
    (Sector.OPD, "village_library", "Perpustakaan desa", "Village library"),
    (Sector.OPD, "public_school", "Sekolah negeri", "State school"),
    (Sector.UNIVERSITY, "state_university", "Perguruan tinggi negeri", "State university"),
    (Sector.UNIVERSITY, "private_university", "Perguruan tinggi swasta", "Private university"),
    (Sector.UNIVERSITY, "polytechnic", "Politeknik", "Polytechnic"),
    (Sector.COMMUNITY, "literacy_community", "Komunitas literasi/TBM", "Literacy community"),
    (Sector.COMMUNITY, "hobby_community", "Komunitas hobi", "Hobby community"),
    (Sector.COMMUNITY, "pkk", "TP PKK", "Family welfare movement (PKK)"),
    (Sector.COMMUNITY, "profession", "Organisasi profesi", "Professional association"),
    (Sector.COMMUNITY, "private_school", "Sekolah swasta", "Private school"),
    (Sector.NGO_CSR, "foundation", "Yayasan", "Foundation"),
    (Sector.NGO_CSR, "csr", "Lembaga CSR", "CSR body"),
    (Sector.NGO_CSR, "donor", "Lembaga donor", "Donor"),
    (Sector.BUSINESS, "state_owned", "BUMN/BUMD", "State-owned company"),
    (Sector.BUSINESS, "bank", "Bank", "Bank"),
    (Sector.BUSINESS, "regional_bank", "Bank daerah", "Regional development bank"),
    (Sector.BUSINESS, "company", "Perusahaan swasta", "Private company"),
    (Sector.MEDIA, "newspaper", "Surat kabar", "Newspaper"),
    (Sector.MEDIA, "online", "Media daring", "Online media"),
    (Sector.MEDIA, "radio", "Radio", "Radio"),
    (Sector.MEDIA, "television", "Televisi", "Television"),
)  # fmt: skip


def load_kinds() -> None:
    """Add the kinds that a new house begins with; those that are there stay as they are."""
    with transaction(by=None):
        known = set(db.session.scalars(select(Kind.code)))
        db.session.add_all(
            Kind(sector=sector, code=code, name_id=indonesian, name_en=english)
            for sector, code, indonesian, english in KINDS
            if code not in known
        )


def kind_name(kind: Kind | None) -> str:
    """Return what a kind is called in the user's language."""
    if kind is None:
        return ""
    return kind.name_en if current_language() == "en" else kind.name_id


def tags(typed: Iterable[str]) -> list[Tag]:
    """Return the tags of these names, new ones where there are none; inside a transaction."""
    found = []
    for name in dict.fromkeys(word.strip() for word in typed):
        tag = db.session.scalar(select(Tag).where(func.lower(Tag.name) == name.lower()))
        if tag is None:
            tag = Tag(name=name)
            db.session.add(tag)
        found.append(tag)
    return found


def all_tags() -> list[str]:
    """Return the names of all tags."""
    return list(db.session.scalars(select(Tag.name).order_by(Tag.name)))
