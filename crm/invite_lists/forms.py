"""The organiser's rules as a form."""

from typing import Any

from wtforms import (
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, Optional

from crm.addresses import whole
from crm.fields import Between, optional
from crm.forms import Form, RecordForm
from crm.invite_lists.rules import PLUS, PLUSES, SECOND_GUESTS, Bounds, Rules
from crm.language import _
from crm.stakeholders.fields import OrganisationsField
from crm.stakeholders.models import Sector

EMPTY_ROWS = 3

PLUS_WORDS = {
    1: _("a little: it decides between equals (1 point)"),
    10: _("clearly: as much as a small gap (10 points)"),
    50: _("strongly: as much as a severe gap (50 points)"),
}
SECOND_WORDS = {
    0: _("adds nothing: the gap has its guest"),
    25: _("adds a quarter of it"),
    50: _("adds half of it"),
}


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
    prefer = OrganisationsField(
        _("Preferred"),
        description=_("They come where they are worth it; who must come stands above."),
    )
    prefer_kinds = SelectMultipleField(
        _("Preferred sectors and kinds"), choices=lambda: [], validators=[Optional()]
    )
    plus = SelectField(
        _("How much a preference counts"),
        choices=[(one, PLUS_WORDS[one]) for one in PLUSES],
        coerce=int,
        default=PLUS,
    )
    seats = IntegerField(
        _("Guests an organisation may send"),
        validators=[Optional(), Between(1, 10_000)],
        default=1,
    )
    more_from = OrganisationsField(_("These may send more"))
    more_seats = IntegerField(_("… namely at most"), validators=[Optional(), Between(1, 10_000)])
    second_guest = SelectField(
        _("A second guest for the same gap"),
        choices=[(one, SECOND_WORDS[one]) for one in SECOND_GUESTS],
        coerce=int,
        default=0,
    )
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
            prefer=tuple(self.prefer.data or ()),
            prefer_kinds=tuple(self.prefer_kinds.data or ()),
            plus=self.plus.data,
            seats=self.seats.data or 1,
            more_from=tuple(self.more_from.data or ()),
            more_seats=self.more_seats.data,
            second_guest=self.second_guest.data,
        )


class GuestChance(Form):
    """What the organiser knows about the chance of one organisation to come."""

    organisation = HiddenField()
    percent = IntegerField(_("Chance"), validators=[Optional(), Between(0, 100)])


class ChancesForm(RecordForm):
    """How likely guests are to come."""

    chance = IntegerField(
        _("Chance of guests of whom nothing is known, in percent"),
        validators=[Optional(), Between(0, 100)],
        description=_("Empty: as it usually was, over all invitations."),
    )
    guests = FieldList(FormField(GuestChance), max_entries=10_000)

    def of(self, organisation: int) -> Any:
        """Return the row of one organisation, if the form has one."""
        return next((one for one in self.guests if _id(one) == organisation), None)

    @property
    def chances(self) -> dict[int, int | None]:
        """What was typed, in percent by organisation; None: its field was left empty."""
        return {
            organisation: row.form.percent.data for row in self.guests if (organisation := _id(row))
        }


def _id(row: Any) -> int | None:
    return whole(str(row.form.organisation.data))


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
        "prefer": list(rules.prefer),
        "prefer_kinds": list(rules.prefer_kinds),
        "plus": rules.plus,
        "seats": rules.seats,
        "more_from": list(rules.more_from),
        "more_seats": rules.more_seats,
        "second_guest": rules.second_guest,
    } | sectors
