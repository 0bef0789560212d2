"""The pages of programmes."""

from functools import partial
from typing import Any

from flask import Blueprint, Flask, abort, g, request, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.archiving import archive_and_restore
from crm.auth import EDITOR, VIEWER, allow
from crm.editing import edit_page
from crm.errors import NotYours
from crm.fields import ANY
from crm.forms import posted
from crm.histories import history_page
from crm.language import _
from crm.pages import done, page
from crm.programmes import ending, services
from crm.programmes.columns import COLUMNS
from crm.programmes.forms import ProgrammeFilters, ProgrammeForm
from crm.programmes.models import Programme
from crm.proposals import proposed
from crm.regions import services as regions
from crm.stakeholders.choices import Organisations
from crm.tables import Listing, download_kind

bp = Blueprint("programmes", __name__)


def init(app: Flask) -> None:
    """Let templates say when a programme ends."""
    app.jinja_env.filters.update(ending=ending.ending, ending_tone=ending.tone)


@bp.get("/programmes")
@allow(VIEWER)
def index() -> Response:
    """List programmes."""
    filters, today = _filters(), clock.today()
    query = services.found(
        request.args.get("q", ""),
        region=filters.region.data,
        running_on=today if filters.running.data else None,
        archived=filters.archived.data,
    )
    listing = Listing(_("Programmes"), COLUMNS, query, request.args, filters, "name")
    if kind := download_kind(request.args):
        return listing.download(kind)
    return page("programmes/index.html", listing=listing, filters=filters, today=today)


@bp.get("/programmes/<int:programme_id>")
@allow(VIEWER)
def show(programme_id: int) -> Response:
    """Show everything about one programme on one page."""
    programme = _found(programme_id)
    mine = services.may_edit(g.user, programme)
    return page("programmes/show.html", programme=programme, mine=mine, today=clock.today())


@bp.route("/programmes/new", methods=["GET", "POST"])
@allow(EDITOR)
def new() -> Response:
    """Add a programme."""
    form = _form(ProgrammeForm(request.form, data=_defaults()))
    if request.method == "POST" and form.validate():
        with form.blame():
            programme = services.add(g.user, **form.values)
            return done(url_for(".show", programme_id=programme.id))
    return page("programmes/new.html", form=form, status=422 if form.has_errors else 200)


@bp.route("/programmes/<int:programme_id>/edit", methods=["GET", "POST"])
@allow(EDITOR)
def edit(programme_id: int) -> Response:
    """Change what is known about a programme."""
    programme = _found(programme_id)
    if not services.may_edit(g.user, programme):
        raise NotYours
    form = _form(ProgrammeForm(posted(request.form), data=services.as_form(programme)), programme)
    return edit_page(
        "programmes/edit.html",
        form,
        partial(services.change, g.user, programme_id),
        version=programme.version,
        theirs=lambda: _theirs(_found(programme_id)),
        here=url_for(".show", programme_id=programme_id),
        programme=programme,
    )


archive_and_restore(bp, "/programmes/<int:programme_id>", services, EDITOR)


@bp.get("/programmes/<int:programme_id>/history")
@allow(VIEWER)
def history(programme_id: int) -> Response:
    """Show who changed what about a programme."""
    programme = _found(programme_id)
    return history_page(
        "Programme",
        programme_id,
        name=programme.name,
        url=url_for(".show", programme_id=programme_id),
    )


def _found(programme_id: int) -> Programme:
    return services.get(programme_id) or abort(404)


def _theirs(programme: Programme) -> ProgrammeForm:
    return _form(ProgrammeForm(data=services.as_form(programme)), programme)


def _form(form: ProgrammeForm, programme: Programme | None = None) -> ProgrammeForm:
    kept = [programme.lead_id, programme.funder_id] if programme else []
    known = Organisations(*kept)
    form.lead_id.choose_from(known)
    form.funder_id.choose_from(known)
    form.region_codes.choices = regions.choices(within=g.user.scope)
    return form


def _defaults() -> dict[str, Any]:
    """Return what an address proposes for a new programme."""
    data = proposed("name", "lead_id", "funder_id")
    return data | {"region_codes": request.args.getlist("region_codes")}


def _filters() -> ProgrammeFilters:
    filters = ProgrammeFilters(request.args)
    filters.region.choices = regions.choices(ANY)
    filters.drop_invalid()
    return filters
