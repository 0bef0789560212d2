"""Searching everything, from any page."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from crm import clock
from crm.auth import VIEWER, allow
from crm.pages import page
from crm.search import services

bp = Blueprint("search", __name__)


@bp.get("/search")
@allow(VIEWER)
def index() -> Response:
    """Show what holds every word that is searched for."""
    q = request.args.get("q", "").strip()[:200]
    return page("search/index.html", q=q, groups=services.everywhere(q, today=clock.today()))
