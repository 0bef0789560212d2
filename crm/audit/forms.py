"""How the audit trail is narrowed down."""

from wtforms import SelectField
from wtforms.validators import Optional

from crm.audit.words import ACTIONS, RECORDS
from crm.date_fields import day_field
from crm.fields import ANY, optional
from crm.forms import Form
from crm.language import _

STORED = ("created", "changed", "deleted", "viewed", "exported")
"""The actions as they are stored; archiving is a change."""

WHOLES = (
    "Stakeholder", "Contact", "Agreement", "Commitment", "Programme", "Event", "FollowUp", "Plan",
    "Regulation", "Team", "Resource", "Note", "Region", "Import", "User", "Kind",
    "Tag", "NetworkSetting", "MapShare", "Scenario",
)  # fmt: skip
"""Records with a history of their own; their parts are found in it."""


class AuditFilters(Form):
    """How the audit trail is narrowed down."""

    user = SelectField(_("User"), coerce=optional(int), validators=[Optional()])
    record = SelectField(
        _("Record"),
        coerce=optional(str),
        validators=[Optional()],
        choices=lambda: [("", ANY), *((one, RECORDS[one]) for one in WHOLES)],
    )
    action = SelectField(
        _("Action"),
        coerce=optional(str),
        validators=[Optional()],
        choices=lambda: [("", ANY), *((one, ACTIONS[one]) for one in STORED)],
    )
    since = day_field(_("From"))
    until = day_field(_("Until"))
