"""What a user may type about a person and a post."""

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from crm import periods, phones
from crm.contacts import rules
from crm.contacts.models import Basis
from crm.date_fields import day_field
from crm.fields import ANY, enum_field, optional
from crm.forms import Checks, Form, RecordForm
from crm.language import _
from crm.stakeholders.fields import OrganisationField
from crm.stakeholders.models import Sector


class ContactForm(RecordForm):
    """What is known about a person."""

    checks: Checks = (phones.readable, rules.grounded)

    name = StringField(
        _("Name"),
        validators=[DataRequired(), Length(max=200)],
        description=_("With titles if you like: they are put into their own fields."),
    )
    title_before = StringField(_("Title before the name"), validators=[Length(max=80)])
    title_after = StringField(_("Title after the name"), validators=[Length(max=120)])
    phone = StringField(_("Telephone or WhatsApp"), validators=[Length(max=60)])
    email = StringField(_("E-mail"), validators=[Optional(), Email(), Length(max=255)])
    basis = enum_field(
        _("Ground for keeping these data"),
        Basis,
        blank="",
        required=False,
        description=_(
            "Law 27/2022 asks for one as soon as there is a telephone number or an e-mail address: "
            "for officials it is usually the public task."
        ),
    )
    basis_proof = StringField(
        _("Proof of it"),
        validators=[Length(max=500)],
        description=_("A form, a decree, an e-mail: where it can be looked up."),
    )
    basis_on = day_field(_("Given on"))
    about = TextAreaField(_("About"), validators=[Length(max=10_000)])
    source = StringField(_("Source"), validators=[Length(max=1000)])


class NewContactForm(ContactForm):
    """A person together with their post."""

    checks = (*ContactForm.checks, rules.post_with_place)

    stakeholder_id = OrganisationField(_("Organisation"))
    position = StringField(
        _("Post"), validators=[Length(max=200)], description=_("For example: Kepala Bappeda.")
    )
    starts = day_field(_("In this post since"))


class PositionForm(RecordForm):
    """A post at an organisation, and who holds it."""

    checks = (periods.in_order,)

    title = StringField(_("Post"), validators=[DataRequired(), Length(max=200)])
    contact_id = SelectField(
        _("Held by"),
        coerce=optional(int),
        validators=[Optional()],
        description=_("May stay open: letters go to the post."),
    )
    starts = day_field(_("From"))
    ends = day_field(_("Until"))


class NewPositionForm(PositionForm):
    """A post at an organisation that is still to be chosen."""

    stakeholder_id = OrganisationField(_("Organisation"), [InputRequired()])


class ContactFilters(Form):
    """How the list of people is narrowed down."""

    sector = enum_field(_("Sector"), Sector, blank=ANY, required=False)
    region = SelectField(_("Region"), coerce=optional(str), validators=[Optional()])
    basis = enum_field(_("Ground"), Basis, blank=ANY, required=False)
    ungrounded = BooleanField(_("Reachable, but without ground"))
    archived = BooleanField(_("Archived only"))
