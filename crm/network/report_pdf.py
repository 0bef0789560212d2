"""The synergy report as a PDF of two A4 pages, in the language of the reader."""

from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from crm.formats import day, moment, number, percent
from crm.language import _, _n, current_language
from crm.network.report import FINDINGS, ROWS, STEPS, Report
from crm.network.report_ink import Legend, Picture
from crm.network.sketch import sketch
from crm.network.words import PART_MEANINGS, PART_NAMES, SECTOR_NAMES
from crm.sectors import SECTORS

FONTS = Path(__file__).parent.parent / "static" / "vendor" / "dejavu"
PLAIN, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
INK, SOFT, RULE, WASH, MISSING = map(
    HexColor, ("#16292b", "#4a5e60", "#cfdad8", "#eef3f2", "#b3261e")
)
ACCENT = HexColor("#0a6466")
EDGE = 16 * mm
WIDE = A4[0] - 2 * EDGE
FEWER = (
    (FINDINGS, STEPS, ROWS, 450),
    (5, 6, 10, 450),
    (4, 5, 8, 400),
    (3, 4, 6, 340),
    (2, 3, 4, 260),
)
"""Findings, steps, rows of the grid and height of the picture, until all fits on two pages."""
PAGES = 2


@cache
def _fonts() -> None:
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


def of(report: Report) -> bytes:
    """Return the report as a PDF."""
    _fonts()
    for limits in FEWER:
        file = BytesIO()
        document = _document(report, file)
        document.build(_story(report, *limits), onFirstPage=_foot, onLaterPages=_foot)
        if document.page <= PAGES:
            break
    return file.getvalue()


def _document(report: Report, file: BytesIO) -> SimpleDocTemplate:
    return SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=EDGE,
        rightMargin=EDGE,
        topMargin=13 * mm,
        bottomMargin=15 * mm,
        title=report.title,
        author="Sinergi",
        subject=str(_("On the day: %(day)s", day=day(report.question.on))),
        lang=current_language(),
    )


def _foot(canvas: Any, document: Any) -> None:
    """Write at the foot of a page what the report is, and which page of it."""
    canvas.saveState()
    canvas.setFont(PLAIN, 7)
    canvas.setFillColor(SOFT)
    canvas.drawString(EDGE, 9 * mm, f"{document.title} · {document.subject}")
    canvas.drawRightString(A4[0] - EDGE, 9 * mm, str(_("Page %(page)s", page=document.page)))
    canvas.restoreState()


def _story(report: Report, findings: int, steps: int, rows: int, height: float) -> list[Flowable]:
    drawn = sketch(report.drawing, WIDE, height)
    return [
        text(report.title, TITLE),
        text(asked(report), SMALL),
        Spacer(0, 6),
        *(_index(report) if report.profile else _counts(report)),
        text(_("Who works with whom"), HEADING),
        *(
            [Picture(drawn, PLAIN), Legend(drawn, WIDE, PLAIN), PageBreak()]
            if drawn.shapes
            else [text(_nobody())]
        ),
        *_grid(report, rows),
        *_findings(report, findings),
        *_plan(report, steps),
        Spacer(0, 5),
        *[text(one, SMALL) for one in sources(report)],
    ]


def asked(report: Report) -> str:
    """Return on which day, and since when events count."""
    first = report.question.first
    if first:
        said = _(
            "Partnership on %(day)s; events since %(first)s count, the older the less.",
            day=day(report.question.on),
            first=day(first),
        )
    else:
        said = _("Partnership on %(day)s; events of all years count.", day=day(report.question.on))
    return str(said)


def sources(report: Report) -> list[str]:
    """Return where everything comes from, and of when it is."""
    poverty = "; ".join(f"{source}, {year}" for source, year in report.sources)
    return [
        str(
            _(
                "Source: Sinergi, records of the synergy team as of %(day)s. Position and "
                "distance carry no meaning of their own.",
                day=day(report.question.on),
            )
        )
        + " "
        + str(_("Computed %(moment)s.", moment=moment(report.computed_at))),
        *([str(_("Poverty: %(sources)s.", sources=poverty))] if poverty else []),
        str(
            _(
                "At work: with a working tie on the day, or present at an event in the window. The "
                "index is the mean of its four parts; severity is 100 × impact × need."
            )
        ),
    ]


def _nobody() -> Any:
    return _("No working tie is known on this day. Choose another day, or a longer window.")


def _index(report: Report) -> list[Flowable]:
    """Return the index with its parts, each with what it means and from what it follows."""
    assert report.profile is not None
    index = report.profile.index
    if not index or index["value"] is None:
        return [
            text(_("Synergy index"), HEADING),
            text(
                _(
                    "Nobody is at work here on this day: there is nothing to measure yet, which is "
                    "not the same as zero."
                ),
                LEAD,
            ),
        ]
    parts = [
        [
            text(name, STRONG),
            text(number(index[part], 2), _style(8.6, fontName=BOLD, alignment=TA_RIGHT)),
            Bar(index[part]),
            text(
                " ".join(
                    [str(PART_MEANINGS[part]), *map(str, report.profile.whys.get(part, [])[:1])]
                ),
                SMALL,
            ),
        ]
        for part, name in PART_NAMES.items()
    ]
    value = [
        text(_("Synergy index"), STRONG),
        text(number(index["value"]), LARGE),
        text(_("of 100"), SMALL),
    ]
    if report.interval:
        low, high = map(number, report.interval)
        value.append(
            text(
                _(
                    "With a tenth of the records left out mostly %(low)s–%(high)s",
                    low=low,
                    high=high,
                ),
                SMALL,
            )
        )
    place = report.profile.place
    if place and place.poverty is not None:
        value += [
            Spacer(0, 4),
            text(_("Poverty"), STRONG),
            text(f"{percent(place.poverty, 2)} ({place.source}, {place.year})", SMALL),
        ]
    return [
        _table([[value, _table(parts, [70, 30, 64, WIDE - 100 - 164 - 12])]], [100, WIDE - 100])
    ]


def _counts(report: Report) -> list[Flowable]:
    """Return the figures of the whole network: an index is worked out for regions alone."""
    count = report.count
    assert count is not None
    figures = [
        (_("Organisations"), count.organisations),
        (_("With a working tie"), count.tied),
        (_("Seen at events only"), count.seen),
        (_("Neither"), count.neither),
        (_("Working ties"), count.ties),
    ]
    cells = [[text(number(value), FIGURE), text(name, SMALL)] for name, value in figures]
    return [_table([cells], [WIDE / len(cells)] * len(cells))]


def _grid(report: Report, rows: int) -> list[Flowable]:
    """Return who is at work where, by sector."""
    if not report.rows:
        return []
    shown = report.rows[:rows]
    head = [text(_("Region"), HEAD)]
    # A long name of two words may break between them.
    head += [text(str(SECTOR_NAMES[code]).replace("/", "/ "), HEAD_MIDDLE) for code in SECTORS]
    head += [text(_("Index"), HEAD_NUMBER), text(_("Poverty"), HEAD_NUMBER)]
    body = [head]
    for row in shown:
        poverty = row.place.poverty if row.place else None
        body.append(
            [
                text(row.name, STRONG if row.code == _code(report) else CELL),
                *(
                    text(number(count), MIDDLE) if count else text("✕", ABSENT)
                    for count in (row.sectors.get(code, 0) for code in SECTORS)
                ),
                text(number(row.index["value"]), NUMBER),
                text(percent(poverty, 2), NUMBER),
            ]
        )
    left = len(report.rows) - len(shown)
    said = [_("Numbers count organisations at work; ✕: none.")]
    if left:
        said.append(_n("%(num)s region more.", "%(num)s regions more.", left))
    if report.idle:
        said.append(
            _n(
                "In %(num)s region more nobody is at work.",
                "In %(num)s regions more nobody is at work.",
                report.idle,
            )
        )
    widths = [WIDE - 6 * 52 - 36 - 56, *[52] * 6, 36, 56]
    return [
        text(_("Sectors by region"), HEADING),
        _table(body, widths, ruled=True, repeat=1),
        text(" ".join(map(str, said)), SMALL),
    ]


def _code(report: Report) -> str:
    return report.region.code if report.region else ""


def _findings(report: Report, shown: int) -> list[Flowable]:
    if not report.findings:
        return [
            text(_("Most severe gaps"), HEADING),
            text(
                _("On this day and in this window nothing is missing that the analysis looks for.")
            ),
        ]
    rows = [
        [
            text(number(told.finding.severity), STRONG),
            [text(told.sentence), text(f"→ {told.step}", SMALL)],
        ]
        for told in report.findings[:shown]
    ]
    title = _(
        "Most severe gaps (%(shown)s of %(all)s)",
        shown=number(len(rows)),
        all=number(report.all_findings),
    )
    first, *others = (_table([row], [28, WIDE - 28], ruled=True) for row in rows)
    return [KeepTogether([text(title, HEADING), first]), *others]


def _plan(report: Report, shown: int) -> list[Flowable]:
    """Return the steps with room to write who and until when, where nobody has taken them on."""
    if not report.plan:
        return []
    head = [_("No."), _("Step"), _("Closes"), _("Owner"), _("Until")]
    body: list[list[Any]] = [[text(one, HEAD) for one in head]]
    for at, step in enumerate(report.plan[:shown], start=1):
        act = step.follow_up
        body.append(
            [
                text(at, CELL),
                text(step.text, CELL),
                text(
                    _n("%(num)s gap", "%(num)s gaps", len(step.findings)),
                    CELL,
                ),
                text((act.owner.name if act.owner else act.owner_note) if act else "", CELL),
                text(day(act.due_on) if act else "", CELL),
            ]
        )
    return [
        text(_("Plan"), HEADING),
        _table(body, [20, WIDE - 20 - 64 - 88 - 78, 64, 88, 78], ruled=True, repeat=1),
    ]


def _table(
    rows: list[list[Any]], widths: list[float], *, ruled: bool = False, repeat: int = 0
) -> Table:
    pad = 2.4 if ruled else 2
    style: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
    ]
    if ruled:
        style.append(("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE))
    return Table(rows, widths, style=style, repeatRows=repeat, hAlign="LEFT")


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
