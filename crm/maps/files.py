"""The network for other programs: GraphML, GEXF, and tables of nodes, ties and measures.

Column names are fixed and English: Gephi knows ``id``, ``label``, ``source``, ``target`` and
``weight``, and a script must not depend on the language of whoever saved the file.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import IO, Any

import networkx as nx
import numpy as np
from sqlalchemy import select as rows_of

from crm.db import db
from crm.formats import day
from crm.language import _
from crm.maps import store
from crm.maps.store import Positions
from crm.network import analysis, records
from crm.network.models import Analysis
from crm.network.questions import Question
from crm.network.selection import MOST_AROUND, MOST_SHOWN, Selection, select
from crm.regions import services as regions
from crm.sectors import SECTORS
from crm.stakeholders.models import Stakeholder
from graphs import export
from graphs.draw import strongest_layer
from graphs.layout.spacing import radii
from graphs.records import LAYERS

AT_ONCE = 500
"""How many names are read from the database at a time."""

NODE_KINDS: dict[str, type] = {
    **dict.fromkeys(("label", "short_name", "sector", "level", "region", "region_name"), str),
    "partners": int,
    **dict.fromkeys(("x", "y", "size"), float),
    **dict.fromkeys("rgb", int),
    "shape": str,
}
TIE_KINDS: dict[str, type] = {
    "weight": float,
    "working": bool,
    **dict.fromkeys(("layer", "layers"), str),
    **dict.fromkeys(LAYERS, float),
    "last_contact": str,
}
NODE_COLUMNS = ("id", "label", "short_name", "sector", "level", "region", "region_name", "partners")
TIE_COLUMNS = ("source", "target", "source_label", "target_label", *TIE_KINDS)

GRAPHS = {
    "graphml": (export.graphml, "application/graphml+xml"),
    "gexf": (export.gexf, "application/gexf+xml"),
}
TABLES = ("nodes", "ties", "measures")


@dataclass(frozen=True)
class Network:
    """What is exported: the part of the network that a map shows, each organisation by itself."""

    graph: nx.Graph
    positions: Positions
    """Where the map draws them; empty where it draws groups."""
    regions: dict[str, str]
    about: dict[str, str]


def network(
    question: Question, selection: Selection, described: list[tuple[Any, str]], now: datetime
) -> Network:
    """Return what a map of this question and selection shows, never grouped."""
    shown = select(analysis.graph_of(question), selection, records.places())
    most = MOST_SHOWN if selection.focus is None else MOST_AROUND
    where = store.drawn(question, selection, now)[1] if len(shown) <= most else {}
    names = regions.names_of({code for _one, code in shown.nodes(data="region") if code})
    return Network(shown, where, names, _about(question, described, shown))


def _about(question: Question, described: list[tuple[Any, str]], shown: nx.Graph) -> dict[str, str]:
    filters = "; ".join(f"{name}: {value}" if value else str(name) for name, value in described)
    return {
        "title": str(_("Partnership network, %(day)s", day=day(question.on))),
        "on": question.on.isoformat(),
        "window_months": question.args["window"],
        "filters": filters or str(_("none")),
        "organisations": str(shown.number_of_nodes()),
        "ties": str(shown.number_of_edges()),
        "source": str(
            _(
                "Source: Sinergi, records of the synergy team as of %(day)s. Position and "
                "distance carry no meaning of their own.",
                day=day(question.on),
            )
        ),
    }


def write(file: IO[bytes], kind: str, found: Network) -> None:
    """Write the network as ``graphml`` or ``gexf``, piece by piece."""
    pieces = GRAPHS[kind][0](_nodes(found), _ties(found), NODE_KINDS, TIE_KINDS, found.about)
    for piece in pieces:
        file.write(piece.encode())


def table(
    kind: str, found: Network, stored: Analysis | None
) -> tuple[list[str], Iterable[list[Any]]]:
    """Return headings and rows of ``nodes``, ``ties`` or ``measures``."""
    if kind == "nodes":
        rows = ({"id": one, **data} for one, data in _nodes(found))
        return _rows(NODE_COLUMNS, rows)
    if kind == "ties":
        return _rows(TIE_COLUMNS, _named_ties(found))
    measured = {int(one): _flat(values) for one, values in (stored.nodes if stored else {}).items()}
    names = list(dict.fromkeys(name for values in measured.values() for name in values))
    rows = (
        {"id": one, "label": data["label"], **measured.get(one, {})} for one, data in _nodes(found)
    )
    return _rows(("id", "label", *names), rows)


def _rows(
    columns: Iterable[str], rows: Iterable[Mapping[str, Any]]
) -> tuple[list[str], Iterable[list[Any]]]:
    columns = list(columns)
    return columns, ([row.get(name) for name in columns] for row in rows)


def _flat(values: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Return measures with a name each: those that have parts as ``measure.part``."""
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{before}{name}.")
        elif not isinstance(value, list | tuple):  # names of others are no measure
            flat[before + name] = value
    return flat


def _nodes(found: Network) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the organisations by number, their names read a few at a time."""
    graph = found.graph
    ids = sorted(graph)
    sizes = radii(np.array([graph.degree(one) for one in ids], dtype=float)).tolist()
    for (one, name, short), size in zip(_names(ids), sizes, strict=True):
        data = graph.nodes[one]
        look = SECTORS[data["sector"]]
        x, y = found.positions.get(one, (None, None))
        yield (
            one,
            {
                "label": name,
                "short_name": short,
                **{part: data[part] for part in ("sector", "level", "region")},
                "region_name": found.regions.get(data["region"] or ""),
                "partners": graph.degree(one),
                "x": x,
                "y": y,
                "size": size,
                **dict(zip("rgb", bytes.fromhex(look.light[1:]), strict=True)),
                "shape": look.shape,
            },
        )


def _names(ids: list[int]) -> Iterator[tuple[int, str, str]]:
    left = iter(ids)
    while some := list(islice(left, AT_ONCE)):
        query = rows_of(Stakeholder.id, Stakeholder.name, Stakeholder.short_name)
        found = {row[0]: row for row in db.session.execute(query.where(Stakeholder.id.in_(some)))}
        for one in some:
            _id, name, short = found[one]
            yield one, name, short


def _ties(found: Network) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield the ties by the numbers of their organisations, the smaller one first."""
    graph = found.graph
    for one in sorted(graph):
        for other in sorted(graph[one]):
            if one < other:
                yield one, other, _tie(graph[one][other])


def _tie(data: Mapping[str, Any]) -> dict[str, Any]:
    contact = data.get("last_contact")
    return {
        "weight": data["strength"],
        "working": data["working"],
        "layer": strongest_layer(data["layers"]),
        "layers": "|".join(data["layers"]),
        **data["layers"],
        "last_contact": contact.isoformat() if contact else None,
    }


def _named_ties(found: Network) -> Iterator[dict[str, Any]]:
    names = {one: name for one, name, _short in _names(sorted(found.graph))}
    for one, other, data in _ties(found):
        named = {"source_label": names[one], "target_label": names[other]}
        yield {"source": one, "target": other, **named, **data}
