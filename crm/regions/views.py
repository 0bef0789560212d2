"""The pages of regions."""

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from crm.auth import ADMIN, VIEWER, allow
from crm.conflicts import conflict_page
from crm.forms import posted
from crm.histories import history_page
from crm.pages import done, page
from crm.regions import services
from crm.regions.forms import IndicatorForm, RegionForm
from crm.regions.models import Region, RegionIndicator
from crm.regions.words import INDICATORS

bp = Blueprint("regions", __name__)


@bp.get("/regions/<string:code>")
@allow(VIEWER)
def show(code: str) -> Response:
    """Show what is known about one region."""
    region = _found(code)
    return page(
        "regions/show.html",
        region=region,
        indicators=services.indicators(code),
        indicator_names=INDICATORS,
        asked={name: request.args[name] for name in ("on", "window") if name in request.args},
    )


@bp.get("/regions/<string:code>/history")
@allow(VIEWER)
def history(code: str) -> Response:
    """Show who corrected what about a region."""
    region = _found(code)
    return history_page("Region", region.id, name=region.name, url=url_for(".show", code=code))


@bp.route("/regions/<string:code>/edit", methods=["GET", "POST"])
@allow(ADMIN)
def edit(code: str) -> Response:
    """Correct the code under which BPS counts a region."""
    region = _found(code)
    form = RegionForm(posted(request.form), obj=region)
    here = url_for(".show", code=code)
    if request.method == "GET":
        form.remember(region.version)
    elif form.validate():
        with form.blame():
            services.change(g.user, region.id, version=form.seen_version, **form.values)
            return done(here)
    if form.conflict:
        return conflict_page(form, RegionForm(obj=_found(code)), cancel=here)
    return page(
        "regions/edit.html", form=form, region=region, status=422 if form.has_errors else 200
    )


@bp.route("/regions/<string:code>/indicators/new", methods=["GET", "POST"])
@allow(ADMIN)
def new_indicator(code: str) -> Response:
    """Add a figure about a region."""
    region = _found(code)
    form = IndicatorForm(request.form)
    if request.method == "POST" and form.validate():
        with form.blame():
            services.add_indicator(g.user, code, **form.values)
            return done(url_for(".show", code=code))
    status = 422 if form.has_errors else 200
    return page("regions/indicator.html", form=form, region=region, status=status)


@bp.route("/regions/<string:code>/indicators/<int:indicator_id>/edit", methods=["GET", "POST"])
@allow(ADMIN)
def edit_indicator(code: str, indicator_id: int) -> Response:
    """Correct a figure about a region."""
    region, indicator = _found(code), services.indicator(code, indicator_id) or abort(404)
    form = IndicatorForm(posted(request.form), obj=indicator)
    here = url_for(".show", code=code)
    if request.method == "GET":
        form.remember(indicator.version)
    elif form.validate():
        with form.blame():
            version = form.seen_version
            services.change_indicator(g.user, indicator_id, version=version, **form.values)
            return done(here)
    if form.conflict:
        return conflict_page(form, IndicatorForm(obj=_again(indicator)), cancel=here)
    status = 422 if form.has_errors else 200
    return page("regions/indicator.html", form=form, region=region, status=status)


def _found(code: str) -> Region:
    return services.by_code(code) or abort(404)


def _again(indicator: RegionIndicator) -> RegionIndicator:
    return services.indicator(indicator.region_code, indicator.id) or abort(404)
