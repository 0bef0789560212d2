"""The organiser's rules as a form."""

from typing import Any

from wtforms import FieldList, FormField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from crm.fields import Between, optional
from crm.forms import Form, RecordForm
from crm.invite_lists.rules import Bounds, Rules
from crm.language import _
from crm.stakeholders.fields import OrganisationsField
from crm.stakeholders.models import Sector

EMPTY_ROWS = 3


def _count(label: Any) -> Any:
    return IntegerField(label, validators=[Optional(), Between(0, 10_000)])


class RegionBounds(Form):
    """The least and most guests of one region."""

    code = SelectField(_("Region"), coerce=optional(str), validators=[Optional()])
    minimum = _count(_("At least"))
    maximum = _count(_("At most"))


class SectorBounds(Form):
    """The least and most guests of one sector."""

    minimum = _count(_("At least"))
    maximum = _count(_("At most"))


class RulesForm(RecordForm):
    """Everything an organiser decides about an invite list."""

    capacity = IntegerField(_("Capacity"), validators=[InputRequired(), Between(1, 10_000)])
    region = SelectField(
        _("Candidates from"),
        coerce=optional(str),
        validators=[Optional()],
        description=_("This region and below it, its province, and the whole country."),
    )
    each_district = _count(_("From every kabupaten/kota at least"))
    opd = FormField(SectorBounds)
    university = FormField(SectorBounds)
    community = FormField(SectorBounds)
    ngo_csr = FormField(SectorBounds)
    business = FormField(SectorBounds)
    media = FormField(SectorBounds)
    regions = FieldList(FormField(RegionBounds), min_entries=EMPTY_ROWS, max_entries=50)
    must = OrganisationsField(_("Must be invited"))
    never = OrganisationsField(_("Never invite"))
    tag = SelectField(
        _("Only with the tag"),
        coerce=optional(str),
        validators=[Optional()],
        description=_("For example universities with an engineering faculty."),
    )
    tag_sectors = SelectMultipleField(
        _("… of these sectors"),
        choices=lambda: [],
        validators=[Optional()],
        description=_("Other sectors are not narrowed down. Empty: all sectors are."),
    )

    @property
    def rules(self) -> Rules:
        """What was typed, as rules."""
        return Rules(
            capacity=self.capacity.data or 0,
            region=self.region.data,
            each_district=self.each_district.data or None,
            sectors=tuple(
                Bounds(sector.value, field.minimum.data, field.maximum.data)
                for sector in Sector
                if (field := self[sector.value]).minimum.data is not None
                or field.maximum.data is not None
            ),
            regions=tuple(
                Bounds(row.code.data, row.minimum.data, row.maximum.data)
                for row in self.regions
                if row.code.data
            ),
            must=tuple(self.must.data or ()),
            never=tuple(self.never.data or ()),
            tag=self.tag.data,
            tag_sectors=tuple(self.tag_sectors.data or ()),
        )


def as_form(rules: Rules) -> dict[str, Any]:
    """Return what the form shows of rules."""
    sectors = {one.value: {"minimum": one.minimum, "maximum": one.maximum} for one in rules.sectors}
    regions = [
        {"code": one.value, "minimum": one.minimum, "maximum": one.maximum} for one in rules.regions
    ]
    return {
        "capacity": rules.capacity,
        "region": rules.region,
        "each_district": rules.each_district,
        "regions": [*regions, *({} for _row in range(EMPTY_ROWS))],
        "must": list(rules.must),
        "never": list(rules.never),
        "tag": rules.tag,
        "tag_sectors": list(rules.tag_sectors),
    } | sectors
