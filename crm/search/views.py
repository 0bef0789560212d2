"""Searching everything, from any page."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from crm import clock
from crm.auth import VIEWER, allow
from crm.contacts import services as contacts
from crm.pages import page
from crm.search import services

bp = Blueprint("search", __name__)


@bp.get("/search")
@allow(VIEWER)
def index() -> Response:
    """Show what holds every word that is searched for."""
    q = request.args.get("q", "").strip()[:200]
    groups = services.everywhere(q, today=clock.today())
    people = [row.id for group in groups if group.kind == "contacts" for row in group.rows]
    posts = contacts.posts_by_contact(people)
    return page("search/index.html", q=q, groups=groups, posts=posts)
