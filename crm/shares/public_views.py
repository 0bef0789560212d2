"""A shared map for people without an account: its page and its data, and why it may be closed.

The page says who it is for nobody: no cookie, no address told on, nothing for search engines.
"""

from dataclasses import replace

from flask import Response as FlaskResponse
from flask import abort, current_app, g, jsonify, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from crm import clock, limiter
from crm.auth import public
from crm.maps import asking, telling
from crm.maps.drawing import Drawing
from crm.maps.forms import described
from crm.network import services as network
from crm.network.questions import Question
from crm.pages import page
from crm.shares import public_map, services
from crm.shares.models import MapShare, ShareState
from crm.shares.views import bp

NEEDS_RESULTS = ("betweenness", "exit")
"""What sizes may show that is no matter of the graph alone."""

throttled = limiter.shared_limit(lambda: current_app.config["SHARE_REQUESTS"], scope="shared maps")


@bp.get("/share/<string:token>")
@public
@throttled
def show(token: str) -> Response:
    """Show a shared map, or say in a sentence why it is closed."""
    shared = _shared(token)
    state = shared.state(clock.now()) if shared else None
    if shared is None or state is not ShareState.OPEN:
        return page("shares/closed.html", state=state, status=410 if shared else 404)
    drawing = _drawing(shared)
    return page(
        "shares/show.html",
        shared=shared,
        token=token,
        heads=public_map.heads(drawing),
        feet=public_map.feet(drawing, names_hidden=shared.names_hidden),
        legend=telling.legend(drawing),
    )


@bp.get("/share/<string:token>/data.json")
@public
@throttled
def data(token: str) -> FlaskResponse:
    """Give the map's nodes, ties, legend and captions; this is what counts as a view.

    Only a browser that draws the map asks for it: the previews of messengers do not, and who has
    signed in is no visitor.
    """
    shared = _shared(token) or abort(404)
    if shared.state(clock.now()) is not ShareState.OPEN:
        abort(410)
    told = public_map.of(_drawing(shared), shared.title, names_hidden=shared.names_hidden)
    if g.user is None and request.method == "GET":
        services.count(shared, at=clock.now())
    return jsonify(told)


@bp.after_request
def _keep_to_itself(response: FlaskResponse) -> FlaskResponse:
    if request.endpoint in ("shares.show", "shares.data"):
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
    return response


def _shared(token: str) -> MapShare | None:
    return services.by_token(token, current_app.config["SECRET_KEY"])


def _drawing(shared: MapShare) -> Drawing:
    """Return the map as the team would see it now; in its captions no names that are hidden."""
    args = MultiDict(shared.filters)
    filters = asking.filters(args)
    question = Question(shared.on, shared.months)
    wanted = bool(filters.gaps.data) or filters.size.data in NEEDS_RESULTS
    analysis = network.answer(question).analysis if wanted else None
    drawing = asking.drawing(question, analysis, filters, args, clock.now())
    without = ("focus",) if shared.names_hidden else ()
    return replace(drawing, described=described(filters, without))
