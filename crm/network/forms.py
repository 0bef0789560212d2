"""The question of the analysis pages."""

from wtforms import DateField, SelectField
from wtforms.validators import Optional

from crm.forms import Form
from crm.language import _
from crm.network.questions import WINDOWS


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
