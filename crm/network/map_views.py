"""The network map: its page, its data, the same as a table, and a file that opens offline."""

from typing import Any

from flask import Response as FlaskResponse
from flask import jsonify, request
from werkzeug.wrappers import Response

from crm import clock
from crm.auth import VIEWER, allow
from crm.network import map_asked, map_data, map_drawing, map_file, map_rows, services
from crm.network.map_forms import MapFilters, described
from crm.network.page_parts import Asked, asked, file_waits
from crm.network.views import bp
from crm.pages import page
from crm.stakeholders import choices
from crm.tables import download_kind, file_response


@bp.get("/network")
@allow(VIEWER)
def show() -> Response:
    """Show the network as a map."""
    here = asked()
    filters = map_asked.filters(request.args)
    return page(
        "network/map.html",
        here=here,
        filters=filters,
        described=described(filters),
        data_args=_args(),
        any_organisation=services.has_organisations(),
    )


@bp.get("/network/data.json")
@allow(VIEWER)
def data() -> FlaskResponse:
    """Give the map's nodes, ties, legend and captions."""
    here = asked()
    filters = map_asked.filters(request.args)
    return jsonify(map_data.of(_drawing(here, filters), _args()))


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
    filters = map_asked.filters(request.args)
    drawing = _drawing(here, filters)
    if kind := download_kind(request.args):
        ties = request.args.get("rows") == "ties"
        shown = map_rows.ties(drawing) if ties else map_rows.nodes(drawing)
        headings, rows = map_rows.for_file(shown)
        return file_response(kind, drawing.title, headings, rows)
    return page(
        "network/table.html",
        here=here,
        filters=filters,
        described=drawing.described,
        drawing=drawing,
        organisations=map_rows.sheet(map_rows.nodes(drawing), request.args.get("page", "")),
        ties=map_rows.sheet(map_rows.ties(drawing), request.args.get("ties", "")),
        heads=map_data.heads(drawing),
        nothing=map_data.nothing(drawing),
        any_organisation=services.has_organisations(),
        data_args=_args(),
    )


@bp.get("/network/map.html")
@allow(VIEWER)
def file() -> Response | FlaskResponse:
    """Save the map as one file that opens without this server and without a network."""
    here = asked()
    filters = map_asked.filters(request.args)
    if _shows_results(filters) and (waits := file_waits(here)):
        return waits
    body = map_file.of(_drawing(here, filters))
    response = FlaskResponse(body, mimetype="text/html; charset=utf-8")
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"sinergi-{here.question.on}.html"
    )
    # The file is for opening elsewhere; shown from here it must not run anything.
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _drawing(here: Asked, filters: MapFilters) -> map_drawing.Drawing:
    return map_asked.drawing(
        here.question, here.answer.analysis, filters, request.args, clock.now()
    )


def _shows_results(filters: MapFilters) -> bool:
    """Whether a map shows more than the network as it is now: findings, or computed sizes."""
    sized = filters.size.data in map_drawing.COMPUTED_SIZES
    return sized or bool(filters.gaps.data) or "finding" in request.args


def _args() -> dict[str, Any]:
    """Return the parameters of this address, to be sent along by everything on the page."""
    own = ("format", "rows", "page", "ties")
    return {key: values for key, values in request.args.lists() if key not in own}
