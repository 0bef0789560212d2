"""Which rules of an invite list clash, and the smallest change that helps, in words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from crm.formats import number
from crm.invite_lists.building import Built
from crm.language import _, _n
from crm.network.plans import Rule
from crm.network.words import sector_within
from crm.regions import services as regions


def region_names(rules: Sequence[Rule]) -> dict[str, str]:
    """Return the names of the regions that rules speak of."""
    return regions.names_of(one.value for one in rules if one.what == "region")


def clash(built: Built) -> list[str]:
    """Return the rules that cannot be kept together, each as a sentence.

    Where a region has no organisation at all, that is said of all such regions at once: it is no
    matter of one rule against another.
    """
    names = region_names(built.plan_rules)
    if _about(built, built.answer.clashes):
        return [_nobody(built, names)]
    return [f"{_told(one, built, names)}{_scarce(one, built)}" for one in built.answer.clashes]


def relaxation(built: Built) -> list[str]:
    """Return the smallest change of the rules under which a list exists."""
    names = region_names(built.plan_rules)
    unknown = _about(built, [one for one, _count in built.answer.relaxation])
    said = [str(_("Add an organisation in each of them, or ask for nobody from there."))]
    return (said if unknown else []) + [
        str(_loosened(one, count, built, names))
        for one, count in built.answer.relaxation
        if one not in unknown
    ]


def _about(built: Built, codes: Sequence[str]) -> list[str]:
    """Return of some rules those that demand guests from where nobody is known."""
    return [
        code
        for code in codes
        if code.startswith("rule:")
        and built.plan_rules[int(code.split(":")[1])].value in built.unknown
    ]


def _nobody(built: Built, names: dict[str, str]) -> str:
    places = ", ".join(names.get(code, code).split(",")[0] for code in built.unknown)
    return str(
        _n(
            "In %(num)s region no organisation is known that could be invited: %(places)s.",
            "In %(num)s regions no organisation is known that could be invited: %(places)s.",
            len(built.unknown),
            places=places,
        )
    )


def _told(code: str, built: Built, names: dict[str, str]) -> Any:
    if found := _rule_of(code):
        index, side = found
        return rule_told(built.plan_rules[index], side, names)
    return {
        "capacity": _("The capacity"),
        "must": _("Who must be invited, or is on the guest list already"),
        "must_not": _("Whom never to invite"),
    }[code]


def _scarce(code: str, built: Built) -> str:
    """Return how many guests there are where a rule demands more than that."""
    found = _rule_of(code)
    if found is None or found[1] == "maximum":
        return ""
    available = built.available[found[0]]
    if available >= (built.plan_rules[found[0]].minimum or 0):
        return ""
    return " " + str(_("(only %(number)s may be invited)", number=number(available)))


def _loosened(code: str, count: int, built: Built, names: dict[str, str]) -> Any:
    """Return the change of one rule by so many guests."""
    if found := _rule_of(code):
        old, side = built.plan_rules[found[0]], found[1]
        if side == "maximum":
            new = replace(old, maximum=(old.maximum or 0) + count)
        else:
            new = replace(old, minimum=(old.minimum or 0) - count)
            if not new.minimum:
                return _("%(rule)s: ask for nobody", rule=rule_told(old, side, names))
        return _("%(new)s, not %(old)s", new=rule_told(new, side, names), old=getattr(old, side))
    if code == "capacity":
        more = built.rules.capacity + count
        return _("Capacity: %(new)s, not %(old)s", new=number(more), old=number(more - count))
    if code == "must":
        return _n(
            "Do without %(num)s guest of those who must be invited or are on the guest list",
            "Do without %(num)s guests of those who must be invited or are on the guest list",
            count,
        )
    return _n(
        "Allow %(num)s guest of those whom never to invite",
        "Allow %(num)s guests of those whom never to invite",
        count,
    )


def _rule_of(code: str) -> tuple[int, str] | None:
    """Return the place of the rule of a sector or region that a code means, and its side."""
    kind, _colon, rest = code.partition(":")
    if kind != "rule":
        return None
    index, _colon, side = rest.partition(":")
    return int(index), side


def rule_told(rule: Rule, side: str, names: dict[str, str]) -> Any:
    """Return one bound of a sector or region in words."""
    whom = sector_within(rule.value) if rule.what == "sector" else names.get(rule.value, rule.value)
    if side == "maximum":
        return _("At most %(number)s from %(whom)s", number=rule.maximum, whom=whom)
    return _("At least %(number)s from %(whom)s", number=rule.minimum, whom=whom)
