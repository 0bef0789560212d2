"""The effect of an event: what its guests may change, and what they have changed."""

from typing import Any

from flask import flash, g, request
from werkzeug.wrappers import Response

from crm.addresses import with_parameters
from crm.auth import ORGANISER, VIEWER, allow
from crm.events.models import Event
from crm.invite_lists import known_effects, services
from crm.invite_lists.effect_words import told
from crm.invite_lists.forms import ChancesForm
from crm.invite_lists.known_effects import Effect
from crm.invite_lists.views import bp, found_event
from crm.language import _
from crm.network.page_parts import asked
from crm.pages import done, page


@bp.get("/events/<int:event_id>/effect")
@allow(VIEWER)
def effect(event_id: int) -> Response:
    """Show what an event may change, and beside it what it has changed: a part, or a page."""
    event = found_event(event_id)
    here = asked()
    found = known_effects.of(event, here.question)
    return _page(event, found, _form(event, found), here=here)


@bp.post("/events/<int:event_id>/invite-list/chances")
@allow(ORGANISER)
def keep_chances(event_id: int) -> Response:
    """Keep how likely guests are to come, and work the effect out anew."""
    event = found_event(event_id)
    here = asked()
    form = ChancesForm(request.form)
    if form.validate():
        with form.blame():
            services.keep_chances(
                g.user, event, form.chance.data, form.chances, version=form.seen_version
            )
            flash(_("The chances are kept. The effect is worked out anew."), "success")
            return done(with_parameters(".show", here.question.args, event_id=event_id))
    return _page(event, known_effects.of(event, here.question), form, here=here, status=422)


def _page(
    event: Event, found: Effect, form: ChancesForm, *, status: int = 200, **values: Any
) -> Response:
    return page(
        "invite_lists/effect.html",
        "invite_lists/_effect.html",
        status=status,
        event=event,
        effect=found,
        told=told(found.result) if found.result else None,
        form=form,
        **values,
    )


def _form(event: Event, found: Effect) -> ChancesForm:
    """Return the chances that were typed, and an empty field for everybody else."""
    rules = services.rules_of(event)
    typed = dict(rules.chances)
    listed = [one["organisation"] for one in (found.result or {}).get("chances", [])]
    rows = [{"organisation": one, "percent": typed.get(one)} for one in listed]
    form = ChancesForm(data={"chance": rules.chance, "guests": rows})
    stored = services.draft(event.id)
    form.version.data = str(stored.version if stored else 0)
    return form
