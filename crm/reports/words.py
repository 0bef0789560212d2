"""What the synergy report says of itself: its day, its window, and where its figures come from."""

from crm.formats import day, moment
from crm.language import _
from crm.reports.services import Report


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
