"""What a visitor is told of a map: nothing that leads inside, and no names where those are hidden.

It is put together from what may be told, never by taking away from what the team sees: a part that
the team's map gains one day does not reach visitors by itself.
"""

from collections import Counter
from typing import Any

from crm.formats import day, number
from crm.language import _
from crm.maps import telling
from crm.maps.drawing import Drawing
from crm.network.words import SECTOR_NAMES
from crm.sectors import SECTORS

PLACED = ("x", "y", "shape", "size")
DRAWN = ("layer", "width", "opacity", "dashes")


def of(drawing: Drawing, title: str, *, names_hidden: bool) -> dict[str, Any]:
    """Return everything that a visitor's browser draws and writes."""
    model = telling.drawn(drawing)
    # By sector and place on the picture: neither order nor number says anything of our records.
    model["nodes"].sort(key=lambda one: (_sector(drawing, one), -one["size"], one["x"], one["y"]))
    numbers = {node["id"]: at for at, node in enumerate(model["nodes"], start=1)}
    named = _numbered(drawing, model) if names_hidden else {}
    return {
        "nodes": [_node(drawing, node, numbers, named) for node in model["nodes"]],
        "edges": _edges(model, numbers),
        "title": title,
        "heads": heads(drawing),
        "feet": feet(drawing, names_hidden=names_hidden),
        "file": f"sinergi-{drawing.question.on}.png",
        "legend": telling.legend(drawing),
        "layers": telling.LAYER_LOOKS,
        "grouped": drawing.grouped,
        "selected": numbers.get(drawing.selected),
        "nothing": telling.nothing(drawing),
    }


def heads(drawing: Drawing) -> list[str]:
    """Return the lines under the title: it is anybody's, so the day stands here."""
    return [day(drawing.question.on), *telling.heads(drawing)]


def feet(drawing: Drawing, *, names_hidden: bool) -> list[str]:
    """Return the lines under the picture: where it comes from, and what it does not show."""
    hidden = [str(_("Names are hidden: each sector is numbered by itself."))]
    return telling.feet(drawing) + (hidden if names_hidden else [])


def _sector(drawing: Drawing, node: dict[str, Any]) -> int:
    return list(SECTOR_NAMES).index(drawing.graph.nodes[node["id"]]["sector"])


def _numbered(drawing: Drawing, model: dict[str, Any]) -> dict[Any, str]:
    """Return what each node is called where names are hidden: its sector and a number."""
    seen: Counter[str] = Counter()
    named = {}
    for node in model["nodes"]:
        data = drawing.graph.nodes[node["id"]]
        seen[data["sector"]] += 1
        named[node["id"]] = f"{SECTOR_NAMES[data['sector']]} {seen[data['sector']]}"
        if "size" in data:
            named[node["id"]] += f" ({number(data['size'])})"
    return named


def _node(
    drawing: Drawing, node: dict[str, Any], numbers: dict[Any, int], named: dict[Any, str]
) -> dict[str, Any]:
    one = node["id"]
    data = drawing.graph.nodes[one]
    look, sector = SECTORS[data["sector"]], str(SECTOR_NAMES[data["sector"]])
    told = {
        "id": numbers[one],
        "label": named.get(one, node["label"]),
        "colour": look.light,
        "colourDark": look.dark,
        **{part: node[part] for part in PLACED},
    }
    if named:
        return told | {"facts": [named[one]]}
    short = {"short": node["short"]} if "short" in node else {}
    facts = [telling.label(drawing, one), sector, telling.region(drawing, data)]
    return told | short | {"facts": facts}


def _edges(model: dict[str, Any], numbers: dict[Any, int]) -> list[dict[str, Any]]:
    told = []
    for edge in model["edges"]:
        one, other = sorted((numbers[edge["from"]], numbers[edge["to"]]))
        told.append({"from": one, "to": other, **{part: edge[part] for part in DRAWN}})
    told.sort(key=lambda edge: (edge["from"], edge["to"]))
    return [{"id": at, **edge} for at, edge in enumerate(told)]
