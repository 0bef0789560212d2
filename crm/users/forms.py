"""What a user may type about accounts. Only shapes are checked here, never the database."""

from typing import Any

from wtforms import (
    EmailField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import DataRequired, Email, EqualTo, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from crm.fields import ANY, optional
from crm.forms import Form, RecordForm
from crm.language import LANGUAGES, _
from crm.users.models import RoleName
from crm.users.passwords import LONGEST, SHORTEST
from crm.users.words import DUTIES
from crm.words import choices, label

_NAME = [DataRequired(), Length(max=200)]


def _role_choices() -> list[tuple[str, Any]]:
    return [(role.value, f"{label(role)}: {DUTIES[role]}") for role in RoleName]


class UserForm(RecordForm):
    """Who somebody is, what they may do and where."""

    name = StringField(_("Name"), validators=_NAME)
    email = EmailField(
        _("E-mail address"),
        validators=[DataRequired(), Length(max=255), Email(_("This is not an e-mail address."))],
        description=_("With it the user signs in."),
    )
    roles = SelectMultipleField(
        _("Roles"),
        choices=_role_choices,
        coerce=RoleName,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_("Several may be chosen. Whoever signs in may view."),
    )
    regions = SelectMultipleField(
        _("Edits only in these regions"),
        description=_("Leave empty for everywhere. A province includes its districts."),
        validators=[Optional()],
    )


class UserFilters(Form):
    """What narrows the list of users."""

    role = SelectField(_("Role"), choices=lambda: choices(RoleName, ANY), coerce=optional(RoleName))
    state = SelectField(
        _("State"),
        choices=[("", ANY), ("active", _("Active")), ("disabled", _("Disabled"))],
    )


class ProfileForm(Form):
    """What users may change about themselves."""

    name = StringField(_("Name"), validators=_NAME, render_kw={"autocomplete": "name"})
    language = SelectField(_("Language"), choices=list(LANGUAGES.items()))


class PasswordForm(Form):
    """The password one has, and the one that shall follow."""

    present = PasswordField(
        _("Present password"),
        validators=[DataRequired(), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        _("New password"),
        validators=[DataRequired(), Length(min=SHORTEST, max=LONGEST)],
        description=_(
            "At least %(length)d characters. A few words are easier to keep than signs.",
            length=SHORTEST,
        ),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("New password, once more"),
        validators=[DataRequired(), EqualTo("password", _("The two passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )
