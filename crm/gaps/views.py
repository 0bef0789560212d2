"""The pages of the gaps: their list, the grid, one of them."""

from importlib import import_module
from typing import Any

from flask import Blueprint, Flask, request
from werkzeug.wrappers import Response

from crm.actions import services as actions
from crm.auth import VIEWER, allow
from crm.fields import ANY
from crm.gaps import evidence, words
from crm.gaps.closing_words import CauseTeller
from crm.gaps.forms import GapFilters
from crm.gaps.grid import rows as grid_rows
from crm.gaps.listing import columns, found
from crm.gaps.meanings import meaning
from crm.gaps.sentences import Teller
from crm.language import _
from crm.network import closings, headcount, services
from crm.network.models import ClosedFinding
from crm.network.page_parts import Asked, asked, computing, file_waits, followed
from crm.pages import page
from crm.regions import services as regions
from crm.tables import Listing, download_kind

bp = Blueprint("gaps", __name__)


def init(app: Flask) -> None:
    """Let templates name findings; add the views of the files beside this one."""
    for name in ("closed", "stability"):
        import_module(f"crm.gaps.{name}_views")
    app.jinja_env.globals.update(gap_words=words, finding_meaning=meaning)


@bp.get("/gaps")
@allow(VIEWER)
def index() -> Response:
    """List what is missing, most severe first."""
    here = asked()
    if here.answer.analysis is None:
        return computing(here)
    filters = _filters(here)
    query = found(here.answer.analysis, q=request.args.get("q", ""), **_chosen(filters))
    teller = Teller()
    listing = Listing(
        _("Gaps"), columns(teller), query, request.args, filters, "rank", prepare=teller.learn
    )
    if kind := download_kind(request.args):
        return file_waits(here) or listing.download(kind)
    return page(
        "gaps/index.html",
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
def grid() -> Response:
    """Show which sectors are at work in which region, beside its poverty."""
    here = asked()
    if here.answer.analysis is None:
        return computing(here)
    province = request.args.get("region", "")
    rows = grid_rows(here.answer.analysis, province)
    return page("gaps/grid.html", here=here, rows=rows, province=regions.by_code(province))


@bp.get("/gaps/<string:code>")
@allow(VIEWER)
def show(code: str) -> Response:
    """Open one finding to its evidence; under the name of a kind, say what it means."""
    if code in words.FINDING_NAMES:
        return page("gaps/kind.html", code=code, here=asked())
    here = asked()
    if here.answer.analysis is None:
        return computing(here)
    stored, closed = services.findings(here.answer.analysis, keys=[code]), closings.of_key(code)
    if not stored:
        return _not_there(here, closed)
    teller = Teller(stored)
    return page(
        "gaps/show.html",
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
        "gaps/show_closed.html",
        here=here,
        told=told,
        closed=closed,
        why=CauseTeller(closed),
        by=_by(closed),
        follow_ups=actions.by_finding([one.key for one in closed[:1]]),
        status=200 if closed else 404,
    )


def _filters(here: Asked) -> GapFilters:
    filters = GapFilters(request.args)
    filters.region.choices = regions.choices(ANY)
    filters.drop_invalid()
    filters.on.data, filters.window.data = here.question.args["on"], here.question.args["window"]
    return filters


def _chosen(filters: GapFilters) -> dict[str, Any]:
    return {name: filters[name].data for name in ("region", "sector", "code")}
