"""What the picture and the tables of two days say, in the language of the reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crm.addresses import with_parameters
from crm.formats import day
from crm.language import _
from crm.maps import change_picture, telling
from crm.maps.change_picture import CHANGE_NAMES
from crm.maps.drawing import Drawing
from crm.network.two_days import KINDS, Days, TieChange
from crm.stakeholders import services as stakeholders
from crm.tables import Column


def picture(drawing: Drawing, asked: Days, args: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything that the browser draws and writes.

    :param args: the parameters of the page, kept by the links of the nodes
    """
    _window, filters, *_rest = telling.heads(drawing)
    model = change_picture.of(
        drawing,
        {**args, "on": asked.later.args["on"]},
        kinds=KINDS,
        title=title(drawing, asked),
        heads=[filters],
        file=f"sinergi-{asked.earlier.on}-{asked.later.on}.png",
    )
    for node in model["nodes"]:
        if "open" in node:
            opened = sorted({*drawing.selection.opened, str(node["id"])})
            node["open"] = with_parameters("maps.compare", {**args, "open": opened})
    return model


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
