"""How far the stability of the results has come; giving it up, and having it begun again."""

from flask import g, request
from werkzeug.wrappers import Response

from crm import clock
from crm.addresses import with_parameters
from crm.auth import EDITOR, ORGANISER, VIEWER, allow
from crm.gaps.views import bp
from crm.network import questions, stability
from crm.network.page_parts import asked, followed
from crm.pages import done, page


@bp.get("/gaps/stability")
@allow(VIEWER)
def stability_state() -> Response:
    """Say how far it is: asked again and again while it is worked out."""
    here = asked()
    return page("gaps/stability.html", "gaps/_stability.html", here=here, steadiness=followed(here))


@bp.post("/gaps/stability/cancel")
@allow(EDITOR, ORGANISER)
def stability_cancel() -> Response:
    """Give it up for these results."""
    question = questions.read(request.args, clock.today())
    stability.cancel(g.user, question)
    return done(with_parameters("gaps.index", question.args))


@bp.post("/gaps/stability/again")
@allow(EDITOR, ORGANISER)
def stability_again() -> Response:
    """Have it worked out after all."""
    question = questions.read(request.args, clock.today())
    stability.begin_again(g.user, question)
    return done(with_parameters("gaps.index", question.args))
