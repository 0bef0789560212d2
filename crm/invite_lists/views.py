"""The builder of invite lists."""

from importlib import import_module

from flask import Blueprint, Flask, abort, flash, g, request, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.addresses import with_parameters
from crm.auth import ORGANISER, VIEWER, allow
from crm.errors import Refused
from crm.events import services as events
from crm.events.models import Event
from crm.fields import ANY
from crm.invite_lists import building, clashes, reasons, services, wishes
from crm.invite_lists.building import Built
from crm.invite_lists.forms import RulesForm, as_form
from crm.language import _, _n
from crm.network.models import Analysis
from crm.network.page_parts import asked, file_waits
from crm.pages import done, page
from crm.regions import services as regions
from crm.stakeholders import vocabulary
from crm.stakeholders.choices import Organisations
from crm.stakeholders.models import Sector
from crm.tables import download_kind, file_response
from crm.words import choices, label

bp = Blueprint("invite_lists", __name__)


def init(_app: Flask) -> None:
    """Add the views of the effect."""
    import_module("crm.invite_lists.effect_views")


@bp.route("/events/<int:event_id>/invite-list", methods=["GET"])
@allow(VIEWER)
def show(event_id: int) -> Response:
    """Show the best invite list under the rules that are kept, and why each guest is on it."""
    event = found_event(event_id)
    form = _form(event, RulesForm(data=as_form(services.rules_of(event))))
    return _page(event, form)


@bp.post("/events/<int:event_id>/invite-list")
@allow(ORGANISER)
def keep(event_id: int) -> Response:
    """Keep changed rules and build the list anew."""
    event = found_event(event_id)
    form = _form(event, RulesForm(request.form))
    if form.validate():
        with form.blame():
            services.keep_rules(g.user, event, form.rules, version=form.seen_version)
            return done(request.full_path)
    if form.conflict:
        form.refuse(
            _(
                "Somebody else changed these rules in the meantime. Below is what you entered: "
                "save again to replace theirs, or reload the page to see it."
            )
        )
        form.version.data = str(_version(event))
    return _page(event, form, status=409 if form.conflict else 422)


@bp.post("/events/<int:event_id>/invite-list/take")
@allow(ORGANISER)
def take(event_id: int) -> Response:
    """Take the list over as drafts of invitations."""
    event = found_event(event_id)
    here = asked()
    if here.answer.analysis is None:
        raise Refused(_("The network is still being analysed. Try again in a moment."))
    built = _built(event, here.answer.analysis)
    if built.answer.clashes:
        raise Refused(_("Some rules clash: there is no list to take over."))
    told = {
        (one.stakeholder.id, one.seat): one.why for one in reasons.lines(built, built.answer.guests)
    }
    try:
        added = services.take_over(g.user, event, built, told, seen=request.form.get("seen", ""))
    except Refused as refused:
        flash(refused.message, "warning")
        return done(with_parameters(".show", here.question.args, event_id=event_id))
    flash(
        _n("%(num)s guest was added to the list.", "%(num)s guests were added to the list.", added),
        "success",
    )
    return done(url_for("events.show", event_id=event_id))


def _page(event: Event, form: RulesForm, status: int = 200) -> Response:
    here = asked()
    kind = download_kind(request.args)
    if kind and (waits := file_waits(here)):
        return waits
    built, refusal = None, None
    if here.answer.analysis is not None:
        try:
            built = _built(event, here.answer.analysis)
        except Refused as refused:
            refusal = refused.message
    if built and kind:
        return _download(event, built, kind)
    return page(
        "invite_lists/show.html",
        status=status,
        event=event,
        form=form,
        here=here,
        built=built,
        refusal=refusal,
        guests=reasons.lines(built, built.answer.guests) if built else [],
        gone=reasons.gone(built) if built else "",
        free=reasons.free_seats(built) if built else "",
        reserves=reasons.lines(built, built.answer.reserves, reserves=True) if built else [],
        open_gaps=_open_gaps(built),
        clashes=clashes.clash(built) if built else [],
        relaxation=clashes.relaxation(built) if built else [],
        described=reasons.described(built) if built else [],
        sectors=list(Sector),
        seconds=building.TIME_LIMIT,
    )


def _open_gaps(built: Built | None) -> list[object]:
    if built is None or built.answer.clashes:
        return []
    open_ones = [built.findings[key] for key in built.answer.uncovered if key in built.findings]
    return list(reasons.Teller(open_ones[:20]).told(open_ones[:20]))


def _download(event: Event, built: Built, kind: str) -> Response:
    headings = [
        _("No."), _("Organisation"), _("Position"), _("Name"), _("Sector"), _("Region"), _("Why"),
        _("What is lost without this guest"),
    ]  # fmt: skip
    rows = [
        [
            number,
            one.stakeholder.name,
            one.addressee,
            one.person,
            label(one.stakeholder.sector),
            regions.full_name(one.stakeholder.region),
            one.why,
            one.lost,
        ]
        for number, one in enumerate(reasons.lines(built, built.answer.guests), start=1)
    ]
    return file_response(
        kind, f"{_('Invite list')} {event.title}", [str(h) for h in headings], rows
    )


def found_event(event_id: int) -> Event:
    """Return an event, or answer that there is none."""
    return events.get(event_id) or abort(404)


def _built(event: Event, analysis: Analysis) -> Built:
    day = event.starts_on or clock.today()
    return building.build(event, services.rules_of(event), analysis, on=day)


def _version(event: Event) -> int:
    stored = services.draft(event.id)
    return stored.version if stored else 0


def _form(event: Event, form: RulesForm) -> RulesForm:
    everywhere = regions.choices(_("All of Indonesia"))
    form.region.choices = everywhere
    for row in form.regions:
        row.code.choices = regions.choices("")
    kept = services.rules_of(event)
    known = Organisations(*kept.must, *kept.never, *kept.prefer, *kept.more_from)
    for field in (form.must, form.never, form.prefer, form.more_from):
        field.choose_from(known)
    form.prefer_kinds.choices = wishes.kinds()
    form.tag.choices = [("", ANY), *((tag, tag) for tag in vocabulary.all_tags())]
    form.tag_sectors.choices = choices(Sector)
    if request.method == "GET":
        form.version.data = str(_version(event))
    return form
