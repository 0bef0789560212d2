"""The synergy report: as a page, and as a PDF to hand over."""

from flask import Blueprint, abort
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from crm import clock
from crm.auth import VIEWER, allow
from crm.introductions import services as introductions
from crm.introductions.telling import Line
from crm.maps import sketch
from crm.network.models import Analysis
from crm.network.page_parts import Asked, asked, computing, file_waits, followed
from crm.network.services import Plan
from crm.pages import page
from crm.regions import services as regions
from crm.regions.models import Region
from crm.reports import pdf, services, words

bp = Blueprint("reports", __name__)

PICTURE = 620, 330
"""How wide and high the picture on the page is, in units of its own."""


@bp.get("/network/report")
@allow(VIEWER)
def of_all() -> Response:
    """Show the report of the whole network."""
    return _shown(None)


@bp.get("/network/report.pdf")
@allow(VIEWER)
def of_all_pdf() -> Response | FlaskResponse:
    """Give the report of the whole network as a PDF."""
    return _saved(None)


@bp.get("/regions/<string:code>/report")
@allow(VIEWER)
def of_region(code: str) -> Response:
    """Show the report of a region."""
    return _shown(regions.by_code(code) or abort(404))


@bp.get("/regions/<string:code>/report.pdf")
@allow(VIEWER)
def of_region_pdf(code: str) -> Response | FlaskResponse:
    """Give the report of a region as a PDF."""
    return _saved(regions.by_code(code) or abort(404))


def _shown(region: Region | None) -> Response:
    here = asked()
    if here.answer.analysis is None:
        return computing(here)
    plan = _plan(here, region)
    lines = introductions.lines(here.answer, plan)
    if lines is None:
        return page("network/computing.html", here=here, failed=plan.failed, status=202)
    found = _report(here, here.answer.analysis, region, lines)
    return page(
        "reports/show.html",
        here=here,
        report=found,
        steadiness=followed(here),
        region=region,
        sketch=sketch.sketch(found.drawing, *PICTURE),
        letters=sketch.SIZE,
        shown={"findings": services.FINDINGS, "steps": services.STEPS, "rows": services.ROWS},
        sources=words.sources(found),
    )


def _saved(region: Region | None) -> Response | FlaskResponse:
    here = asked()
    plan = _plan(here, region)
    if waits := file_waits(here, plan):
        return waits
    lines = introductions.lines(here.answer, plan)
    assert here.answer.analysis is not None  # else the file would wait
    found = _report(here, here.answer.analysis, region, lines or [])
    response = FlaskResponse(pdf.of(found), mimetype="application/pdf")
    name = f"laporan-sinergi-{region.code if region else 'semua'}-{here.question.on}.pdf"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _plan(here: Asked, region: Region | None) -> Plan:
    """Return the plan of introductions, the same that its own page shows."""
    return introductions.of_region(here.answer, region.code if region else "")


def _report(
    here: Asked, analysis: Analysis, region: Region | None, lines: list[Line]
) -> services.Report:
    planned = [
        services.Step(
            line.sentence.removesuffix("."),
            line.closes,
            next(iter(line.follow_ups), None),
            frozenset(told.finding.key for told, _share in line.relieves),
            frozenset(line.pair),
        )
        for line in lines
    ]
    return services.of(here.question, analysis, region, clock.now(), followed(here), planned)
