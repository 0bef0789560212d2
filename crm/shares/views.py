"""Sharing the map that one sees, and the list of what was shared."""

from importlib import import_module
from typing import Any

from flask import Blueprint, Flask, abort, current_app, flash, g, request, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.auth import VIEWER, allow
from crm.formats import day
from crm.language import _
from crm.maps import asking
from crm.maps.forms import MapFilters, described
from crm.network import questions
from crm.network import services as network
from crm.network.questions import Question
from crm.pages import done, page
from crm.regions import services as regions
from crm.shares import services
from crm.shares.columns import columns
from crm.shares.forms import ShareForm
from crm.shares.models import MapShare
from crm.shares.words import TONES
from crm.tables import Listing, download_kind

bp = Blueprint("shares", __name__)


def init(app: Flask) -> None:
    """Let templates colour the state of a shared map; add the views for visitors."""
    import_module("crm.shares.public_views")
    app.jinja_env.filters["share_tone"] = TONES.get


@bp.get("/shares")
@allow(VIEWER)
def index() -> Response:
    """List the maps that the user has shared; to administrators, all of them."""
    query = services.found(g.user, request.args.get("q", ""))
    now, counts = clock.now(), {}

    def learn(rows: Any) -> None:
        counts.update(services.counts(rows))

    listing = Listing(
        _("Shared maps"), columns(counts, now), query, request.args, None, "-at", prepare=learn
    )
    if kind := download_kind(request.args):
        return listing.download(kind)
    return page("shares/index.html", listing=listing, counts=counts, now=now, link=_link)


@bp.route("/shares/new", methods=["GET", "POST"])
@allow(VIEWER)
def new() -> Response:
    """Share the map of this address: its day, window and filters as they are."""
    question = questions.read(request.args, clock.today())
    filters = asking.filters(request.args)
    kept = asking.kept(filters, request.args)
    if not services.may_share(g.user, kept):
        return page("shares/elsewhere.html", regions=g.user.scope, status=403)
    usual = {"title": _title(filters, question), "days": services.USUAL}
    form = ShareForm(request.form, data=usual)
    if request.method == "POST" and form.validate():
        with form.blame():
            services.share(g.user, **form.data, question=question, filters=kept, at=clock.now())
            flash(_("The map is shared. Copy its link from the list."), "success")
            return done(url_for(".index"))
    return page(
        "shares/new.html",
        form=form,
        question=question,
        described=described(filters),
        back=request.args,
        any_organisation=network.has_organisations(),
        status=422 if form.has_errors else 200,
    )


@bp.post("/shares/<int:share_id>/withdraw")
@allow(VIEWER)
def withdraw(share_id: int) -> Response:
    """Close a shared map for good."""
    if services.get(g.user, share_id) is None:
        abort(404)
    services.withdraw(g.user, share_id, at=clock.now())
    flash(_("The link was withdrawn: it opens nothing any more."), "success")
    return done(url_for(".index"))


def _title(filters: MapFilters, question: Question) -> str:
    on, code = day(question.on), filters.region.data
    if code and not filters.focus.data:
        name = regions.names_of([code]).get(code, code)
        return str(_("Partnership network of %(name)s, %(day)s", name=name, day=on))
    return str(_("Partnership network, %(day)s", day=on))


def _link(share: MapShare) -> str:
    token = services.token_of(share, current_app.config["SECRET_KEY"])
    return url_for("shares.show", token=token, _external=True)
