"""The filters of the lists of gaps."""

from wtforms import HiddenField, SelectField
from wtforms.validators import Optional

from crm.fields import ANY, enum_field, optional
from crm.forms import Form
from crm.gaps import closing_words
from crm.gaps.words import FINDING_NAMES
from crm.language import _
from crm.network.found import SOUGHT
from crm.stakeholders.models import Sector


class FindingFilters(Form):
    """How a list of findings is narrowed down."""

    region = SelectField(_("Region"), coerce=optional(str), validators=[Optional()])
    sector = enum_field(_("Sector"), Sector, blank=ANY, required=False)
    code = SelectField(
        _("Kind of gap"),
        choices=lambda: [("", ANY), *((code, FINDING_NAMES[code]) for code in SOUGHT)],
        coerce=optional(str),
        validators=[Optional()],
    )


class GapFilters(FindingFilters):
    """The same for findings that stand, on one day."""

    on = HiddenField()
    window = HiddenField()


class ClosedFilters(FindingFilters):
    """The same for findings that were closed, and by what."""

    cause = SelectField(
        _("Closed by"),
        choices=lambda: [("", ANY), *closing_words.choices()],
        coerce=optional(str),
        validators=[Optional()],
    )
