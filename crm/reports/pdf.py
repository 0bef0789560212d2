"""The synergy report as a PDF of two A4 pages, in the language of the reader."""

from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    PageBreak,
    SimpleDocTemplate,
    Spacer,
)

from crm.formats import day, number, percent
from crm.language import _, _n, current_language
from crm.maps.sketch import sketch
from crm.network.words import PART_MEANINGS, PART_NAMES, SECTOR_NAMES
from crm.reports import words
from crm.reports.ink import Legend, Picture
from crm.reports.looks import (
    ABSENT,
    CELL,
    FIGURE,
    HEAD,
    HEAD_MIDDLE,
    HEAD_NUMBER,
    HEADING,
    LARGE,
    LEAD,
    MIDDLE,
    NUMBER,
    PLAIN,
    SMALL,
    SOFT,
    STRONG,
    STRONG_NUMBER,
    TITLE,
    Bar,
    read_fonts,
    table,
    text,
)
from crm.reports.services import FINDINGS, ROWS, STEPS, Report
from crm.sectors import SECTORS

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


def of(report: Report) -> bytes:
    """Return the report as a PDF."""
    read_fonts()
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
        text(words.asked(report), SMALL),
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
        *[text(one, SMALL) for one in words.sources(report)],
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
            text(number(index[part], 2), STRONG_NUMBER),
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
    return [table([[value, table(parts, [70, 30, 64, WIDE - 100 - 164 - 12])]], [100, WIDE - 100])]


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
    return [table([cells], [WIDE / len(cells)] * len(cells))]


def _grid(report: Report, rows: int) -> list[Flowable]:
    """Return who is at work where, by sector."""
    if not report.rows:
        return []
    shown = report.rows[:rows]
    head = [text(_("Region"), HEAD)]
    # A long name of two words may break between them.
    head += [text(str(SECTOR_NAMES[code]).replace("/", "/ "), HEAD_MIDDLE) for code in SECTORS]
    year = report.poverty_year
    poverty_title = f"{_('Poverty')} {year}" if year else _("Poverty")
    head += [text(_("Index"), HEAD_NUMBER), text(poverty_title, HEAD_NUMBER)]
    body = [head]
    for row in shown:
        poverty = percent(row.place.poverty if row.place else None, 2)
        if row.place and row.place.poverty is not None and not year:
            poverty = f"{poverty} ({row.place.year})"
        body.append(
            [
                text(row.name, STRONG if row.code == _code(report) else CELL),
                *(
                    text(number(count), MIDDLE) if count else text("✕", ABSENT)
                    for count in (row.sectors.get(code, 0) for code in SECTORS)
                ),
                text(number(row.index["value"]), NUMBER),
                text(poverty, NUMBER),
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
    widths = [WIDE - 6 * 50 - 36 - 76, *[50] * 6, 36, 76]
    return [
        text(_("Sectors by region"), HEADING),
        table(body, widths, ruled=True, repeat=1),
        text(" ".join(map(str, said)), SMALL),
    ]


def _code(report: Report) -> str:
    return report.region.code if report.region else ""


def _findings(report: Report, shown: int) -> list[Flowable]:
    if not report.findings:
        return [
            text(_("Most severe gaps"), HEADING),
            text(report.nothing),
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
    first, *others = (table([row], [28, WIDE - 28], ruled=True) for row in rows)
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
        table(body, [20, WIDE - 20 - 64 - 88 - 78, 64, 88, 78], ruled=True, repeat=1),
    ]
