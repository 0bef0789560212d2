"""How the synergy report as a PDF looks: its letters and colours, a paragraph, a table, a bar."""

from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, Table

FONTS = Path(__file__).parent.parent / "static" / "vendor" / "dejavu"
PLAIN, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
INK, SOFT, RULE, WASH, MISSING = map(
    HexColor, ("#16292b", "#4a5e60", "#cfdad8", "#eef3f2", "#b3261e")
)
ACCENT = HexColor("#0a6466")


@cache
def read_fonts() -> None:
    """Read the fonts once: it takes longer than a page."""
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=PLAIN, boldItalic=BOLD)


def _style(size: float, **options: Any) -> ParagraphStyle:
    options = {"fontName": PLAIN, "textColor": INK, "leading": size * 1.32} | options
    return ParagraphStyle(str(options), fontSize=size, **options)


TITLE = _style(19, fontName=BOLD, leading=23)
HEADING = _style(11, fontName=BOLD, spaceBefore=7, spaceAfter=3, textColor=ACCENT)
TEXT = _style(8.6)
LEAD = _style(9.4)
SMALL = _style(7.4, textColor=SOFT)
STRONG = _style(8.6, fontName=BOLD)
STRONG_NUMBER = _style(8.6, fontName=BOLD, alignment=TA_RIGHT)
CELL = _style(7.8)
NUMBER = _style(7.8, alignment=TA_RIGHT)
MIDDLE = _style(7.8, alignment=TA_CENTER)
HEAD = _style(7.2, fontName=BOLD, textColor=SOFT)
HEAD_MIDDLE = _style(7.2, fontName=BOLD, textColor=SOFT, alignment=TA_CENTER)
HEAD_NUMBER = _style(7.2, fontName=BOLD, textColor=SOFT, alignment=TA_RIGHT)
ABSENT = _style(7.8, alignment=TA_CENTER, textColor=MISSING)
FIGURE = _style(22, fontName=BOLD, textColor=ACCENT, leading=26)
LARGE = _style(34, fontName=BOLD, textColor=ACCENT, leading=36)


def text(value: Any, style: ParagraphStyle = TEXT) -> Paragraph:
    """Return words as a paragraph: whatever they contain is text, never ReportLab's markup.

    Left as it is, an image tag in a name would open a file of the server.
    """
    return Paragraph(
        escape("".join(one if one.isprintable() else " " for one in str(value))), style
    )


def table(
    rows: list[list[Any]], widths: list[float], *, ruled: bool = False, repeat: int = 0
) -> Table:
    """Return cells as a table; ``repeat``: so many rows stand again on the next page."""
    pad = 2.4 if ruled else 2
    looks: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
    ]
    if ruled:
        looks.append(("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE))
    return Table(rows, widths, style=looks, repeatRows=repeat, hAlign="LEFT")


class Bar(Flowable):
    """A share from 0 to 1 as the filled part of a bar."""

    def __init__(self, share: float) -> None:
        """Keep the share."""
        super().__init__()
        self.share = share
        self.width, self.height = 58, 9

    def draw(self) -> None:
        """Draw it on the canvas."""
        self.canv.setFillColor(WASH)
        self.canv.rect(0, 1, self.width, 6, stroke=0, fill=1)
        self.canv.setFillColor(ACCENT)
        self.canv.rect(0, 1, self.width * self.share, 6, stroke=0, fill=1)
