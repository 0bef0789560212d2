"""What the preview says of the organisations that rows will add: read from the cells once more."""

from collections.abc import Iterable
from typing import Any

from crm.imports.meeting_rows import MeetingReader
from crm.imports.models import Import, ImportRow, Role, RowMatch
from crm.imports.places import Places
from crm.imports.stakeholder_rows import StakeholderReader
from crm.language import _
from crm.regions.models import Level
from crm.stakeholders.vocabulary import kind_name
from crm.words import label

Facts = list[tuple[Any, Any]]


def organisations(imported: Import, rows: Iterable[ImportRow]) -> dict[int, Facts]:
    """Return, by the rows' ids, what organisations they will add: sector, kind, level, region."""
    adding = [row for row in rows if row.match is RowMatch.NEW and _is_first(row)]
    if not adding:
        return {}
    places = Places()
    fields = {role: table["fields"] for role, table in imported.tables.items()}
    if Role.STAKEHOLDERS in fields:
        listed = StakeholderReader(fields[Role.STAKEHOLDERS], places)
        return {row.id: _of_list(listed, row) for row in adding}
    guests = MeetingReader(places, fields[Role.MEETINGS], fields[Role.PARTICIPATIONS])
    return {row.id: _of_guest(guests, row) for row in adding if row.role is Role.PARTICIPATIONS}


def _is_first(row: ImportRow) -> bool:
    """Whether no row before it adds the same organisation."""
    return bool(row.facts.get("with_row") == row.number)


def _of_list(reader: StakeholderReader, row: ImportRow) -> Facts:
    said = reader.read(row.cells).organisation
    kinds = {one.id: one for some in reader.kinds.values() for one in some}
    kind = kinds.get(said.get("kind_id", 0))
    where = reader.places.name(said.get("region_code"))
    is_national = said.get("level") is Level.NATIONAL
    return [
        (_("Sector"), label(said.get("sector"))),
        (_("Kind"), kind_name(kind) if kind else "—"),
        (_("Region"), where or (_("All of Indonesia") if is_national else "—")),
    ]


def _of_guest(reader: MeetingReader, row: ImportRow) -> Facts:
    said = reader.participation(row.cells)
    return [(_("Sector"), label(said.sector)), (_("Level"), label(said.level))]
