"""The network over the months: a chart, the same numbers as a table, and as a file."""

from typing import Any

from flask import abort, request
from werkzeug.wrappers import Response

from crm.auth import VIEWER, allow
from crm.formats import day, number
from crm.language import _
from crm.network import series
from crm.network.page_parts import asked, file_waits
from crm.network.series import Point
from crm.network.words import PART_NAMES
from crm.pages import page
from crm.profiles.views import bp
from crm.regions import services as regions
from crm.tables import download_kind, file_response

PARTS = tuple(PART_NAMES)


@bp.get("/network/series")
@allow(VIEWER)
def over_time() -> Response:
    """Show index, organisations at work and ties month by month: of a region, or of everything."""
    here = asked()
    code = request.args.get("region", "")
    region = regions.by_code(code) if code else None
    if code and region is None:
        abort(404)
    found = series.of(here.question, code)
    title = _("%(name)s over time", name=region.name if region else _("The whole network"))
    if kind := download_kind(request.args):
        rows = [_row(one) for one in found.points]
        return file_waits(here, found) or file_response(kind, str(title), _headings(), rows)
    return page(
        "profiles/over_time.html",
        "profiles/_over_time.html",
        here=here,
        region=region,
        title=title,
        series=found,
        points=_begun(found.points),
        chart=_chart(_begun(found.points)),
        parts=PARTS,
    )


def _begun(points: list[Point]) -> list[Point]:
    """Return the points from the first month in which anybody was at work."""
    first = next((at for at, one in enumerate(points) if one.engaged), len(points))
    return points[first:]


def _headings() -> list[str]:
    named = [_("Day"), _("Synergy index"), *PART_NAMES.values(), _("At work"), _("Working ties")]
    return [str(one) for one in named]


def _row(one: Point) -> list[Any]:
    parts = [getattr(one, part) for part in PARTS]
    return [one.day, one.value, *parts, one.engaged, one.ties]


def _chart(points: list[Point]) -> dict[str, Any]:
    """Return what the browser draws: the index and its parts from 0 to 100, and counts."""
    index = [_line(_("Synergy index"), [one.value for one in points])]
    for part in PARTS:
        values = [getattr(one, part) for one in points]
        scaled = [None if value is None else round(100 * value, 1) for value in values]
        index.append(_line(PART_NAMES[part], scaled))
    return {
        "months": [day(one.day, "month") for one in points],
        "index": index,
        "counts": [
            _line(_("At work"), [one.engaged for one in points]),
            _line(_("Working ties"), [one.ties for one in points]),
        ],
        "says": _says(points),
    }


def _line(name: Any, values: list[Any]) -> dict[str, Any]:
    return {"name": str(name), "values": values}


def _says(points: list[Point]) -> str:
    """Return the first and the last month in one sentence."""
    if not points:
        return ""
    first, last = points[0], points[-1]
    return str(
        _(
            "From %(first)s to %(last)s: index %(before)s → %(after)s, organisations at work "
            "%(few)s → %(many)s, working ties %(ties)s → %(more)s.",
            first=day(first.day, "month"),
            last=day(last.day, "month"),
            before=number(first.value),
            after=number(last.value),
            few=number(first.engaged),
            many=number(last.engaged),
            ties=number(first.ties),
            more=number(last.ties),
        )
    )
