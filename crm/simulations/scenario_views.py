"""Scenarios: keeping what was simulated, and opening it again."""

from functools import partial
from typing import Any

from flask import abort, g, request, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.archiving import archive_and_restore
from crm.auth import EDITOR, ORGANISER, VIEWER, allow
from crm.editing import edit_page
from crm.errors import NotYours
from crm.forms import posted
from crm.histories import history_page
from crm.language import _
from crm.network import questions
from crm.network import services as network
from crm.network.page_parts import asked, computing
from crm.pages import done, page
from crm.programmes import services as programmes
from crm.simulations import services
from crm.simulations.columns import COLUMNS
from crm.simulations.forms import LeavingForm, ScenarioFilters, ScenarioForm
from crm.simulations.models import Scenario
from crm.simulations.views import bp, exit_of, leaving_of
from crm.stakeholders.choices import Organisations
from crm.tables import Listing, download_kind


@bp.get("/simulate/scenarios")
@allow(VIEWER)
def scenarios() -> Response:
    """List the scenarios that were kept."""
    filters = ScenarioFilters(request.args)
    filters.drop_invalid()
    query = services.found(request.args.get("q", ""), archived=bool(filters.archived.data))
    listing = Listing(_("Scenarios"), COLUMNS, query, request.args, filters, "-at")
    if kind := download_kind(request.args):
        return listing.download(kind)
    return page("simulations/scenarios.html", listing=listing, filters=filters)


@bp.route("/simulate/scenarios/new", methods=["GET", "POST"])
@allow(EDITOR, ORGANISER)
def new() -> Response:
    """Keep the simulation of this address under a title."""
    form = _form(ScenarioForm(request.form, data=_proposed()))
    if request.method == "POST" and form.validate():
        with form.blame():
            scenario = services.keep(g.user, at=clock.now(), **form.values)
            return done(url_for(".show", scenario_id=scenario.id))
    return page(
        "simulations/new.html",
        form=form,
        any_organisation=network.has_organisations(),
        status=422 if form.has_errors else 200,
    )


@bp.get("/simulate/scenarios/<int:scenario_id>")
@allow(VIEWER)
def show(scenario_id: int) -> Response:
    """Show a scenario with what it would do, of the data as it is now."""
    scenario = _found(scenario_id)
    here = asked(services.question(scenario))
    who = leaving_of(scenario)
    if here.answer.analysis is None:
        return computing(here)
    return page(
        "simulations/show.html",
        "simulations/_state.html",
        scenario=scenario,
        mine=services.may_edit(g.user, scenario),
        here=here,
        exit=exit_of(here, who),
        address=url_for(".show", scenario_id=scenario_id),
        args={**here.question.args, **who.args},
        others=[one for one in services.all_titles() if one[0] != scenario_id],
    )


@bp.route("/simulate/scenarios/<int:scenario_id>/edit", methods=["GET", "POST"])
@allow(EDITOR, ORGANISER)
def edit(scenario_id: int) -> Response:
    """Change a scenario."""
    scenario = _found(scenario_id)
    if not services.may_edit(g.user, scenario):
        raise NotYours
    form = ScenarioForm(posted(request.form), data=services.as_form(scenario))
    return edit_page(
        "simulations/edit.html",
        _form(form, scenario),
        partial(services.change, g.user, scenario_id),
        version=scenario.version,
        theirs=lambda: _theirs(_found(scenario_id)),
        here=url_for(".show", scenario_id=scenario_id),
        scenario=scenario,
    )


archive_and_restore(bp, "/simulate/scenarios/<int:scenario_id>", services, EDITOR, ORGANISER)


@bp.get("/simulate/scenarios/<int:scenario_id>/history")
@allow(VIEWER)
def history(scenario_id: int) -> Response:
    """Show who changed what about a scenario."""
    scenario = _found(scenario_id)
    return history_page(
        "Scenario",
        scenario_id,
        name=scenario.title,
        url=url_for(".show", scenario_id=scenario_id),
    )


def _found(scenario_id: int) -> Scenario:
    return services.get(scenario_id) or abort(404)


def _theirs(scenario: Scenario) -> ScenarioForm:
    return _form(ScenarioForm(data=services.as_form(scenario)), scenario)


def _form(form: ScenarioForm, scenario: Scenario | None = None) -> ScenarioForm:
    form.organisation.choose_from(Organisations(*(scenario.organisations if scenario else ())))
    form.position.choices = services.posts(scenario.positions if scenario else ())
    known = programmes.all_names()
    if scenario:  # what was archived since then must not make the form impossible to save
        gone = set(scenario.programmes) - {one for one, _name in known}
        known += [(one.id, one.name) for one in programmes.by_id(gone).values()]
    form.programme.choices = known
    return form


def _proposed() -> dict[str, Any]:
    """Return what an address proposes for a new scenario: the simulation that it shows."""
    question = questions.read(request.args, clock.today())
    who = LeavingForm(request.args).leaving if request.args else None
    return {
        "on": question.on,
        "window": question.args["window"],
        "organisation": list(who.organisations) if who else [],
        "position": list(who.positions) if who else [],
        "programme": list(who.programmes) if who else [],
        "ever": bool(who and who.ever),
    }
