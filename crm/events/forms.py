"""What a user may type about an event, and how the list is filtered."""

from typing import Any

from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, Length, Optional

from crm.date_fields import HOW, WhenField, day_field
from crm.events import rules
from crm.events.models import EventKind, EventStatus
from crm.fields import ANY, Between, TagField, enum_field, optional
from crm.forms import Form, RecordForm
from crm.language import _
from crm.stakeholders.fields import OrganisationField


class EventForm(RecordForm):
    """What is known about an event."""

    checks = (rules.days_in_order, rules.hours_in_order)

    title = StringField(
        _("Title"),
        validators=[DataRequired(), Length(max=500)],
        description=_("What and where: “Rakor bidang perpustakaan se-Kalimantan Tengah”."),
    )
    kind = enum_field(_("Kind"), EventKind, default=EventKind.MEETING)
    status = enum_field(_("Status"), EventStatus, default=EventStatus.PLANNED)
    starts_on = WhenField(_("Date"), description=HOW)
    ends_on = day_field(_("Last day"), _("Only if it takes more than one day."))
    starts_at = TimeField(_("From (time)"), validators=[Optional()])
    ends_at = TimeField(_("Until (time)"), validators=[Optional()])
    place = StringField(_("Place"), validators=[Length(max=500)])
    region_code = SelectField(
        _("Region"),
        coerce=optional(str),
        validators=[Optional()],
        description=_("Whose event it is: a province, kabupaten or kota."),
    )
    host_id = OrganisationField(_("Host"))
    programme_id = SelectField(_("Programme"), coerce=optional(int), validators=[Optional()])
    capacity = IntegerField(_("Room for guests"), validators=[Optional(), Between(1, 100_000)])
    purpose = TextAreaField(
        _("Purpose"),
        validators=[Length(max=10_000)],
        description=_("What should this event achieve?"),
    )
    minutes = TextAreaField(
        _("Minutes"),
        validators=[Length(max=50_000)],
        description=_("What was said and decided. Follow-ups are kept apart, each with its date."),
    )
    tags = TagField(_("Tags"), description=_("Words parted by commas."))
    reference = StringField(
        _("Reference"),
        validators=[Length(max=120)],
        description=_("What a list from elsewhere calls it, such as M001."),
    )
    source = StringField(
        _("Source"),
        validators=[Length(max=1000)],
        description=_("Where this is known from: a document or an address."),
    )

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, the date apart from how exactly it is known."""
        values = super().values
        day, precision = values["starts_on"]
        return values | {"starts_on": day, "date_precision": precision}


class EventFilters(Form):
    """How the list and the calendar of events are narrowed down."""

    kind = enum_field(_("Kind"), EventKind, blank=ANY, required=False)
    region = SelectField(_("Region"), coerce=optional(str), validators=[Optional()])
    status = enum_field(_("Status"), EventStatus, blank=ANY, required=False)
    since = day_field(_("From"))
    until = day_field(_("Until"))
    programme = SelectField(_("Programme"), coerce=optional(int), validators=[Optional()])
    host = SelectField(_("Host"), coerce=optional(int), validators=[Optional()])
    tag = SelectField(_("Tag"), coerce=optional(str), validators=[Optional()])
    archived = BooleanField(_("Archived only"))
