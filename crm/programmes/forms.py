"""What a user may type about a programme, and how the list is filtered."""

from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from crm import periods
from crm.date_fields import day_field
from crm.fields import optional
from crm.forms import Form, RecordForm
from crm.language import _
from crm.stakeholders.fields import OrganisationField


class ProgrammeForm(RecordForm):
    """What is known about a programme."""

    checks = (periods.in_order,)

    name = StringField(_("Name"), validators=[DataRequired(), Length(max=500)])
    lead_id = OrganisationField(_("Lead"), description=_("Which organisation runs it."))
    funder_id = OrganisationField(_("Funder"), description=_("Which organisation pays for it."))
    starts = day_field(_("Beginning"))
    ends = day_field(_("End"), _("When the support ends, also if that is still far away."))
    region_codes = SelectMultipleField(
        _("Regions"),
        validators=[Optional()],
        description=_("Where it runs; none means all of Indonesia."),
    )
    about = TextAreaField(_("About"), validators=[Length(max=10_000)])
    source = StringField(
        _("Source"),
        validators=[Length(max=1000)],
        description=_("Where this is known from: a document or an address."),
    )


class ProgrammeFilters(Form):
    """How the list of programmes is narrowed down."""

    region = SelectField(_("Region"), coerce=optional(str), validators=[Optional()])
    running = BooleanField(_("Running today only"))
    archived = BooleanField(_("Archived only"))
