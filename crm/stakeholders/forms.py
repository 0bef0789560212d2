"""What a user may type about an organisation, and how the list is filtered."""

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import URL, DataRequired, Email, Length, Optional, Regexp

from crm import phones
from crm.fields import ANY, LinesField, TagField, enum_field, optional, score_field
from crm.forms import Form, RecordForm
from crm.language import _
from crm.regions.models import Level
from crm.stakeholders import rules
from crm.stakeholders.models import Sector, Stage


class StakeholderForm(RecordForm):
    """What is known about an organisation."""

    checks = (phones.readable, rules.has_place, rules.registered)

    name = StringField(
        _("Name"),
        validators=[DataRequired(), Length(max=300)],
        description=_("The official name in full, with its region."),
    )
    short_name = StringField(_("Short name"), validators=[Length(max=120)])
    sector = enum_field(_("Sector"), Sector, blank="")
    kind_id = SelectField(_("Kind"), coerce=optional(int), validators=[Optional()])
    level = enum_field(_("Level"), Level, blank="")
    region_code = SelectField(
        _("Region"),
        coerce=optional(str),
        validators=[Optional()],
        description=_("Where it works; leave empty only for organisations of the whole country."),
    )
    stage = enum_field(_("Stage"), Stage, default=Stage.IDENTIFIED)
    influence = score_field(_("Influence"), _("From 1 (little) to 5 (decisive)."))
    interest = score_field(_("Interest"), _("From 1 (none) to 5 (strong)."))
    owner_id = SelectField(
        _("Owner"),
        coerce=optional(int),
        validators=[Optional()],
        description=_("Who of us keeps the relation."),
    )
    aliases = LinesField(
        _("Other names"),
        description=_("One a line: abbreviations and earlier names. The search finds them too."),
    )
    identifiers = LinesField(
        _("Numbers in other registers"), description=_("One a line, such as NPP: 1671012D0000001.")
    )
    tags = TagField(_("Tags"), description=_("Words parted by commas."))
    phone = StringField(_("Telephone"), validators=[Length(max=60)])
    email = StringField(_("E-mail"), validators=[Optional(), Email(), Length(max=255)])
    website = StringField(
        _("Website"),
        validators=[Optional(), URL(), Regexp("^https?://"), Length(max=500)],
        description=_("With https:// at the beginning."),
    )
    address = StringField(_("Address"), validators=[Length(max=500)])
    about = TextAreaField(_("About"), validators=[Length(max=10_000)])
    source = StringField(
        _("Source"),
        validators=[Length(max=1000)],
        description=_("Where this is known from: a document or an address."),
    )


class StakeholderFilters(Form):
    """How the list of organisations is narrowed down."""

    sector = enum_field(_("Sector"), Sector, blank=ANY, required=False)
    region = SelectField(_("Region"), coerce=optional(str), validators=[Optional()])
    level = enum_field(_("Level"), Level, blank=ANY, required=False)
    kind = SelectField(_("Kind"), coerce=optional(int), validators=[Optional()])
    stage = enum_field(_("Stage"), Stage, blank=ANY, required=False)
    tag = SelectField(_("Tag"), coerce=optional(str), validators=[Optional()])
    owner = SelectField(_("Owner"), coerce=optional(int), validators=[Optional()])
    archived = BooleanField(_("Archived only"))
