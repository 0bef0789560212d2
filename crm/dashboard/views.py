"""The dashboard: the first page after signing in."""

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from crm import clock
from crm.actions import services as actions
from crm.audit import services as audit
from crm.auth import VIEWER, allow
from crm.gaps import grid
from crm.gaps.sentences import Teller
from crm.help import inputs
from crm.network import closings, headcount, services
from crm.network.page_parts import asked, computing, followed
from crm.pages import page
from crm.profiles import regions as region_profiles

bp = Blueprint("dashboard", __name__)


@bp.get("/")
@allow(VIEWER)
def show() -> Response:
    """Show the index with its parts, the most severe gaps, what is due, what was just done."""
    here = asked()
    if here.answer.analysis is None:
        return computing(here)
    provinces = grid.provinces(here.answer.analysis)
    asked_for = request.args.get("region", "")
    province = grid.leading(provinces, [asked_for, *sorted(g.user.scope)])
    # Who looks after some regions, or asks for one, sees what is missing there; others everything.
    ours = province.code if province and (asked_for or g.user.scope) else None
    top = services.findings(here.answer.analysis, region=ours, limit=5)
    count = headcount.of(here.answer.analysis.numbers)
    return page(
        "dashboard/show.html",
        here=here,
        steadiness=followed(here),
        work=closings.count_of_work(ours),
        since=closings.kept_since(),
        count=count,
        inputs=inputs.of_network(count) | inputs.of_index(province.index if province else None),
        whys=region_profiles.whys(here.answer.analysis, province.code) if province else {},
        province=province,
        ours=ours,
        provinces=provinces,
        top=Teller(top).told(top),
        due=actions.due(clock.today()),
        today=clock.today(),
        recent=audit.latest(10),
    )
