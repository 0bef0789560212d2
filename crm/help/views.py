"""How to read every number: one page for each, and all of them together."""

from flask import Blueprint, Flask, abort
from werkzeug.wrappers import Response

from crm.auth import VIEWER, allow
from crm.help.explained import EXPLAINED
from crm.pages import page

bp = Blueprint("help", __name__)


def init(app: Flask) -> None:
    """Let templates say beside every number what it is."""
    app.jinja_env.globals["explained"] = EXPLAINED


@bp.get("/help")
@allow(VIEWER)
def index() -> Response:
    """List every number of the analysis with what it is."""
    return page("help/index.html", measures=EXPLAINED)


@bp.get("/help/<string:measure>")
@allow(VIEWER)
def show(measure: str) -> Response:
    """Say what a number is, how to read it, and show a small example."""
    if measure not in EXPLAINED:
        abort(404)
    return page("help/show.html", name=measure, told=EXPLAINED[measure])
