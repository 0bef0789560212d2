"""What is known of the network month by month, and whether it is still true."""

from dataclasses import dataclass
from datetime import date

from crm.jobs import has_failed, later
from crm.network import months
from crm.network.jobs import compute_months, data_version
from crm.network.questions import Question


@dataclass(frozen=True)
class Point:
    """One region, or the whole network, on one day."""

    day: date
    value: float | None
    coverage: float | None
    linkage: float | None
    cohesion: float | None
    resilience: float | None
    engaged: int
    """Organisations at work."""
    ties: int
    """Working ties among the organisations of the region."""


@dataclass(frozen=True)
class Series:
    """What is known about the months before a day."""

    points: list[Point]
    known: bool
    """False while they are computed for the first time."""
    fresh: bool
    """Whether they are of the data as it is now."""
    failed: bool = False
    """Whether computing them failed a moment ago."""


def of(question: Question, region: str = months.WHOLE) -> Series:
    """Return the months of a region; have them computed where they are old."""
    stored = months.stored(question)
    key = f"series:{question.on}:{question.months}"
    if not months.is_fresh(stored, data_version()):
        later(compute_months, question.on.isoformat(), question.months, once=key)
        # Where jobs run at once, the results are there now.
        stored = months.stored(question)
    if stored is None:
        return Series([], known=False, fresh=False, failed=has_failed(key))
    of_region = stored.points.get(region, {})
    points = [Point(date.fromisoformat(day), *values) for day, values in of_region.items()]
    points.sort(key=lambda one: one.day)
    fresh = months.is_fresh(stored, data_version())
    return Series(points, known=True, fresh=fresh, failed=not fresh and has_failed(key))
