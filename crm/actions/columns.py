"""The columns of the list of follow-ups, on the page and in downloads."""

from datetime import date

from crm.actions.models import FollowUp, Plan
from crm.actions.words import state
from crm.language import _
from crm.regions.services import full_name
from crm.tables import Column, undated_last


def columns(today: date) -> list[Column]:
    """Return the columns; whether something is overdue depends on the day."""
    return [
        Column("title", _("What is to be done"), FollowUp.title, lambda one: one.title),
        Column("due", _("Due"), undated_last(FollowUp.due_on), lambda one: one.due_on),
        Column("owner", _("Owner"), None, owner, hidden=True),
        Column("region", _("Region"), None, lambda one: full_name(one.region), hidden=True),
        Column("state", _("Status"), None, lambda one: state(one, today), hidden=True),
        Column("actions", _("Change")),
        Column("event", _("Agreed at"), None, _event, hidden=True),
        Column("stakeholder", _("With whom"), None, _stakeholder, hidden=True),
        Column(
            "plan", _("Plan"), None, lambda one: one.plan.title if one.plan else "", hidden=True
        ),
        Column("done", _("Done on"), None, lambda one: one.done_on, hidden=True),
        Column("outcome", _("What came of it?"), None, lambda one: one.outcome, hidden=True),
        Column("about", _("Details"), None, lambda one: one.about, hidden=True),
        Column("source", _("Source"), None, lambda one: one.source, hidden=True),
        Column("id", _("Number"), None, lambda one: one.id, numeric=True, hidden=True),
    ]


PLAN_COLUMNS = [
    Column("title", _("Plan"), Plan.title, lambda one: one.title),
    Column("region", _("Region"), Plan.region_code, lambda one: full_name(one.region)),
    Column("starts", _("Beginning"), Plan.starts, lambda one: one.starts),
    Column("ends", _("End"), Plan.ends, lambda one: one.ends),
    Column("about", _("About"), None, lambda one: one.about, hidden=True),
]


def owner(action: FollowUp) -> str:
    """Return who does it: one of us, an office, or both."""
    return ", ".join(one for one in (action.owner and action.owner.name, action.owner_note) if one)


def _event(action: FollowUp) -> str:
    return action.event.title if action.event else ""


def _stakeholder(action: FollowUp) -> str:
    return action.stakeholder.name if action.stakeholder else ""
