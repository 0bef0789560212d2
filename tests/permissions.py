"""Who may open which door: the one table of all routes, which tests/test_security.py holds true.

A new route needs one line here: ``"feature.view": audience`` if all its methods are for the same
people, else ``"feature.view": {"GET": …, "POST": …}``. If its address has a part that is new, such
as ``<int:letter_id>``, give ``world`` a value for it.
"""

from decimal import Decimal
from io import BytesIO
from typing import Any

from flask import current_app

from crm import clock
from crm.actions.models import FollowUp, Plan
from crm.db import db
from crm.imports import uploads
from crm.imports.files import Upload
from crm.notes.models import Note
from crm.regions.models import RegionIndicator
from crm.regulations.models import Team
from crm.shares import services as shares
from crm.transaction import transaction
from tests import make

ROLES = ("viewer", "editor", "organiser", "admin")

ANYBODY = frozenset({"anonymous", *ROLES})
USERS = frozenset(ROLES)
"""Whoever has signed in: every user may view."""
WRITERS = frozenset({"editor", "admin"})
PLANNERS = frozenset({"editor", "organiser", "admin"})
"""Those who work with events, guests and follow-ups."""
ORGANISERS = frozenset({"organiser", "admin"})
ADMINS = frozenset({"admin"})

TABLE: dict[str, frozenset[str] | dict[str, frozenset[str]]] = {
    "static": ANYBODY,
    # Signing in and one's own account
    "security.login": ANYBODY,
    "security.logout": ANYBODY,
    "security.two_factor_token_validation": ANYBODY,
    "security.two_factor_rescue": ANYBODY,
    "security.mf_recovery": ANYBODY,
    "security.verify": USERS,
    "security.two_factor_setup": USERS,
    "security.two_factor_setup_validate": USERS,
    "security.mf_recovery_codes": USERS,
    "users.language": ANYBODY,
    "users.account": USERS,
    "users.password": USERS,
    "users.end_session": USERS,
    "users.end_other_sessions": USERS,
    # Accounts
    "users.index": ADMINS,
    "users.new": ADMINS,
    "users.show": ADMINS,
    "users.edit": ADMINS,
    "users.disable": ADMINS,
    "users.enable": ADMINS,
    "users.reset_password": ADMINS,
    "users.end_sessions": ADMINS,
    "users.remove_second_factor": ADMINS,
    # The audit trail
    "audit.index": ADMINS,
    # Regions
    "regions.show": USERS,
    "regions.history": USERS,
    "regions.edit": ADMINS,
    "regions.new_indicator": ADMINS,
    "regions.edit_indicator": ADMINS,
    # Organisations
    "stakeholders.index": USERS,
    "stakeholders.show": USERS,
    "stakeholders.history": USERS,
    "stakeholders.alike": WRITERS,
    "stakeholders.choices": USERS,
    "stakeholders.new": WRITERS,
    "stakeholders.edit": WRITERS,
    "stakeholders.archive": WRITERS,
    "stakeholders.restore": WRITERS,
    # People and their positions
    "contacts.index": USERS,
    "contacts.show": USERS,
    "contacts.history": USERS,
    "contacts.of_stakeholder": USERS,
    "contacts.alike": WRITERS,
    "contacts.new": WRITERS,
    "contacts.edit": WRITERS,
    "contacts.archive": WRITERS,
    "contacts.restore": WRITERS,
    "contacts.new_position": WRITERS,
    "contacts.edit_position": WRITERS,
    "contacts.archive_position": WRITERS,
    "contacts.restore_position": WRITERS,
    # Programmes, agreements, support
    "programmes.index": USERS,
    "programmes.show": USERS,
    "programmes.history": USERS,
    "programmes.new": WRITERS,
    "programmes.edit": WRITERS,
    "programmes.archive": WRITERS,
    "programmes.restore": WRITERS,
    "agreements.index": USERS,
    "agreements.show": USERS,
    "agreements.history": USERS,
    "agreements.of_programme": USERS,
    "agreements.of_stakeholder": USERS,
    "agreements.party_row": WRITERS,
    "agreements.new": WRITERS,
    "agreements.edit": WRITERS,
    "agreements.archive": WRITERS,
    "agreements.restore": WRITERS,
    "commitments.of_agreement": USERS,
    "commitments.of_programme": USERS,
    "commitments.of_stakeholder": USERS,
    # Events and their guests
    "events.index": USERS,
    "events.show": USERS,
    "events.history": USERS,
    "events.of_programme": USERS,
    "events.new": PLANNERS,
    "events.edit": PLANNERS,
    "events.hold": PLANNERS,
    "events.cancel": PLANNERS,
    "events.plan_again": PLANNERS,
    "events.archive": PLANNERS,
    "events.restore": PLANNERS,
    "invitations.of_event": USERS,
    "invitations.of_stakeholder": USERS,
    "invitations.show": USERS,
    "invitations.new": PLANNERS,
    "invitations.edit": PLANNERS,
    "invitations.mark": PLANNERS,
    "invitations.attend": PLANNERS,
    "invitations.remove": PLANNERS,
    "invitations.restore": PLANNERS,
    "invite_lists.show": USERS,
    "invite_lists.keep": ORGANISERS,
    "invite_lists.take": ORGANISERS,
    "invite_lists.effect": USERS,
    "invite_lists.keep_chances": ORGANISERS,
    # Follow-ups and plans
    "actions.index": USERS,
    "actions.show": USERS,
    "actions.history": USERS,
    "actions.of_event": USERS,
    "actions.of_stakeholder": USERS,
    "actions.plan": USERS,
    "actions.plan_history": USERS,
    "actions.plan_list": USERS,
    "actions.new": PLANNERS,
    "actions.edit": PLANNERS,
    "actions.finish": PLANNERS,
    "actions.cancel": PLANNERS,
    "actions.reopen": PLANNERS,
    "actions.archive": PLANNERS,
    "actions.restore": PLANNERS,
    "actions.log_visit": PLANNERS,
    "actions.take": PLANNERS,
    "actions.new_plan": PLANNERS,
    "actions.edit_plan": PLANNERS,
    "actions.archive_plan": PLANNERS,
    "actions.restore_plan": PLANNERS,
    # Notes
    "notes.of_stakeholder": {"GET": USERS, "POST": PLANNERS},
    "notes.of_contact": {"GET": USERS, "POST": PLANNERS},
    "notes.of_agreement": {"GET": USERS, "POST": PLANNERS},
    "notes.of_programme": {"GET": USERS, "POST": PLANNERS},
    "notes.of_event": {"GET": USERS, "POST": PLANNERS},
    "notes.edit": PLANNERS,
    "notes.archive": PLANNERS,
    "notes.restore": PLANNERS,
    # Regulations and teams
    "regulations.index": USERS,
    "regulations.of_region": USERS,
    "regulations.team": USERS,
    # Analysis and map
    "dashboard.show": USERS,
    "gaps.index": USERS,
    "gaps.show": USERS,
    "gaps.grid": USERS,
    "gaps.closed": USERS,
    "settings.edit": ADMINS,
    "settings.defaults": ADMINS,
    "settings.effect": ADMINS,
    "gaps.stability_state": USERS,
    "gaps.stability_cancel": PLANNERS,
    "gaps.stability_again": PLANNERS,
    "network.state": USERS,
    "maps.show": USERS,
    "maps.data": USERS,
    "maps.find": USERS,
    "maps.file": USERS,
    "maps.table": USERS,
    "maps.export": USERS,
    "profiles.of_stakeholder": USERS,
    "profiles.of_region": USERS,
    "profiles.over_time": USERS,
    "profiles.all_regions": USERS,
    "profiles.region_map": USERS,
    "reports.of_all": USERS,
    "reports.of_all_pdf": USERS,
    "reports.of_region": USERS,
    "reports.of_region_pdf": USERS,
    "help.index": USERS,
    "help.show": USERS,
    "maps.compare": USERS,
    "maps.compare_data": USERS,
    "maps.compare_state": USERS,
    # Maps shared with people who have no account
    "shares.index": USERS,
    "shares.new": USERS,
    "shares.withdraw": USERS,
    "shares.show": ANYBODY,
    "shares.data": ANYBODY,
    "introductions.index": USERS,
    "introductions.fewest": USERS,
    "simulations.index": USERS,
    "simulations.data": USERS,
    "simulations.compare": USERS,
    "simulations.scenarios": USERS,
    "simulations.show": USERS,
    "simulations.history": USERS,
    "simulations.new": PLANNERS,
    "simulations.edit": PLANNERS,
    "simulations.archive": PLANNERS,
    "simulations.restore": PLANNERS,
    "search.index": USERS,
    # Imports
    "imports.index": WRITERS,
    "imports.new": WRITERS,
    "imports.show": WRITERS,
    "imports.template": WRITERS,
    "imports.progress": WRITERS,
    "imports.failed": WRITERS,
    "imports.table": WRITERS,
    "imports.columns": WRITERS,
    "imports.decide": WRITERS,
    "imports.again": WRITERS,
    "imports.back": WRITERS,
    "imports.take": WRITERS,
    "imports.undo": WRITERS,
    "imports.discard": WRITERS,
}


def audience(endpoint: str, method: str) -> frozenset[str] | None:
    """Return who may, by the table; None if it does not say."""
    line = TABLE.get(endpoint)
    return line.get(method) if isinstance(line, dict) else line


def world() -> dict[str, Any]:
    """Make one record of everything, and return a value for each part of an address."""
    place = make.region()
    organisation = make.stakeholder("Dinas Perpustakaan")
    person = make.contact()
    event = make.event(organisation)
    somebody = make.user("Tono")
    figure = RegionIndicator(
        region_code=place.code,
        name="poverty_percent",
        value=Decimal("12.8"),
        year=2021,
        source="BPS",
    )
    follow_up = FollowUp(title="Kirim surat", search_text="kirim surat", event_id=event.id)
    plan, team = Plan(title="POA 2027"), Team(name="Tim Sinergi")
    note = Note(body="Ruangnya kecil", at=clock.now(), stakeholder_id=organisation.id)
    with transaction(by=None):
        db.session.add_all([figure, follow_up, plan, team, note])
    shared = make.share(make.user("Sari", "editor"))
    file = Upload("mitra.csv", BytesIO(b"Nama;Sektor;Wilayah\nBank Sumsel Babel;Dunia usaha;16\n"))
    return {
        "code": place.code,
        "indicator_id": figure.id,
        "stakeholder_id": organisation.id,
        "contact_id": person.id,
        "position_id": make.position(person, organisation).id,
        "programme_id": make.programme().id,
        "agreement_id": make.agreement().id,
        "event_id": event.id,
        "participation_id": make.participation(event, make.stakeholder("Bappeda")).id,
        "action_id": follow_up.id,
        "plan_id": plan.id,
        "team_id": team.id,
        "note_id": note.id,
        "import_id": uploads.start(somebody, [file], at=clock.now()).id,
        "user_id": somebody.id,
        "session_id": 1,
        "share_id": shared.id,
        "scenario_id": make.scenario(organisation).id,
        "token": shares.token_of(shared, current_app.config["SECRET_KEY"]),
        "role": "stakeholders",
        "kind": "csv",
        "filename": "favicon.svg",
    }


AT: dict[str, dict[str, Any]] = {
    "gaps.show": {"code": "uncovered-sector"},
    "maps.export": {"what": "gexf"},
    "help.show": {"measure": "index"},
}
"""Where a part of an address means something else than elsewhere."""
