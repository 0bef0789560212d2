"""The question that an analysis answers: on which day, looking how far back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from crm.addresses import whole
from crm.db import db
from crm.network import records
from crm.network.models import NetworkSetting
from crm.transaction import transaction
from crm.users.models import User

MONTH = 365.25 / 12
WINDOWS = (12, 24, 36, 60, 0)
"""Months that are offered; 0: all years."""
DEFAULT_WINDOW = 24
LONGEST = 600
FEW_EVENTS = 3
"""With fewer events than this the window holds next to nothing, and another one is offered."""
EARLIEST, LATEST = date(1945, 8, 17), date(2199, 12, 31)
"""Between them a day is one that somebody meant."""
OPENING = "opening"


@dataclass(frozen=True)
class Question:
    """A day and a window."""

    on: date
    months: int = DEFAULT_WINDOW
    """0: all years."""

    @property
    def window_days(self) -> int | None:
        """The window in days; None for all years."""
        return round(self.months * MONTH) if self.months else None

    @property
    def first(self) -> date | None:
        """The first day that counts; None for all years."""
        return None if self.window_days is None else self.on - timedelta(days=self.window_days)

    @property
    def args(self) -> dict[str, str]:
        """The question as parameters of an address."""
        return {"on": self.on.isoformat(), "window": str(self.months) if self.months else "all"}


def read(args: Mapping[str, Any], today: date) -> Question:
    """Return the question that an address asks; what is missing or unreadable is as usual."""
    usual = opening(today)
    try:
        on = date.fromisoformat(str(args.get("on", "")))
    except ValueError:
        on = usual.on
    if not EARLIEST <= on <= LATEST:
        on = usual.on
    window = str(args.get("window", ""))
    if window == "all":
        months = 0
    elif 0 < (asked := whole(window) or 0) <= LONGEST:
        months = asked
    else:
        months = usual.months
    return Question(on, months)


def opening(today: date) -> Question:
    """Return the question with which pages open: today and two years, unless set otherwise."""
    setting = db.session.scalar(select(NetworkSetting).where(NetworkSetting.name == OPENING))
    value = setting.value if setting else {}
    months = int(value.get("months", DEFAULT_WINDOW))
    last = records.last_day(today) if value.get("on") == "last-day" else None
    return Question(last or today, months)


def set_opening(by: User | None, *, on: str, months: int) -> None:
    """Choose the question with which pages open: ``today`` or ``last-day``, and a window.

    The last day is that of the latest record: it moves on as soon as something new is entered.
    """
    with transaction(by=by):
        setting = db.session.scalar(select(NetworkSetting).where(NetworkSetting.name == OPENING))
        if setting is None:
            setting = NetworkSetting(name=OPENING, value={})
            db.session.add(setting)
        setting.value = {"on": on, "months": months}


def better(question: Question) -> Question | None:
    """Return a question that finds something, where this one finds next to nothing."""
    if records.events_between(question.first, question.on, FEW_EVENTS) == FEW_EVENTS:
        return None
    last = records.last_event_day(question.on) or records.last_event_day(date.max)
    if last is None:
        return None
    offered = Question(last, 0)
    return None if offered == question else offered
