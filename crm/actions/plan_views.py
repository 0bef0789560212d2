"""The pages of plans (POA)."""

from functools import partial

from flask import abort, g, request, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.actions import plans, services
from crm.actions.blueprint import bp
from crm.actions.columns import PLAN_COLUMNS
from crm.actions.forms import PlanForm, TakeForm
from crm.actions.models import Plan
from crm.archiving import archive_and_restore
from crm.auth import EDITOR, ORGANISER, VIEWER, allow
from crm.editing import edit_page
from crm.errors import NotYours
from crm.forms import posted
from crm.histories import history_page
from crm.language import _
from crm.pages import done, page
from crm.proposals import proposed
from crm.regions import services as regions
from crm.tables import Listing, download_kind


@bp.get("/plans")
@allow(VIEWER)
def plan_list() -> Response:
    """List plans."""
    query = plans.found(request.args.get("q", ""), archived="archived" in request.args)
    listing = Listing(_("Plans"), PLAN_COLUMNS, query, request.args, None, "title")
    if kind := download_kind(request.args):
        return listing.download(kind)
    return page("plans/index.html", listing=listing)


@bp.get("/plans/<int:plan_id>")
@allow(VIEWER)
def plan(plan_id: int) -> Response:
    """Show a plan with its follow-ups."""
    found = _found(plan_id)
    return page(
        "plans/show.html",
        plan=found,
        mine=plans.may_edit(g.user, found),
        actions=services.of_plan(plan_id),
        take=_take_form(TakeForm()),
        today=clock.today(),
    )


@bp.route("/plans/new", methods=["GET", "POST"])
@allow(EDITOR, ORGANISER)
def new_plan() -> Response:
    """Add a plan."""
    form = _form(PlanForm(request.form, data=proposed("title", "region_code")))
    if request.method == "POST" and form.validate():
        with form.blame():
            made = plans.add(g.user, **form.values)
            return done(url_for(".plan", plan_id=made.id))
    return page("plans/new.html", form=form, status=422 if form.has_errors else 200)


@bp.route("/plans/<int:plan_id>/edit", methods=["GET", "POST"])
@allow(EDITOR, ORGANISER)
def edit_plan(plan_id: int) -> Response:
    """Change what is known about a plan."""
    found = _found(plan_id)
    if not plans.may_edit(g.user, found):
        raise NotYours
    form = _form(PlanForm(posted(request.form), data=plans.as_form(found)))
    return edit_page(
        "plans/edit.html",
        form,
        partial(plans.change, g.user, plan_id),
        version=found.version,
        theirs=lambda: _form(PlanForm(data=plans.as_form(_found(plan_id)))),
        here=url_for(".plan", plan_id=plan_id),
        plan=found,
    )


@bp.post("/plans/<int:plan_id>/take")
@allow(EDITOR, ORGANISER)
def take(plan_id: int) -> Response:
    """Put a follow-up into a plan."""
    found = _found(plan_id)
    form = _take_form(TakeForm(request.form))
    if form.validate():
        services.put_into(g.user, form.action_id.data, plan_id=plan_id)
        return done(url_for(".plan", plan_id=plan_id))
    return page(
        "plans/show.html",
        plan=found,
        actions=services.of_plan(plan_id),
        take=form,
        today=clock.today(),
        status=422,
    )


archive_and_restore(
    bp, "/plans/<int:plan_id>", plans, EDITOR, ORGANISER, show=".plan", ending="_plan"
)


@bp.get("/plans/<int:plan_id>/history")
@allow(VIEWER)
def plan_history(plan_id: int) -> Response:
    """Show who changed what about a plan."""
    found = _found(plan_id)
    return history_page("Plan", plan_id, name=found.title, url=url_for(".plan", plan_id=plan_id))


def _found(plan_id: int) -> Plan:
    return plans.get(plan_id) or abort(404)


def _form(form: PlanForm) -> PlanForm:
    form.region_code.choices = regions.choices("", within=g.user.scope)
    return form


def _take_form(form: TakeForm) -> TakeForm:
    form.action_id.choices = [("", ""), *services.unplanned()]
    return form
