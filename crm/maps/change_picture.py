"""A picture of what becomes of ties: each kind of change has a line of its own."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crm.formats import number
from crm.language import _
from crm.maps import telling
from crm.maps.drawing import Drawing

CHANGE_NAMES = {
    "new": _("New tie"),
    "lost": _("Lost tie"),
    "stronger": _("Stronger tie"),
    "weaker": _("Weaker tie"),
    "same": _("Unchanged tie"),
}
LOOKS: dict[str, dict[str, Any]] = {
    "new": {"colour": "#15803d", "colourDark": "#4ade80", "dashes": False},
    "lost": {"colour": "#dc2626", "colourDark": "#f87171", "dashes": [9, 6]},
    "stronger": {"colour": "#1d4ed8", "colourDark": "#93c5fd", "dashes": [14, 4, 3, 4]},
    "weaker": {"colour": "#b45309", "colourDark": "#fbbf24", "dashes": [2, 5]},
    "same": {"colour": "#94a3b8", "colourDark": "#94a3b8", "dashes": False, "thin": True},
}
"""Each kind has a line of its own beside its colour; the unchanged ones are thin."""
THIN, THICK = 1.0, 2.5
"""Dashes of a thin line cannot be told apart."""


def of(
    drawing: Drawing,
    args: Mapping[str, Any],
    *,
    kinds: Sequence[str],
    title: str,
    heads: Iterable[str],
    file: str,
    marked: Iterable[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Return a map whose ties are drawn by what becomes of them, with everything written on it.

    :param args: the parameters of the page, kept by the links of the nodes
    :param kinds: the changes there can be, in the order in which they are told
    :param heads: what is written between the window and how many ties there are of each kind
    :param marked: what the legend says of nodes beside their sectors
    """
    model = telling.of(drawing, args)
    counts: Counter[str] = Counter()
    for edge in model["edges"]:
        # Between groups nothing is said of single ties.
        kind = drawing.graph.edges[edge["from"], edge["to"]].get("change", "same")
        counts[kind] += 1
        edge |= {"layer": kind, "dashes": LOOKS[kind]["dashes"]}
        edge |= (
            {"width": THIN, "opacity": 0.5}
            if kind == "same"
            else {"width": max(edge["width"], THICK), "opacity": 0.9}
        )
    window, *_rest = telling.heads(drawing)
    legend = [one for one in model["legend"] if "sector" in one]
    return model | {
        "title": title,
        "heads": [window, *heads, _counted(kinds, counts)],
        "file": file,
        "layers": LOOKS,
        "legend": [*legend, *marked]
        + [_line(kind, counts[kind]) for kind in kinds if counts[kind]],
    }


def _line(kind: str, many: int) -> dict[str, Any]:
    name = {"name": str(CHANGE_NAMES[kind]), "count": number(many), "shape": "line"}
    return name | LOOKS[kind]


def _counted(kinds: Iterable[str], counts: Mapping[str, int]) -> str:
    return ". ".join(f"{CHANGE_NAMES[kind]}: {number(counts.get(kind, 0))}" for kind in kinds) + "."
