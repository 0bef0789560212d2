"""The question and the filters of the analysis pages."""

from wtforms import DateField, HiddenField, SelectField
from wtforms.validators import Optional

from crm.fields import ANY, enum_field, optional
from crm.forms import Form
from crm.language import _
from crm.network import closing_words
from crm.network.questions import WINDOWS
from crm.network.words import FINDING_NAMES, SOUGHT
from crm.stakeholders.models import Sector


def window_choices() -> list[tuple[str, str]]:
    """Return the windows on offer, in months."""
    named = [
        (str(months), _("%(years)s years", years=months // 12) if months > 12 else _("1 year"))
        for months in WINDOWS
        if months
    ]
    return [*named, ("all", _("All years"))]


class QuestionForm(Form):
    """On which day, looking how far back."""

    on = DateField(_("On the day"), validators=[Optional()])
    window = SelectField(
        _("Events of the last"),
        choices=window_choices,
        validators=[Optional()],
        validate_choice=False,
    )


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


class CompareForm(Form):
    """With which other day to compare."""

    before = DateField(_("Compared with"), validators=[Optional()])
