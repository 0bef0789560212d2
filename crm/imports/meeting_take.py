"""Storing meetings and who took part; agreements and gifts follow from all rows of a meeting."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from crm.db import db
from crm.errors import Conflict, Refused
from crm.events import services as events
from crm.events.models import Event, EventStatus
from crm.imports import organisations
from crm.imports.known import TouchedOrganisations
from crm.imports.known_events import free_reference
from crm.imports.meeting_plan import event_changes, guest_changes
from crm.imports.meeting_results import MeetingResults
from crm.imports.meeting_rows import (
    WHERE_IS_MISSING,
    MeetingReader,
    MeetingRow,
    ParticipationRow,
)
from crm.imports.models import Import, ImportRow, Role, RowMatch, RowStatus
from crm.imports.own_work import OwnWork, check_seen, seen_version
from crm.imports.places import Places
from crm.imports.said import Turn
from crm.imports.work import LeftOut
from crm.invitations import services as invitations
from crm.invitations.models import Participation
from crm.language import _
from crm.regions.models import Level
from crm.stakeholders import names
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Stakeholder
from crm.users import scope
from crm.users.models import User


class MeetingTaker:
    """Stores meetings one after the other, each with those who came."""

    def __init__(self, by: User, import_id: int) -> None:
        """Read what earlier rows of the import have stored."""
        self.by = by
        self.import_id = import_id
        tables = db.session.get_one(Import, import_id).tables
        self.reader = MeetingReader(
            Places(), tables[Role.MEETINGS]["fields"], tables[Role.PARTICIPATIONS]["fields"]
        )
        self.own = OwnWork(import_id, Role.PARTICIPATIONS)
        query = select(Event.reference).where(Event.reference.is_not(None))
        self.references = {one for one in db.session.scalars(query) if one}
        self._meetings: dict[str, tuple[MeetingRow, int]] = {}
        self.touched = TouchedOrganisations(self.own.touched("Stakeholder"))
        self._first: dict[tuple[str, int | None], Turn] = {}
        """Meeting and organisation -> the row that counts of those taken so far."""
        for row in self.own.taken():
            self._hear(row)

    def take(self, row: ImportRow) -> None:
        """Store a meeting, or an organisation's part in one."""
        if row.role is Role.MEETINGS:
            self._take_meeting(row)
        else:
            self._take_guest(row)

    def took(self, row: ImportRow, entries: list[dict[str, Any]]) -> None:
        """Remember what is our own work, and which row counts."""
        self.own.add(row, entries)
        self.touched.add(one["id"] for one in entries if one["record"] == "Stakeholder")
        if row.match is RowMatch.REFUSED:
            row.match = RowMatch.NEW if entries else RowMatch.SAME
        self._hear(row)

    def _hear(self, row: ImportRow) -> None:
        if row.role is Role.PARTICIPATIONS:
            key = row.group, row.match_id
            self._first[key] = min(_turn(row), self._first.get(key, _turn(row)))

    def finish(self, rows: Sequence[ImportRow]) -> None:
        """Store the host, the agreement and the gifts of a meeting."""
        said, row = self._meeting(rows[0].group)
        query = select(ImportRow).where(
            ImportRow.import_id == self.import_id,
            ImportRow.role == Role.PARTICIPATIONS,
            ImportRow.group == rows[0].group,
            ImportRow.status == RowStatus.TAKEN,
        )
        guests = [
            (one.match_id, self.reader.participation(one.cells))
            for one in db.session.scalars(query.order_by(ImportRow.number))
            if one.match_id
        ]
        if row.status is RowStatus.TAKEN and row.match_id:
            event = db.session.get_one(Event, row.match_id)
            is_own = self.own.has_made("Event", event.id)
            MeetingResults(self.by, event, said, guests).store(sets_host=is_own)

    def _take_meeting(self, row: ImportRow) -> None:
        said = self.reader.meeting(row.cells)
        if said.problems:
            raise Refused(" ".join(str(one) for one in said.problems))
        wanted = int(row.decision) if row.decision.isdigit() else row.match_id
        if row.decision == "new" or wanted is None:
            event = self._add(said)
        else:
            event = self._change(row, said, wanted)
        db.session.flush()
        row.match_id = event.id

    def _add(self, said: MeetingRow) -> Event:
        reference = free_reference(said, self.references)
        event = events.add(
            self.by,
            title=said.title,
            starts_on=said.when.day,
            date_precision=said.when.precision,
            kind=said.kind,
            status=EventStatus.HELD,
            region_code=said.region_code,
            reference=reference,
            source=said.source,
            place="",
        )
        self.references.add(reference)
        return event

    def _change(self, row: ImportRow, said: MeetingRow, wanted: int) -> Event:
        event = db.session.get(Event, wanted, options=events.DETAILS)
        if event is None:
            raise Refused(_("The event is gone. Compare the row again."))
        if not self.own.is_own(event):
            check_seen(event, seen_version(row, wanted), event.title)
        changed = event_changes(event, said)
        if changed or event.archived_at:
            form = events.as_form(event)
            values = {name: form[name] for name in ("title", "region_code", "tags")}
            values |= {"starts_on": event.starts_on, "date_precision": event.date_precision}
            values |= {"ends_on": event.ends_on, "reference": event.reference}
            values |= {name: new for name, _old, new in changed}
            events.change(self.by, event.id, version=event.version, restore=True, **values)
        return event

    def _meeting(self, group: str) -> tuple[MeetingRow, ImportRow]:
        """Return what the file says about a meeting, and its row."""
        if group not in self._meetings:
            query = select(ImportRow).where(
                ImportRow.import_id == self.import_id,
                ImportRow.role == Role.MEETINGS,
                ImportRow.group == group,
            )
            row = db.session.scalars(query).one()
            self._meetings = {group: (self.reader.meeting(row.cells), row.id)}
        said, row_id = self._meetings[group]
        return said, db.session.get_one(ImportRow, row_id)

    def _take_guest(self, row: ImportRow) -> None:
        said = self.reader.participation(row.cells)
        if said.problems:
            raise Refused(" ".join(str(one) for one in said.problems))
        meeting, meeting_row = self._meeting(row.group)
        if meeting_row.status is RowStatus.SKIPPED:
            raise LeftOut(_("Its meeting was left out."))
        if meeting_row.status is not RowStatus.TAKEN or not meeting_row.match_id:
            raise Refused(_("Its meeting was not stored: row %(row)s.", row=meeting_row.number))
        stakeholder = self._organisation(row, said, meeting)
        db.session.flush()
        row.match_id = stakeholder.id
        query = select(Participation).where(
            Participation.event_id == meeting_row.match_id,
            Participation.stakeholder_id == stakeholder.id,
            Participation.archived_at.is_(None),
        )
        guest = db.session.scalars(query.order_by(Participation.post_key)).first()
        if guest is None:
            invitations.add(
                self.by,
                meeting_row.match_id,
                stakeholder_id=stakeholder.id,
                role=said.role,
                attendance=said.attendance,
                source=meeting.source,
            )
        elif (first := self._first.get((row.group, stakeholder.id))) is None or _turn(row) < first:
            self._change_guest(row, said, guest, stakeholder)

    def _change_guest(
        self, row: ImportRow, said: ParticipationRow, guest: Participation, who: Stakeholder
    ) -> None:
        changed = guest_changes(guest.role, guest.attendance, said)
        if not changed:
            return
        if not self.own.is_own(guest):
            check_seen(guest, row.facts.get("version"), who.name)
        values = {name: new for name, _old, new in changed}
        invitations.change(self.by, guest.id, version=guest.version, **values)

    def _organisation(
        self, row: ImportRow, said: ParticipationRow, meeting: MeetingRow
    ) -> Stakeholder:
        region = self.reader.region_of(said, meeting.region_code)
        wanted = self.own.decided(row)
        if wanted is None and row.facts.get("lacks"):
            # A row taken before it may have added the organisation that it means.
            known = self.touched.best(said.name, region, said.sector)
            wanted = known.id if known else None
        if wanted is None:
            return self._new_organisation(row, said, region, meeting)
        found = db.session.get(Stakeholder, wanted, options=stakeholders.DETAILS)
        if found is None or found.merged_into_id:
            raise Refused(_("The organisation is gone, or was merged. Compare the row again."))
        if row.decision.isdigit() and scope.may_edit(self.by, found.region_code):
            self._learn_name(found, said.name)
        return found

    def _learn_name(self, stakeholder: Stakeholder, name: str) -> None:
        """Keep the spelling that a user has recognised: next time it is no longer in doubt."""
        values = organisations.stored(stakeholder)
        changed = organisations.changes(values, {"name": name})
        if changed or stakeholder.archived_at:
            values |= {field: new for field, _old, new in changed}
            version = stakeholder.version
            stakeholders.change(self.by, stakeholder.id, version=version, restore=True, **values)

    def _new_organisation(
        self, row: ImportRow, said: ParticipationRow, region: str | None, meeting: MeetingRow
    ) -> Stakeholder:
        twin = self._twin(said.name, region)
        if twin is not None and not self.own.has_made("Stakeholder", twin.id):
            message = _(
                "Somebody added “%(name)s” in the meantime. Compare the row again.", name=twin.name
            )
            raise Conflict(message, twin)
        if twin is not None:
            return twin
        if region is None and said.level is not Level.NATIONAL:
            raise Refused(WHERE_IS_MISSING)
        return stakeholders.add(
            self.by,
            name=said.name,
            sector=said.sector,
            level=said.level,
            region_code=region,
            source=meeting.source,
        )

    def _twin(self, name: str, region: str | None) -> Stakeholder | None:
        query = select(Stakeholder).where(
            Stakeholder.name_key == names.key(name),
            Stakeholder.region_code == region if region else Stakeholder.region_code.is_(None),
            Stakeholder.merged_into_id.is_(None),
        )
        return db.session.scalars(query).first()


def _turn(row: ImportRow) -> Turn:
    return bool(row.facts.get("lacks")), row.number
