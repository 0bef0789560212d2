"""The preview of a list of meetings and of who took part."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from crm.db import db
from crm.formats import day as written_day
from crm.imports.known import Answer, Known, KnownOrganisations
from crm.imports.known_events import KnownEvent, KnownEvents
from crm.imports.meeting_rows import (
    WHERE_IS_MISSING,
    MeetingReader,
    MeetingRow,
    ParticipationRow,
)
from crm.imports.models import Role, RowMatch
from crm.imports.places import Places
from crm.imports.remembered import Memory, Remembered
from crm.imports.said import Turn
from crm.imports.snapshots import plain
from crm.imports.tables import Row
from crm.invitations.models import Attendance, Participation, ParticipationRole
from crm.language import _
from crm.regions.models import Level
from crm.stakeholders import names
from crm.users import scope
from crm.users.models import User

Guests = dict[tuple[int, int], tuple[ParticipationRole, Attendance, int]]
"""Event and organisation -> role, attendance and version of what is stored of it."""

UNKNOWN = Answer("new")


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


@dataclass
class PlannedGuest:
    """One organisation at a meeting, and which one it was found to be."""

    number: int
    cells: list[str]
    row: ParticipationRow
    meeting: PlannedMeeting | None
    region: str | None = None
    answer: Answer = UNKNOWN
    reasons: list[Any] = field(default_factory=list)
    note: Any = ""

    @property
    def lacks(self) -> bool:
        """Whether it could not become a new organisation: nothing says where it works."""
        return self.region is None and self.row.level is not Level.NATIONAL

    @property
    def turn(self) -> Turn:
        """Which row counts where several speak of the same."""
        return self.lacks, self.number

    @property
    def subject(self) -> str:
        """What rows about the same organisation have in common."""
        return f"{names.key(self.row.name)[:400]}|{self.region or ''}"


class MeetingPlanner:
    """Compares all rows at once."""

    def __init__(self, by: User, meetings: list[str], participations: list[str]) -> None:
        """Read what there is."""
        self.by = by
        self.places = Places()
        self.reader = MeetingReader(self.places, meetings, participations)
        self.fields = participations
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
        for guest in self._guests_of(planned, participations):
            rows_of[guest.row.reference].append(self._guest(guest, stored))
        for reference, one in planned.items():
            guests = sorted(rows_of.pop(reference, []), key=lambda guest: guest["number"])
            values += [self._meeting(one), *guests]
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

    def _guests_of(
        self, meetings: dict[str, PlannedMeeting], rows: Sequence[Row]
    ) -> list[PlannedGuest]:
        """Return which organisations took part; a later row may dispel the doubt about one."""
        planned = []
        for number, cells in rows:
            row = self.reader.participation(cells)
            one = PlannedGuest(number, cells, row, meetings.get(row.reference))
            self._check(one)
            planned.append(one)
        remembered = Remembered(
            Role.PARTICIPATIONS, self.fields, (one.subject for one in planned if one.meeting)
        )
        planned.sort(key=lambda one: one.turn)
        open_ones = [one for one in planned if not one.reasons]
        for one in open_ones:
            self._mean(one, remembered.of(one.number, one.cells))
        for one in open_ones:
            if one.answer.verdict == "doubtful" and not one.reasons:
                again = self._best(one)
                if again.verdict == "same" and again.known and again.known.row is not None:
                    one.answer = again
        return planned

    def _check(self, one: PlannedGuest) -> None:
        row, meeting = one.row, one.meeting
        if meeting is None and row.reference:
            row.problems.append(_("No meeting has the number “%(number)s”.", number=row.reference))
        elif meeting is not None and meeting.match is RowMatch.REFUSED:
            row.problems.append(_("Its meeting is refused: row %(row)s.", row=meeting.number))
        one.reasons = row.problems
        if meeting is not None and not row.problems:
            one.region = self.reader.region_of(row, meeting.row.region_code)

    def _mean(self, one: PlannedGuest, memory: Memory | None) -> None:
        """Find out which organisation a row means, and know the one that it adds."""
        row = one.row
        one.answer = self.organisations.again(memory, row.name) or self._best(one)
        known = one.answer.known
        if memory and memory.was_left_out and one.answer.verdict != "doubtful":
            one.answer = Answer("doubtful", None, one.answer.matches)
            one.note = _("It was left out of an earlier import.")
        elif known and known.archived_at:
            one.answer = Answer("doubtful", None, one.answer.matches or [(known, 100.0)])
        elif one.answer.verdict == "new" and one.lacks:
            one.reasons = [WHERE_IS_MISSING]
        elif one.answer.verdict == "new" and not scope.may_edit(self.by, one.region):
            one.reasons = [_("The organisation lies outside the regions you may edit.")]
        elif one.answer.verdict == "new":
            assert row.sector is not None  # its absence is a problem of the row
            known = self.organisations.add(row.name, one.region, row.sector, one.number)
            one.answer = Answer("same", known)

    def _best(self, one: PlannedGuest) -> Answer:
        return self.organisations.best(one.row.name, one.region, one.row.sector)

    def _guest(self, one: PlannedGuest, stored: Guests) -> dict[str, Any]:
        values: dict[str, Any] = {
            "role": Role.PARTICIPATIONS,
            "number": one.number,
            "cells": one.cells,
            "match": RowMatch.REFUSED,
            "facts": {"name": one.row.name, "detail": "", "meeting": one.row.reference},
        }
        if one.row.problems or one.meeting is None:
            return values | {"reason": _sentences(one.reasons)}
        values["group"] = one.meeting.row.reference
        values["subject"] = one.subject
        values["facts"]["detail"] = _joined(self.places.name(one.region), one.meeting.row.title)
        if one.lacks:
            values["facts"]["lacks"] = True
        if one.reasons:
            return values | {"reason": _sentences(one.reasons)}
        return values | self._meant(one, one.meeting, stored, values["facts"])

    def _meant(
        self, one: PlannedGuest, meeting: PlannedMeeting, stored: Guests, facts: dict[str, Any]
    ) -> dict[str, Any]:
        """Return which organisation a row means, and what it adds to the meeting."""
        known = one.answer.known
        if known is None:
            matches = [self._candidate(*match) for match in one.answer.matches or []]
            return {"match": RowMatch.DOUBTFUL, "matches": matches, "reason": str(one.note)}
        facts |= {"with_row": known.row} if known.row is not None else {"is": known.name}
        match = self._compared(one.number, one.row, known, meeting, stored, facts)
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


def _sentences(reasons: Sequence[Any]) -> str:
    return " ".join(str(one) for one in reasons)


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
        query = query.where(
            Participation.event_id.in_(event_ids[first : first + 500]),
            Participation.archived_at.is_(None),
        )
        # Somebody may have named the post since: it is the same guest. Without a post comes first.
        for row in db.session.execute(query.order_by(Participation.post_key.desc())):
            found[row.event_id, row.stakeholder_id] = (row.role, row.attendance, row.version)
    return found
