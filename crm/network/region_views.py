"""What the network says about a region: the analysis on the page of a region."""

from flask import abort
from werkzeug.wrappers import Response

from crm.auth import VIEWER, allow
from crm.network import inputs, region_profile
from crm.network.page_parts import asked, followed
from crm.network.views import bp
from crm.pages import page
from crm.programmes import services as programmes
from crm.regions import services as regions


@bp.get("/regions/<string:code>/network")
@allow(VIEWER)
def of_region(code: str) -> Response:
    """Show a region in the network: on its page, or as a page of its own."""
    region = regions.by_code(code) or abort(404)
    here = asked()
    analysis = here.answer.analysis
    return page(
        "network/of_region.html",
        "network/_of_region.html",
        here=here,
        steadiness=followed(here),
        region=region,
        profile=region_profile.of(analysis, code) if analysis else None,
        inputs=inputs.of_index(analysis.regions.get(code)) if analysis else {},
        sectors=region_profile.sectors(code, analysis),
        programmes=programmes.of_region(code),
    )
