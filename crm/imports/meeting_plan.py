"""The preview of a list of meetings and of who took part."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from crm.db import db
from crm.formats import day as written_day
from crm.imports.known import Known, KnownOrganisations
from crm.imports.known_events import KnownEvent, KnownEvents
from crm.imports.meeting_rows import MeetingReader, MeetingRow, ParticipationRow
from crm.imports.models import Role, RowMatch
from crm.imports.places import Places
from crm.imports.snapshots import plain
from crm.imports.tables import Row
from crm.invitations.models import Attendance, Participation, ParticipationRole
from crm.language import _
from crm.stakeholders import names
from crm.users import scope
from crm.users.models import User

Guests = dict[tuple[int, int], tuple[ParticipationRole, Attendance, int]]
"""Event and organisation -> role, attendance and version of what is stored of it."""


@dataclass
class PlannedMeeting:
    """One meeting, and what was found out about it."""

    number: int
    cells: list[str]
    row: MeetingRow
    match: RowMatch = RowMatch.NEW
    known: KnownEvent | None = None
    matches: list[KnownEvent] = field(default_factory=list)
    reasons: list[Any] = field(default_factory=list)
    seen: dict[int, int] = field(default_factory=dict)
    """Organisation -> the row that put it on the list of this meeting."""


class MeetingPlanner:
    """Compares all rows at once."""

    def __init__(self, by: User, meetings: list[str], participations: list[str]) -> None:
        """Read what there is."""
        self.by = by
        self.places = Places()
        self.reader = MeetingReader(self.places, meetings, participations)
        self.events = KnownEvents()
        self.organisations = KnownOrganisations()

    def plan(self, meetings: Sequence[Row], participations: Sequence[Row]) -> list[dict[str, Any]]:
        """Return what is to be stored about each row: each meeting before those who came."""
        planned: dict[str, PlannedMeeting] = {}
        values = []
        for number, cells in meetings:
            one = PlannedMeeting(number, cells, self.reader.meeting(cells))
            self._match(one, planned.get(one.row.reference))
            if one.row.reference and one.row.reference not in planned:
                planned[one.row.reference] = one
            else:
                values.append(self._meeting(one))
        stored = _guests([one.known.id for one in planned.values() if one.known])
        rows_of: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for number, cells in participations:
            row = self.reader.participation(cells)
            meeting = planned.get(row.reference)
            rows_of[row.reference].append(self._guest(number, cells, row, meeting, stored))
        for reference, one in planned.items():
            values += [self._meeting(one), *rows_of.pop(reference, [])]
        return values + [one for orphans in rows_of.values() for one in orphans]

    def _match(self, one: PlannedMeeting, twin: PlannedMeeting | None) -> None:
        if twin is not None:
            one.row.problems.append(_("The number stands in row %(row)s already.", row=twin.number))
        if not scope.may_edit(self.by, one.row.region_code):
            one.row.problems.append(_("It lies outside the regions you may edit."))
        if one.row.problems:
            one.match, one.reasons = RowMatch.REFUSED, one.row.problems
            return
        verdict, one.matches = self.events.best(one.row)
        if verdict == "same" and one.matches[0].archived_at is None:
            one.known = one.matches[0]
            changed = event_changes(one.known, one.row)
            one.match = RowMatch.UPDATE if changed else RowMatch.SAME
        elif verdict != "new":
            one.match = RowMatch.DOUBTFUL

    def _meeting(self, one: PlannedMeeting) -> dict[str, Any]:
        return {
            "role": Role.MEETINGS,
            "number": one.number,
            "cells": one.cells,
            "group": "" if one.match is RowMatch.REFUSED else one.row.reference,
            "match": one.match,
            "match_id": one.known.id if one.known else None,
            "match_version": one.known.version if one.known else None,
            "matches": [self._event_candidate(known) for known in one.matches],
            "facts": {
                "name": one.row.title,
                "detail": self._when_and_where(one.row),
                "changes": [
                    [name, plain(old), plain(new)]
                    for name, old, new in (event_changes(one.known, one.row) if one.known else ())
                ],
            },
            "reason": " ".join(str(reason) for reason in one.reasons),
        }

    def _when_and_where(self, row: MeetingRow) -> str:
        day = written_day(row.when.day, row.when.precision)
        return " · ".join(
            one for one in (row.reference, day, self.places.name(row.region_code)) if one
        )

    def _event_candidate(self, known: KnownEvent) -> dict[str, Any]:
        return {
            "id": known.id,
            "name": known.title,
            "detail": written_day(known.starts_on, known.date_precision),
            "version": known.version,
        }

    def _guest(
        self,
        number: int,
        cells: list[str],
        row: ParticipationRow,
        meeting: PlannedMeeting | None,
        stored: Guests,
    ) -> dict[str, Any]:
        values: dict[str, Any] = {
            "role": Role.PARTICIPATIONS,
            "number": number,
            "cells": cells,
            "match": RowMatch.REFUSED,
            "facts": {"name": row.name, "detail": "", "meeting": row.reference},
        }
        if meeting is None and row.reference:
            row.problems.append(_("No meeting has the number “%(number)s”.", number=row.reference))
        elif meeting is not None and meeting.match is RowMatch.REFUSED:
            row.problems.append(_("Its meeting is refused: row %(row)s.", row=meeting.number))
        if row.problems or meeting is None:
            return values | {"reason": " ".join(str(one) for one in row.problems)}
        region = self.reader.region_of(row, meeting.row.region_code)
        values["group"] = meeting.row.reference
        values["subject"] = f"{names.key(row.name)[:400]}|{region or ''}"
        values["facts"] |= {
            "detail": " · ".join(
                one for one in (self.places.name(region), meeting.row.title) if one
            )
        }
        return values | self._meant(number, row, region, meeting, stored, values["facts"])

    def _meant(
        self,
        number: int,
        row: ParticipationRow,
        region: str | None,
        meeting: PlannedMeeting,
        stored: Guests,
        facts: dict[str, Any],
    ) -> dict[str, Any]:
        """Return which organisation a row means, and what it adds to the meeting."""
        answer = self.organisations.best(row.name, region, row.sector)
        matches = [self._candidate(*match) for match in answer.matches or []]
        known = answer.known
        if answer.verdict == "doubtful" or (known and known.archived_at):
            return {"match": RowMatch.DOUBTFUL, "matches": matches}
        if known is None:
            if not scope.may_edit(self.by, region):
                reason = _("The organisation lies outside the regions you may edit.")
                return {"match": RowMatch.REFUSED, "reason": str(reason)}
            assert row.sector is not None  # its absence is a problem of the row
            known = self.organisations.add(row.name, region, row.sector, number)
        facts |= {"with_row": known.row} if known.row is not None else {"is": known.name}
        match = self._compared(number, row, known, meeting, stored, facts)
        return {
            "match": match,
            "match_id": known.id if known.id > 0 else None,
            "match_version": known.version if known.id > 0 else None,
        }

    def _compared(
        self,
        number: int,
        row: ParticipationRow,
        known: Known,
        meeting: PlannedMeeting,
        stored: Guests,
        facts: dict[str, Any],
    ) -> RowMatch:
        first = meeting.seen.setdefault(known.id, number)
        if first != number:
            facts["repeats"] = first
            return RowMatch.SAME
        guest = stored.get((meeting.known.id, known.id)) if meeting.known else None
        if guest is None:
            return RowMatch.NEW
        role, attendance, version = guest
        changed = guest_changes(role, attendance, row)
        facts |= {
            "version": version,
            "changes": [[name, plain(old), plain(new)] for name, old, new in changed],
        }
        return RowMatch.UPDATE if changed else RowMatch.SAME

    def _candidate(self, known: Known, score: float) -> dict[str, Any]:
        return {
            "id": known.id if known.row is None else f"row:{known.row}",
            "name": known.name,
            "detail": self.places.name(known.region_code),
            "score": round(score),
        }


def event_changes(known: Any, row: MeetingRow) -> list[tuple[str, Any, Any]]:
    """Return what a row changes about an event; what it does not say stays."""
    said: dict[str, Any] = {"title": row.title, "source": row.source}
    if row.region_code:
        said["region_code"] = row.region_code
    if row.when.day:
        said |= {"starts_on": row.when.day, "date_precision": row.when.precision}
    return [
        (name, getattr(known, name), new)
        for name, new in said.items()
        if new not in ("", None) and new != getattr(known, name)
    ]


def guest_changes(
    role: ParticipationRole, attendance: Attendance, row: ParticipationRow
) -> list[tuple[str, Any, Any]]:
    """Return what a row changes about a guest; a press report takes nothing from who was there."""
    if row.attendance is Attendance.UNKNOWN:
        return []
    changed: list[tuple[str, Any, Any]] = []
    if role is not row.role:
        changed.append(("role", role, row.role))
    if attendance is not row.attendance:
        changed.append(("attendance", attendance, row.attendance))
    return changed


def _joined(*texts: str) -> str:
    return " · ".join(text for text in texts if text)


def _guests(event_ids: list[int]) -> Guests:
    found: Guests = {}
    for first in range(0, len(event_ids), 500):
        query = select(
            Participation.event_id,
            Participation.stakeholder_id,
            Participation.role,
            Participation.attendance,
            Participation.version,
        )
        query = query.where(Participation.event_id.in_(event_ids[first : first + 500]))
        # Somebody may have named the post since: it is the same guest. Without a post comes first.
        for row in db.session.execute(query.order_by(Participation.post_key.desc())):
            found[row.event_id, row.stakeholder_id] = (row.role, row.attendance, row.version)
    return found
