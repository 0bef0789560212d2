"""Why a finding no longer stands, in words: the visit, agreement or promise that closed it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from crm.db import db
from crm.events.models import Event
from crm.formats import day
from crm.gaps import titles
from crm.gaps.words import TABLE_NAMES
from crm.language import _
from crm.network.closings import WORK
from crm.network.models import ClosedFinding, ClosingCause
from crm.stakeholders import services as stakeholders
from crm.words import label, teach

teach(
    {
        ClosingCause.RECORDS: _("What was recorded"),
        ClosingCause.ARCHIVED: _("Put away or called off"),
        ClosingCause.DATA: _("A change of the data"),
        ClosingCause.TIME: _("The day moved on"),
        ClosingCause.SETTINGS: _("Other settings"),
        ClosingCause.PROGRAM: _("A new version of Sinergi"),
    }
)

BY_WORK = "work"


def choices() -> list[tuple[str, Any]]:
    """Return the causes to filter by; what the team did is one of them."""
    others = [(one.value, label(one)) for one in ClosingCause if one not in WORK]
    return [(BY_WORK, _("The work of the team")), *others]


def causes(chosen: str) -> tuple[ClosingCause, ...]:
    """Return the causes that a filter means."""
    return WORK if chosen == BY_WORK else (ClosingCause(chosen),)


class CauseTeller:
    """Tells why findings no longer stand; reads the names that it needs for many at once."""

    def __init__(self, closed: Iterable[ClosedFinding] = ()) -> None:
        """Read the names of what closed some findings."""
        self.names: dict[titles.Row, str] = {}
        self.learn(closed)

    def learn(self, closed: Iterable[ClosedFinding]) -> None:
        """Read the names of what closed some findings."""
        rows = {(table, number) for one in closed for table, number in one.records}
        rows -= self.names.keys()
        events = [number for table, number in rows if table == "event"]
        organisations = [number for table, number in rows if table == "stakeholder"]
        self.names.update(titles.titles(row for row in rows if row[0] != "event"))
        self.names.update(
            (("stakeholder", number), name)
            for number, name in stakeholders.named(organisations).items()
        )
        for event in db.session.scalars(select(Event).where(Event.id.in_(events))):
            self.names["event", event.id] = _event(event)

    def tell(self, closed: ClosedFinding) -> str:
        """Return why one finding no longer stands."""
        return str(_SENTENCES[closed.cause](", ".join(self._what(closed))))

    def _what(self, closed: ClosedFinding) -> Iterable[str]:
        for table, number in closed.records:
            name = self.names.get((table, number), "—")
            if table in ("event", "stakeholder"):
                yield name
            else:
                yield f"{_inside(TABLE_NAMES[table])} “{name}”"


def _event(event: Event) -> str:
    """Return an event as "kunjungan koordinasi 3 Maret 2026"."""
    kind = _inside(label(event.kind))
    return f"{kind} {day(event.starts_on, event.date_precision)}" if event.starts_on else kind


def _inside(name: Any) -> str:
    """Return a name as it stands inside a sentence."""
    text = str(name)
    return text[:1].lower() + text[1:]


_SENTENCES = {
    ClosingCause.RECORDS: lambda what: _("Closed by %(what)s.", what=what),
    ClosingCause.ARCHIVED: lambda what: _(
        "Gone with %(what)s: put away, ended or called off.", what=what
    ),
    ClosingCause.DATA: lambda _what: _("Closed by a change of the data."),
    ClosingCause.TIME: lambda _what: _("Not there any more since the day moved on."),
    ClosingCause.SETTINGS: lambda _what: _("Not looked for any more since settings were changed."),
    ClosingCause.PROGRAM: lambda _what: _("Not found any more by the new version of Sinergi."),
}
