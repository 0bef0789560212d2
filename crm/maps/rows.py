"""The map as a table, for those who cannot use a map."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from crm.addresses import whole
from crm.language import _
from crm.maps.drawing import Drawing
from crm.maps.telling import label, region
from crm.network.words import LAYER_NAMES, SECTOR_NAMES
from graphs.draw import strongest_layer

PER_PAGE = 100

Rows = tuple[list[str], list[list[Any]]]


@dataclass(frozen=True)
class Name:
    """The name of an organisation, or of a group of them, which has no page of its own."""

    text: str
    id: int | None


@dataclass(frozen=True)
class Sheet:
    """One page of such a table."""

    headings: list[str]
    rows: list[list[Any]]
    total: int
    page: int
    pages: int


def sheet(rows: Rows, asked: str) -> Sheet:
    """Return the page that was asked for, or the last one there is."""
    headings, body = rows
    pages = max(ceil(len(body) / PER_PAGE), 1)
    page = min(whole(asked) or 1, pages)
    return Sheet(headings, body[(page - 1) * PER_PAGE : page * PER_PAGE], len(body), page, pages)


def nodes(drawing: Drawing) -> Rows:
    """Return headings and rows of the organisations (or groups) that the map shows."""
    headings = [_("Organisation"), _("Sector"), _("Region"), _("Ties")]
    degree = dict(drawing.graph.degree())
    rows = [
        [
            _name(drawing, node),
            str(SECTOR_NAMES[data["sector"]]),
            region(drawing, data),
            degree[node],
        ]
        for node, data in drawing.graph.nodes(data=True)
    ]
    rows.sort(key=lambda row: (-row[3], row[0].text))
    return [str(one) for one in headings], rows


def ties(drawing: Drawing) -> Rows:
    """Return headings and rows of the ties that the map shows, strongest first."""
    headings = [_("Organisation"), _("and"), _("Kind of tie"), _("Strength")]
    rows = [
        [
            _name(drawing, one),
            _name(drawing, other),
            str(LAYER_NAMES[strongest_layer(data["layers"])]),
            round(data["strength"], 2),
        ]
        for one, other, data in drawing.graph.edges(data=True)
    ]
    rows.sort(key=lambda row: (-row[3], row[0].text, row[1].text))
    return [str(one) for one in headings], rows


def _name(drawing: Drawing, node: Any) -> Name:
    return Name(label(drawing, node), node if isinstance(node, int) else None)


def for_file(rows: Rows) -> Rows:
    """Return rows as a file has them: names as text, and at the end the ids of those they name."""
    headings, body = rows
    names = sum(isinstance(cell, Name) for cell in body[0]) if body else 0
    number_heading = str(_("Number"))
    return headings + [number_heading] * names, [
        [cell.text if isinstance(cell, Name) else cell for cell in row]
        + [cell.id for cell in row if isinstance(cell, Name)]
        for row in body
    ]
