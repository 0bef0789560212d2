"""The dashboard and the pages of the gaps."""

from importlib import import_module
from typing import Any

from flask import Blueprint, Flask, abort, g, request
from werkzeug.wrappers import Response

from crm import clock
from crm.actions import services as actions
from crm.audit import services as audit
from crm.auth import VIEWER, allow
from crm.fields import ANY
from crm.language import _
from crm.network import (
    closings,
    evidence,
    grid,
    headcount,
    inputs,
    profile,
    region_profile,
    services,
    words,
)
from crm.network.closing_words import CauseTeller
from crm.network.explained import EXPLAINED
from crm.network.forms import GapFilters
from crm.network.listing import columns, found
from crm.network.meanings import meaning
from crm.network.models import ClosedFinding
from crm.network.page_parts import Asked, asked, file_waits, followed
from crm.network.sentences import Teller
from crm.pages import page
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders
from crm.tables import Listing, download_kind

bp = Blueprint("network", __name__)

OTHERS = (
    "stability",
    "map",
    "export",
    "report",
    "region",
    "region_list",
    "series",
    "compare",
    "closed",
    "help",
    "settings",
)
"""The files beside this one with views of the same feature."""


def init(app: Flask) -> None:
    """Let templates name findings, layers and parts of the index; add the other views."""
    for name in OTHERS:
        import_module(f"crm.network.{name}_views")
    app.jinja_env.globals.update(network_words=words, finding_meaning=meaning)
    app.jinja_env.globals["explained"] = EXPLAINED


@bp.get("/")
@allow(VIEWER)
def dashboard() -> Response:
    """Show the index with its parts, the most severe gaps, what is due, what was just done."""
    here = asked()
    if here.answer.analysis is None:
        return _computing(here)
    provinces = grid.provinces(here.answer.analysis)
    asked_for = request.args.get("region", "")
    province = grid.leading(provinces, [asked_for, *sorted(g.user.scope)])
    # Who looks after some regions, or asks for one, sees what is missing there; others everything.
    ours = province.code if province and (asked_for or g.user.scope) else None
    top = services.findings(here.answer.analysis, region=ours, limit=5)
    count = headcount.of(here.answer.analysis.numbers)
    return page(
        "network/dashboard.html",
        here=here,
        steadiness=followed(here),
        work=closings.count_of_work(ours),
        since=closings.kept_since(),
        count=count,
        inputs=inputs.of_network(count) | inputs.of_index(province.index if province else None),
        whys=region_profile.whys(here.answer.analysis, province.code) if province else {},
        province=province,
        ours=ours,
        provinces=provinces,
        top=Teller(top).told(top),
        due=actions.due(clock.today()),
        today=clock.today(),
        recent=audit.latest(10),
    )


@bp.get("/gaps")
@allow(VIEWER)
def gaps() -> Response:
    """List what is missing, most severe first."""
    here = asked()
    if here.answer.analysis is None:
        return _computing(here)
    filters = _filters(here)
    query = found(here.answer.analysis, q=request.args.get("q", ""), **_chosen(filters))
    teller = Teller()
    listing = Listing(
        _("Gaps"), columns(teller), query, request.args, filters, "rank", prepare=teller.learn
    )
    if kind := download_kind(request.args):
        return file_waits(here) or listing.download(kind)
    return page(
        "network/gaps.html",
        here=here,
        steadiness=followed(here),
        work=closings.count_of_work(filters.region.data),
        since=closings.kept_since(),
        listing=listing,
        filters=filters,
        teller=teller,
        count=headcount.of(here.answer.analysis.numbers),
    )


@bp.get("/gaps/grid")
@allow(VIEWER)
def gap_grid() -> Response:
    """Show which sectors are at work in which region, beside its poverty."""
    here = asked()
    if here.answer.analysis is None:
        return _computing(here)
    province = request.args.get("region", "")
    rows = grid.rows(here.answer.analysis, province)
    return page("network/grid.html", here=here, rows=rows, province=regions.by_code(province))


@bp.get("/gaps/<string:code>")
@allow(VIEWER)
def gap(code: str) -> Response:
    """Open one finding to its evidence; under the name of a kind, say what it means."""
    if code in words.FINDING_NAMES:
        return page("network/kind.html", code=code, here=asked())
    here = asked()
    if here.answer.analysis is None:
        return _computing(here)
    stored, closed = services.findings(here.answer.analysis, keys=[code]), closings.of_key(code)
    if not stored:
        return _not_there(here, closed)
    teller = Teller(stored)
    return page(
        "network/gap.html",
        here=here,
        steadiness=followed(here),
        told=teller.tell(stored[0]),
        evidence=evidence.of(stored[0]),
        follow_ups=actions.by_finding([code]).get(code, []),
        closed=closed,
        why=CauseTeller(closed),
        by=_by(closed),
    )


def _by(closed: list[ClosedFinding]) -> dict[int, evidence.Evidence]:
    """Return the rows that closed a finding each time, to be opened."""
    return {one.id: evidence.of_rows(one.records) for one in closed}


def _not_there(here: Asked, closed: list[ClosedFinding]) -> Response:
    """Say when and by what a finding was closed; of one that never stood, that it is not there."""
    told = Teller().tell(closings.as_it_stood(closed[0])) if closed else None
    return page(
        "network/gap_closed.html",
        here=here,
        told=told,
        closed=closed,
        why=CauseTeller(closed),
        by=_by(closed),
        follow_ups=actions.by_finding([one.key for one in closed[:1]]),
        status=200 if closed else 404,
    )


@bp.get("/analysis/state")
@allow(VIEWER)
def state() -> Response:
    """Say whether the results are there: asked again and again while they are computed."""
    here = asked()
    return page("network/state.html", "network/_state.html", here=here)


def _computing(here: Asked) -> Response:
    return page("network/computing.html", here=here, status=202)


def _filters(here: Asked) -> GapFilters:
    filters = GapFilters(request.args)
    filters.region.choices = regions.choices(ANY)
    filters.drop_invalid()
    filters.on.data, filters.window.data = here.question.args["on"], here.question.args["window"]
    return filters


def _chosen(filters: GapFilters) -> dict[str, Any]:
    return {name: filters[name].data for name in ("region", "sector", "code")}


@bp.get("/stakeholders/<int:stakeholder_id>/network")
@allow(VIEWER)
def of_stakeholder(stakeholder_id: int) -> Response:
    """Show the place of one organisation in the network: on its page, and beside the map."""
    stakeholder = stakeholders.get(stakeholder_id) or abort(404)
    here = asked()
    found = profile.of(here.answer.analysis, stakeholder) if here.answer.analysis else None
    return page(
        "network/of_stakeholder.html",
        "network/_of_stakeholder.html",
        here=here,
        stakeholder=stakeholder,
        profile=found,
        named=bool(request.args.get("named")),
    )
