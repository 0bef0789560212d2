"""What was promised and given, on the pages of organisations, programmes and agreements."""

from flask import Blueprint, Flask, abort, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.agreements import services as agreements
from crm.auth import VIEWER, allow
from crm.commitments import services
from crm.commitments.models import Commitment
from crm.commitments.words import TONES
from crm.pages import page
from crm.programmes import services as programmes
from crm.stakeholders import services as stakeholders

bp = Blueprint("commitments", __name__)


def init(app: Flask) -> None:
    """Let templates colour the state of a promise."""
    app.jinja_env.filters["commitment_tone"] = TONES.get


@bp.get("/stakeholders/<int:stakeholder_id>/commitments")
@allow(VIEWER)
def of_stakeholder(stakeholder_id: int) -> Response:
    """Show what an organisation gives and what it is given."""
    stakeholder = stakeholders.get(stakeholder_id) or abort(404)
    found = services.of_stakeholder(stakeholder_id)
    return _page(
        stakeholder.name,
        url_for("stakeholders.show", stakeholder_id=stakeholder_id),
        found,
        one_side=stakeholder_id,
    )


@bp.get("/programmes/<int:programme_id>/commitments")
@allow(VIEWER)
def of_programme(programme_id: int) -> Response:
    """Show the support given under a programme."""
    programme = programmes.get(programme_id) or abort(404)
    here = url_for("programmes.show", programme_id=programme_id)
    return _page(programme.name, here, services.of_programme(programme_id))


@bp.get("/agreements/<int:agreement_id>/commitments")
@allow(VIEWER)
def of_agreement(agreement_id: int) -> Response:
    """Show the support promised in an agreement."""
    agreement = agreements.get(agreement_id) or abort(404)
    here = url_for("agreements.show", agreement_id=agreement_id)
    return _page(agreement.title, here, services.of_agreement(agreement_id))


def _page(
    name: str, url: str, commitments: list[Commitment], one_side: int | None = None
) -> Response:
    return page(
        "commitments/list.html",
        "commitments/_list.html",
        name=name,
        url=url,
        commitments=commitments,
        one_side=one_side,
        today=clock.today(),
    )
