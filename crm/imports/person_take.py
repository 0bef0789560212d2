"""Storing the contact of a row: the person, and the post held at the organisation."""

from typing import Any

from crm.contacts import services as contacts
from crm.contacts.models import Contact
from crm.db import db
from crm.errors import Conflict
from crm.imports import persons
from crm.imports.models import ImportRow
from crm.imports.own_work import OwnWork
from crm.language import _
from crm.stakeholders.models import Stakeholder
from crm.users.models import User

FIELDS = ("name", "title_before", "title_after", "phone", "email", "basis")


def take_person(
    by: User, row: ImportRow, said: dict[str, Any], stakeholder: Stakeholder, own: OwnWork
) -> None:
    """Store what a row says about a contact of an organisation."""
    here = persons.at([stakeholder.id]).get(stakeholder.id, [])
    others = [one for found in persons.elsewhere([said]).values() for one in found]
    may_set = set(row.facts["own_of"]) if "own_of" in row.facts else None
    plan = persons.plan(said, here, others, may_set)
    if plan.is_new:
        facts = {name: value for name, value in said.items() if name != "position"}
        contacts.add(
            by,
            **facts,
            stakeholder_id=stakeholder.id,
            position=plan.post,
            source=stakeholder.source,
        )
        return
    contact_id = plan.person.id if plan.person else None
    if plan.changes and contact_id is not None:
        contact = db.session.get_one(Contact, contact_id)
        _check_seen(row, contact, own)
        form = contacts.as_form(contact)
        values = {name: form[name] for name in FIELDS}
        values |= {name: new for name, _old, new in plan.changes}
        contacts.change(by, contact_id, version=contact.version, **values)
    if plan.post:
        contacts.add_position(
            by, stakeholder_id=stakeholder.id, title=plan.post, contact_id=contact_id
        )


def _check_seen(row: ImportRow, contact: Contact, own: OwnWork) -> None:
    """Make sure that a contact is as the preview showed it, or as we have left it."""
    seen = row.facts.get("person", {})
    if own.is_own(contact) or seen.get("id") != contact.id:
        return
    if seen.get("version") != contact.version:
        message = _("Somebody else changed this contact since the preview. Compare the row again.")
        raise Conflict(message, contact)
