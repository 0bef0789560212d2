"""What a user may type about follow-ups, plans and visits."""

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from crm import periods
from crm.actions.words import STATES
from crm.date_fields import day_field
from crm.fields import optional
from crm.forms import Form, RecordForm
from crm.language import _
from crm.stakeholders.fields import OrganisationField


class FollowUpForm(RecordForm):
    """What is to be done, by whom, until when."""

    title = StringField(
        _("What is to be done"),
        validators=[DataRequired(), Length(max=500)],
        description=_("One sentence that begins with a verb: “Send the draft of the Pergub”."),
    )
    due_on = day_field(_("Due"))
    owner_id = SelectField(
        _("Who does it"),
        coerce=optional(int),
        validators=[Optional()],
        description=_("Somebody of us."),
    )
    owner_note = StringField(
        _("Or which office"),
        validators=[Length(max=500)],
        description=_("If it is done by somebody without an account: “Bappeda Provinsi”."),
    )
    stakeholder_id = OrganisationField(_("With whom"))
    event_id = SelectField(_("Agreed at"), coerce=optional(int), validators=[Optional()])
    plan_id = SelectField(_("Plan"), coerce=optional(int), validators=[Optional()])
    region_code = SelectField(
        _("Region"),
        coerce=optional(str),
        validators=[Optional()],
        description=_("If it is left empty: that of the event, plan or organisation."),
    )
    about = TextAreaField(_("Details"), validators=[Length(max=10_000)])
    source = StringField(_("Source"), validators=[Length(max=1000)])
    finding_key = HiddenField(_("Gap"), validators=[Length(max=500)])


class FinishForm(Form):
    """What came of a follow-up."""

    outcome = TextAreaField(_("What came of it?"), validators=[Length(max=5000)])
    on = day_field(_("Done on"))


class FollowUpFilters(Form):
    """How the list of follow-ups is narrowed down."""

    state = SelectField(
        _("Status"),
        choices=list(STATES.items()),
        default="open",
        validators=[Optional()],
    )
    owner = SelectField(_("Owner"), coerce=optional(int), validators=[Optional()])
    region = SelectField(_("Region"), coerce=optional(str), validators=[Optional()])
    event = SelectField(_("Agreed at"), coerce=optional(int), validators=[Optional()])
    plan = SelectField(_("Plan"), coerce=optional(int), validators=[Optional()])
    mine = BooleanField(_("Only mine"))
    archived = BooleanField(_("Archived only"))


class PlanForm(RecordForm):
    """What is known about a plan."""

    checks = (periods.in_order,)

    title = StringField(_("Title"), validators=[DataRequired(), Length(max=500)])
    region_code = SelectField(_("Region"), coerce=optional(str), validators=[Optional()])
    starts = day_field(_("Beginning"))
    ends = day_field(_("End"))
    about = TextAreaField(_("About"), validators=[Length(max=10_000)])


class TakeForm(Form):
    """Which follow-up is put into a plan."""

    action_id = SelectField(
        _("Put a follow-up into this plan"), coerce=optional(int), validators=[InputRequired()]
    )


class VisitForm(Form):
    """What is worth writing down after a visit, in under a minute."""

    stakeholder_id = OrganisationField(_("Whom did you visit?"), [InputRequired()])
    position_id = SelectField(
        _("Whom did you meet?"), coerce=optional(int), validators=[Optional()]
    )
    visitor_id = OrganisationField(
        _("On whose behalf?"),
        description=_("Our organisation. Only two organisations make a tie in the network."),
    )
    on = day_field(_("When"))
    outcome = TextAreaField(_("What came of it?"), validators=[DataRequired(), Length(max=50_000)])
    follow_up = StringField(
        _("What is to be done next?"),
        validators=[Length(max=500)],
        description=_("It becomes your follow-up; leave it empty if there is nothing to do."),
    )
    due_on = day_field(_("Until when?"))
