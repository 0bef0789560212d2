"""How the list of regulations is narrowed down."""

from wtforms import SelectField
from wtforms.validators import Optional

from crm.fields import ANY, enum_field, optional
from crm.forms import Form
from crm.language import _
from crm.regulations.models import RegulationStage


class RegulationFilters(Form):
    """How the list of regulations is narrowed down."""

    kind = SelectField(_("Kind"), coerce=optional(str), validators=[Optional()])
    stage = enum_field(_("Stage"), RegulationStage, blank=ANY, required=False)
    region = SelectField(_("Region"), coerce=optional(str), validators=[Optional()])
