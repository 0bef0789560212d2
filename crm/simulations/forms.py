"""Who leaves, and how a scenario is kept."""

from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from crm.addresses import record_id
from crm.forms import Form, RecordForm
from crm.language import _
from crm.network.forms import window_choices
from crm.simulations.leaving import Leaving, leaving
from crm.stakeholders.fields import OrganisationsField


class LeavingForm(Form):
    """Who leaves."""

    organisation = OrganisationsField(_("Organisations"))
    position = SelectMultipleField(
        _("Posts"),
        coerce=record_id,
        validators=[Optional()],
        description=_(
            "Whoever holds the post leaves it: the meetings that this person came to no longer "
            "tie the organisation. Posts are listed whose holder came to an event."
        ),
    )
    programme = SelectMultipleField(_("Programmes"), coerce=record_id, validators=[Optional()])
    ever = BooleanField(
        _("As if the programmes had never been"),
        description=_(
            "Without this they end on the day: what was held or given before stays. With it that "
            "goes too, and shows how much of the network is owed to them."
        ),
    )

    def drop_invalid(self) -> dict[str, tuple[str, Any]]:
        """Forget what does not fit, but say of a typed name that it was not understood."""
        chosen = list(self.organisation.data or ())
        doubts = list(self.organisation.process_errors)
        dropped = super().drop_invalid()
        if doubts:
            self.organisation.data, self.organisation.errors = chosen, doubts
        return dropped

    @property
    def leaving(self) -> Leaving:
        """Who was ticked."""
        return leaving(
            self.organisation.data, self.position.data, self.programme.data, bool(self.ever.data)
        )


class ScenarioForm(RecordForm):
    """What it takes to keep a scenario."""

    title = StringField(_("Title"), validators=[DataRequired(), Length(max=200)])
    about = TextAreaField(_("About"), validators=[Length(max=10_000)])
    on = DateField(_("On the day"), format=["%Y-%m-%d", "%d/%m/%Y"], validators=[InputRequired()])
    window = SelectField(
        _("Events of the last"),
        choices=window_choices,
        validators=[InputRequired()],
        # Another window may stand in an address; the service refuses what is none.
        validate_choice=False,
    )
    organisation = OrganisationsField(_("Organisations"))
    position = SelectMultipleField(_("Posts"), coerce=record_id, validators=[Optional()])
    programme = SelectMultipleField(_("Programmes"), coerce=record_id, validators=[Optional()])
    ever = BooleanField(_("As if the programmes had never been"))


class ScenarioFilters(Form):
    """How the list of scenarios is narrowed down."""

    archived = BooleanField(_("Archived only"))


class CompareForm(Form):
    """Which two scenarios stand beside each other."""

    a = SelectField(_("First scenario"), coerce=record_id, validators=[Optional()])
    b = SelectField(_("Second scenario"), coerce=record_id, validators=[Optional()])
