"""Two days compared: the picture, its data, and the same as tables and files."""

from typing import Any

from flask import Response as FlaskResponse
from flask import jsonify, request
from werkzeug.wrappers import Response

from crm import clock
from crm.auth import VIEWER, allow
from crm.fields import ANY
from crm.language import _
from crm.network import map_asked, map_drawing, services, two_days, two_days_data
from crm.network.forms import CompareForm
from crm.network.map_forms import MapFilters, described
from crm.network.map_view import Selection
from crm.network.page_parts import asked
from crm.network.two_days_data import CHANGE_NAMES
from crm.network.views import bp
from crm.pages import page
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders
from crm.tables import RowListing, download_kind, file_response

FILTERS = ("region", "sector", "layer")
"""Those of the map's filters that say which part of the network is compared."""
NAMED = 20
"""How many organisations that came or went are named on the page."""


@bp.get("/network/compare")
@allow(VIEWER)
def compare() -> Response:
    """Show what changed in the network between two days: ties, organisations, index."""
    here = asked()
    days = two_days.days(here.question, request.args.get("before", ""))
    filters = _filters()
    selection = _selection(filters)
    found = two_days.compared(days, selection)
    kinds = [one for one in request.args.getlist("change") if one in CHANGE_NAMES]
    rows, counts = two_days_data.rows(
        found.changes, kinds or [one for one in CHANGE_NAMES if one != "same"], _q()
    )
    listing = RowListing(
        _("Two days compared"), two_days_data.columns(), rows, request.args, default_sort="change"
    )
    names = stakeholders.named([*found.appeared, *found.left])
    if kind := download_kind(request.args):
        if request.args.get("rows") == "organisations":
            return _organisations(kind, found, names)
        return listing.download(kind)
    before, after = services.answer(days.earlier), services.answer(days.later)
    return page(
        "network/compare.html",
        here=here,
        days=days,
        form=CompareForm(data={"before": days.earlier.on}),
        filters=filters,
        described=described(filters),
        found=found,
        names=names,
        named=NAMED,
        counts=counts,
        listing=listing,
        kinds=kinds,
        looks=two_days_data.LOOKS,
        change_names=CHANGE_NAMES,
        indices=two_days.indices(before.analysis, after.analysis, selection.region)
        if before.analysis and after.analysis
        else None,
        fresh=before.fresh and after.fresh,
        args=_args(),
        place=regions.by_code(selection.region) if selection.region else None,
        any_organisation=services.has_organisations(),
    )


@bp.get("/network/compare/data.json")
@allow(VIEWER)
def compare_data() -> FlaskResponse:
    """Give the picture of two days: nodes, ties with what became of them, legend, captions."""
    here = asked()
    days = two_days.days(here.question, request.args.get("before", ""))
    filters = _filters()
    selection = _selection(filters)
    graph, where = two_days.drawn(days, selection, clock.now())
    drawing = map_drawing.dressed(
        days.later,
        selection,
        graph,
        where,
        described(filters),
        sizes={node: float(degree) for node, degree in graph.degree()},
    )
    return jsonify(two_days_data.picture(drawing, days, _args()))


def _filters() -> MapFilters:
    """Return the map's filters, of which those alone are set that choose a part of the network."""
    filters = map_asked.filters(request.args)
    filters.region.choices = regions.choices(ANY)
    for field in filters:
        if field.name not in FILTERS:
            field.data = None
    return filters


def _selection(filters: MapFilters) -> Selection:
    return map_asked.selection(filters, request.args)


def _q() -> str:
    return request.args.get("q", "").strip()


def _args() -> dict[str, Any]:
    """Return the parameters of the picture, to be sent along by everything on the page."""
    own = ("format", "rows", "page", "sort", "q", "change")
    return {key: values for key, values in request.args.lists() if key not in own}


def _organisations(kind: str, found: two_days.Compared, names: dict[int, str]) -> FlaskResponse:
    """Return who came to work and who left it as a file."""
    groups = ((_("Now at work"), found.appeared), (_("No longer at work"), found.left))
    rows = [[str(group), names[one], one] for group, ids in groups for one in ids]
    headings = [str(one) for one in (_("What changed"), _("Organisation"), _("Number"))]
    return file_response(kind, str(_("Organisations that came or went")), headings, rows)
