"""Reading and writing notes."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from crm import versions
from crm.agreements.models import AgreementParty
from crm.contacts import services as contacts
from crm.db import db
from crm.errors import NotYours, Refused
from crm.events.models import Event
from crm.language import _
from crm.notes.models import SUBJECTS, Note
from crm.programmes.models import ProgrammeRegion
from crm.stakeholders.models import Stakeholder
from crm.transaction import transaction
from crm.users import scope
from crm.users.models import RoleName, User


def of(subject: str, record_id: int) -> list[Note]:
    """Return the notes about a record, latest first.

    :param subject: one of ``SUBJECTS``, such as ``event_id``
    """
    return list(db.session.scalars(_about(subject, record_id).where(Note.archived_at.is_(None))))


def put_away(by: User, subject: str, record_id: int) -> list[Note]:
    """Return the notes about a record that were put away and that ``by`` may put back."""
    query = _about(subject, record_id).where(Note.archived_at.is_not(None))
    return [one for one in db.session.scalars(query) if may_change(by, one)]


def _about(subject: str, record_id: int) -> Select[Note]:
    return (
        select(Note)
        .where(getattr(Note, _known(subject)) == record_id)
        .options(joinedload(Note.by))
        .order_by(Note.at.desc(), Note.id.desc())
    )


def get(note_id: int) -> Note | None:
    """Return one note."""
    return db.session.get(Note, note_id)


def subject_of(note: Note) -> tuple[str, int]:
    """Return what a note is about: the name of the column and the record's id."""
    return next((one, getattr(note, one)) for one in SUBJECTS if getattr(note, one) is not None)


def may_write(by: User, subject: str, record_id: int) -> bool:
    """Whether a record lies in the regions of a user; one shared by several: in one of them."""
    if not by.scope:
        return True
    if _known(subject) == "contact_id":
        return contacts.may_edit(by, record_id)
    return any(scope.may_edit(by, code) for code in db.session.scalars(_homes(subject, record_id)))


def _homes(subject: str, record_id: int) -> Select[Any]:
    """Return the query of the regions that a record belongs to."""
    if subject == "agreement_id":
        return (
            select(Stakeholder.region_code)
            .join(AgreementParty, AgreementParty.stakeholder_id == Stakeholder.id)
            .where(AgreementParty.agreement_id == record_id)
        )
    if subject == "programme_id":
        column = ProgrammeRegion.region_code
        return select(column).where(ProgrammeRegion.programme_id == record_id)
    model = Event if subject == "event_id" else Stakeholder
    return select(model.region_code).where(model.id == record_id)


def write(by: User, subject: str, record_id: int, *, body: str, at: datetime) -> Note:
    """Write a note about a record.

    :raises NotYours: if the record lies outside the regions of ``by``
    """
    with transaction(by=by):
        if not may_write(by, subject, record_id):
            raise NotYours(_("This record lies outside the regions you may edit."))
        note = Note(body=body, at=at, by_id=by.id, **{_known(subject): record_id})
        db.session.add(note)
    return note


def change(by: User, note_id: int, *, version: int, body: str, restore: bool = False) -> Note:
    """Change what a note says.

    :raises Conflict: if somebody else changed it or put it away since ``version``
    :raises Refused: if it is somebody else's
    """
    with transaction(by=by):
        note = _mine(by, note_id)
        versions.check(note, version, restore=restore)
        note.archived_at = None
        note.body = body
    return note


def archive(by: User, note_id: int, *, at: datetime) -> Note:
    """Put a note away.

    :raises Refused: if it is somebody else's
    """
    with transaction(by=by):
        note = _mine(by, note_id)
        note.archived_at = note.archived_at or at
    return note


def restore(by: User, note_id: int) -> Note:
    """Put a note back that was put away.

    :raises Refused: if it is somebody else's
    """
    with transaction(by=by):
        note = _mine(by, note_id)
        note.archived_at = None
    return note


def may_change(by: User, note: Note) -> bool:
    """Whether a user may change a note: who wrote it, and administrators."""
    return note.by_id == by.id or by.has_any([RoleName.ADMIN])


def _mine(by: User, note_id: int) -> Note:
    note = db.session.get_one(Note, note_id)
    if not may_change(by, note):
        raise Refused(_("Only who wrote a note may change it. Write one of your own."))
    return note


def _known(subject: str) -> str:
    if subject not in SUBJECTS:
        raise ValueError(f"There are no notes about {subject}.")
    return subject
