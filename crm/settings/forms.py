"""The form of the settings of the analysis."""

from typing import Any

from wtforms import IntegerField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from crm.fields import Between, NumberField
from crm.forms import RecordForm
from crm.language import _
from crm.network.words import SECTOR_NAMES


def _sectors(label: Any) -> Any:
    return SelectMultipleField(
        label,
        choices=lambda: list(SECTOR_NAMES.items()),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def _whole(label: Any, least: int, most: int, description: Any = "") -> Any:
    return IntegerField(
        label, validators=[InputRequired(), Between(least, most)], description=description
    )


def _number(label: Any, least: float, most: float, description: Any = "") -> Any:
    return NumberField(
        label,
        places=None,
        validators=[InputRequired(), Between(least, most)],
        description=description,
    )


class SettingsForm(RecordForm):
    """Everything that can be set, by the names of crm.network.settings."""

    wanted_province = _sectors(_("Wanted in a province"))
    wanted_district = _sectors(_("Wanted in a kabupaten or kota"))
    broker_rise = _number(
        _("Everything hangs on one organisation: rise"),
        0.001,
        1,
        _("From which rise of the share of pairs that lose each other; 0.05 is one pair in 20."),
    )
    bridge_side = _whole(
        _("One tie between two parts: smaller side"), 1, 1000, _("Organisations, at least.")
    )
    contact_encounters = _whole(
        _("One person as the only contact: encounters"), 1, 100, _("At least, in two years.")
    )
    fading_days = _whole(_("Tie that falls silent: days"), 1, 3650, _("Since the last contact."))
    fading_share = _whole(
        _("Tie that falls silent: share in per cent"),
        1,
        100,
        _("Of the strength of all ties of one of the two, at least."),
    )
    expiring_days = _whole(_("Agreement that ends soon: days"), 1, 3650, _("Before its end."))
    dependence_share = _whole(
        _("Region that hangs on an ending programme: share in per cent"),
        1,
        100,
        _("Of its ties, promises or money, at least."),
    )
    dependence_days = _whole(
        _("Region that hangs on an ending programme: days"), 1, 3650, _("Before its end.")
    )
    invited_days = _whole(
        _("Needed, but not invited: days"), 1, 3650, _("Since the last invitation.")
    )
    inward_least = _whole(
        _("Sector that keeps to itself: organisations"),
        2,
        1000,
        _("With a tie, of the sector and of the others, at least: fewer are no proof of anything."),
    )
    weight_agreement = _number(_("Agreement"), 0, 100)
    weight_support = _number(_("Support"), 0, 100)
    weight_team = _number(_("Same team"), 0, 100)
    weight_attendance = _number(_("Met at events"), 0, 100)
    working_attendance = _number(
        _("Meetings alone make a working tie from"),
        0.001,
        100,
        _("A visit of two on the day itself weighs 1, shared by those present, less the older."),
    )
    half_life_days = _whole(
        _("A meeting weighs half after days"), 1, 36_500, _("In a view of all years nothing ages.")
    )


GROUPS = (
    (_("Wanted sectors"), ("wanted_province", "wanted_district")),
    (
        _("From where on a gap stands"),
        (
            "broker_rise", "bridge_side", "contact_encounters", "fading_days", "fading_share",
            "expiring_days", "dependence_share", "dependence_days", "invited_days", "inward_least",
        ),
    ),
    (
        _("What a tie weighs"),
        (
            "weight_agreement", "weight_support", "weight_team", "weight_attendance",
            "working_attendance", "half_life_days",
        ),
    ),
)  # fmt: skip
"""The fields as the page groups them."""
