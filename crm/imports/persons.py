"""What a row would change about a contact: the people known at an organisation, and the row's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from crm import phones
from crm.contacts import titles
from crm.contacts.models import Basis, Contact, Position
from crm.db import db
from crm.stakeholders import names

Change = tuple[str, Any, Any]

SAID_BY = {
    "phone": "phone",
    "email": "email",
    "basis": "basis",
    "title_before": "name",
    "title_after": "name",
}
"""In which cell each fact about a person stands."""

UNNAMED_POST = "Narahubung"
"""The post of a contact whose row names none; a position must have a title."""


def key_of(name: str) -> str:
    """Return by what people are told apart; letters that no name is compared by count as typed."""
    return names.key(name) or name.casefold()


def number_of(phone: str) -> str:
    """Return a telephone number in the form in which numbers are compared."""
    return (phones.e164(phone) or "") if phone else ""


@dataclass
class Person:
    """One contact, and the titles of the posts held at one organisation."""

    id: int | None
    name: str
    phone: str = ""
    phone_e164: str = ""
    email: str = ""
    basis: Basis | None = None
    title_before: str = ""
    title_after: str = ""
    version: int = 0
    posts: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        """By what people at one organisation are told apart."""
        return key_of(self.name)


@dataclass
class PersonPlan:
    """What is to be done about the contact of a row."""

    person: Person | None = None
    """Who it is, if known; with a new one nothing is."""
    is_new: bool = False
    changes: list[Change] = field(default_factory=list)
    post: str = ""
    """The title of the position to be added; empty: it is there."""

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.is_new or self.changes or self.post)

    def leave(self, own: set[str]) -> None:
        """Leave alone what an earlier row has said about the person.

        :param own: the cells that this row is the first to fill
        """
        self.changes = [one for one in self.changes if SAID_BY[one[0]] in own]


def at(stakeholder_ids: Iterable[int]) -> dict[int, list[Person]]:
    """Return the people at organisations; a vacant post is a person without a name."""
    found: dict[int, dict[int | None, Person]] = defaultdict(dict)
    ids = list(stakeholder_ids)
    for first in range(0, len(ids), 500):
        query = (
            select(Position.stakeholder_id, Position.title, Contact)
            .outerjoin(Contact, Contact.id == Position.contact_id)
            .where(
                Position.stakeholder_id.in_(ids[first : first + 500]),
                Position.archived_at.is_(None),
                Contact.archived_at.is_(None),
            )
        )
        for stakeholder_id, title, contact in db.session.execute(query):
            known = found[stakeholder_id]
            key = contact.id if contact else None
            if key not in known:
                known[key] = _person(contact) if contact else Person(None, "")
            known[key].posts.add(title.casefold())
    return {one: list(known.values()) for one, known in found.items()}


def elsewhere(said: Iterable[Mapping[str, Any]]) -> dict[str, list[Person]]:
    """Return the people who bear the names of contacts in the file, wherever they are, by key."""
    keys = {key_of(titles.split(one["name"]).name) for one in said if "name" in one}
    found: dict[str, list[Person]] = defaultdict(list)
    wanted = sorted(keys)
    for first in range(0, len(wanted), 500):
        query = select(Contact).where(
            Contact.name_key.in_(wanted[first : first + 500]), Contact.archived_at.is_(None)
        )
        for contact in db.session.scalars(query):
            found[contact.name_key].append(_person(contact))
    return found


def _person(contact: Contact) -> Person:
    return Person(
        contact.id,
        contact.name,
        contact.phone,
        contact.phone_e164,
        contact.email,
        contact.basis,
        contact.title_before,
        contact.title_after,
        contact.version,
    )


def plan(
    said: Mapping[str, Any],
    here: Iterable[Person],
    others: Iterable[Person] = (),
) -> PersonPlan:
    """Return what is to be done about the contact that a row names.

    :param here: the people at the organisation
    :param others: people of the same name elsewhere: the same one only where telephone or e-mail
        says so, and nothing contradicts
    """
    if not said:
        return PersonPlan()
    here = list(here)
    post = str(said.get("position", ""))
    if "name" not in said:
        taken = any(post.casefold() in one.posts for one in here)
        return PersonPlan(post="" if taken or not post else post)
    key = key_of(titles.split(said["name"]).name)
    person = next((one for one in here if one.name and one.key == key), None)
    if person is None:
        person = next((one for one in others if _is_same_person(one, said)), None)
        if person is None:
            return PersonPlan(is_new=True, post=post or UNNAMED_POST)
        return PersonPlan(person, post=post or UNNAMED_POST, changes=_fills(person, said))
    lacks_post = bool(post) and post.casefold() not in person.posts
    return PersonPlan(person, changes=_changes(person, said), post=post if lacks_post else "")


def new_person(said: Mapping[str, Any]) -> Person:
    """Return a contact that is to be added, as a row names it."""
    parts = titles.split(said["name"])
    return Person(
        None,
        parts.name,
        said.get("phone", ""),
        number_of(said.get("phone", "")),
        said.get("email", ""),
        said.get("basis"),
        parts.before,
        parts.after,
    )


def _is_same_person(person: Person, said: Mapping[str, Any]) -> bool:
    number = number_of(said.get("phone", ""))
    same_phone = bool(number) and number == person.phone_e164
    same_email = bool(said.get("email")) and said["email"].casefold() == person.email.casefold()
    other_phone = bool(number and person.phone_e164) and not same_phone
    other_email = bool(said.get("email") and person.email) and not same_email
    return (same_phone or same_email) and not (other_phone or other_email)


def _fills(person: Person, said: Mapping[str, Any]) -> list[Change]:
    return [one for one in _changes(person, said) if not one[1]]


def _changes(person: Person, said: Mapping[str, Any]) -> list[Change]:
    parts = titles.split(said["name"])
    found: list[Change] = []
    number = number_of(said.get("phone", ""))
    if number and number != person.phone_e164:
        found.append(("phone", person.phone, said["phone"]))
    if said.get("email") and said["email"].casefold() != person.email.casefold():
        found.append(("email", person.email, said["email"]))
    if said.get("basis") and said["basis"] is not person.basis:
        found.append(("basis", person.basis, said["basis"]))
    # Titles are written in many ways: only missing ones are filled in.
    if parts.before and not person.title_before:
        found.append(("title_before", "", parts.before))
    if parts.after and not person.title_after:
        found.append(("title_after", "", parts.after))
    return found
