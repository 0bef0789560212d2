"""The settings of the analysis: their form, what they would change, who changed them."""

import json
from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.addresses import whole, with_parameters
from crm.audit import services as audit
from crm.auth import ADMIN, allow
from crm.editing import edit_page
from crm.forms import posted, readable, texts
from crm.gaps.meanings import written
from crm.language import _
from crm.network import questions, services, settings
from crm.pages import done, page
from crm.regions import services as regions
from crm.settings.forms import GROUPS, SettingsForm

bp = Blueprint("settings", __name__)

HISTORY = 20


@bp.route("/admin/settings", methods=["GET", "POST"])
@allow(ADMIN)
def edit() -> Response:
    """Change the settings, or have shown first what they would change."""
    form = SettingsForm(posted(request.form), data=settings.in_force().values)
    if request.method == "POST" and "effect" in request.form and form.validate():
        return _to_effect(form)
    row = settings.stored()
    return edit_page(
        "settings/edit.html",
        form,
        _saved,
        version=row.version if row else 0,
        theirs=lambda: SettingsForm(data=settings.in_force().values),
        here=url_for("settings.edit"),
        plan=None,
        meanwhile=None,
        **_around(),
    )


@bp.post("/admin/settings/defaults")
@allow(ADMIN)
def defaults() -> Response:
    """Set everything back to what it was in the beginning; the history keeps what was set."""
    form = SettingsForm(request.form)
    with form.blame():
        settings.change(g.user, version=form.seen_version, **settings.DEFAULTS)
    if form.conflict:
        flash(form.conflict.message, "warning")
    return done(url_for("settings.edit"))


@bp.get("/admin/settings/effect")
@allow(ADMIN)
def effect() -> Response:
    """Show what the settings of an address would change, with the form to set them."""
    now = SettingsForm(data=settings.in_force().values)
    form = SettingsForm(request.args) if settings.DEFAULTS.keys() & request.args.keys() else now
    valid = form is now or form.validate()
    row = settings.stored()
    present = row.version if row else 0
    asked_for = whole(request.args.get("version"))
    version = present if asked_for is None else asked_for
    # Two writers are compared by what was stored when this one began: neither what is tried out,
    # nor what somebody else has stored since.
    form.version.data = str(version)
    form.original.data = json.dumps(_stored_at(version, present, now).shown())
    answer = services.answer(questions.opening(clock.today()))
    asked = {"settings": settings.differing(form.values)} if valid else {}
    plan = services.plan("settings", answer, asked) if valid else None
    codes = [code for code, *_ in plan.answer["index"]] if plan and plan.answer else []
    return page(
        "settings/edit.html",
        "settings/_effect.html",
        form=form,
        plan=plan,
        effect_url=with_parameters(".effect", _typed(form)),
        names=regions.names_of(codes),
        question=answer.question,
        meanwhile=audit.last_change("NetworkSetting", row.id)
        if row and version < present
        else None,
        status=200 if valid else 422,
        **_around(),
    )


def _saved(**values: Any) -> None:
    settings.change(g.user, **values)
    flash(_("The settings are saved. Results are computed anew."), "success")


def _stored_at(version: int, present: int, now: SettingsForm) -> SettingsForm:
    """Return the settings of an earlier version; those of now, where there was no such version."""
    later = present - version
    row = settings.stored()
    if row is None or later <= 0:
        return now
    # Every version since then has left an entry of what it found.
    entries = audit.entries("NetworkSetting", row.id, later)
    before = [one.changes["value"][0] for one, _name in entries if "value" in one.changes]
    if len(before) < later:
        return now
    return SettingsForm(data={**settings.DEFAULTS, **(before[-1] or {})})


def _to_effect(form: SettingsForm) -> Response:
    return redirect(with_parameters(".effect", _typed(form)), 303)


def _typed(form: SettingsForm) -> dict[str, Any]:
    """Return what was typed as parameters of an address."""
    typed = {one.name: texts(one) for one in form if one.name not in ("original", "csrf_token")}
    return {name: values for name, values in typed.items() if values}


def _around() -> dict[str, Any]:
    row, usual = settings.stored(), SettingsForm(data=settings.DEFAULTS)
    entries = audit.entries("NetworkSetting", row.id, HISTORY) if row else []
    return {
        "groups": GROUPS,
        "own": row.value if row else {},
        "usually": {one.name: _written(one) for one in usual},
        "history": [
            (entry.at, name, _changes(*entry.changes["value"]))
            for entry, name in entries
            if "value" in entry.changes
        ],
    }


def _changes(before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[tuple[Any, ...]]:
    """Return label, old and new value of each setting that was changed, as the form shows them."""
    old, new = ({**settings.DEFAULTS, **(own or {})} for own in (before, after))
    was, is_ = SettingsForm(data=old), SettingsForm(data=new)
    return [
        (one.label.text, _written(was[one.name]), _written(one))
        for one in is_
        if one.name in settings.DEFAULTS and old[one.name] != new[one.name]
    ]


def _written(field: Any) -> str:
    """Return a value as a reader sees it."""
    if isinstance(field.data, int | float | Decimal):
        return written(float(field.data))
    return readable(field, texts(field))
