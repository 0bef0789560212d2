"""Whether the results of a question are there."""

from flask import Blueprint, Flask
from werkzeug.wrappers import Response

from crm.auth import VIEWER, allow
from crm.network import words
from crm.network.page_parts import asked
from crm.pages import page

bp = Blueprint("network", __name__)


def init(app: Flask) -> None:
    """Let templates name sectors, layers and parts of the index."""
    app.jinja_env.globals["network_words"] = words


@bp.get("/analysis/state")
@allow(VIEWER)
def state() -> Response:
    """Say whether the results are there: asked again and again while they are computed."""
    here = asked()
    return page("network/state.html", "network/_state.html", here=here)
