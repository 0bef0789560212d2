"""The plan of introductions: who should meet whom, and the fewest ties that hold a region."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from crm.addresses import with_parameters
from crm.auth import VIEWER, allow
from crm.fields import ANY
from crm.formats import number
from crm.introductions import services, telling, verdicts, wishes
from crm.introductions.forms import PlanForm, RegionForm, WishForm
from crm.introductions.telling import Line
from crm.introductions.wishes import Wishes
from crm.language import _
from crm.network import headcount, replaced
from crm.network.introducing import SECONDS
from crm.network.page_parts import Asked, asked, computing, file_waits
from crm.pages import page
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders
from crm.stakeholders.choices import Organisations
from crm.tables import download_kind, file_response

bp = Blueprint("introductions", __name__)


@bp.get("/introductions")
@allow(VIEWER)
def index() -> Response:
    """Show which new ties would close the most, and who can bring them about."""
    here = asked()
    if here.answer.analysis is None:
        return computing(here)
    form = _plan_form(here)
    wanted = _wanted(form)
    wish = WishForm(request.args if "wish" in request.args else None)
    known = Organisations()
    wish.first.choose_from(known)
    wish.second.choose_from(known)
    if "wish" in request.args and (more := _added(wish, wanted)) is not None:
        return redirect(with_parameters(".index", {**here.question.args, **more}), 303)
    plan = services.plan(here.answer, wanted)
    lines = (
        telling.lines(here.answer.analysis, plan.answer, here.question.on) if plan.answer else []
    )
    if kind := download_kind(request.args):
        return file_waits(here, plan) or _download(kind, _title(wanted), lines)
    names = stakeholders.named(wanted.named)
    return page(
        "introductions/index.html",
        "introductions/_plan.html",
        here=here,
        form=form,
        wish=wish,
        wishes=wanted,
        plan=plan,
        lines=lines,
        names=names,
        told=_told(here, plan.answer, wanted, names) if plan.answer else None,
        title=_title(wanted),
        count=headcount.of(here.answer.analysis.numbers),
        args={**here.question.args, **wanted.args},
    )


@bp.get("/introductions/fewest")
@allow(VIEWER)
def fewest() -> Response:
    """Show the fewest new ties after which no single exit parts a region."""
    here = asked()
    if here.answer.analysis is None:
        return computing(here)
    form = RegionForm(request.args)
    form.region.choices = regions.choices(_("Choose a region"))
    if "region" in (dropped := form.drop_invalid()):
        asked_for, why = dropped["region"]
        none = _("no region")
        here.replaced.append(replaced.in_field(form.region.label.text, asked_for, why, none))
    region = regions.by_code(form.region.data) if form.region.data else None
    plan = services.fewest(here.answer, region.code) if region else None
    answer = plan.answer if plan else None
    lines = telling.lines(here.answer.analysis, answer, here.question.on) if answer else []
    title = _("The fewest ties that hold %(name)s", name=region.name) if region else None
    if (kind := download_kind(request.args)) and plan:
        return file_waits(here, plan) or _download(kind, str(title), lines)
    return page(
        "introductions/fewest.html",
        "introductions/_fewest.html",
        here=here,
        form=form,
        region=region,
        plan=plan,
        lines=lines,
        holding=_holding(answer, region.name) if answer and region else None,
        parted=services.parted(here.answer.analysis) if region is None else [],
        title=title,
        args={**here.question.args, "region": region.code if region else ""},
    )


@dataclass(frozen=True)
class _Told:
    """What the page says about a plan as a whole."""

    verdict: tuple[str, str, str] | None
    """None where the wishes clash: then there is no plan."""
    clash: str
    relaxation: list[str]
    dropped: list[str]
    left: verdicts.Left | None


def _told(here: Asked, answer: dict[str, Any], wanted: Wishes, names: dict[int, str]) -> _Told:
    assert here.answer.analysis is not None  # a plan stands on an analysis
    clash = verdicts.clash(answer)
    return _Told(
        verdict=None if clash else verdicts.verdict(answer, wanted.k, SECONDS),
        clash=clash,
        relaxation=verdicts.relaxation(answer),
        dropped=verdicts.dropped(answer, names),
        left=verdicts.left(here.answer.analysis, answer),
    )


def _holding(answer: dict[str, Any], region: str) -> tuple[str, str]:
    names = stakeholders.named(answer["splitting"])
    return verdicts.holding(answer, region, names)


def _plan_form(here: Asked) -> PlanForm:
    """Return the plan that the address asks; say what of it cannot be planned."""
    form = PlanForm(request.args)
    form.region.choices = regions.choices(ANY)
    dropped = form.drop_invalid()
    if form.k.data is None:
        form.k.data = wishes.USUAL
    shown = {"region": ANY, "k": number(wishes.USUAL), "per_introducer": _("no limit")}
    here.replaced.extend(
        replaced.in_field(form[name].label.text, asked_for, why, shown[name])
        for name, (asked_for, why) in dropped.items()
    )
    return form


def _wanted(form: PlanForm) -> Wishes:
    return Wishes(
        region=form.region.data or "",
        k=form.k.data or wishes.USUAL,
        must=wishes.pairs(request.args.getlist("must")),
        never=wishes.pairs(request.args.getlist("never")),
        not_through=wishes.numbers(request.args.getlist("not_through")),
        spared=wishes.numbers(request.args.getlist("spared")),
        per_introducer=form.per_introducer.data,
    )


def _added(wish: WishForm, wanted: Wishes) -> dict[str, Any] | None:
    """Return the wishes with the one that was typed; None where something about it is wrong."""
    if not wish.validate():
        return None
    what: Any = wish.first.data
    if wish.is_about_two:
        if wish.second.data is None or wish.second.data == what:
            wish.refuse(_("Name two different organisations."), "second")
            return None
        what = tuple(sorted((what, wish.second.data)))
    if what in getattr(wanted, wish.wish.data):
        return wanted.args
    return wanted.toggled(wish.wish.data, what)


def _title(wanted: Wishes) -> str:
    if not wanted.region:
        return str(_("Introductions"))
    names = regions.names_of([wanted.region])
    return str(_("Introductions for %(name)s", name=names.get(wanted.region, wanted.region)))


def _download(kind: str, title: str, lines: list[Line]) -> Response:
    headings = [
        _("No."), _("Organisation"), _("and"), _("Introduced by"), _("Post"), _("What to do"),
        _("How they are connected"), _("Closes"), _("Relieves"), _("Worth"),
        _("Number"), _("Number"), _("Number"),
    ]  # fmt: skip
    rows = [
        [
            at, one.a.name, one.b.name, one.through.name if one.through else "", one.address,
            one.sentence, one.way, " ".join(told.sentence for told in one.closes),
            " ".join(f"{share}: {told.sentence}" for told, share in one.relieves),
            round(one.worth, 1), one.a.id, one.b.id, one.through.id if one.through else "",
        ]
        for at, one in enumerate(lines, start=1)
    ]  # fmt: skip
    return file_response(kind, title, [str(one) for one in headings], rows)
