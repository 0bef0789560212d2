"""The guests of an event: the list, one row changed in place, many at once."""

from typing import Any

from flask import Blueprint, Flask, abort, flash, g, request, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.auth import EDITOR, ORGANISER, VIEWER, allow, may
from crm.conflicts import conflict_page
from crm.events import services as events
from crm.events.models import Event
from crm.fields import ANY, is_choice
from crm.forms import posted
from crm.invitations import services
from crm.invitations.columns import COLUMNS, PUBLIC
from crm.invitations.forms import (
    BULK,
    AttendanceForm,
    BulkForm,
    GuestFilters,
    GuestForm,
    ParticipationForm,
)
from crm.invitations.models import Participation
from crm.invitations.words import TONES
from crm.language import _
from crm.pages import back_to, done, page, wants_part
from crm.proposals import proposed
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders
from crm.stakeholders.choices import Organisations
from crm.tables import Listing, download_kind

bp = Blueprint("invitations", __name__)

IS_BACK = _("This guest had been taken off the list and is back, with what was known of them.")

SHOWN = 60
"""So many guests stand on the page of the event; the list has them all."""


def init(app: Flask) -> None:
    """Let templates colour answers and attendance."""
    app.jinja_env.filters["guest_tone"] = TONES.get


@bp.get("/events/<int:event_id>/invitations")
@allow(VIEWER)
def of_event(event_id: int) -> Response:
    """List the guests of an event: a part of its page, or a list of its own."""
    event = _event(event_id)
    # The section of the event's page has no id or is #guests; the list asks for #listing-….
    if wants_part() and request.headers.get("HX-Target") in (None, "guests"):
        return _part(event)
    filters = _filters()
    query = services.found(event_id, request.args.get("q", ""), **filters.data)
    columns = COLUMNS if may("invitations.edit") else PUBLIC
    listing = Listing(_("Participants"), columns, query, request.args, filters, "name")
    if kind := download_kind(request.args):
        return listing.download(kind)
    return page(
        "invitations/index.html",
        event=event,
        listing=listing,
        filters=filters,
        bulk=BulkForm(),
        taken_off=services.taken_off(event_id),
        ticked="ticked" in request.args,
    )


@bp.get("/stakeholders/<int:stakeholder_id>/events")
@allow(VIEWER)
def of_stakeholder(stakeholder_id: int) -> Response:
    """List the events to which an organisation was invited or came."""
    stakeholder = stakeholders.get(stakeholder_id) or abort(404)
    return page(
        "invitations/of_stakeholder.html",
        "invitations/_of_stakeholder.html",
        stakeholder=stakeholder,
        participations=services.of_stakeholder(stakeholder_id),
    )


@bp.route("/events/<int:event_id>/invitations/new", methods=["GET", "POST"])
@allow(EDITOR, ORGANISER)
def new(event_id: int) -> Response:
    """Put a guest on the list of an event."""
    event = _event(event_id)
    data = proposed("stakeholder_id", "position_id", "role", "attendance")
    form = _guest_form(GuestForm(request.form, data=data))
    if request.method == "POST" and form.validate():
        with form.blame():
            guest = services.add(g.user, event_id, **form.values)
            # A row that was there before has come back: more is known of it than was typed.
            is_back = guest.version > 1
            if wants_part():
                return _part(event, _guest_form(GuestForm()), is_back=is_back)
            if is_back:
                flash(IS_BACK, "info")
            return done(url_for(".of_event", event_id=event_id))
    status = 422 if form.has_errors else 200
    if wants_part():
        return _part(event, form, status=status)
    return page("invitations/new.html", event=event, form=form, status=status)


@bp.get("/invitations/<int:participation_id>")
@allow(VIEWER)
def show(participation_id: int) -> Response:
    """Show one guest of an event: its row, or a page of its own."""
    guest = _found(participation_id)
    return page("invitations/show.html", "invitations/_row.html", guest=guest, event=guest.event)


@bp.route("/invitations/<int:participation_id>/edit", methods=["GET", "POST"])
@allow(EDITOR, ORGANISER)
def edit(participation_id: int) -> Response:
    """Change what is known about one guest, inside its row."""
    guest = _found(participation_id)
    form = _form(ParticipationForm(posted(request.form), data=services.as_form(guest)), guest)
    here = url_for(".of_event", event_id=guest.event_id)
    if request.method == "GET":
        form.remember(guest.version)
    elif form.validate():
        with form.blame():
            guest = services.change(
                g.user,
                participation_id,
                version=form.seen_version,
                restore="restore" in request.form,
                **form.values,
            )
            return done(here, "invitations/_row.html", guest=guest, event=guest.event)
    if form.conflict:
        return _conflict(form, participation_id, here)
    status = 422 if form.has_errors else 200
    return page(
        "invitations/edit.html", "invitations/_edit.html", guest=guest, form=form, status=status
    )


@bp.post("/invitations/<int:participation_id>/attendance")
@allow(EDITOR, ORGANISER)
def attend(participation_id: int) -> Response:
    """Say with one press whether a guest came."""
    guest = _found(participation_id)
    form = AttendanceForm(request.form)
    if not form.validate():
        abort(422)
    services.mark(g.user, guest.event_id, [participation_id], on=clock.today(), **form.values)
    guest = _found(participation_id)
    back = url_for("events.show", event_id=guest.event_id)
    return done(
        back_to(request.form.get("next"), back),
        "invitations/_row.html",
        guest=guest,
        event=guest.event,
    )


@bp.post("/events/<int:event_id>/invitations/mark")
@allow(EDITOR, ORGANISER)
def mark(event_id: int) -> Response:
    """Say one thing of all guests that were ticked."""
    event = _event(event_id)
    form = BulkForm(request.form)
    if not form.validate():
        abort(422)
    ticked = set(request.form.getlist("guest"))
    chosen = [one.id for one in services.of_event(event_id) if str(one.id) in ticked]
    _words, facts = BULK[form.fact.data]
    services.mark(g.user, event_id, chosen, on=clock.today(), **facts)
    if wants_part():
        return _part(event)
    return done(back_to(request.form.get("next"), url_for(".of_event", event_id=event_id)))


@bp.post("/invitations/<int:participation_id>/remove")
@allow(EDITOR, ORGANISER)
def remove(participation_id: int) -> Response:
    """Take a guest off the list."""
    event = _found(participation_id).event
    services.remove(g.user, participation_id, at=clock.now())
    return _listed(event.id)


@bp.post("/invitations/<int:participation_id>/restore")
@allow(EDITOR, ORGANISER)
def restore(participation_id: int) -> Response:
    """Put a guest who was taken off back on the list."""
    event = _found(participation_id).event
    services.restore(g.user, participation_id)
    return _listed(event.id)


def _listed(event_id: int) -> Response:
    if wants_part():
        return _part(_event(event_id))
    return done(url_for(".of_event", event_id=event_id))


def _event(event_id: int) -> Event:
    return events.get(event_id) or abort(404)


def _found(participation_id: int) -> Participation:
    return services.get(participation_id) or abort(404)


def _part(
    event: Event, form: GuestForm | None = None, status: int = 200, *, is_back: bool = False
) -> Response:
    guests = services.of_event(event.id)
    return page(
        "invitations/_list.html",
        status=status,
        event=event,
        guests=guests[:SHOWN],
        tally=services.tally(guests),
        bulk=BulkForm(),
        form=form,
        taken_off=services.taken_off(event.id),
        said_back=IS_BACK if is_back else None,
        ticked="ticked" in request.args,
    )


def _conflict(form: ParticipationForm, participation_id: int, here: str) -> Response:
    guest = _found(participation_id)
    theirs = _form(ParticipationForm(data=services.as_form(guest)), guest)
    response = conflict_page(form, theirs, cancel=here)
    if wants_part():
        # A row is no place for two versions: the page takes over, at the address of the form.
        address = url_for(".edit", participation_id=participation_id)
        response.headers.extend(
            {"HX-Retarget": "body", "HX-Reswap": "innerHTML", "HX-Push-Url": address}
        )
    return response


def _guest_form(form: GuestForm) -> GuestForm:
    form.stakeholder_id.choose_from(Organisations())
    chosen = form.stakeholder_id.data
    form.position_id.choices = _posts(chosen if is_choice(form.stakeholder_id) else None)
    return form


def _form(form: ParticipationForm, guest: Participation) -> ParticipationForm:
    form.position_id.choices = _posts(guest.stakeholder_id, guest.position_id)
    return form


def _posts(stakeholder_id: int | None, also: int | None = None) -> list[tuple[Any, Any]]:
    posts = services.posts(stakeholder_id, clock.today(), also) if stakeholder_id else []
    return [("", _("No post named")), *posts]


def _filters() -> GuestFilters:
    filters = GuestFilters(request.args)
    filters.region.choices = regions.choices(ANY)
    filters.drop_invalid()
    return filters
