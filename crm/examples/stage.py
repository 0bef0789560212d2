"""What both documents stand on: the organisations, people and meetings by the names used there."""

from typing import Any

from sqlalchemy import select

from crm.contacts.models import Contact, Position
from crm.db import db
from crm.events.models import Event
from crm.invitations import services as invitations
from crm.invitations.models import Attendance, Participation, ParticipationRole
from crm.programmes.models import Programme
from crm.stakeholders import names
from crm.stakeholders.models import Stakeholder

DERIVED = ("id", "version", "search_text", "archived_at")


def fields(event: Event) -> dict[str, Any]:
    """Return what an event says, as the keywords of a change."""
    return {
        column.key: getattr(event, column.key)
        for column in Event.__table__.columns
        if column.key not in DERIVED
    } | {"tags": [tag.name for tag in event.tags]}


class Stage:
    """Finds records of the example data by name; a name that is not there is an error."""

    def id_of(self, name: str) -> int:
        """Return the id of an organisation."""
        query = select(Stakeholder.id).where(Stakeholder.name_key == names.key(name))
        return db.session.scalars(query).one()

    def event(self, meeting: str) -> Event:
        """Return the event of a meeting of the list: M001."""
        query = select(Event).where(Event.reference.startswith(meeting))
        return db.session.scalars(query).one()

    def programme(self, name: str) -> Programme:
        """Return a programme."""
        return db.session.scalars(select(Programme).where(Programme.name == name)).one()

    def position(self, organisation: str, title: str) -> Position:
        """Return a post at an organisation."""
        query = select(Position).where(
            Position.stakeholder_id == self.id_of(organisation), Position.title == title
        )
        return db.session.scalars(query).one()

    def attend(self, event: Event, organisation: str, post: str) -> Participation:
        """Say which post of an organisation that was present its person held."""
        position = self.position(organisation, post)
        guest = self._guest(event, organisation)
        return invitations.change(
            None,
            guest.id,
            version=guest.version,
            position_id=position.id,
            contact_id=position.contact_id,
            attendance=Attendance.PRESENT,
        )

    def represent(
        self, event: Event, organisation: str, post: str, deputy: str, role: ParticipationRole
    ) -> Participation:
        """Say who came in place of a post of an organisation."""
        position = self.position(organisation, post)
        guest = self._guest(event, organisation)
        contact = db.session.scalars(select(Contact).where(Contact.name == deputy)).one()
        return invitations.change(
            None,
            guest.id,
            version=guest.version,
            role=role,
            position_id=position.id,
            contact_id=position.contact_id,
            represented_by=contact.full_name,
            represented_by_id=contact.id,
            attendance=Attendance.PRESENT,
        )

    def _guest(self, event: Event, organisation: str) -> Participation:
        query = select(Participation).where(
            Participation.event_id == event.id,
            Participation.stakeholder_id == self.id_of(organisation),
            Participation.archived_at.is_(None),
        )
        return db.session.scalars(query).one()
