"""From which figures a number follows: one or two sentences beside its definition."""

from collections.abc import Mapping
from typing import Any

from crm.formats import number, percent
from crm.language import _
from crm.network.headcount import Headcount
from crm.network.words import PART_NAMES, sector_within

Inputs = dict[str, list[Any]]
"""By the name of a measure, as crm.help.explained has it."""


def of_network(count: Headcount) -> Inputs:
    """Return what the counts of the network are made of."""
    engaged = _(
        "%(tied)s with a working tie and %(seen)s seen at events only are %(all)s of the %(known)s "
        "that are known.",
        tied=number(count.tied),
        seen=number(count.seen),
        all=number(count.tied + count.seen),
        known=number(count.organisations),
    )
    return {"at-work": [engaged]}


def of_index(index: Mapping[str, Any] | None) -> Inputs:
    """Return how the parts of an index make the whole."""
    if not index or index["value"] is None:
        return {}
    parts = " + ".join(number(index[part], 2) for part in PART_NAMES)
    return {"index": [f"({parts}) ÷ 4 × 100 = {number(index['value'])}"]}


def of_organisation(measured: Mapping[str, Any], numbers: Mapping[str, Any]) -> Inputs:
    """Return what the figures of an organisation are made of; those that are not defined have none.

    :param measured: its stored figures
    :param numbers: those of the network as a whole
    """
    found: Inputs = {
        "core": [_("The core of the whole network is %(core)s.", core=number(numbers["core"]))]
    }
    # Results that were stored before these were counted do not have them.
    if partners := measured.get("partners"):
        sectors = sorted(partners, key=lambda one: (-partners[one], one))
        listed = ", ".join(f"{sector_within(one)} {number(partners[one])}" for one in sectors)
        found["partners"] = [_("By sector: %(sectors)s.", sectors=listed)]
    if measured["betweenness"] is not None:
        found["betweenness"] = [
            _(
                "%(share)s of all shortest ways between two others lead through it.",
                share=percent(100 * measured["betweenness"]),
            )
        ]
    if measured["effective_size"] is not None:
        sizes = _(
            "%(partners)s partners, effective size %(size)s.",
            partners=number(measured["degree"]),
            size=number(measured["effective_size"], 1),
        )
        found["constraint"] = found["effective-size"] = [sizes]
    if measured["exit"] is not None and numbers["fragmentation"] is not None:
        found["exit"] = [
            _(
                "Of all pairs %(now)s cannot reach each other on this day; without it, of those "
                "that stay, %(then)s.",
                now=percent(100 * numbers["fragmentation"]),
                then=percent(100 * (numbers["fragmentation"] + measured["exit"])),
            )
        ]
    return found
