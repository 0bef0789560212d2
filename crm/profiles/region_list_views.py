"""All regions: as a list with index, figures and gaps, and drawn as a map."""

from flask import abort, request
from werkzeug.wrappers import Response

from crm.auth import VIEWER, allow
from crm.fields import ANY
from crm.language import _
from crm.network.page_parts import Asked, asked, file_waits
from crm.pages import page
from crm.profiles import region_list, tiles
from crm.profiles.views import bp
from crm.regions import services as regions
from crm.regions.figures import Figures, key
from crm.regions.forms import RegionFilters
from crm.regions.models import Level
from crm.tables import RowListing, download_kind


@bp.get("/regions")
@allow(VIEWER)
def all_regions() -> Response:
    """List provinces, kabupaten and kota with their index, figures and gaps."""
    here = asked()
    filters = _filters(here)
    query = regions.found(request.args.get("q", ""), **filters.data)
    figures = Figures(query, request.args.get("poverty"))
    filters.poverty.choices += [
        (key(count), f"{count[1]} {count[0]}") for count in figures.poverty_counts
    ]
    filters.poverty.data = request.args.get("poverty")
    filters.drop_invalid()
    rows = region_list.rows(query, figures, here.answer.analysis)
    listing = RowListing(
        _("Regions"), region_list.columns(figures), rows, request.args, filters, "-organisations"
    )
    if kind := download_kind(request.args):
        return file_waits(here) or listing.download(kind)
    return page(
        "profiles/regions.html", here=here, listing=listing, filters=filters, figures=figures
    )


def _filters(here: Asked) -> RegionFilters:
    filters = RegionFilters(request.args)
    filters.province.choices = [("", ANY), *((one.code, one.name) for one in regions.provinces())]
    filters.poverty.choices = [("", _("The most complete one"))]
    filters.drop_invalid()
    filters.on.data, filters.window.data = here.question.args["on"], here.question.args["window"]
    return filters


@bp.get("/regions/map")
@allow(VIEWER)
def region_map() -> Response:
    """Show all provinces as tiles by their index, or the districts of one."""
    here = asked()
    code = request.args.get("region", "")
    province = regions.by_code(code) if code else None
    if code and (province is None or province.level is not Level.PROVINCE):
        abort(404)
    query = regions.found(level=None if province else Level.PROVINCE, province=code or None)
    rows = region_list.rows(query, Figures(query), here.answer.analysis)
    by = "code" if request.args.get("sort") == "code" else "index"
    return page(
        "profiles/region_map.html",
        here=here,
        province=province,
        rows=rows,
        tiles=tiles.districts(rows, code, by) if province else tiles.provinces(rows),
        legend=tiles.legend(),
        by=by,
    )
