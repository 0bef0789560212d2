"""The picture of an exit: who leaves in grey, what is lost dashed, at the places of the map."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import networkx as nx

from crm.formats import day, number
from crm.language import _
from crm.maps import change_picture, store
from crm.maps.drawing import Drawing, dressed
from crm.maps.store import Positions
from crm.network import leaving, records
from crm.network.questions import Question
from crm.network.selection import MOST_SHOWN, Selection
from graphs.draw import grouped

GONE = {"colour": "#cbd5e1", "colourDark": "#475569"}
"""Who leaves; a cross before the name says so as well."""
CROSS = "✕ "
KINDS = ("lost", "weaker", "same")


def of(
    question: Question,
    answer: dict[str, Any],
    digest: str,
    args: Mapping[str, Any],
    now: datetime,
) -> dict[str, Any]:
    """Return everything that the browser draws and writes.

    :param answer: what ``crm.network.leaving`` found
    :param digest: what tells this answer from others
    :param args: the parameters of the page, kept by the links of the nodes
    """
    graph, where = _drawn(question, answer, digest, now)
    gone = set(answer["removed"])
    drawing = dressed(
        question,
        Selection(),
        graph,
        where,
        [],
        sizes={node: float(degree) for node, degree in graph.degree()},
    )
    marked = {one: CROSS + name if one in gone else name for one, name in drawing.labels.items()}
    return _picture(replace(drawing, labels=marked), gone, args)


def _drawn(
    question: Question, answer: dict[str, Any], digest: str, now: datetime
) -> tuple[nx.Graph, Positions]:
    """Return whom the exit concerns, with what becomes of each of their ties."""

    def shown() -> nx.Graph:
        graph = leaving.concerned(question, answer)
        many = graph.number_of_edges()
        if len(graph) > MOST_SHOWN:
            graph = grouped(graph, records.places())
        graph.graph = {"working_ties": many}
        return graph

    key = store.digest(question, Selection(), f":exit {digest}")
    # Who stands on the map of that day stands at the same place here.
    return store.arranged(key, shown, now, beside=store.digest(question, Selection()))


def _picture(drawing: Drawing, gone: set[Any], args: Mapping[str, Any]) -> dict[str, Any]:
    told = _("Too many to be drawn one by one: the tables name what is lost.")
    leaves = {"name": str(_("Leaves")), "count": number(len(gone)), "shape": "dot"}
    model = change_picture.of(
        drawing,
        {**args, **drawing.question.args},
        kinds=KINDS,
        title=str(_("What an exit does to the network, %(day)s", day=day(drawing.question.on))),
        heads=[str(told)] if drawing.grouped else [],
        file=f"sinergi-simulasi-{drawing.question.on}.png",
        marked=[leaves | GONE] if gone else [],
    )
    for node in model["nodes"]:
        if node["id"] in gone:
            node |= GONE
    return model
