"""The network map: its page, its data, the same as a table, and a file that opens offline."""

from importlib import import_module
from typing import Any

from flask import Blueprint, Flask, jsonify, request
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from crm import clock
from crm.auth import VIEWER, allow
from crm.maps import (
    asking,
    offline,
    rows,
    telling,
)
from crm.maps.drawing import COMPUTED_SIZES, Drawing
from crm.maps.forms import MapFilters, described
from crm.network.page_parts import Asked, asked, file_waits
from crm.pages import page
from crm.stakeholders import choices
from crm.tables import download_kind, file_response

bp = Blueprint("maps", __name__)


def init(_app: Flask) -> None:
    """Add the views of the files beside this one."""
    for name in ("export", "compare"):
        import_module(f"crm.maps.{name}_views")


@bp.get("/network")
@allow(VIEWER)
def show() -> Response:
    """Show the network as a map."""
    here = asked()
    filters = asking.filters(request.args)
    return page(
        "maps/show.html",
        here=here,
        filters=filters,
        described=described(filters),
        data_args=_args(),
    )


@bp.get("/network/data.json")
@allow(VIEWER)
def data() -> FlaskResponse:
    """Give the map's nodes, ties, legend and captions."""
    here = asked()
    filters = asking.filters(request.args)
    return jsonify(telling.of(_drawing(here, filters), _args()))


@bp.get("/network/find")
@allow(VIEWER)
def find() -> FlaskResponse:
    """Say whom a typed name may mean, the likeliest first: also by alias, abbreviation or slip."""
    typed = request.args.get("q", "")
    found, _more = choices.search(typed)
    return jsonify(
        ids=[one for one, _name in found or choices.Organisations().meant(typed).choices]
    )


@bp.get("/network/table")
@allow(VIEWER)
def table() -> Response:
    """Show the same organisations and ties as the map, in rows."""
    here = asked()
    filters = asking.filters(request.args)
    drawing = _drawing(here, filters)
    if kind := download_kind(request.args):
        ties = request.args.get("rows") == "ties"
        shown = rows.ties(drawing) if ties else rows.nodes(drawing)
        return file_response(kind, drawing.title, *rows.for_file(shown))
    return page(
        "maps/table.html",
        here=here,
        filters=filters,
        described=drawing.described,
        drawing=drawing,
        organisations=rows.sheet(rows.nodes(drawing), request.args.get("page", "")),
        ties=rows.sheet(rows.ties(drawing), request.args.get("ties", "")),
        heads=telling.heads(drawing),
        nothing=telling.nothing(drawing),
        data_args=_args(),
    )


@bp.get("/network/map.html")
@allow(VIEWER)
def file() -> Response | FlaskResponse:
    """Save the map as one file that opens without this server and without a network."""
    here = asked()
    filters = asking.filters(request.args)
    if _shows_results(filters) and (waits := file_waits(here)):
        return waits
    body = offline.of(_drawing(here, filters))
    response = FlaskResponse(body, mimetype="text/html; charset=utf-8")
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"sinergi-{here.question.on}.html"
    )
    # The file is for opening elsewhere; shown from here it must not run anything.
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _drawing(here: Asked, filters: MapFilters) -> Drawing:
    return asking.drawing(here.question, here.answer.analysis, filters, request.args, clock.now())


def _shows_results(filters: MapFilters) -> bool:
    """Whether a map shows more than the network as it is now: findings, or computed sizes."""
    sized = filters.size.data in COMPUTED_SIZES
    return sized or bool(filters.gaps.data) or "finding" in request.args


def _args() -> dict[str, Any]:
    """Return the parameters of this address, to be sent along by everything on the page."""
    own = ("format", "rows", "page", "ties")
    return {key: values for key, values in request.args.lists() if key not in own}
