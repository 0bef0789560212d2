"""The short form for a visit, made for a phone in a corridor."""

from datetime import timedelta
from typing import Any

from flask import g, request, session, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.actions import visits
from crm.actions.blueprint import bp
from crm.actions.forms import VisitForm
from crm.addresses import whole
from crm.auth import EDITOR, ORGANISER, allow
from crm.fields import is_choice
from crm.invitations import services as invitations
from crm.language import _
from crm.pages import done, page
from crm.proposals import proposed
from crm.stakeholders import offices
from crm.stakeholders.choices import Organisations

DAYS = 14
"""So far ahead a follow-up falls due, unless the user says otherwise."""


@bp.route("/visits/new", methods=["GET", "POST"])
@allow(EDITOR, ORGANISER)
def log_visit() -> Response:
    """Write down a visit, what came of it, and what is to be done next."""
    form = _form(VisitForm(request.form, data=_defaults()))
    if request.method == "POST" and form.validate():
        with form.blame():
            event = visits.log(g.user, today=clock.today(), **form.values)
            # Whoever logs visits does so on behalf of the same office, as a rule.
            session["visitor_id"] = form.visitor_id.data
            return done(url_for("events.show", event_id=event.id))
    return page("actions/visit.html", form=form, status=422 if form.has_errors else 200)


def _defaults() -> dict[str, Any]:
    today = clock.today()
    known = proposed("stakeholder_id", "position_id")
    visited = whole(known.get("stakeholder_id"))
    # A visit on behalf of nobody ties nobody: the office of the region is the likeliest guest.
    office = offices.office_for(visited) if visited else None
    return {
        "on": today,
        "due_on": today + timedelta(days=DAYS),
        "visitor_id": session.get("visitor_id") or office,
    } | known


def _form(form: VisitForm) -> VisitForm:
    everyone = Organisations()
    form.stakeholder_id.choose_from(everyone)
    form.visitor_id.choose_from(everyone)
    form.on.data = form.on.data or clock.today()
    visited = form.stakeholder_id.data if is_choice(form.stakeholder_id) else None
    posts = invitations.posts(visited, clock.today()) if visited else []
    form.position_id.choices = [("", _("No post named")), *posts]
    return form
