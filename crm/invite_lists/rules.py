"""The organiser's rules: capacity, least and most, must and never, wishes, seats."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from crm.network.plans import SECTORS, Rule

PLUSES = (1, 10, 50)
"""How many points of severity a wish may be worth: decides between equals, a small gap, a severe
one."""
PLUS = 10
SECOND_GUESTS = (0, 25, 50)
"""Of a hundred parts of a gap, how much a second guest who closes it as well may add."""


@dataclass(frozen=True)
class Bounds:
    """The least and the most guests of one sector or region."""

    value: str
    """Code of a sector or region."""
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True)
class Rules:
    """Everything an organiser decides about an invite list."""

    capacity: int
    sectors: tuple[Bounds, ...] = ()
    regions: tuple[Bounds, ...] = ()
    each_district: int | None = None
    """At least so many guests from every kabupaten and kota of the event's region."""
    must: tuple[int, ...] = ()
    never: tuple[int, ...] = ()
    region: str | None = None
    """Candidates come from this region, from above it, and from the whole country."""
    tag: str | None = None
    """Of the sectors in ``tag_sectors`` only organisations with this tag."""
    tag_sectors: tuple[str, ...] = ()
    prefer: tuple[int, ...] = ()
    """Organisations that the organiser would like to see."""
    prefer_kinds: tuple[str, ...] = ()
    """Sectors, by code, and kinds, by id, of which the same is true."""
    plus: int = PLUS
    """What this wish is worth, in points of severity."""
    seats: int = 1
    """How many guests an organisation may send."""
    more_from: tuple[int, ...] = ()
    """Organisations that may send more than the others,"""
    more_seats: int | None = None
    """and how many."""
    second_guest: int = 0
    """How many percent of a gap a second guest adds who closes it as well."""

    chance: int | None = None
    """How likely a guest is to come of whom nothing is known, in percent; None: from experience."""
    chances: tuple[tuple[int, int], ...] = ()
    """Organisations of which the organiser knows better, each with percent."""

    def seats_of(self, organisation: int) -> int:
        """Return how many guests an organisation may send."""
        return self.more_seats or self.seats if organisation in self.more_from else self.seats

    def as_json(self) -> dict[str, Any]:
        """Return the rules as they are stored."""
        return asdict(self)


def from_json(stored: Mapping[str, Any]) -> Rules:
    """Return stored rules."""
    values = dict(stored)
    for name in ("sectors", "regions"):
        values[name] = tuple(Bounds(**one) for one in values.get(name, ()))
    for name in ("must", "never", "tag_sectors", "prefer", "prefer_kinds", "more_from"):
        values[name] = tuple(values.get(name, ()))
    values["chances"] = tuple((one, percent) for one, percent in values.get("chances", ()))
    return Rules(**values)


def as_plan(rules: Rules, districts: list[str]) -> list[Rule]:
    """Return the rules as the plan takes them; what bounds nothing is left out."""
    sectors = [
        Rule("sector", one.value, one.minimum, one.maximum)
        for one in rules.sectors
        if one.value in SECTORS
    ]
    regions = [Rule("region", one.value, one.minimum, one.maximum) for one in rules.regions]
    named = {one.value for one in rules.regions}
    if rules.each_district:
        regions += [
            Rule("region", code, rules.each_district) for code in districts if code not in named
        ]
    return [one for one in [*sectors, *regions] if (one.minimum, one.maximum) != (None, None)]
