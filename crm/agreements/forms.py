"""What a user may type about an agreement, and how the list is filtered."""

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from crm import periods
from crm.agreements import rules
from crm.agreements.fields import PartiesField
from crm.agreements.models import AgreementKind, AgreementStatus
from crm.date_fields import day_field
from crm.fields import ANY, enum_field, optional
from crm.forms import Form, RecordForm
from crm.language import _
from crm.stakeholders.models import Sector


class AgreementForm(RecordForm):
    """What is known about an agreement."""

    checks = (rules.between_several, periods.in_order)

    title = StringField(_("Title"), validators=[DataRequired(), Length(max=500)])
    kind = enum_field(_("Kind"), AgreementKind, default=AgreementKind.MOU)
    parties = PartiesField(
        _("Parties"),
        description=_("Two or more organisations. Rows without an organisation are not stored."),
    )
    starts = day_field(_("Beginning"))
    ends = day_field(_("End"), _("Leave empty if it has none."))
    parent_id = SelectField(
        _("Made under"),
        coerce=optional(int),
        validators=[Optional()],
        description=_("The agreement that this one carries out, such as the MoU above a PKS."),
    )
    programme_id = SelectField(_("Programme"), coerce=optional(int), validators=[Optional()])
    scope = TextAreaField(
        _("Scope"),
        validators=[Length(max=10_000)],
        description=_("What the parties agreed to do."),
    )
    source = StringField(
        _("Source"),
        validators=[Length(max=1000)],
        description=_("Where this is known from: a document or an address."),
    )


class AgreementFilters(Form):
    """How the list of agreements is narrowed down."""

    status = enum_field(_("Status"), AgreementStatus, blank=ANY, required=False)
    kind = enum_field(_("Kind"), AgreementKind, blank=ANY, required=False)
    sector = enum_field(_("Sector of a party"), Sector, blank=ANY, required=False)
    region = SelectField(_("Region of a party"), coerce=optional(str), validators=[Optional()])
    programme = SelectField(_("Programme"), coerce=optional(int), validators=[Optional()])
    undated = BooleanField(_("Without a beginning only"))
    archived = BooleanField(_("Archived only"))
