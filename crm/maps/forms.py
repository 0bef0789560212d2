"""The filters of the map: the same for the page, its data, its table and its files."""

from collections.abc import Collection
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FloatField,
    IntegerField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import NumberRange, Optional

from crm.fields import optional
from crm.forms import Form
from crm.language import _
from crm.network.words import LAYER_NAMES, figure
from crm.stakeholders.fields import OrganisationField
from crm.stakeholders.models import Sector
from crm.words import choices

SIZE_NAMES = {
    "degree": _("Number of partners"),
    "betweenness": _("Betweenness: how often it stands between others"),
    "exit": _("What falls apart without it"),
    "influence": _("Influence"),
    "same": _("All the same"),
}


class MapFilters(Form):
    """What the map shows."""

    sector = SelectMultipleField(
        _("Sectors"), choices=lambda: choices(Sector), validators=[Optional()]
    )
    region = SelectField(_("Region"), coerce=optional(str), validators=[Optional()])
    layer = SelectMultipleField(
        _("Kinds of tie"), choices=lambda: list(LAYER_NAMES.items()), validators=[Optional()]
    )
    strength = FloatField(_("Minimum strength"), validators=[Optional(), NumberRange(min=0)])
    focus = OrganisationField(_("Focus on"))
    steps = IntegerField(
        _("Steps around it"), validators=[Optional(), NumberRange(min=1, max=4)], default=1
    )
    size = SelectField(
        _("Size by"), choices=lambda: list(SIZE_NAMES.items()), validators=[Optional()]
    )
    weak = BooleanField(
        _("With weak ties"), description=_("of those who only sat in the same large meeting")
    )
    isolates = BooleanField(_("With organisations without a tie"))
    gaps = BooleanField(_("With suggested ties"))


def described(filters: MapFilters, without: Collection[str] = ()) -> list[tuple[Any, str]]:
    """Return the filters in use as (name, value), for chips, legends and pictures."""
    found = []
    for field in filters:
        if field.name in ("size", "steps", *without) or not field.data:
            continue
        value = field.data
        if field.type == "BooleanField":
            found.append((field.label.text, ""))
            continue
        if hasattr(field, "iter_choices"):
            labels = {str(one[0]): str(one[1]) for one in field.iter_choices()}
            chosen = value if isinstance(value, list) else [value]
            text = ", ".join(labels.get(str(one), str(one)) for one in chosen)
        else:
            text = figure(value) if isinstance(value, float) else str(value)
        if field.name == "focus":
            text = f"{text} (±{filters.steps.data or 1})"
        found.append((field.label.text, text))
    return found


class CompareForm(Form):
    """With which other day to compare."""

    before = DateField(_("Compared with"), validators=[Optional()])
