"""The pages of follow-ups."""

from functools import partial
from typing import Any

from flask import Flask, abort, g, request, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.actions import plan_views, plans, services, visit_views  # noqa: F401  (more pages)
from crm.actions.blueprint import bp
from crm.actions.columns import columns, owner
from crm.actions.forms import FinishForm, FollowUpFilters, FollowUpForm
from crm.actions.models import FollowUp
from crm.actions.words import state, tone
from crm.archiving import archive_and_restore
from crm.auth import EDITOR, ORGANISER, VIEWER, allow
from crm.editing import edit_page
from crm.errors import NotYours
from crm.events import services as events
from crm.fields import ANY
from crm.forms import posted
from crm.histories import history_page
from crm.language import _
from crm.pages import back_to, done, page
from crm.proposals import proposed
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders
from crm.stakeholders.choices import Organisations
from crm.tables import Listing, download_kind
from crm.users import services as users

PROPOSED = (
    "title",
    "finding_key",
    "event_id",
    "stakeholder_id",
    "plan_id",
    "region_code",
    "owner_id",
    "owner_note",
    "about",
)
"""What an address may propose for a new follow-up."""


def init(app: Flask) -> None:
    """Let templates say where a follow-up stands, and who does it."""
    app.jinja_env.filters.update(action_state=state, action_tone=tone, action_owner=owner)


@bp.get("/actions")
@allow(VIEWER)
def index() -> Response:
    """List follow-ups: what is to be done, unless asked otherwise."""
    filters, today = _filters(), clock.today()
    asked = filters.data
    wanted = asked.pop("state") or "open"
    mine = asked.pop("mine")
    asked["owner"] = g.user.id if mine else asked["owner"]
    query = services.found(
        request.args.get("q", ""),
        today=today,
        state=None if wanted == "all" or asked["archived"] else wanted,
        **asked,
    )
    listing = Listing(_("Follow-ups"), columns(today), query, request.args, filters, "due")
    if kind := download_kind(request.args):
        return listing.download(kind)
    return page("actions/index.html", listing=listing, filters=filters, today=today)


@bp.get("/actions/<int:action_id>")
@allow(VIEWER)
def show(action_id: int) -> Response:
    """Show one follow-up: its row, or a page of its own."""
    action = _found(action_id)
    mine = services.may_edit(g.user, action)
    today = clock.today()
    return page("actions/show.html", "actions/_row.html", action=action, mine=mine, today=today)


@bp.get("/events/<int:event_id>/follow-ups")
@allow(VIEWER)
def of_event(event_id: int) -> Response:
    """List what was agreed at an event."""
    event = events.get(event_id) or abort(404)
    return _part(
        services.of_event(event_id),
        name=event.title,
        url=url_for("events.show", event_id=event_id),
        new={"event_id": event_id},
        skip="event",
    )


@bp.get("/stakeholders/<int:stakeholder_id>/follow-ups")
@allow(VIEWER)
def of_stakeholder(stakeholder_id: int) -> Response:
    """List what is to be done with an organisation."""
    stakeholder = stakeholders.get(stakeholder_id) or abort(404)
    return _part(
        services.of_stakeholder(stakeholder_id),
        name=stakeholder.name,
        url=url_for("stakeholders.show", stakeholder_id=stakeholder_id),
        new={"stakeholder_id": stakeholder_id},
        skip="stakeholder",
    )


@bp.route("/actions/new", methods=["GET", "POST"])
@allow(EDITOR, ORGANISER)
def new() -> Response:
    """Add a follow-up: of an event, an organisation, a plan or a gap."""
    data = {"owner_id": g.user.id} | proposed(*PROPOSED)
    form = _form(FollowUpForm(request.form, data=data))
    if request.method == "POST" and form.validate():
        with form.blame():
            action = services.add(g.user, **form.values)
            return done(_home(action))
    return page("actions/new.html", form=form, status=422 if form.has_errors else 200)


@bp.route("/actions/<int:action_id>/edit", methods=["GET", "POST"])
@allow(EDITOR, ORGANISER)
def edit(action_id: int) -> Response:
    """Change what is known about a follow-up."""
    action = _found(action_id)
    if not services.may_edit(g.user, action):
        raise NotYours
    form = _form(FollowUpForm(posted(request.form), data=services.as_form(action)), action)
    return edit_page(
        "actions/edit.html",
        form,
        partial(services.change, g.user, action_id),
        version=action.version,
        theirs=lambda: _theirs(_found(action_id)),
        here=url_for(".show", action_id=action_id),
        action=action,
    )


@bp.route("/actions/<int:action_id>/finish", methods=["GET", "POST"])
@allow(EDITOR, ORGANISER)
def finish(action_id: int) -> Response:
    """Record that a follow-up is done and what came of it, inside its row."""
    action = _found(action_id)
    form = FinishForm(request.form, data={"on": clock.today(), "outcome": action.outcome})
    if request.method == "POST" and form.validate():
        with form.blame():
            services.finish(
                g.user, action_id, on=form.on.data or clock.today(), outcome=form.outcome.data
            )
            return _changed(action_id)
    return page(
        "actions/finish.html",
        "actions/_finish.html",
        action=action,
        form=form,
        status=422 if form.has_errors else 200,
    )


@bp.post("/actions/<int:action_id>/reopen")
@allow(EDITOR, ORGANISER)
def reopen(action_id: int) -> Response:
    """Put a follow-up back among the open ones."""
    _found(action_id)
    services.reopen(g.user, action_id)
    return _changed(action_id)


@bp.post("/actions/<int:action_id>/cancel")
@allow(EDITOR, ORGANISER)
def cancel(action_id: int) -> Response:
    """Drop a follow-up: it will not be done."""
    _found(action_id)
    services.cancel(g.user, action_id)
    return _changed(action_id)


archive_and_restore(bp, "/actions/<int:action_id>", services, EDITOR, ORGANISER)


@bp.get("/actions/<int:action_id>/history")
@allow(VIEWER)
def history(action_id: int) -> Response:
    """Show who changed what about a follow-up."""
    action = _found(action_id)
    return history_page(
        "FollowUp", action_id, name=action.title, url=url_for(".show", action_id=action_id)
    )


def _found(action_id: int) -> FollowUp:
    return services.get(action_id) or abort(404)


def _changed(action_id: int) -> Response:
    action = _found(action_id)
    return done(
        back_to(request.form.get("next"), _home(action)),
        "actions/_row.html",
        action=action,
        today=clock.today(),
    )


def _home(action: FollowUp) -> str:
    """Return the page on which a follow-up is seen among its like."""
    if action.event_id:
        return url_for("events.show", event_id=action.event_id)
    if action.plan_id:
        return url_for(".plan", plan_id=action.plan_id)
    if action.stakeholder_id and not action.finding_key:
        return url_for("stakeholders.show", stakeholder_id=action.stakeholder_id)
    return url_for(".show", action_id=action.id)


def _part(actions: list[FollowUp], **values: Any) -> Response:
    return page(
        "actions/list.html", "actions/_list.html", actions=actions, today=clock.today(), **values
    )


def _theirs(action: FollowUp) -> FollowUpForm:
    return _form(FollowUpForm(data=services.as_form(action)), action)


def _form(form: FollowUpForm, action: FollowUp | None = None) -> FollowUpForm:
    form.owner_id.choices = [("", ""), *users.all_names()]
    # Who owns a task may change it wherever it lies.
    here = action.region_code if action else None
    form.region_code.choices = regions.choices("", within=g.user.scope, also=here)
    form.stakeholder_id.choose_from(Organisations(action.stakeholder_id if action else None))
    form.event_id.choices = [("", ""), *events.all_titles(action.event_id if action else None)]
    form.plan_id.choices = [("", ""), *plans.all_titles(action.plan_id if action else None)]
    return form


def _filters() -> FollowUpFilters:
    filters = FollowUpFilters(request.args)
    filters.owner.choices = [("", ANY), *users.all_names()]
    filters.region.choices = regions.choices(ANY)
    filters.event.choices = [("", ANY), *services.events_with_follow_ups()]
    filters.plan.choices = [("", ANY), *plans.all_titles()]
    filters.drop_invalid()
    return filters
