"""Storing the contact of a row: the person, and the post held at the organisation."""

from typing import Any

from crm import phones
from crm.contacts.models import Contact, Position
from crm.db import db
from crm.errors import Conflict
from crm.imports import persons
from crm.imports.models import ImportRow
from crm.imports.own_work import OwnWork
from crm.imports.persons import Person
from crm.language import _
from crm.stakeholders.models import Stakeholder


def take_person(
    row: ImportRow, said: dict[str, Any], stakeholder: Stakeholder, own: OwnWork
) -> None:
    """Store what a row says about a contact of an organisation, inside a transaction."""
    here = persons.at([stakeholder.id]).get(stakeholder.id, [])
    others = [one for found in persons.elsewhere([said]).values() for one in found]
    may_set = set(row.facts["own_of"]) if "own_of" in row.facts else None
    plan = persons.plan(said, here, others, may_set)
    contact = None
    if plan.is_new:
        contact = _added(persons.new_person(said), source=stakeholder.source)
    elif plan.person is not None and plan.person.id is not None:
        contact = db.session.get_one(Contact, plan.person.id)
        if plan.changes:
            _check_seen(row, contact, own)
            _set(contact, {name: new for name, _old, new in plan.changes})
    if plan.post:
        contact_id = contact.id if contact else None
        db.session.add(
            Position(stakeholder_id=stakeholder.id, title=plan.post, contact_id=contact_id)
        )


def _added(person: Person, *, source: str) -> Contact:
    contact = Contact(name=person.name, name_key=person.key, source=source)
    facts = ("phone", "email", "basis", "title_before", "title_after")
    _set(contact, {name: getattr(person, name) for name in facts})
    db.session.add(contact)
    db.session.flush()
    return contact


def _set(contact: Contact, values: dict[str, Any]) -> None:
    if "phone" in values:
        values |= phones.checked(values["phone"], "contact_phone")
    for name, value in values.items():
        setattr(contact, name, value)


def _check_seen(row: ImportRow, contact: Contact, own: OwnWork) -> None:
    """Make sure that a contact is as the preview showed it, or as we have left it."""
    seen = row.facts.get("person", {})
    if own.is_own(contact) or seen.get("id") != contact.id:
        return
    if seen.get("version") != contact.version:
        message = _("Somebody else changed this contact since the preview. Compare the row again.")
        raise Conflict(message, contact)
