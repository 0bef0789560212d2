"""What an address asks of the map: its filters, the selection they mean, and the drawing."""

from datetime import datetime
from typing import Any

from crm.fields import ANY
from crm.language import _
from crm.maps.drawing import Drawing, draw
from crm.maps.forms import MapFilters, described
from crm.network.models import Analysis
from crm.network.questions import Question
from crm.network.selection import Selection
from crm.regions import services as regions
from crm.stakeholders import choices

Args = Any
"""The parameters of an address, of which there may be several of a name."""


def filters(args: Args) -> MapFilters:
    """Return the filters that an address sets; what does not fit is as if it were not said."""
    found = MapFilters(args)
    found.region.choices = regions.choices(ANY)
    found.focus.choose_from(choices.Organisations(), _("Nobody in particular"))
    found.drop_invalid()
    return found


def selection(chosen: MapFilters, args: Args) -> Selection:
    """Return the part of the network that the filters leave, and the groups that are opened."""
    return Selection(
        sectors=frozenset(chosen.sector.data or ()),
        region=chosen.region.data,
        layers=frozenset(chosen.layer.data or ()),
        strength=chosen.strength.data or 0.0,
        focus=chosen.focus.data,
        steps=chosen.steps.data or 1,
        weak=bool(chosen.weak.data),
        isolates=bool(chosen.isolates.data),
        opened=frozenset(args.getlist("open")),
    )


def kept(chosen: MapFilters, args: Args) -> dict[str, list[str]]:
    """Return the parameters that mean these filters, and no others: what was typed is resolved."""
    found = {}
    for field in chosen:
        if field.type == "BooleanField":
            values = ["y"] if field.data else []
        elif isinstance(field.data, list):
            values = [str(one) for one in field.data]
        else:
            values = [] if field.data is None else [str(field.data)]
        if values:
            found[field.name] = values
    if opened := args.getlist("open"):
        found["open"] = opened
    return found


def drawing(
    question: Question,
    analysis: Analysis | None,
    chosen: MapFilters,
    args: Args,
    now: datetime,
) -> Drawing:
    """Return the map that an address asks for."""
    return draw(
        question,
        analysis,
        selection(chosen, args),
        size=chosen.size.data or "degree",
        with_gaps=bool(chosen.gaps.data),
        described=described(chosen),
        finding=args.get("finding", ""),
        now=now,
    )
