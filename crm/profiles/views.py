"""What the network says about a region and about an organisation: parts of their pages."""

from importlib import import_module

from flask import Blueprint, Flask, abort, request
from werkzeug.wrappers import Response

from crm.auth import VIEWER, allow
from crm.help import inputs
from crm.network.page_parts import asked, followed
from crm.pages import page
from crm.profiles import organisations
from crm.profiles import regions as region_profiles
from crm.programmes import services as programmes
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders

bp = Blueprint("profiles", __name__)


def init(_app: Flask) -> None:
    """Add the views of the files beside this one."""
    for name in ("region_list", "series"):
        import_module(f"crm.profiles.{name}_views")


@bp.get("/regions/<string:code>/network")
@allow(VIEWER)
def of_region(code: str) -> Response:
    """Show a region in the network: on its page, or as a page of its own."""
    region = regions.by_code(code) or abort(404)
    here = asked()
    analysis = here.answer.analysis
    return page(
        "profiles/of_region.html",
        "profiles/_of_region.html",
        here=here,
        steadiness=followed(here),
        region=region,
        profile=region_profiles.of(analysis, code) if analysis else None,
        inputs=inputs.of_index(analysis.regions.get(code)) if analysis else {},
        sectors=region_profiles.sectors(code, analysis),
        programmes=programmes.of_region(code),
    )


@bp.get("/stakeholders/<int:stakeholder_id>/network")
@allow(VIEWER)
def of_stakeholder(stakeholder_id: int) -> Response:
    """Show the place of one organisation in the network: on its page, and beside the map."""
    stakeholder = stakeholders.get(stakeholder_id) or abort(404)
    here = asked()
    found = organisations.of(here.answer.analysis, stakeholder) if here.answer.analysis else None
    return page(
        "profiles/of_stakeholder.html",
        "profiles/_of_stakeholder.html",
        here=here,
        stakeholder=stakeholder,
        profile=found,
        named=bool(request.args.get("named")),
    )
