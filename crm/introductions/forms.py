"""How a plan of introductions is asked for, and how a wish is added to it."""

from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, Optional

from crm.fields import Between, optional
from crm.forms import Form
from crm.introductions.wishes import MOST
from crm.language import _
from crm.stakeholders.fields import OrganisationField


class PlanForm(Form):
    """For which region, and how many."""

    region = SelectField(_("Region"), coerce=optional(str), validators=[Optional()])
    k = IntegerField(_("How many introductions"), validators=[Optional(), Between(1, MOST)])
    per_introducer = IntegerField(
        _("At most so many asked of one introducer"), validators=[Optional(), Between(1, MOST)]
    )


class RegionForm(Form):
    """For which region ties are planned."""

    region = SelectField(_("Region"), coerce=optional(str), validators=[Optional()])


class WishForm(Form):
    """One more wish: two who surely or never meet, or one who is not to be asked."""

    wish = SelectField(
        _("Wish"),
        choices=[
            ("must", _("These two surely")),
            ("never", _("Never these two")),
            ("not_through", _("Not through the first")),
            ("spared", _("Leave the first in peace")),
        ],
        validators=[InputRequired()],
    )
    first = OrganisationField(_("Organisation"), [InputRequired()])
    second = OrganisationField(_("and"))

    @property
    def is_about_two(self) -> bool:
        """Whether the wish needs a second organisation."""
        return self.wish.data in ("must", "never")
