"""What a user may type about the guests of an event."""

from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from crm.date_fields import day_field
from crm.fields import ANY, enum_field, optional
from crm.forms import Form, RecordForm
from crm.invitations.models import Answer, Attendance, Invitation, ParticipationRole
from crm.language import _
from crm.stakeholders.fields import OrganisationField
from crm.stakeholders.models import Sector


class GuestForm(Form):
    """What it takes to put an organisation on the list of an event."""

    stakeholder_id = OrganisationField(_("Organisation"), [InputRequired()])
    position_id = SelectField(
        _("Post"),
        coerce=optional(int),
        validators=[Optional()],
        description=_("Invitations go to a post; who holds it follows from there."),
    )
    role = enum_field(_("Role"), ParticipationRole, default=ParticipationRole.PARTICIPANT)
    attendance = enum_field(_("Attendance"), Attendance, default=Attendance.UNKNOWN)


class ParticipationForm(RecordForm):
    """What is known about one guest of an event."""

    role = enum_field(_("Role"), ParticipationRole)
    position_id = SelectField(_("Post"), coerce=optional(int), validators=[Optional()])
    invitation = enum_field(_("Invitation"), Invitation)
    invited_on = day_field(_("Sent on"))
    answer = enum_field(_("Answer"), Answer)
    answered_on = day_field(_("Answered on"))
    attendance = enum_field(_("Attendance"), Attendance)
    represented_by = StringField(
        _("Represented by"),
        validators=[Length(max=300)],
        description=_("Who came instead of the person invited."),
    )
    reason = TextAreaField(_("Why invited"), validators=[Length(max=1000)])


class AttendanceForm(Form):
    """Whether a guest came: one press."""

    attendance = RadioField(
        _("Attendance"),
        choices=[(one.value, one.value) for one in Attendance],
        coerce=Attendance,
        validators=[InputRequired()],
    )


BULK: dict[str, tuple[Any, dict[str, Any]]] = {
    "present": (_("Mark as present"), {"attendance": Attendance.PRESENT}),
    "absent": (_("Mark as absent"), {"attendance": Attendance.ABSENT}),
    "unknown": (_("Attendance not known"), {"attendance": Attendance.UNKNOWN}),
    "draft": (_("Invitation being prepared"), {"invitation": Invitation.DRAFT}),
    "sent": (_("Invitation sent"), {"invitation": Invitation.SENT}),
    "yes": (_("Answered: will come"), {"answer": Answer.YES}),
    "no": (_("Answered: will not come"), {"answer": Answer.NO}),
    "maybe": (_("Answered: perhaps"), {"answer": Answer.MAYBE}),
}
"""What can be said of many guests at once: its words, and the facts that it sets."""


class BulkForm(Form):
    """One fact for all guests that were ticked."""

    fact = SelectField(
        _("With the ticked guests"),
        choices=lambda: [(key, words) for key, (words, _facts) in BULK.items()],
        validators=[InputRequired()],
    )


class GuestFilters(Form):
    """How the guests of an event are narrowed down."""

    sector = enum_field(_("Sector"), Sector, blank=ANY, required=False)
    region = SelectField(_("Region"), coerce=optional(str), validators=[Optional()])
    invitation = enum_field(_("Invitation"), Invitation, blank=ANY, required=False)
    answer = enum_field(_("Answer"), Answer, blank=ANY, required=False)
    attendance = enum_field(_("Attendance"), Attendance, blank=ANY, required=False)
