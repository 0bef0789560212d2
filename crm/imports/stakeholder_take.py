"""Storing the rows of a list of stakeholders."""

from collections.abc import Sequence
from typing import Any

from crm.db import db
from crm.errors import Refused
from crm.imports import organisations, persons
from crm.imports.models import Import, ImportRow, Role
from crm.imports.own_work import OwnWork, check_seen, seen_version
from crm.imports.person_take import PersonTaker
from crm.imports.places import Places
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
        self.people = PersonTaker(by, self.own)

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
            self.people.take(row, said.contact, stakeholder, here)

    def took(self, row: ImportRow, entries: list[dict[str, Any]]) -> None:
        """Remember what is our own work."""
        self.own.add(row, entries)

    def finish(self, rows: Sequence[ImportRow]) -> None:
        """Nothing follows from several rows together."""

    def _meant(self, row: ImportRow, said: StakeholderRow) -> Stakeholder | None:
        """Return the organisation that a row means; None: a new one."""
        wanted = self.own.decided(row)
        if wanted is None:
            return None
        found = db.session.get(Stakeholder, wanted, options=stakeholders.DETAILS)
        if found is None or found.merged_into_id:
            raise Refused(_("The organisation is gone, or was merged. Compare the row again."))
        return found

    def _add(self, said: StakeholderRow) -> Stakeholder:
        if lacks := missing_for_new(said):
            raise Refused(" ".join(str(one) for one in lacks))
        return stakeholders.add(self.by, **said.organisation)

    def _change(self, row: ImportRow, said: StakeholderRow, stakeholder: Stakeholder) -> None:
        seen = seen_version(row, stakeholder.id)
        if seen is not None and not self.own.is_own(stakeholder):
            check_seen(stakeholder, seen, stakeholder.name)
        given = {k: v for k, v in said.organisation.items() if k not in said.derived}
        own = set(row.facts["own"]) if "own" in row.facts else None
        state = organisations.stored(stakeholder)
        may_rename = bool(row.facts.get("by_id"))
        changed = organisations.changes(state, given, may_rename=may_rename, own=own)
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
