"""The pages of organisations."""

from functools import partial
from typing import Any

from flask import Blueprint, Flask, abort, g, jsonify, request, url_for
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from crm.archiving import archive_and_restore
from crm.auth import EDITOR, VIEWER, allow
from crm.editing import edit_page
from crm.errors import NotYours
from crm.fields import ANY
from crm.forms import posted
from crm.histories import history_page
from crm.language import _
from crm.pages import done, page
from crm.regions import services as regions
from crm.stakeholders import services, similar, vocabulary
from crm.stakeholders.choices import search
from crm.stakeholders.columns import COLUMNS
from crm.stakeholders.forms import StakeholderFilters, StakeholderForm
from crm.stakeholders.models import Stakeholder
from crm.stakeholders.vocabulary import kind_name
from crm.tables import Listing, download_kind
from crm.users import services as users

bp = Blueprint("stakeholders", __name__)


def init(app: Flask) -> None:
    """Let templates name kinds and regions."""
    app.jinja_env.filters.update(kind_name=kind_name, region_name=regions.full_name)


@bp.get("/stakeholders")
@allow(VIEWER)
def index() -> Response:
    """List organisations."""
    filters = _filters()
    query = services.found(request.args.get("q", ""), **filters.data)
    listing = Listing(_("Stakeholders"), COLUMNS, query, request.args, filters, "name")
    if kind := download_kind(request.args):
        return listing.download(kind)
    meant = similar.to(listing.q) if listing.q and not listing.total else []
    links = [
        (url_for(".show", stakeholder_id=one.stakeholder.id), one.stakeholder.name) for one in meant
    ]
    return page("stakeholders/index.html", listing=listing, filters=filters, meant=links)


@bp.get("/stakeholders/<int:stakeholder_id>")
@allow(VIEWER)
def show(stakeholder_id: int) -> Response:
    """Show everything about one organisation on one page."""
    stakeholder = _found(stakeholder_id)
    mine = services.may_edit(g.user, stakeholder)
    return page("stakeholders/show.html", stakeholder=stakeholder, mine=mine)


@bp.route("/stakeholders/new", methods=["GET", "POST"])
@allow(EDITOR)
def new() -> Response:
    """Add an organisation."""
    form = _form(StakeholderForm(request.form))
    if request.method == "POST" and form.validate():
        with form.blame():
            stakeholder = services.add(g.user, **form.values)
            return done(url_for(".show", stakeholder_id=stakeholder.id))
    return page("stakeholders/new.html", form=form, status=422 if form.has_errors else 200)


@bp.route("/stakeholders/<int:stakeholder_id>/edit", methods=["GET", "POST"])
@allow(EDITOR)
def edit(stakeholder_id: int) -> Response:
    """Change what is known about an organisation."""
    stakeholder = _found(stakeholder_id)
    if not services.may_edit(g.user, stakeholder):
        raise NotYours
    form = _form(StakeholderForm(posted(request.form), data=services.as_form(stakeholder)))
    return edit_page(
        "stakeholders/edit.html",
        form,
        partial(services.change, g.user, stakeholder_id),
        version=stakeholder.version,
        theirs=lambda: _form(StakeholderForm(data=services.as_form(_found(stakeholder_id)))),
        here=url_for(".show", stakeholder_id=stakeholder_id),
        stakeholder=stakeholder,
    )


@bp.get("/stakeholders/similar")
@allow(EDITOR)
def alike() -> Response:
    """Warn, while a name is typed, of organisations that may be the same one."""
    matches = similar.to(request.args.get("name", ""), region_code=request.args.get("region_code"))
    return page("stakeholders/similar.html", "stakeholders/_similar.html", matches=matches)


@bp.get("/stakeholders/choices")
@allow(VIEWER)
def choices() -> FlaskResponse:
    """Give the organisations that a field offers for what was typed into it."""
    found, more = search(request.args.get("q", ""))
    return jsonify(choices=[{"id": one, "text": name} for one, name in found], more=more)


archive_and_restore(bp, "/stakeholders/<int:stakeholder_id>", services, EDITOR)


@bp.get("/stakeholders/<int:stakeholder_id>/history")
@allow(VIEWER)
def history(stakeholder_id: int) -> Response:
    """Show who changed what about an organisation."""
    stakeholder = _found(stakeholder_id)
    here = url_for(".show", stakeholder_id=stakeholder_id)
    return history_page("Stakeholder", stakeholder_id, name=stakeholder.name, url=here)


def _found(stakeholder_id: int) -> Stakeholder:
    return services.get(stakeholder_id) or abort(404)


def _form(form: StakeholderForm) -> StakeholderForm:
    form.kind_id.choices = _kinds("")
    form.region_code.choices = regions.choices("", within=g.user.scope)
    form.owner_id.choices = [("", ""), *users.all_names()]
    return form


def _filters() -> StakeholderFilters:
    filters = StakeholderFilters(request.args)
    filters.region.choices = regions.choices(ANY)
    filters.kind.choices = _kinds(ANY)
    filters.tag.choices = [("", ANY), *((tag, tag) for tag in vocabulary.all_tags())]
    filters.owner.choices = [("", ANY), *users.all_names()]
    # A filter that names nothing we know is left out, not an error page.
    filters.drop_invalid()
    return filters


def _kinds(blank: Any) -> list[tuple[Any, Any]]:
    return [("", blank), *((kind.id, kind_name(kind)) for kind in services.kinds())]
