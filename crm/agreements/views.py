"""The pages of agreements."""

from functools import partial
from typing import Any
from uuid import uuid4

from flask import Blueprint, Flask, abort, g, request, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.addresses import whole
from crm.agreements import services
from crm.agreements.columns import columns
from crm.agreements.forms import AgreementFilters, AgreementForm
from crm.agreements.models import Agreement
from crm.agreements.words import TONES
from crm.archiving import archive_and_restore
from crm.auth import EDITOR, VIEWER, allow
from crm.editing import edit_page
from crm.errors import NotYours
from crm.fields import ANY
from crm.forms import posted
from crm.histories import history_page
from crm.language import _
from crm.pages import done, page
from crm.programmes import services as programmes
from crm.proposals import proposed
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders
from crm.stakeholders.choices import Organisations
from crm.tables import Listing, download_kind

bp = Blueprint("agreements", __name__)


def init(app: Flask) -> None:
    """Let templates colour the state of an agreement."""
    app.jinja_env.filters["agreement_tone"] = TONES.get


@bp.get("/agreements")
@allow(VIEWER)
def index() -> Response:
    """List agreements."""
    filters, today = _filters(), clock.today()
    query = services.found(request.args.get("q", ""), today=today, **filters.data)
    listing = Listing(_("Agreements"), columns(today), query, request.args, filters, "-starts")
    if kind := download_kind(request.args):
        return listing.download(kind)
    return page("agreements/index.html", listing=listing, filters=filters, today=today)


@bp.get("/agreements/<int:agreement_id>")
@allow(VIEWER)
def show(agreement_id: int) -> Response:
    """Show everything about one agreement on one page."""
    agreement = _found(agreement_id)
    return page(
        "agreements/show.html",
        agreement=agreement,
        mine=services.may_edit(g.user, agreement),
        below=services.below(agreement_id),
        today=clock.today(),
    )


@bp.get("/stakeholders/<int:stakeholder_id>/agreements")
@allow(VIEWER)
def of_stakeholder(stakeholder_id: int) -> Response:
    """List the agreements that an organisation signed."""
    stakeholder = stakeholders.get(stakeholder_id) or abort(404)
    return _part(
        services.of_stakeholder(stakeholder_id),
        name=stakeholder.name,
        url=url_for("stakeholders.show", stakeholder_id=stakeholder_id),
        new={"stakeholder_id": stakeholder_id},
        one_side=stakeholder_id,
    )


@bp.get("/programmes/<int:programme_id>/agreements")
@allow(VIEWER)
def of_programme(programme_id: int) -> Response:
    """List the agreements of a programme."""
    programme = programmes.get(programme_id) or abort(404)
    return _part(
        services.of_programme(programme_id),
        name=programme.name,
        url=url_for("programmes.show", programme_id=programme_id),
        new={"programme_id": programme_id},
    )


@bp.route("/agreements/new", methods=["GET", "POST"])
@allow(EDITOR)
def new() -> Response:
    """Add an agreement."""
    party = whole(request.args.get("stakeholder_id"))
    data = proposed("title", "kind", "programme_id", "parent_id")
    form = _form(AgreementForm(request.form, data=data | {"parties": [(party, "")] * bool(party)}))
    if _wants_row(form):
        return page("agreements/new.html", form=form)
    if request.method == "POST" and form.validate():
        with form.blame():
            agreement = services.add(g.user, **form.values)
            return done(url_for(".show", agreement_id=agreement.id))
    return page("agreements/new.html", form=form, status=422 if form.has_errors else 200)


@bp.route("/agreements/<int:agreement_id>/edit", methods=["GET", "POST"])
@allow(EDITOR)
def edit(agreement_id: int) -> Response:
    """Change what is known about an agreement."""
    agreement = _found(agreement_id)
    if not services.may_edit(g.user, agreement):
        raise NotYours
    form = _form(AgreementForm(posted(request.form), data=services.as_form(agreement)), agreement)
    if request.method == "POST" and _wants_row(form):
        return page("agreements/edit.html", form=form, agreement=agreement)
    return edit_page(
        "agreements/edit.html",
        form,
        partial(services.change, g.user, agreement_id),
        version=agreement.version,
        theirs=lambda: _theirs(_found(agreement_id)),
        here=url_for(".show", agreement_id=agreement_id),
        agreement=agreement,
    )


@bp.get("/agreements/party-row")
@allow(EDITOR)
def party_row() -> Response:
    """Give one more empty row for a party."""
    form = _form(AgreementForm())
    return page("agreements/party_row.html", "agreements/_party_row.html", **_row(form))


archive_and_restore(bp, "/agreements/<int:agreement_id>", services, EDITOR)


@bp.get("/agreements/<int:agreement_id>/history")
@allow(VIEWER)
def history(agreement_id: int) -> Response:
    """Show who changed what about an agreement and its parties."""
    agreement = _found(agreement_id)
    return history_page(
        "Agreement",
        agreement_id,
        name=agreement.title,
        url=url_for(".show", agreement_id=agreement_id),
    )


def _found(agreement_id: int) -> Agreement:
    return services.get(agreement_id) or abort(404)


def _part(found: list[Agreement], **values: Any) -> Response:
    return page(
        "agreements/list.html",
        "agreements/_list.html",
        agreements=found,
        today=clock.today(),
        **values,
    )


def _wants_row(form: AgreementForm) -> bool:
    """Whether only one more row is asked for, without script: nothing is checked yet."""
    form.parties.extra = int("more" in request.form)
    return bool(form.parties.extra)


def _row(form: AgreementForm) -> dict[str, Any]:
    return {"field": form.parties, "row": form.parties.rows[0], "key": uuid4().hex[:8]}


def _theirs(agreement: Agreement) -> AgreementForm:
    return _form(AgreementForm(data=services.as_form(agreement)), agreement)


def _form(form: AgreementForm, agreement: Agreement | None = None) -> AgreementForm:
    parties = [one.stakeholder_id for one in agreement.parties] if agreement else []
    form.parties.choose_from(Organisations(*parties))
    also = agreement.parent_id if agreement else None
    mine = agreement.id if agreement else None
    titles = [one for one in services.all_titles(also) if one[0] != mine]
    form.parent_id.choices = [("", ""), *titles]
    programme = agreement.programme_id if agreement else None
    form.programme_id.choices = [("", ""), *programmes.all_names(programme)]
    return form


def _filters() -> AgreementFilters:
    filters = AgreementFilters(request.args)
    filters.region.choices = regions.choices(ANY)
    filters.programme.choices = [("", ANY), *programmes.all_names()]
    filters.drop_invalid()
    return filters
