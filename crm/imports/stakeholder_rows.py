"""One row of a list of stakeholders: the organisation and the contact that it speaks of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from crm.contacts import titles
from crm.db import db
from crm.errors import Refused
from crm.imports import organisations, values
from crm.imports.columns import plain
from crm.imports.places import Places
from crm.imports.private import holds_number_of_a_person
from crm.imports.said import Turn
from crm.language import _
from crm.regions.models import Level
from crm.stakeholders import names
from crm.stakeholders.models import Kind, Sector
from crm.stakeholders.vocabulary import kind_name

LENGTHS = {
    "name": 300,
    "short_name": 120,
    "address": 500,
    "about": 10_000,
    "source": 1000,
    "contact_name": 200,
    "contact_position": 300,
}


@dataclass
class StakeholderRow:
    """What a row says, field by field; what it does not say is absent."""

    organisation: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, Any] = field(default_factory=dict)
    id: int | None = None
    problems: list[Any] = field(default_factory=list)
    derived: set[str] = field(default_factory=set)
    """Fields that no cell says: good enough for a new organisation, not to change one."""

    @property
    def name(self) -> str:
        """The organisation's name."""
        return str(self.organisation.get("name", ""))

    @property
    def region_code(self) -> str | None:
        """Where the organisation works; None: unknown, or the whole country."""
        return self.organisation.get("region_code")

    @property
    def subject(self) -> str:
        """What rows about the same organisation have in common."""
        return f"{names.key(self.name)[:400]}|{self.region_code or ''}"

    def turn(self, number: int) -> Turn:
        """Return when it counts among the rows that speak of the same."""
        return bool(missing_for_new(self)), number

    def explicit(self, *, by_id: bool) -> dict[str, Any]:
        """Return what its cells say about an organisation that is there.

        :param by_id: whether it refers to the organisation by our own number
        """
        said = {k: value for k, value in self.organisation.items() if k not in self.derived}
        return said | ({organisations.CORRECT_NAME: self.name} if by_id else {})


class StakeholderReader:
    """Reads rows; what it must look up is read once."""

    def __init__(self, fields: list[str], places: Places) -> None:
        """Keep which field each column holds."""
        self.fields = fields
        self.places = places
        self.kinds: dict[str, list[Kind]] = {}
        for kind in db.session.scalars(select(Kind)):
            for text in (kind.code, kind.name_id, kind.name_en):
                self.kinds.setdefault(plain(text), []).append(kind)

    def read(self, cells: list[str]) -> StakeholderRow:
        """Return what a row says; what cannot be understood is among its problems."""
        said = values.cells(cells, self.fields)
        row = StakeholderRow()
        if any(holds_number_of_a_person(text) for text in said.values()):
            row.problems.append(_("A cell holds a NIK or KK number. Take it out."))
            return row
        for name, reader in self._readers(said, row).items():
            if name in said:
                try:
                    reader(said[name])
                except Refused as refused:
                    row.problems.append(refused.message)
        self._complete(said, row)
        return row

    def _readers(
        self, said: Mapping[str, str], row: StakeholderRow
    ) -> dict[str, Callable[[str], None]]:
        of, person = row.organisation, row.contact

        def into(target: dict, name: str, reader: Callable[[str], Any]) -> Callable[[str], None]:
            return lambda text: target.__setitem__(name, reader(text))

        def long(name: str) -> Callable[[str], str]:
            return lambda text: values.text_within(text, LENGTHS[name], name)

        region = self.places.by_code if "region_code" in said else self.places.named
        return {
            "name": into(of, "name", long("name")),
            "short_name": into(of, "short_name", long("short_name")),
            "aliases": into(of, "aliases", values.words_in),
            "sector": into(of, "sector", values.sector),
            "kind": into(of, "kind_id", lambda text: self._kind(text, of.get("sector"))),
            "level": into(of, "level", values.level),
            "region_code" if "region_code" in said else "region": into(of, "region_code", region),
            "address": into(of, "address", long("address")),
            "phone": into(of, "phone", lambda text: values.phone(text, "phone")),
            "email": into(of, "email", lambda text: values.email(text, "email")),
            "website": into(of, "website", values.website),
            "influence": into(of, "influence", lambda text: values.score(text, "influence")),
            "interest": into(of, "interest", lambda text: values.score(text, "interest")),
            "stage": into(of, "stage", values.stage),
            "tags": into(of, "tags", lambda text: values.words_in(text, ",;\n|")),
            "about": into(of, "about", long("about")),
            "source": into(of, "source", long("source")),
            "contact_name": into(person, "name", self._person_name),
            "contact_position": into(person, "position", long("contact_position")),
            "contact_phone": into(
                person, "phone", lambda text: values.phone(text, "contact_phone")
            ),
            "contact_email": into(
                person, "email", lambda text: values.email(text, "contact_email")
            ),
            "contact_basis": into(person, "basis", values.basis),
            "id": lambda text: setattr(row, "id", int(text) if text.isdigit() else None),
        }

    def _person_name(self, text: str) -> str:
        parts = titles.split(values.text_within(text, LENGTHS["contact_name"], "contact_name"))
        if not parts.name or len(parts.before) > 80 or len(parts.after) > 120:
            raise Refused(_("“%(text)s” is not the name of a person.", text=text))
        return text

    def _kind(self, text: str, sector: Sector | None) -> int:
        found = self.kinds.get(plain(text), [])
        fitting = [kind for kind in found if kind.sector == sector] or found
        if not fitting:
            raise Refused(
                _(
                    "“%(text)s” is no kind of organisation that we know. Write one of these, or "
                    "leave the cell empty: %(kinds)s.",
                    text=text,
                    kinds=", ".join(self._kinds_of(sector)),
                )
            )
        return fitting[0].id

    def _kinds_of(self, sector: Sector | None) -> list[str]:
        """Return the names of the kinds, those of one sector if it is known."""
        known = {kind.id: kind for kinds in self.kinds.values() for kind in kinds}
        fitting = [kind for kind in known.values() if sector in (None, kind.sector)]
        return sorted(kind_name(kind) for kind in fitting)

    def _complete(self, said: Mapping[str, str], row: StakeholderRow) -> None:
        """Find the region in the name where no cell says it, and the level in the region."""
        of = row.organisation
        if "name" not in said:
            row.problems.append(_("The name is missing."))
        elif row.name and not names.key(row.name):
            row.problems.append(_("“%(name)s” holds no letters.", name=row.name))
        says_where = "region" in said or "region_code" in said
        if not says_where and row.name and of.get("level") is not Level.NATIONAL:
            code = self.places.in_name(row.name)
            if code:
                of["region_code"] = code
                row.derived.add("region_code")
        if "level" not in said and "region_code" in of:
            code = of["region_code"]
            row.derived.add("level")
            of["level"] = self.places.level(code) if code else Level.NATIONAL
        if row.contact and "name" not in row.contact and set(row.contact) - {"position", "basis"}:
            row.problems.append(
                _("A contact's telephone or e-mail needs the contact's name beside it.")
            )


def missing_for_new(row: StakeholderRow) -> list[Any]:
    """Return what a row lacks to become a new organisation."""
    lacks = []
    if "sector" not in row.organisation:
        lacks.append(_("The sector is missing."))
    if "level" not in row.organisation:
        lacks.append(_("Neither a region nor the level “national” is given."))
    elif row.organisation["level"] is not Level.NATIONAL and not row.region_code:
        lacks.append(_("The region is missing."))
    return lacks
