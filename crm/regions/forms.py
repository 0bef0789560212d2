"""How the list of regions is narrowed down, and what an administrator may correct."""

from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import (
    URL,
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
)

from crm.fields import ANY, NumberField, enum_field, optional
from crm.forms import Form, RecordForm
from crm.language import _
from crm.regions.models import Level
from crm.regions.words import INDICATORS


class RegionFilters(Form):
    """How the list of regions is narrowed down."""

    level = enum_field(_("Level"), Level, blank=ANY, required=False)
    province = SelectField(_("Province"), coerce=optional(str), validators=[Optional()])
    poverty = SelectField(_("Poverty figures"), coerce=optional(str), validators=[Optional()])
    on = HiddenField()
    window = HiddenField()


class RegionForm(RecordForm):
    """What an administrator may correct of a region."""

    bps_code = StringField(
        _("BPS code"),
        validators=[
            Optional(),
            Regexp(r"^[0-9]{2,10}$", message=_("A BPS code is 2 to 10 digits.")),
        ],
        description=_("BPS counts regions in another order than Kemendagri, above all in Papua."),
    )


class IndicatorForm(RecordForm):
    """One figure about a region."""

    name = SelectField(_("Figure"), validators=[InputRequired()], choices=[*INDICATORS.items()])
    value = NumberField(_("Value"), places=None, validators=[InputRequired()])
    year = IntegerField(_("Year"), validators=[InputRequired(), NumberRange(min=1945, max=2100)])
    counted_on = DateField(
        _("Counted on"),
        validators=[Optional()],
        description=_("The day or month of the count, where it is known."),
    )
    source = StringField(
        _("Source"),
        validators=[DataRequired(), Length(max=300)],
        description=_("Who counted, such as BPS (P0). Rankings never mix two sources."),
    )
    source_url = StringField(
        _("Address of the source"),
        validators=[Optional(), URL(), Regexp("^https?://"), Length(max=500)],
    )
