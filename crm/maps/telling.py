"""What the map says: nodes, ties, legend and captions, in the language of the reader."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import url_for

from crm.addresses import with_parameters
from crm.formats import day, number
from crm.language import _
from crm.maps.drawing import Drawing
from crm.network.words import LAYER_NAMES, SECTOR_NAMES
from crm.sectors import SECTORS
from graphs import draw

LAYER_LOOKS: dict[str, dict[str, Any]] = {
    "agreement": {"colour": "#0f766e", "colourDark": "#2dd4bf", "dashes": False},
    "support": {"colour": "#b45309", "colourDark": "#fbbf24", "dashes": False},
    "attendance": {"colour": "#94a3b8", "colourDark": "#94a3b8", "dashes": False},
    "team": {"colour": "#7c3aed", "colourDark": "#c4b5fd", "dashes": False},
    "suggested": {"colour": "#dc2626", "colourDark": "#f87171", "dashes": True},
}

SMALLEST, SMALLER = 8.0, 0.7
"""Squares and hexagons reach further than their radius: drawn smaller, neighbours do not touch."""


def of(drawing: Drawing, args: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything that the browser draws and writes.

    :param args: the parameters of the page, kept by the links of the nodes
    """
    model = drawn(drawing)
    around = _around(args)
    for node in model["nodes"]:
        node |= _look(drawing, node["id"]) | _links(drawing, node["id"], args, around)
        if node["id"] in drawing.also:
            node["also"] = drawing.also[node["id"]]
    for at, edge in enumerate(model["edges"]):
        edge["id"] = at
    return model | {
        "title": drawing.title,
        "heads": heads(drawing),
        "feet": feet(drawing),
        "file": f"sinergi-{drawing.question.on}.png",
        "legend": legend(drawing),
        "layers": LAYER_LOOKS,
        "grouped": drawing.grouped,
        "selected": drawing.selected,
        "nothing": nothing(drawing),
    }


def drawn(drawing: Drawing) -> dict[str, Any]:
    """Return nodes and edges as they are drawn: pyvis' model of the picture as plain values."""
    model = draw.data(_picture(drawing))
    for node in model["nodes"]:
        node["size"] = round(SMALLEST + (node["size"] - SMALLEST) * SMALLER, 2)
        if node["id"] not in drawing.labels:
            node["short"] = _short(drawing, node["id"])
    return model


def _picture(drawing: Drawing) -> Any:
    sectors = {node: data["sector"] for node, data in drawing.graph.nodes(data=True)}
    return draw.picture(
        drawing.graph,
        drawing.positions,
        labels={node: drawing.labels.get(node) or label(drawing, node) for node in drawing.graph},
        colours={node: SECTORS[sector].light for node, sector in sectors.items()},
        shapes={node: SECTORS[sector].shape for node, sector in sectors.items()},
        sizes=drawing.sizes,
        suggested=drawing.suggested,
    )


def label(drawing: Drawing, node: Any) -> str:
    """Return the full name of a node, or what a group is a group of."""
    if node in drawing.names:
        return drawing.names[node]
    data = drawing.graph.nodes[node]
    sector = SECTOR_NAMES[data["sector"]]
    return f"{sector} · {region(drawing, data)} ({number(data.get('size', 1))})"


def _short(drawing: Drawing, node: Any) -> str:
    """Return what fits beside a group: its shape says which sector it is."""
    data = drawing.graph.nodes[node]
    return f"{region(drawing, data)} ({number(data.get('size', 1))})"


def region(drawing: Drawing, data: Mapping[str, Any]) -> str:
    """Return the name of a node's region."""
    code = data.get("region")
    return drawing.regions.get(code, code) if code else str(_("All of Indonesia"))


def heads(drawing: Drawing) -> list[str]:
    """Return the lines under the title: window, filters, counts."""
    first = drawing.question.first
    window = (
        _("Events since %(first)s count.", first=day(first))
        if first
        else _("Events of all years count.")
    )
    filters = "; ".join(
        f"{name}: {value}" if value else str(name) for name, value in drawing.described
    )
    return [
        str(window),
        str(_("Filter: %(filters)s", filters=filters or _("none"))),
        _counts(drawing),
        *_inside(drawing),
    ]


def _counts(drawing: Drawing) -> str:
    """Return how much is shown, in the words of the dashboard."""
    told = {
        "organisations": number(drawing.organisations),
        "ties": number(drawing.ties),
        "working": number(drawing.working_ties),
    }
    if drawing.selection.weak:
        return str(
            _(
                "Organisations: %(organisations)s. Ties: %(ties)s, of which working: %(working)s.",
                **told,
            )
        )
    return str(_("Organisations: %(organisations)s. Working ties: %(ties)s.", **told))


def _inside(drawing: Drawing) -> list[str]:
    """Say of a map of groups how many ties no line stands for: the legend counts lines."""
    inside = drawing.inside
    if not inside:
        return []
    return [str(_("%(ties)s of them join members of one group.", ties=number(inside)))]


def nothing(drawing: Drawing) -> str:
    """Return why the map is empty, and what to do; nothing where it is not."""
    if drawing.graph:
        return ""
    if drawing.described:
        return str(_("No organisation fits these filters."))
    return str(_("No working tie is known on this day. Choose another day, or a longer window."))


def feet(drawing: Drawing) -> list[str]:
    """Return the lines under the picture: where it comes from."""
    return [
        str(
            _(
                "Source: Sinergi, records of the synergy team as of %(day)s. Position and "
                "distance carry no meaning of their own.",
                day=day(drawing.question.on),
            )
        )
    ]


def legend(drawing: Drawing) -> list[dict[str, Any]]:
    """Return what colours, shapes and lines mean, with how many of each are shown."""
    graph = drawing.graph
    sectors: Counter[str] = Counter()
    for _node, data in graph.nodes(data=True):
        sectors[data["sector"]] += data.get("size", 1)
    layers: Counter[str] = Counter()
    for *_pair, data in graph.edges(data=True):
        layers[draw.strongest_layer(data["layers"])] += data.get("ties", 1)
    layers["suggested"] = len(drawing.suggested)
    rows = [
        {
            "name": str(name),
            "count": number(sectors[code]),
            "colour": SECTORS[code].light,
            "colourDark": SECTORS[code].dark,
            "shape": SECTORS[code].shape,
            "sector": code,
        }
        for code, name in SECTOR_NAMES.items()
        if sectors[code]
    ]
    named = {**LAYER_NAMES, "suggested": _("Suggested tie")}
    rows += [
        {"name": str(name), "count": number(layers[code]), "shape": "line"} | LAYER_LOOKS[code]
        for code, name in named.items()
        if layers[code]
    ]
    return rows


def _look(drawing: Drawing, node: Any) -> dict[str, str]:
    sector = drawing.graph.nodes[node]["sector"]
    return {"colour": SECTORS[sector].light, "colourDark": SECTORS[sector].dark}


def _around(args: Mapping[str, Any]) -> str:
    """Return the address of the map around an organisation, up to its id.

    Written once: with all its parameters for each of a thousand nodes it took half of the time.
    """
    kept = {name: value for name, value in args.items() if name not in ("focus", "open")}
    address = with_parameters("maps.show", kept)
    return f"{address}{'&' if kept else '?'}focus="


def _links(drawing: Drawing, node: Any, args: Mapping[str, Any], around: str) -> dict[str, str]:
    if not isinstance(node, int):
        opened = sorted({*drawing.selection.opened, str(node)})
        return {"open": with_parameters("maps.show", {**args, "open": opened})}
    asked = drawing.question.args
    panel = url_for("profiles.of_stakeholder", stakeholder_id=node)
    return {
        "panel": f"{panel}?named=y&on={asked['on']}&window={asked['window']}",
        "focus": f"{around}{node}",
    }
