"""What a user says about a map that others may see."""

from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from crm.forms import Form
from crm.language import _


class ShareForm(Form):
    """What it takes to share a map."""

    title = StringField(
        _("Title"),
        validators=[DataRequired(), Length(max=200)],
        description=_("Whoever has the link reads it above the map."),
    )
    days = IntegerField(
        _("Open for so many days"),
        validators=[InputRequired(), NumberRange(min=1, max=365)],
        description=_("At most 365. You can withdraw it earlier."),
    )
    names_hidden = BooleanField(
        _("Hide the names"),
        description=_(
            "Organisations appear as “Business 3”: sector and number. Whoever knows your region "
            "well may still recognise one by its place in the network."
        ),
    )
