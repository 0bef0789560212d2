"""What the picture and the tables of two days say, in the language of the reader."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crm.addresses import with_parameters
from crm.formats import day, number
from crm.language import _
from crm.network import map_data
from crm.network.map_drawing import Drawing
from crm.network.two_days import Days
from crm.stakeholders import services as stakeholders
from crm.tables import Column
from graphs.measures import TieChange
from graphs.measures.two_days import KINDS

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


def picture(drawing: Drawing, asked: Days, args: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything that the browser draws and writes.

    :param args: the parameters of the page, kept by the links of the nodes
    """
    model = map_data.of(drawing, {**args, "on": asked.later.args["on"]})
    for node in model["nodes"]:
        if "open" in node:
            opened = sorted({*drawing.selection.opened, str(node["id"])})
            node["open"] = with_parameters("network.compare", {**args, "open": opened})
    for edge in model["edges"]:
        kind = drawing.graph.edges[edge["from"], edge["to"]]["change"]
        edge |= {"layer": kind, "dashes": LOOKS[kind]["dashes"]}
        edge |= (
            {"width": THIN, "opacity": 0.5}
            if kind == "same"
            else {"width": max(edge["width"], THICK), "opacity": 0.9}
        )
    counts = Counter(kind for *_pair, kind in drawing.graph.edges(data="change"))
    window, filters, *_rest = map_data.heads(drawing)
    shown = [one for one in model["legend"] if "sector" in one]
    return model | {
        "title": title(drawing, asked),
        "heads": [window, filters, counted(counts)],
        "file": f"sinergi-{asked.earlier.on}-{asked.later.on}.png",
        "layers": LOOKS,
        "legend": shown
        + [
            {"name": str(CHANGE_NAMES[kind]), "count": number(counts[kind]), "shape": "line"}
            | LOOKS[kind]
            for kind in KINDS
            if counts[kind]
        ],
    }


def title(drawing: Drawing, asked: Days) -> str:
    """Return the heading of the picture."""
    told = {"first": day(asked.earlier.on), "last": day(asked.later.on)}
    if drawing.place:
        return str(
            _(
                "What changed in the partnership network of %(name)s from %(first)s to %(last)s",
                name=drawing.place,
                **told,
            )
        )
    return str(_("What changed in the partnership network from %(first)s to %(last)s", **told))


def counted(counts: Mapping[str, int]) -> str:
    """Return how many ties there are of each kind, in one line."""
    return ". ".join(f"{CHANGE_NAMES[kind]}: {number(counts.get(kind, 0))}" for kind in KINDS) + "."


@dataclass(frozen=True)
class Row:
    """One tie of the table."""

    kind: str
    one: int
    other: int
    before: float
    after: float

    @property
    def difference(self) -> float:
        """How much stronger it is; negative where weaker."""
        return self.after - self.before


def rows(changes: Mapping[tuple[Any, Any], TieChange], kinds: Iterable[str]) -> list[Row]:
    """Return the ties of some kinds, of each kind the largest changes first."""
    wanted = set(kinds)
    found = [
        Row(change.kind, one, other, change.before, change.after)
        for (one, other), change in changes.items()
        if change.kind in wanted
    ]
    found.sort(key=lambda row: (KINDS.index(row.kind), -abs(row.difference), row.one, row.other))
    return found


def named(rows: Iterable[Row]) -> dict[int, str]:
    """Return the names of the organisations of some ties."""
    ids = {one for row in rows for one in (row.one, row.other)}
    # Kept results may be of a moment ago: somebody of whom they tell may be gone.
    return dict.fromkeys(ids, str(_("no longer known"))) | stakeholders.named(ids)


def matching(rows: Iterable[Row], names: Mapping[int, str], q: str) -> list[Row]:
    """Return the ties whose names hold every word of ``q``."""
    words = q.lower().split()
    return [
        row
        for row in rows
        if all(word in f"{names[row.one]} {names[row.other]}".lower() for word in words)
    ]


def columns(names: Mapping[int, str]) -> list[Column]:
    """Return the columns of the table of ties.

    :param names: of the organisations: of all where they are sorted by name or saved as a file
    """
    return [
        Column(
            "change",
            _("What changed"),
            lambda row: KINDS.index(row.kind),
            lambda row: CHANGE_NAMES[row.kind],
        ),
        Column(
            "one",
            _("Organisation"),
            lambda row: names[row.one].lower(),
            lambda row: names[row.one],
        ),
        Column(
            "other",
            _("and"),
            lambda row: names[row.other].lower(),
            lambda row: names[row.other],
        ),
        Column(
            "before",
            _("Strength before"),
            lambda row: row.before,
            lambda row: round(row.before, 3),
            numeric=True,
        ),
        Column(
            "after",
            _("Strength after"),
            lambda row: row.after,
            lambda row: round(row.after, 3),
            numeric=True,
        ),
        Column(
            "difference",
            _("Difference"),
            lambda row: row.difference,
            lambda row: round(row.difference, 3),
            numeric=True,
        ),
        Column("one_id", _("Number"), None, lambda row: row.one, hidden=True),
        Column("other_id", _("Number"), None, lambda row: row.other, hidden=True),
    ]
