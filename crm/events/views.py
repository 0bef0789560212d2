"""The pages of events: list, calendar, one event."""

from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, Flask, abort, g, request, url_for
from werkzeug.wrappers import Response

from crm import clock, dates
from crm.archiving import archive_and_restore
from crm.auth import EDITOR, ORGANISER, VIEWER, allow
from crm.editing import edit_page
from crm.errors import NotYours, Refused
from crm.events import month, services
from crm.events.columns import COLUMNS
from crm.events.forms import EventFilters, EventForm
from crm.events.models import Event, EventKind
from crm.events.texts import event_time, weekday
from crm.events.words import TONES
from crm.fields import ANY
from crm.forms import posted
from crm.histories import history_page
from crm.language import _
from crm.pages import done, page
from crm.programmes import services as programmes
from crm.proposals import proposed
from crm.regions import services as regions
from crm.stakeholders import vocabulary
from crm.stakeholders.choices import Organisations
from crm.tables import Listing, download_kind

bp = Blueprint("events", __name__)


def init(app: Flask) -> None:
    """Let templates colour the status of an event, and write its times."""
    app.jinja_env.filters.update(event_tone=TONES.get, event_time=event_time, weekday=weekday)


@bp.get("/events")
@allow(VIEWER)
def index() -> Response:
    """List events, or show them in a month of the calendar."""
    filters = _filters()
    query = services.found(request.args.get("q", ""), **filters.data)
    listing = Listing(_("Events"), COLUMNS, query, request.args, filters, "-date")
    if kind := download_kind(request.args):
        return listing.download(kind)
    if request.args.get("view") != "calendar":
        return page("events/index.html", listing=listing, filters=filters)
    first = _month(request.args.get("month", ""))
    shown = month.page(query, first)
    near = month.nearest(query, first) if shown.is_empty else (None, None)
    return page(
        "events/calendar.html",
        listing=listing,
        filters=filters,
        month=shown,
        near=near,
        today=clock.today(),
    )


@bp.get("/events/<int:event_id>")
@allow(VIEWER)
def show(event_id: int) -> Response:
    """Show everything about one event on one page."""
    event = _found(event_id)
    mine = services.may_edit(g.user, event)
    return page("events/show.html", event=event, mine=mine, today=clock.today())


@bp.get("/programmes/<int:programme_id>/events")
@allow(VIEWER)
def of_programme(programme_id: int) -> Response:
    """List the events of a programme."""
    programme = programmes.get(programme_id) or abort(404)
    events = services.of_programme(programme_id)
    return page(
        "events/of_programme.html", "events/_of_programme.html", programme=programme, events=events
    )


@bp.route("/events/new", methods=["GET", "POST"])
@allow(EDITOR, ORGANISER)
def new() -> Response:
    """Add an event; a visit to a known organisation has a short form of its own."""
    args = request.args
    if request.method == "GET" and args.get("kind") == EventKind.VISIT and "full" not in args:
        # Composed by address: what a visit leaves behind belongs to later features.
        return done(url_for("actions.log_visit", stakeholder_id=args.get("stakeholder_id")))
    data = proposed("title", "kind", "starts_on", "region_code", "host_id", "programme_id")
    form = _form(EventForm(request.form, data=data))
    if request.method == "POST" and form.validate():
        with form.blame():
            event = services.add(g.user, **form.values)
            return done(url_for(".show", event_id=event.id))
    return page("events/new.html", form=form, status=422 if form.has_errors else 200)


@bp.route("/events/<int:event_id>/edit", methods=["GET", "POST"])
@allow(EDITOR, ORGANISER)
def edit(event_id: int) -> Response:
    """Change what is known about an event."""
    event = _found(event_id)
    if not services.may_edit(g.user, event):
        raise NotYours
    form = _form(EventForm(posted(request.form), data=services.as_form(event)), event)
    return edit_page(
        "events/edit.html",
        form,
        partial(services.change, g.user, event_id),
        version=event.version,
        theirs=lambda: _theirs(_found(event_id)),
        here=url_for(".show", event_id=event_id),
        event=event,
    )


@bp.post("/events/<int:event_id>/hold")
@allow(EDITOR, ORGANISER)
def hold(event_id: int) -> Response:
    """Record that an event took place."""
    _found(event_id)
    services.hold(g.user, event_id)
    return done(url_for(".show", event_id=event_id))


@bp.post("/events/<int:event_id>/cancel")
@allow(EDITOR, ORGANISER)
def cancel(event_id: int) -> Response:
    """Call an event off."""
    _found(event_id)
    services.cancel(g.user, event_id)
    return done(url_for(".show", event_id=event_id))


@bp.post("/events/<int:event_id>/plan-again")
@allow(EDITOR, ORGANISER)
def plan_again(event_id: int) -> Response:
    """Put an event back among the planned ones."""
    _found(event_id)
    services.plan_again(g.user, event_id)
    return done(url_for(".show", event_id=event_id))


archive_and_restore(bp, "/events/<int:event_id>", services, EDITOR, ORGANISER)


@bp.get("/events/<int:event_id>/history")
@allow(VIEWER)
def history(event_id: int) -> Response:
    """Show who changed what about an event and its guests."""
    event = _found(event_id)
    return history_page(
        "Event", event_id, name=event.title, url=url_for(".show", event_id=event_id)
    )


def _found(event_id: int) -> Event:
    return services.get(event_id) or abort(404)


def _theirs(event: Event) -> EventForm:
    return _form(EventForm(data=services.as_form(event)), event)


def _form(form: EventForm, event: Event | None = None) -> EventForm:
    form.region_code.choices = regions.choices("", within=g.user.scope)
    form.host_id.choose_from(Organisations(event.host_id if event else None))
    also = event.programme_id if event else None
    form.programme_id.choices = [("", ""), *programmes.all_names(also)]
    return form


def _filters() -> EventFilters:
    filters = EventFilters(request.args)
    filters.region.choices = regions.choices(ANY)
    filters.programme.choices = [("", ANY), *programmes.all_names()]
    filters.host.choices = [("", ANY), *services.hosts()]
    filters.tag.choices = [("", ANY), *((tag, tag) for tag in vocabulary.all_tags())]
    # A filter that names nothing we know is left out, not an error page.
    filters.drop_invalid()
    return filters


def _month(text: str) -> date:
    """Return the first day of the month that an address names, of this month if it names none."""
    try:
        day: Any = dates.parse(text).day
    except Refused:
        day = None
    return (day or clock.today()).replace(day=1)
