"""The map as a table, for those who cannot use a map."""

from typing import Any

from crm.language import _
from crm.network.map_data import label, region
from crm.network.map_drawing import Drawing
from crm.network.words import LAYER_NAMES, SECTOR_NAMES
from graphs.draw import strongest_layer

Rows = tuple[list[str], list[list[Any]]]


def nodes(drawing: Drawing) -> Rows:
    """Return headings and rows of the organisations (or groups) that the map shows."""
    headings = [_("Organisation"), _("Sector"), _("Region"), _("Ties"), _("Number")]
    degree = dict(drawing.graph.degree())
    rows = [
        [
            label(drawing, node),
            str(SECTOR_NAMES[data["sector"]]),
            region(drawing, data),
            degree[node],
            node if isinstance(node, int) else "",
        ]
        for node, data in drawing.graph.nodes(data=True)
    ]
    rows.sort(key=lambda row: (-row[3], row[0]))
    return [str(one) for one in headings], rows


def ties(drawing: Drawing) -> Rows:
    """Return headings and rows of the ties that the map shows, strongest first."""
    headings = [_("Organisation"), _("and"), _("Kind of tie"), _("Strength")]
    rows = [
        [
            label(drawing, one),
            label(drawing, other),
            str(LAYER_NAMES[strongest_layer(data["layers"])]),
            round(data["strength"], 3),
        ]
        for one, other, data in drawing.graph.edges(data=True)
    ]
    rows.sort(key=lambda row: (-row[3], row[0], row[1]))
    return [str(one) for one in headings], rows
