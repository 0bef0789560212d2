"""The columns of the guest list of an event, on the page and in downloads."""

from crm.invitations.models import Participation
from crm.language import _
from crm.regions.services import full_name
from crm.stakeholders.models import Stakeholder
from crm.tables import Column
from crm.words import label

COLUMNS = [
    Column("name", _("Organisation"), Stakeholder.name, lambda one: one.stakeholder.name),
    Column("sector", _("Sector"), None, lambda one: label(one.stakeholder.sector), hidden=True),
    Column(
        "region",
        _("Region"),
        None,
        lambda one: full_name(one.stakeholder.region),
        hidden=True,
    ),
    Column(
        "position",
        _("Post"),
        None,
        lambda one: one.position.title if one.position else "",
        hidden=True,
    ),
    Column(
        "contact",
        _("Person"),
        None,
        lambda one: one.contact.full_name if one.contact else "",
        hidden=True,
    ),
    Column("role", _("Role"), None, lambda one: label(one.role), hidden=True),
    Column(
        "invitation",
        _("Invitation"),
        Participation.invitation,
        lambda one: label(one.invitation),
    ),
    Column("invited_on", _("Sent on"), None, lambda one: one.invited_on, hidden=True),
    Column("answer", _("Answer"), Participation.answer, lambda one: label(one.answer)),
    Column("answered_on", _("Answered on"), None, lambda one: one.answered_on, hidden=True),
    Column(
        "attendance",
        _("Attendance"),
        Participation.attendance,
        lambda one: label(one.attendance),
    ),
    Column("change", _("Change")),
    Column(
        "represented_by", _("Represented by"), None, lambda one: one.represented_by, hidden=True
    ),
    Column("reason", _("Why invited"), None, lambda one: one.reason, hidden=True),
    Column("source", _("Source"), None, lambda one: one.source, hidden=True),
]
"""For those who edit."""

PRIVATE = {"contact", "represented_by", "change"}

PUBLIC = [column for column in COLUMNS if column.key not in PRIVATE]
"""For those who only look: organisations and posts, no persons."""
