"""The menu: what stands in it, in which order, for whom."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for

from crm.auth import may
from crm.language import _

MENU = (
    (_("Synergy"), [
        (_("Dashboard"), "dashboard.show", "layout-dashboard"),
        (_("Gaps"), "gaps.index", "alert-triangle"),
        (_("Introductions"), "introductions.index", "users-group"),
        (_("Simulation"), "simulations.index", "door-exit"),
        (_("Network map"), "maps.show", "topology-star-3"),
        (_("Reading the numbers"), "help.index", "help-circle"),
    ]),
    (_("Partnership"), [
        (_("Stakeholders"), "stakeholders.index", "building"),
        (_("Contacts"), "contacts.index", "address-book"),
        (_("Agreements"), "agreements.index", "file-certificate"),
        (_("Programmes"), "programmes.index", "target"),
        (_("Regulations"), "regulations.index", "gavel"),
        (_("Regions"), "profiles.all_regions", "map-2"),
    ]),
    (_("Work"), [
        (_("Events"), "events.index", "calendar-event"),
        (_("Follow-ups"), "actions.index", "checklist"),
        (_("Imports"), "imports.index", "upload"),
    ]),
    (_("Administration"), [
        (_("Users"), "users.index", "users"),
        (_("Settings"), "settings.edit", "settings"),
        (_("Audit trail"), "audit.index", "history"),
    ]),
)  # fmt: skip

ALONE = ("gaps.index", "maps.show", "settings.edit")
"""Entries that are lit on their own page only, not on those below it."""


@dataclass(frozen=True)
class Item:
    """One entry of the menu."""

    label: Any
    url: str
    icon: str
    active: bool


def navigation() -> list[tuple[Any, list[Item]]]:
    """Return the groups of the menu with the entries that this user may open."""
    groups = []
    for title, entries in MENU:
        items = [
            Item(label, url_for(endpoint), icon, _is_here(endpoint))
            for label, endpoint, icon in entries
            if endpoint in current_app.view_functions and may(endpoint)
        ]
        if items:
            groups.append((title, items))
    return groups


def _is_here(endpoint: str) -> bool:
    here = request.endpoint or ""
    if endpoint == "profiles.all_regions":  # the list shows the network, a region shows itself
        return here == endpoint or here.startswith(("regions.", "profiles.region_"))
    if endpoint == "help.index":
        return here in (endpoint, "help.show")
    if endpoint in ALONE:
        return here == endpoint
    if endpoint == "users.index" and not request.path.startswith("/admin/"):
        return False  # one's own account is not the administration of all of them
    return here.split(".")[0] == endpoint.split(".")[0]


def init(app: Flask) -> None:
    """Let templates draw the menu."""
    app.jinja_env.globals["navigation"] = navigation
