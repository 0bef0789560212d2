"""Storing the rows of a list of stakeholders."""

from collections.abc import Sequence
from typing import Any

from crm.db import db
from crm.errors import Refused
from crm.imports import organisations, persons
from crm.imports.known import TouchedOrganisations
from crm.imports.models import Import, ImportRow, Role, RowMatch
from crm.imports.own_work import OwnWork, check_seen, seen_version
from crm.imports.person_take import PersonTaker
from crm.imports.places import Places
from crm.imports.said import Said
from crm.imports.stakeholder_rows import StakeholderReader, StakeholderRow, missing_for_new
from crm.language import _
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Stakeholder
from crm.users.models import User


class StakeholderTaker:
    """Stores rows one after the other; what it must look up is read once."""

    def __init__(self, by: User, import_id: int) -> None:
        """Read what earlier rows of the import have stored."""
        self.by = by
        tables = db.session.get_one(Import, import_id).tables
        self.reader = StakeholderReader(tables[Role.STAKEHOLDERS]["fields"], Places())
        self.own = OwnWork(import_id, Role.STAKEHOLDERS)
        self.said = Said()
        self.people = PersonTaker(by, self.own, self.said)
        self.touched = TouchedOrganisations(self.own.touched("Stakeholder"))
        for row in self.own.taken():
            self._hear(row, self.reader.read(row.cells))

    def take(self, row: ImportRow) -> None:
        """Store the organisation and the contact of a row."""
        said = self.reader.read(row.cells)
        if said.problems:
            raise Refused(" ".join(str(one) for one in said.problems))
        stakeholder = self._meant(row, said)
        is_new = stakeholder is None
        if stakeholder is None:
            stakeholder = self._add(said)
        else:
            self._change(row, said, stakeholder)
        db.session.flush()
        row.match_id = stakeholder.id
        if said.contact:
            here = [] if is_new else persons.at([stakeholder.id]).get(stakeholder.id, [])
            turn = said.turn(row.number)
            contact_id = self.people.take(row, said.contact, stakeholder, here, turn)
            row.facts = row.facts | {"contact_id": contact_id}

    def took(self, row: ImportRow, entries: list[dict[str, Any]]) -> None:
        """Remember what is our own work, and what the row has said."""
        self.own.add(row, entries)
        self._hear(row, self.reader.read(row.cells))
        self.touched.add(one["id"] for one in entries if one["record"] == "Stakeholder")
        if row.match is RowMatch.REFUSED:
            row.match = RowMatch.UPDATE if entries else RowMatch.SAME

    def _hear(self, row: ImportRow, said: StakeholderRow) -> None:
        turn = said.turn(row.number)
        about = said.explicit(by_id=bool(row.facts.get("by_id")))
        self.said.hear(("stakeholder", row.match_id), about, turn)
        if contact_id := row.facts.get("contact_id"):
            self.said.hear(("contact", contact_id), said.contact, turn)

    def finish(self, rows: Sequence[ImportRow]) -> None:
        """Nothing follows from several rows together."""

    def _meant(self, row: ImportRow, said: StakeholderRow) -> Stakeholder | None:
        """Return the organisation that a row means; None: a new one."""
        wanted = self.own.decided(row)
        if wanted is None and missing_for_new(said):
            wanted = self._made_meanwhile(said)
        if wanted is None:
            return None
        found = db.session.get(Stakeholder, wanted, options=stakeholders.DETAILS)
        if found is None or found.merged_into_id:
            raise Refused(_("The organisation is gone, or was merged. Compare the row again."))
        return found

    def _made_meanwhile(self, said: StakeholderRow) -> int | None:
        """Return the organisation that a row means among those that this import has touched.

        A row that lacks what a new organisation needs comes after all that have it, so the
        decisions about doubtful rows may have added the one that it means.
        """
        sector = said.organisation.get("sector")
        known = self.touched.best(said.name, said.region_code, sector)
        return known.id if known else None

    def _add(self, said: StakeholderRow) -> Stakeholder:
        if lacks := missing_for_new(said):
            raise Refused(" ".join(str(one) for one in lacks))
        return stakeholders.add(self.by, **said.organisation)

    def _change(self, row: ImportRow, said: StakeholderRow, stakeholder: Stakeholder) -> None:
        seen = seen_version(row, stakeholder.id)
        if seen is not None and not self.own.is_own(stakeholder):
            check_seen(stakeholder, seen, stakeholder.name)
        given = said.explicit(by_id=bool(row.facts.get("by_id")))
        own = self.said.own(("stakeholder", stakeholder.id), given, said.turn(row.number))
        state = organisations.stored(stakeholder)
        changed = organisations.changes(state, given, own=own)
        if not changed and not stakeholder.archived_at:
            return
        state |= {name: new for name, _old, new in changed}
        stakeholders.change(
            self.by,
            stakeholder.id,
            version=stakeholder.version,
            restore=row.decision == str(stakeholder.id),
            **state,
        )
