"""A sketch of the network on a page of ReportLab, with its legend."""

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from crm.maps.sketch import SIZE, Line, Shape, Sketch

INK, PAPER, RULE, SOFT = map(HexColor, ("#16292b", "#ffffff", "#cfdad8", "#4a5e60"))
ROW, LETTERS = 13, 7.2


class Picture(Flowable):
    """The map, in a frame."""

    def __init__(self, sketch: Sketch, font: str) -> None:
        """Keep what to draw."""
        super().__init__()
        self.sketch, self.font = sketch, font
        self.width, self.height = sketch.width, sketch.height

    def draw(self) -> None:
        """Draw ties, then organisations, then names: what is read lies above."""
        pen = self.canv
        pen.setStrokeColor(RULE)
        pen.setLineWidth(0.5)
        pen.rect(0, 0, self.width, self.height)
        # PDF counts upwards from the lower left.
        pen.translate(0, self.height)
        pen.scale(1, -1)
        for line in self.sketch.lines:
            _stroke(pen, line)
        for shape in self.sketch.shapes:
            _fill(pen, shape)
        pen.scale(1, -1)
        pen.setFont(self.font, SIZE)
        for one in self.sketch.texts:
            # Ties that run behind a name must not cross its letters out.
            pen.setFillColor(PAPER, alpha=0.75)
            pen.rect(one.x - one.half, -one.y - 1.5, 2 * one.half, SIZE + 1, stroke=0, fill=1)
            pen.setFillColor(INK, alpha=1)
            pen.drawCentredString(one.x, -one.y, one.text)


class Legend(Flowable):
    """Shapes and lines of a picture with their names and how many there are, in rows."""

    def __init__(self, sketch: Sketch, width: float, font: str) -> None:
        """Lay the rows out."""
        super().__init__()
        self.font = font
        self.signs = sketch.legend
        self.columns = 4
        self.width = width
        self.height = ROW * -(-len(self.signs) // self.columns) + 4

    def draw(self) -> None:
        """Draw the rows."""
        pen = self.canv
        for at, sign in enumerate(self.signs):
            row, column = divmod(at, self.columns)
            pen.saveState()
            pen.translate(column * self.width / self.columns, self.height - 3 - row * ROW)
            pen.setFont(self.font, LETTERS)
            pen.setFillColor(INK)
            pen.drawString(27, -7.5, f"{sign.name} ({sign.count})")
            pen.scale(1, -1)
            if sign.line:
                _stroke(pen, sign.line)
            if sign.shape:
                _fill(pen, sign.shape)
            pen.restoreState()


def _stroke(pen: Any, line: Line) -> None:
    pen.setStrokeColor(HexColor(line.colour))
    pen.setLineWidth(line.width)
    pen.setDash(list(line.dashes))
    pen.line(*line.ends)
    pen.setDash()


def _fill(pen: Any, shape: Shape) -> None:
    pen.setFillColor(HexColor(shape.colour))
    pen.setStrokeColor(PAPER)
    pen.setLineWidth(0.5)
    if not shape.corners:
        pen.circle(shape.x, shape.y, shape.radius, fill=1)
        return
    path = pen.beginPath()
    path.moveTo(*shape.corners[0])
    for corner in shape.corners[1:]:
        path.lineTo(*corner)
    path.close()
    pen.drawPath(path, fill=1)
