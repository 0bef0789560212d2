"""The list of regulations, and the pages of teams; both are only read here."""

from flask import Blueprint, Flask, abort, request
from werkzeug.wrappers import Response

from crm import clock
from crm.auth import VIEWER, allow
from crm.fields import ANY
from crm.language import _
from crm.pages import page
from crm.regions import services as regions
from crm.regulations import services, teams
from crm.regulations.columns import COLUMNS
from crm.regulations.forms import RegulationFilters
from crm.regulations.words import TONES, kind_label
from crm.tables import Listing, download_kind

bp = Blueprint("regulations", __name__)


def init(app: Flask) -> None:
    """Let templates name the kinds of regulations and colour their stages."""
    app.jinja_env.filters.update(regulation_kind=kind_label, stage_tone=TONES.get)


@bp.get("/regulations")
@allow(VIEWER)
def index() -> Response:
    """List regulations, wherever they stand on their way to signature."""
    filters = _filters()
    query = services.found(request.args.get("q", ""), **filters.data)
    listing = Listing(_("Regulations"), COLUMNS, query, request.args, filters, "target")
    if kind := download_kind(request.args):
        return listing.download(kind)
    return page("regulations/index.html", listing=listing, filters=filters, today=clock.today())


@bp.get("/regions/<string:code>/regulations")
@allow(VIEWER)
def of_region(code: str) -> Response:
    """Show the regulations and teams of a region and of those below it."""
    region = regions.by_code(code) or abort(404)
    return page(
        "regulations/of_region.html",
        "regulations/_of_region.html",
        region=region,
        regulations=services.of_region(code),
        teams=teams.of_region(code),
        today=clock.today(),
    )


@bp.get("/teams/<int:team_id>")
@allow(VIEWER)
def team(team_id: int) -> Response:
    """Show a team, its decree, and who belongs to it."""
    return page("regulations/team.html", team=teams.get(team_id) or abort(404))


def _filters() -> RegulationFilters:
    filters = RegulationFilters(request.args)
    filters.kind.choices = [("", ANY), *((kind, kind_label(kind)) for kind in services.kinds())]
    filters.region.choices = regions.choices(ANY)
    filters.drop_invalid()
    return filters
