"""Notes on the pages of the records that they are about."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.auth import EDITOR, ORGANISER, VIEWER, allow, may
from crm.db import db
from crm.editing import edit_page
from crm.forms import posted
from crm.notes import services
from crm.notes.forms import NoteForm
from crm.notes.models import Note
from crm.pages import done, page

bp = Blueprint("notes", __name__)


@dataclass(frozen=True)
class Subject:
    """A record that notes are about: its column, its page, and the view of its notes."""

    column: str
    record_id: int
    page: str
    notes: str


def _subject(column: str, record_id: int) -> Subject:
    feature = PAGES[column]
    name = column.removesuffix("_id")
    return Subject(
        column=column,
        record_id=record_id,
        page=url_for(f"{feature}.show", **{column: record_id}),  # type: ignore[arg-type]
        notes=url_for(f"notes.of_{name}", **{column: record_id}),  # type: ignore[arg-type]
    )


PAGES = {
    "stakeholder_id": "stakeholders",
    "contact_id": "contacts",
    "agreement_id": "agreements",
    "programme_id": "programmes",
    "event_id": "events",
}


@bp.route("/stakeholders/<int:stakeholder_id>/notes", methods=["GET", "POST"])
@allow(VIEWER, change=(EDITOR, ORGANISER))
def of_stakeholder(stakeholder_id: int) -> Response:
    """Show and write notes about an organisation."""
    return _notes("stakeholder_id", stakeholder_id)


@bp.route("/contacts/<int:contact_id>/notes", methods=["GET", "POST"])
@allow(VIEWER, change=(EDITOR, ORGANISER))
def of_contact(contact_id: int) -> Response:
    """Show and write notes about a person."""
    return _notes("contact_id", contact_id)


@bp.route("/agreements/<int:agreement_id>/notes", methods=["GET", "POST"])
@allow(VIEWER, change=(EDITOR, ORGANISER))
def of_agreement(agreement_id: int) -> Response:
    """Show and write notes about an agreement."""
    return _notes("agreement_id", agreement_id)


@bp.route("/programmes/<int:programme_id>/notes", methods=["GET", "POST"])
@allow(VIEWER, change=(EDITOR, ORGANISER))
def of_programme(programme_id: int) -> Response:
    """Show and write notes about a programme."""
    return _notes("programme_id", programme_id)


@bp.route("/events/<int:event_id>/notes", methods=["GET", "POST"])
@allow(VIEWER, change=(EDITOR, ORGANISER))
def of_event(event_id: int) -> Response:
    """Show and write notes about an event."""
    return _notes("event_id", event_id)


@bp.route("/notes/<int:note_id>/edit", methods=["GET", "POST"])
@allow(EDITOR, ORGANISER)
def edit(note_id: int) -> Response:
    """Change what a note says."""
    note = _found(note_id)
    subject = _subject(*services.subject_of(note))
    form = NoteForm(posted(request.form), data={"body": note.body})
    return edit_page(
        "notes/edit.html",
        form,
        partial(services.change, g.user, note_id),
        version=note.version,
        theirs=lambda: NoteForm(data={"body": _found(note_id).body}),
        here=subject.page,
        note=note,
        subject=subject,
    )


@bp.post("/notes/<int:note_id>/archive")
@allow(EDITOR, ORGANISER)
def archive(note_id: int) -> Response:
    """Put a note away."""
    subject = _subject(*services.subject_of(_found(note_id)))
    services.archive(g.user, note_id, at=clock.now())
    return _answer(subject, NoteForm())


@bp.post("/notes/<int:note_id>/restore")
@allow(EDITOR, ORGANISER)
def restore(note_id: int) -> Response:
    """Put a note back that was put away."""
    subject = _subject(*services.subject_of(_found(note_id)))
    services.restore(g.user, note_id)
    return _answer(subject, NoteForm())


def _notes(column: str, record_id: int) -> Response:
    _exists(column, record_id)
    subject = _subject(column, record_id)
    form = NoteForm(request.form)
    if request.method == "POST" and form.validate():
        services.write(g.user, column, record_id, body=form.body.data or "", at=clock.now())
        return _answer(subject, NoteForm())
    return _list(subject, form, status=422 if form.has_errors else 200)


def _answer(subject: Subject, form: NoteForm) -> Response:
    """Show the notes in place; without script, the page of the record."""
    return done(subject.page, "notes/_list.html", **_shown(subject, form))


def _list(subject: Subject, form: NoteForm, status: int) -> Response:
    return page("notes/list.html", "notes/_list.html", status=status, **_shown(subject, form))


def _shown(subject: Subject, form: NoteForm) -> dict[str, Any]:
    notes = services.of(subject.column, subject.record_id)
    return {
        "subject": subject,
        "form": form,
        "notes": notes,
        "put_away": services.put_away(g.user, subject.column, subject.record_id),
        "mine": {one.id for one in notes if services.may_change(g.user, one)},
        "may_write": may(f"notes.of_{subject.column.removesuffix('_id')}", "POST")
        and services.may_write(g.user, subject.column, subject.record_id),
    }


def _exists(column: str, record_id: int) -> None:
    """Answer 404 where the record of the address is not there."""
    (key,) = Note.__table__.columns[column].foreign_keys
    if db.session.scalar(db.select(key.column).where(key.column == record_id)) is None:
        abort(404)


def _found(note_id: int) -> Note:
    note = services.get(note_id) or abort(404)
    # Put away, a note is nobody's but its writer's, who may have been typing meanwhile.
    return note if note.archived_at is None or services.may_change(g.user, note) else abort(404)
