"""What if they leave: the page of an exit, its picture, and two scenarios beside each other."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from flask import Blueprint, Flask, abort, jsonify, request
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from crm import clock
from crm.addresses import with_parameters
from crm.auth import VIEWER, allow
from crm.language import _
from crm.maps import exit_picture
from crm.network import headcount, kept_plans
from crm.network import services as network
from crm.network.page_parts import Asked, asked, computing
from crm.network.services import Plan
from crm.pages import page
from crm.programmes import services as programmes
from crm.programmes.models import Programme
from crm.simulations import services, telling
from crm.simulations.forms import CompareForm, LeavingForm
from crm.simulations.leaving import Leaving
from crm.simulations.models import Scenario
from crm.stakeholders import services as stakeholders
from crm.stakeholders.choices import Organisations

bp = Blueprint("simulations", __name__)


def init(_app: Flask) -> None:
    """Add the views of scenarios."""
    import_module("crm.simulations.scenario_views")


@dataclass(frozen=True)
class Exit:
    """An exit as far as it is worked out."""

    leaving: Leaving
    plan: Plan
    told: telling.Told | None
    names: list[str]
    """Who leaves, by name."""
    ended: list[Programme]
    """Programmes that ended before the day: on it nothing of them is in force."""


@bp.get("/simulate")
@allow(VIEWER)
def index() -> Response:
    """Show what happens when organisations, holders of posts, or programmes leave."""
    here = asked()
    if here.answer.analysis is None:
        return computing(here)
    form = LeavingForm(request.args)
    form.organisation.choose_from(Organisations())
    form.position.choices = services.posts()
    form.programme.choices = programmes.all_names()
    form.drop_invalid()
    who = form.leaving
    return page(
        "simulations/index.html",
        "simulations/_state.html",
        here=here,
        form=form,
        exit=exit_of(here, who) if who else None,
        address=with_parameters(".index", {**here.question.args, **who.args}),
        args={**here.question.args, **who.args},
        count=headcount.of(here.answer.analysis.numbers),
    )


@bp.get("/simulate/data.json")
@allow(VIEWER)
def data() -> FlaskResponse:
    """Give the picture of an exit: nodes, ties with what becomes of them, legend, captions."""
    here = asked()
    form = LeavingForm(request.args)
    who = Leaving(
        tuple(form.organisation.data or ()),
        tuple(form.position.data or ()),
        tuple(form.programme.data or ()),
        bool(form.ever.data),
    )
    plan = network.plan("exit", here.answer, who.asked)
    if plan.answer is None:
        abort(404)
    # A picture of old results must not be taken for that of the new ones.
    digest = f"{kept_plans.digest('exit', here.question, who.asked)}:{plan.version}"
    return jsonify(exit_picture.of(here.question, plan.answer, digest, who.args, clock.now()))


@bp.get("/simulate/compare")
@allow(VIEWER)
def compare() -> Response:
    """Show two scenarios beside each other."""
    form = CompareForm(request.args)
    titles = services.all_titles()
    for field in form:
        field.choices = titles
    form.drop_invalid()
    chosen = [services.get(one) for one in (form.a.data, form.b.data) if one]
    both = [one for one in chosen if one is not None]
    named = _named(*(leaving_of(one) for one in both))
    sides = [_side(one, named) for one in both]
    waiting = any(one.exit is None or not one.exit.plan.fresh for one in sides)
    return page(
        "simulations/compare.html",
        form=form,
        titles=titles,
        sides=sides if len(sides) == 2 else [],
        waiting=waiting,
    )


@dataclass(frozen=True)
class Side:
    """One of two scenarios."""

    scenario: Scenario
    question: Any
    exit: Exit | None
    """None while its day is analysed."""


@dataclass(frozen=True)
class _Named:
    """Who leaves in some exits, by id; without those whom nobody knows any longer."""

    organisations: dict[int, str]
    posts: dict[int, str]
    programmes: dict[int, Programme]


def _named(*exits: Leaving) -> _Named:
    """Read at once whom exits are about, however many they are."""
    return _Named(
        stakeholders.named({one for who in exits for one in who.organisations}),
        services.named_posts({one for who in exits for one in who.positions}),
        programmes.by_id({one for who in exits for one in who.programmes}),
    )


def _side(scenario: Scenario, named: _Named) -> Side:
    question = services.question(scenario)
    here = asked(question)
    found = exit_of(here, leaving_of(scenario), named) if here.answer.analysis else None
    return Side(scenario, question, found)


def exit_of(here: Asked, who: Leaving, named: _Named | None = None) -> Exit:
    """Return what is known of an exit; have it worked out where it is not."""
    plan = network.plan("exit", here.answer, who.asked)
    named = named or _named(who)
    running = [named.programmes[one] for one in who.programmes if one in named.programmes]
    lost = str(_("no longer known"))
    return Exit(
        leaving=who,
        plan=plan,
        told=telling.tell(plan.answer) if plan.answer else None,
        names=[
            *(named.organisations.get(one, lost) for one in who.organisations),
            *(named.posts.get(one, lost) for one in who.positions),
            *(one.name for one in running),
        ],
        ended=[
            one
            for one in running
            if one.ends is not None and one.ends < here.question.on and not who.ever
        ],
    )


def leaving_of(scenario: Scenario) -> Leaving:
    """Return who leaves in a scenario."""
    return Leaving(
        tuple(scenario.organisations),
        tuple(scenario.positions),
        tuple(scenario.programmes),
        scenario.ever,
    )
