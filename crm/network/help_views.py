"""How to read every number: one page for each, and all of them together."""

from flask import abort
from werkzeug.wrappers import Response

from crm.auth import VIEWER, allow
from crm.network.explained import EXPLAINED
from crm.network.views import bp
from crm.pages import page


@bp.get("/help")
@allow(VIEWER)
def measures() -> Response:
    """List every number of the analysis with what it is."""
    return page("network/measures.html", measures=EXPLAINED)


@bp.get("/help/<string:measure>")
@allow(VIEWER)
def measure(measure: str) -> Response:
    """Say what a number is, how to read it, and show a small example."""
    if measure not in EXPLAINED:
        abort(404)
    return page("network/measure.html", name=measure, told=EXPLAINED[measure])
