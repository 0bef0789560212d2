"""A map as plain lines, shapes and names in a box: what a page draws as SVG, and a PDF in ink."""

from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from textwrap import wrap
from typing import Any

from crm.maps import telling
from crm.maps.drawing import Drawing
from crm.sectors import SECTORS

DASHES: dict[str, tuple[int, ...]] = {
    "agreement": (),
    "support": (7, 3),
    "team": (2, 2),
    "attendance": (),
    "suggested": (4, 4),
}
"""Kinds of tie by their line as well as their colour; a meeting is a thin one."""
CORNERS = {
    "square": (4, pi / 4),
    "triangle": (3, -pi / 2),
    "diamond": (4, 0.0),
    "hexagon": (6, 0.0),
    "star": (10, -pi / 2),
}
SLANT = 2.6
"""A picture is drawn out to one side by no more than this, as on the screen."""
EDGE = 16
NAMED = 26
"""At most so many names: the best connected first, where they have room."""
LETTERS, LINES, LETTER = 21, 2, 0.5
"""So many letters a line, so many lines; each letter about so wide as a share of its height."""
SIZE, LEADING = 6.6, 7.6


@dataclass(frozen=True)
class Line:
    """One tie."""

    ends: tuple[float, float, float, float]
    colour: str
    width: float
    dashes: tuple[int, ...]


@dataclass(frozen=True)
class Shape:
    """One organisation or group: a circle where it has no corners."""

    x: float
    y: float
    radius: float
    colour: str
    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Text:
    """One line of a name, centred at a place; y is its base line."""

    x: float
    y: float
    text: str

    @property
    def half(self) -> float:
        """About half of its width."""
        return len(self.text) * SIZE * LETTER / 2 + 1


@dataclass(frozen=True)
class Sign:
    """One row of the legend, with its line or shape."""

    name: str
    count: str
    line: Line | None
    shape: Shape | None


@dataclass(frozen=True)
class Sketch:
    """A picture of a network, from the upper left, y downwards."""

    width: float
    height: float
    lines: list[Line]
    shapes: list[Shape]
    texts: list[Text]
    legend: list[Sign]


def sketch(drawing: Drawing, width: float, height: float) -> Sketch:
    """Return a map drawn into a box of points."""
    model = telling.drawn(drawing)
    places = _places(model["nodes"], width, height)
    scale = min(1.0, 9 / max(sqrt(len(places) or 1), 3))
    shapes = {
        node["id"]: _shape(
            *places[node["id"]], max(node["size"] * 0.42 * scale, 1.6), node["shape"], node["color"]
        )
        for node in model["nodes"]
    }
    return Sketch(
        width=width,
        height=height,
        lines=[
            _line((*places[one["from"]], *places[one["to"]]), one["layer"], one["width"])
            for one in model["edges"]
        ],
        shapes=list(shapes.values()),
        texts=_texts(drawing, model["nodes"], shapes, width, height),
        legend=[_sign(one) for one in telling.legend(drawing)],
    )


def _places(
    nodes: list[dict[str, Any]], width: float, height: float
) -> dict[Any, tuple[float, float]]:
    """Return where the nodes stand, drawn out to the box."""
    if not nodes:
        return {}
    across, down = ([node[axis] for node in nodes] for axis in "xy")
    wide, high = max(across) - min(across) or 1.0, max(down) - min(down) or 1.0
    fx, fy = (width - 2 * EDGE) / wide, (height - 2 * EDGE) / high
    fx, fy = min(fx, SLANT * fy), min(fy, SLANT * fx)
    middle = (max(across) + min(across)) / 2, (max(down) + min(down)) / 2
    return {
        node["id"]: (
            round(width / 2 + (node["x"] - middle[0]) * fx, 1),
            round(height / 2 + (node["y"] - middle[1]) * fy, 1),
        )
        for node in nodes
    }


def _line(ends: tuple[float, float, float, float], layer: str, width: float) -> Line:
    colour = telling.LAYER_LOOKS[layer]["colour"]
    return Line(ends, colour, round(0.3 + width * 0.22, 2), DASHES[layer])


def _shape(x: float, y: float, radius: float, form: str, colour: str) -> Shape:
    corners: tuple[tuple[float, float], ...] = ()
    if form in CORNERS:
        count, turn = CORNERS[form]
        corners = tuple(
            (
                round(x + _reach(form, radius, at) * cos(turn + 2 * pi * at / count), 1),
                round(y + _reach(form, radius, at) * sin(turn + 2 * pi * at / count), 1),
            )
            for at in range(count)
        )
    return Shape(x, y, round(radius, 1), colour, corners)


def _reach(form: str, radius: float, at: int) -> float:
    """Return how far a corner lies from the middle: every other one of a star lies inside."""
    return radius * (0.5 if form == "star" and at % 2 else 1.15)


def _texts(
    drawing: Drawing,
    nodes: list[dict[str, Any]],
    shapes: dict[Any, Shape],
    width: float,
    height: float,
) -> list[Text]:
    """Return names beside the best connected: below, above or at a side, where nothing stands."""
    taken = [(one.x, one.y, one.radius, one.radius) for one in shapes.values()]
    found: list[Text] = []
    named = 0
    for node in sorted(nodes, key=lambda one: (-drawing.graph.degree(one["id"]), str(one["id"]))):
        lines = _lines(str(node.get("short") or node["label"]))
        shape = shapes[node["id"]]
        for x, y in _beside(shape, lines):
            texts = [
                Text(round(x, 1), round(y + LEADING * at, 1), one) for at, one in enumerate(lines)
            ]
            box = _box(texts)
            inside = box[2] < x < width - box[2] and box[3] < box[1] < height - box[3]
            if inside and not any(_overlap(box, other) for other in taken):
                found += texts
                taken.append(box)
                named += 1
                break
        if named == NAMED:
            break
    return found


def _beside(shape: Shape, lines: list[str]) -> list[tuple[float, float]]:
    """Return where the first line of a name may stand: below, above, and at either side."""
    away, more = shape.radius * 1.15, LEADING * (len(lines) - 1)
    half = max(len(one) for one in lines) * SIZE * LETTER / 2 + 1
    return [
        (shape.x, shape.y + away + SIZE),
        (shape.x, shape.y - away - 2 - more),
        (shape.x + away + half + 2, shape.y + SIZE * 0.35 - more / 2),
        (shape.x - away - half - 2, shape.y + SIZE * 0.35 - more / 2),
    ]


Box = tuple[float, float, float, float]
"""Its middle, and half of its width and height."""


def _box(texts: list[Text]) -> Box:
    top, bottom = texts[0].y - SIZE * 0.8, texts[-1].y + SIZE * 0.25
    half = max(one.half for one in texts)
    return texts[0].x, (top + bottom) / 2, half, (bottom - top) / 2


def _overlap(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) < one[2] + other[2] and abs(one[1] - other[1]) < one[3] + other[3]


def _lines(name: str) -> list[str]:
    """Return a name in a few lines, shortened in its middle.

    Offices begin with what they are and end with where.
    """
    most = LETTERS * LINES - 4
    if len(name) > most:
        head = most // 2
        end = name[head - most :]
        name = f"{name[:head].rstrip()}… {end.partition(' ')[2] or end}"
    return wrap(name, LETTERS)[:LINES] or ["—"]


def _sign(row: dict[str, Any]) -> Sign:
    if row["shape"] == "line":
        code = next(
            code for code, look in telling.LAYER_LOOKS.items() if look["colour"] == row["colour"]
        )
        width = 1.0 if code == "attendance" else 4.0
        return Sign(row["name"], row["count"], _line((0, 5, 22, 5), code, width), None)
    look = SECTORS[row["sector"]]
    return Sign(row["name"], row["count"], None, _shape(11, 5, 4.5, look.shape, look.light))
