"""A month of events: its weeks and days, and what is known only by month or year."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Select, and_, func, or_, select

from crm import dates
from crm.db import db
from crm.events.models import DatePrecision, Event


@dataclass
class Day:
    """One day of a month's page, with its events."""

    date: date
    is_in_month: bool
    events: list[Event] = field(default_factory=list)


@dataclass
class Month:
    """One page of the calendar."""

    first: date
    weeks: list[list[Day]]
    sometime: list[Event]
    """Events of this month, or of this year, whose day is not known."""

    @property
    def before(self) -> date:
        """The first day of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The first day of the month after."""
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def days(self) -> list[Day]:
        """The days of the month itself, in order."""
        return [day for week in self.weeks for day in week if day.is_in_month]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known to happen in it."""
        return not self.sometime and not any(day.events for day in self.days)


def page(query: Select[Event], first: date) -> Month:
    """Return the month that begins on this day, with those events of a query that fall into it."""
    last = dates.last_day(dates.When(first, DatePrecision.MONTH)) or first
    weeks = [
        [Day(day, day.month == first.month) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    days = {day.date: day for week in weeks for day in week}
    month = Month(first, weeks, [])
    for event in _within(query, first, last):
        if event.date_precision is not DatePrecision.DAY:
            month.sometime.append(event)
            continue
        for day in _days_of(event):
            if day in days:
                days[day].events.append(event)
    return month


def nearest(query: Select[Event], first: date) -> tuple[date | None, date | None]:
    """Return the last month before this one in which there is an event, and the next after it."""
    last = dates.last_day(dates.When(first, DatePrecision.MONTH)) or first
    exact = query.with_only_columns(Event.starts_on).where(
        Event.date_precision != DatePrecision.YEAR
    )
    days = exact.order_by(None).subquery()
    earlier = select(func.max(days.c.starts_on)).where(days.c.starts_on < first)
    later = select(func.min(days.c.starts_on)).where(days.c.starts_on > last)
    found = (db.session.scalar(earlier), db.session.scalar(later))
    return found[0] and found[0].replace(day=1), found[1] and found[1].replace(day=1)


def _within(query: Select[Event], first: date, last: date) -> Iterable[Event]:
    year = and_(
        Event.date_precision == DatePrecision.YEAR,
        Event.starts_on == first.replace(month=1),
    )
    known = and_(
        Event.date_precision != DatePrecision.YEAR,
        Event.starts_on <= last,
        func.coalesce(Event.ends_on, Event.starts_on) >= first,
    )
    found = query.where(or_(year, known)).order_by(Event.starts_on, Event.starts_at, Event.id)
    return db.session.scalars(found).unique()


def _days_of(event: Event) -> Iterable[date]:
    if event.starts_on is None:
        return
    day, last = event.starts_on, event.ends_on or event.starts_on
    while day <= last:
        yield day
        day += timedelta(days=1)
