"""Rows of a list of meetings, and of who took part: what they say, or why they say nothing."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from crm import dates
from crm.agreements.models import AgreementKind
from crm.commitments.models import Support
from crm.dates import When
from crm.errors import Refused
from crm.events.models import EventKind
from crm.imports import values
from crm.imports.columns import plain
from crm.imports.places import Places
from crm.imports.private import holds_number_of_a_person
from crm.invitations.models import Attendance, ParticipationRole
from crm.language import _
from crm.regions.models import Level
from crm.stakeholders import names
from crm.stakeholders.models import Sector


class Tie(StrEnum):
    """What ties an organisation to a meeting."""

    ATTENDANCE = "attendance"
    VOLUNTEER = "volunteer"
    TRAINING = "training"
    MOU = "mou"
    IN_KIND = "in_kind"
    COVERAGE = "coverage"


SAID_TIES = {
    Tie.ATTENDANCE: "attendance, hadir, kehadiran, peserta, present, attended",
    Tie.VOLUNTEER: "volunteer, relawan, sukarelawan, berbagi, kelas berbagi",
    Tie.TRAINING: "training, pelatihan, bimtek, mengajar",
    Tie.MOU: "mou, pks, moa, perjanjian, kerja sama, kerjasama, nota kesepakatan, agreement",
    Tie.IN_KIND: "in kind, in_kind, bantuan, hibah, sumbangan, barang, support, gift, csr",
    Tie.COVERAGE: "coverage, liputan, peliputan, pemberitaan, berita, meliput",
}

KINDS = (
    (r"\bshm\b|stake\s?holder|pemangku kepentingan", EventKind.SHM),
    (r"\brakor\w*|rapat koordinasi|coordination meeting", EventKind.RAKOR),
    (r"\bmou\b|\bpks\b|\bmoa\b|nota kesepahaman|nota kesepakatan|kerja ?sama|perjanjian|signing",
     EventKind.SIGNING),
    (r"bantuan|hibah|\bcsr\b|sumbangan|serah terima|penyerahan|handover", EventKind.HANDOVER),
    (r"kelas berbagi|sharing class", EventKind.SHARING_CLASS),
    (r"kunjungan|studi banding|visit", EventKind.VISIT),
    (r"audiensi|audience", EventKind.AUDIENCE),
    (r"workshop|lokakarya", EventKind.WORKSHOP),
    (r"bimtek|bimbingan teknis|pelatihan|diklat|training", EventKind.TRAINING),
    (r"rapat|pertemuan|meeting|pembahasan", EventKind.MEETING),
)  # fmt: skip
"""By which words of its title the kind of a meeting is guessed, the first that fits."""

PAPERS = (
    (r"\bmou\b|nota kesepahaman", AgreementKind.MOU),
    (r"\bmoa\b", AgreementKind.MOA),
    (r"\bpks\b|perjanjian kerja ?sama", AgreementKind.PKS),
    (r"nota kesepakatan", AgreementKind.NOTA),
    (r"\bia\b|implementation arrangement", AgreementKind.IA),
)

UNKNOWN = When(None)

WHERE_IS_MISSING = _("The region is missing: neither the name nor the meeting says it.")
"""Why a row cannot become a new organisation."""


@dataclass
class MeetingRow:
    """One meeting."""

    reference: str = ""
    title: str = ""
    source: str = ""
    when: When = UNKNOWN
    region_code: str | None = None
    problems: list[Any] = field(default_factory=list)

    @property
    def kind(self) -> EventKind:
        """What kind of meeting its title suggests."""
        text = self.title.casefold()
        found = (kind for pattern, kind in KINDS if re.search(pattern, text))
        return next(found, EventKind.OTHER)

    @property
    def paper(self) -> AgreementKind:
        """What the agreement signed there is called: the first that its title names."""
        text = self.title.casefold()
        hits = [(re.search(pattern, text), kind) for pattern, kind in PAPERS]
        found = [(hit.start(), kind) for hit, kind in hits if hit]
        return min(found)[1] if found else AgreementKind.MOU

    @property
    def support(self) -> Support:
        """What is given there."""
        text = self.title.casefold()
        goods = re.search(r"bantuan|hibah|buku|komputer|pusteling|barang", text)
        is_training = re.search(r"pelatihan|bimtek", text) and not goods
        return Support.TRAINING if is_training else Support.GOODS


@dataclass
class ParticipationRow:
    """One organisation at one meeting."""

    reference: str = ""
    name: str = ""
    sector: Sector | None = None
    level: Level | None = None
    role: ParticipationRole = ParticipationRole.PARTICIPANT
    tie: Tie = Tie.ATTENDANCE
    problems: list[Any] = field(default_factory=list)

    @property
    def attendance(self) -> Attendance:
        """Whether it came: who reports on a meeting may have written from afar."""
        return Attendance.UNKNOWN if self.tie is Tie.COVERAGE else Attendance.PRESENT


class MeetingReader:
    """Reads rows of meetings and of participations."""

    def __init__(self, places: Places, meetings: list[str], participations: list[str]) -> None:
        """Keep which field each column holds."""
        self.places = places
        self.meeting_fields = meetings
        self.participation_fields = participations

    def meeting(self, cells: list[str]) -> MeetingRow:
        """Return what a row says about a meeting."""
        said = values.cells(cells, self.meeting_fields)
        row = MeetingRow()
        with _Problems(row.problems) as attempt:
            _refuse_persons(said, row.problems)
            row.reference = attempt(lambda: _id(said.get("meeting_id", ""))) or ""
            row.title = attempt(lambda: _title(said)) or ""
            row.source = attempt(lambda: _source(said)) or ""
            row.when = attempt(lambda: dates.parse(said.get("date", ""), "date")) or UNKNOWN
            row.region_code = attempt(lambda: self._region(dict(said)))
        return row

    def participation(self, cells: list[str]) -> ParticipationRow:
        """Return what a row says about an organisation at a meeting."""
        said = values.cells(cells, self.participation_fields)
        row = ParticipationRow()
        with _Problems(row.problems) as attempt:
            _refuse_persons(said, row.problems)
            row.reference = attempt(lambda: _id(said.get("meeting_id", ""))) or ""
            row.name = attempt(lambda: _name(said)) or ""
            row.sector = attempt(
                lambda: values.sector(_needed(said, "sector", _("The sector is missing."), 200))
            )
            row.level = attempt(
                lambda: values.level(
                    _needed(said, "organisation_level", _("The level is missing."), 200)
                )
            )
            row.tie = attempt(lambda: _tie(said.get("tie_type", ""))) or Tie.ATTENDANCE
            row.role = attempt(lambda: _role(said.get("role", ""))) or row.role
        if row.tie is Tie.COVERAGE:
            row.role = ParticipationRole.REPORTER
        return row

    def region_of(self, row: ParticipationRow, meeting_region: str | None) -> str | None:
        """Return where an organisation works: as its name says, else by its level."""
        province = meeting_region[:2] if meeting_region else None
        named = self.places.in_name(row.name) or (
            self.places.in_name(row.name, province) if province else None
        )
        if named or row.level is Level.NATIONAL:
            return named
        return province if row.level is Level.PROVINCE else meeting_region

    def _region(self, said: dict[str, str]) -> str | None:
        province, district = said.get("province_code"), said.get("kabkota_code")
        code = self.places.named(province, "province_code") if province else None
        if not district:
            return code
        lower = self.places.named(district, "kabkota_code", within=code)
        if code and lower and not (lower == code or lower.startswith(f"{code}.")):
            raise Refused(
                _(
                    "%(district)s does not lie in %(province)s.",
                    district=self.places.name(lower),
                    province=self.places.name(code),
                )
            )
        return lower


class _Problems:
    """Collects refusals, so that a row says all that is wrong with it at once."""

    def __init__(self, problems: list[Any]) -> None:
        self.problems = problems

    def __enter__(self) -> Any:
        return self.attempt

    def __exit__(self, *_error: object) -> None:
        """Let everything else through."""

    def attempt(self, read: Any) -> Any:
        """Return what can be read; note why it cannot."""
        try:
            return read()
        except Refused as refused:
            self.problems.append(refused.message)
            return None


def _refuse_persons(said: Any, problems: list[Any]) -> None:
    if any(holds_number_of_a_person(text) for text in said.values()):
        problems.append(_("A cell holds a NIK or KK number. Take it out."))


def _id(text: str) -> str:
    if not text:
        raise Refused(_("The meeting's number is missing."))
    return values.text_within(text, 80, "meeting_id")


def _title(said: Any) -> str:
    return _needed(said, "title", _("The title is missing."), 300)


def _source(said: Any) -> str:
    return values.text_within(said.get("source_url", ""), 1000, "source_url")


def _needed(said: Any, name: str, sentence: Any, most: int) -> str:
    if name not in said:
        raise Refused(sentence)
    return values.text_within(said[name], most, name)


def _name(said: Any) -> str:
    name = _needed(said, "organisation", _("The organisation's name is missing."), 300)
    if not names.key(name):
        raise Refused(_("“%(name)s” holds no letters.", name=name))
    return name


def _tie(text: str) -> Tie:
    if not text:
        return Tie.ATTENDANCE
    for tie, said in SAID_TIES.items():
        if plain(text) in {plain(one) for one in said.split(",")}:
            return tie
    raise Refused(
        _(
            "“%(text)s” is no tie to a meeting. "
            "Write attendance, volunteer, training, mou, in_kind or coverage.",
            text=text,
        )
    )


def _role(text: str) -> ParticipationRole | None:
    if not text:
        return None
    return values.meaning(
        ParticipationRole, text, "role", _("“%(text)s” is no role at a meeting.", text=text)
    )
