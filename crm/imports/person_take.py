"""Storing the contact of a row: the person, and the post held at the organisation."""

from typing import Any

from sqlalchemy import select

from crm.contacts import services as contacts
from crm.contacts.models import Contact
from crm.db import db
from crm.errors import Conflict
from crm.imports import persons
from crm.imports.models import ImportRow
from crm.imports.own_work import OwnWork
from crm.imports.persons import Person
from crm.imports.said import Said, Turn
from crm.language import _
from crm.stakeholders.models import Stakeholder
from crm.users.models import User

FIELDS = ("name", "title_before", "title_after", "phone", "email", "basis")


class PersonTaker:
    """Stores contacts; who bears a name is looked up only where somebody does."""

    def __init__(self, by: User, own: OwnWork, said: Said) -> None:
        """Read the names of all people.

        :param said: what the rows taken so far have said about contacts
        """
        self.by = by
        self.own = own
        self.said = said
        self.known = set(db.session.scalars(select(Contact.name_key)))

    def take(
        self,
        row: ImportRow,
        said: dict[str, Any],
        stakeholder: Stakeholder,
        here: list[Person],
        turn: Turn,
    ) -> int | None:
        """Store what a row says about a contact of an organisation; return whom it means.

        :param here: the people at the organisation
        :param turn: when the row counts
        """
        plan = persons.plan(said, here, self._elsewhere(said))
        if plan.is_new:
            return self._add(said, stakeholder, plan.post)
        contact_id = plan.person.id if plan.person else None
        plan.leave(self.said.own(("contact", contact_id), said, turn))
        if plan.changes and contact_id is not None:
            self._change(row, contact_id, plan.changes)
        if plan.post:
            contacts.add_position(
                self.by, stakeholder_id=stakeholder.id, title=plan.post, contact_id=contact_id
            )
        return contact_id

    def _elsewhere(self, said: dict[str, Any]) -> list[Person]:
        if "name" not in said or persons.new_person(said).key not in self.known:
            return []
        return [one for found in persons.elsewhere([said]).values() for one in found]

    def _add(self, said: dict[str, Any], stakeholder: Stakeholder, post: str) -> int:
        self.known.add(persons.new_person(said).key)
        contact = contacts.add(
            self.by,
            **{name: value for name, value in said.items() if name != "position"},
            stakeholder_id=stakeholder.id,
            position=post,
            source=stakeholder.source,
            basis_later=True,
        )
        return contact.id

    def _change(self, row: ImportRow, contact_id: int, changes: list[persons.Change]) -> None:
        contact = db.session.get_one(Contact, contact_id)
        _check_seen(row, contact, self.own)
        form = contacts.as_form(contact)
        values = {name: form[name] for name in FIELDS}
        values |= {name: new for name, _old, new in changes}
        contacts.change(self.by, contact_id, version=contact.version, basis_later=True, **values)


def _check_seen(row: ImportRow, contact: Contact, own: OwnWork) -> None:
    """Make sure that a contact is as the preview showed it, or as we have left it."""
    seen = row.facts.get("person", {})
    if own.is_own(contact) or seen.get("id") != contact.id:
        return
    if seen.get("version") != contact.version:
        message = _("Somebody else changed this contact since the preview. Compare the row again.")
        raise Conflict(message, contact)
