"""The events that are there, to find a list's meetings among them again."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import select

from crm.db import db
from crm.events.models import DatePrecision, Event
from crm.imports.meeting_rows import MeetingRow
from crm.stakeholders import names


@dataclass(frozen=True)
class KnownEvent:
    """What is compared of one event."""

    id: int
    title: str
    starts_on: date | None
    date_precision: DatePrecision
    region_code: str | None
    source: str
    reference: str | None
    version: int
    archived_at: datetime | None

    @property
    def number(self) -> str:
        """What the list that it came from calls it."""
        return (self.reference or "").split("@")[0]


class KnownEvents:
    """All events, by the number of their list, and by title and day."""

    def __init__(self) -> None:
        """Read what is compared of all events."""
        self.by_number: dict[str, list[KnownEvent]] = defaultdict(list)
        self.by_title: dict[tuple[str, date | None], list[KnownEvent]] = defaultdict(list)
        self.references: set[str] = set()
        query = select(
            Event.id,
            Event.title,
            Event.starts_on,
            Event.date_precision,
            Event.region_code,
            Event.source,
            Event.reference,
            Event.version,
            Event.archived_at,
        )
        for row in db.session.execute(query):
            known = KnownEvent(*row)
            if known.reference:
                self.by_number[known.number].append(known)
                self.references.add(known.reference)
            self.by_title[names.key(known.title), known.starts_on].append(known)

    def best(self, row: MeetingRow) -> tuple[str, list[KnownEvent]]:
        """Return whether a meeting is there: same, doubtful or new; and which it may be.

        Two lists may both begin with M001: the number alone is not enough.
        """
        certain, doubtful = [], []
        key = names.key(row.title)
        for known in self.by_number.get(row.reference, []):
            same_source = bool(row.source) and known.source == row.source
            same_title = names.key(known.title) == key
            same_day = known.starts_on == row.when.day
            if (same_title and same_day) or (same_source and (same_title or same_day)):
                certain.append(known)
            elif same_source:
                doubtful.append(known)
        if len(certain) == 1:
            return "same", certain
        twins = self.by_title.get((key, row.when.day), []) if row.when.day else []
        doubtful += [one for one in twins if one not in doubtful]
        found = certain + [one for one in doubtful if one not in certain]
        return ("doubtful" if found else "new"), found


def free_reference(row: MeetingRow, taken: set[str]) -> str:
    """Return under which reference a new meeting is found again: its number, or one of its own."""
    if row.reference not in taken:
        return row.reference
    mark = sha256(f"{row.source}\n{names.key(row.title)}\n{row.when.day}".encode()).hexdigest()
    return f"{row.reference}@{mark[:12]}"
