"""What was changed between two answers, as the audit trail tells it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, or_, select

from crm.actions.models import FollowUp
from crm.agreements.models import Agreement, AgreementParty
from crm.audit.models import AuditEntry
from crm.commitments.models import Commitment
from crm.db import db
from crm.events.models import Event
from crm.invitations.models import Attendance, Participation
from crm.network.models import NetworkSetting
from crm.network.questions import OPENING, Question
from crm.programmes.models import Programme
from crm.regulations.models import Team, TeamMember
from crm.resources.models import Resource
from crm.stakeholders.models import Stakeholder

Row = tuple[str, int]
PRESENT = Attendance.PRESENT.value

LOOKED_AT = 5_000
"""Entries of the audit trail, the latest: after a large import nothing is named for certain."""

TABLES = {
    "Event": "event",
    "Participation": "event",
    "Agreement": "agreement",
    "AgreementParty": "agreement",
    "Commitment": "commitment",
    "Team": "team",
    "TeamMember": "team",
    "FollowUp": "follow_up",
    "Resource": "resource",
    "Programme": "programme",
    "Stakeholder": "stakeholder",
}
"""The models whose records close findings, and the table of the whole that is named for each."""

TELLING = {
    "Stakeholder": {"region_code", "sector", "level", "archived_at", "merged_into_id"},
    "Event": {"starts_on", "status", "archived_at"},
    "Participation": {"attendance", "invitation", "archived_at", "stakeholder_id"},
}
"""The columns that matter, where not every one does: a new phone number closes nothing."""

Home = tuple[str, str | None]
"""Sector and region of an organisation."""


@dataclass
class Change:
    """One whole that was changed: with which organisations, and whether it was put away."""

    kind: str
    """The table; of guests of whom no attendance was recorded: ``invitation``."""
    row: Row
    put_away: bool
    organisations: set[int] = field(default_factory=set)
    alone: bool = False
    """Whether it is an event to which fewer than two organisations came: that ties nobody."""


@dataclass(frozen=True)
class Changed:
    """Everything that was changed between two answers, the latest first."""

    changes: list[Change]
    homes: dict[int, Home]
    settings: bool
    """Whether a setting of the analysis is among it."""

    @property
    def rows(self) -> set[Row]:
        """Everything that was changed."""
        return {one.row for one in self.changes}


def changed(after: int, question: Question) -> Changed:
    """Return what was changed after one version of the data, as it counts for a question."""
    since = (
        AuditEntry.data_version > after,
        AuditEntry.action.in_(("created", "changed", "deleted")),
    )
    query = (
        select(AuditEntry)
        .where(*since, AuditEntry.record.in_(TABLES))
        .order_by(AuditEntry.id.desc())
        .limit(LOOKED_AT)
    )
    told = [one for one in db.session.scalars(query) if _matters(one)]
    over = _over({_row(one) for one in told}, question)
    changes: dict[tuple[str, Row, bool], Change] = {}
    for entry, ones in zip(told, _organisations(told), strict=True):
        kind, row = _kind(entry), _row(entry)
        is_over = kind == row[0] and row in over
        if is_over and entry.action == "created":  # what never counted closed nothing
            continue
        put_away = is_over or _put_away(entry)
        one = changes.setdefault((kind, row, put_away), Change(kind, row, put_away))
        one.organisations.update(ones)
    _mark_those_alone(changes.values())
    everybody = {one for change in changes.values() for one in change.organisations}
    # Of the settings all are looked at: a large import must not push them out of the latest.
    settings = select(AuditEntry.record_id).where(*since, AuditEntry.record == "NetworkSetting")
    ids = set(db.session.scalars(settings))
    return Changed(list(changes.values()), _homes(everybody), _are_of_the_search(ids))


def _are_of_the_search(settings: set[int]) -> bool:
    """Whether one of these settings says how findings are looked for, not only on which day."""
    query = select(NetworkSetting.id).where(
        NetworkSetting.id.in_(settings), NetworkSetting.name != OPENING
    )
    return bool(settings) and db.session.scalar(query.limit(1)) is not None


def _row(entry: AuditEntry) -> Row:
    return TABLES[entry.record], entry.root_id


def _over(rows: Iterable[Row], question: Question) -> set[Row]:
    """Return those that hold no more on the day: ended, or outside the window."""
    on, first = question.on, question.first
    outside = Event.starts_on > on
    if first is not None:
        outside = or_(outside, Event.starts_on < first, Event.starts_on.is_(None))
    gone: dict[str, tuple[Any, Any]] = {
        "agreement": (Agreement.id, Agreement.ends < on),
        "team": (Team.id, Team.ends < on),
        "event": (Event.id, outside),
    }
    ids = _by_table(rows)
    return {
        (table, number)
        for table, (key, condition) in gone.items()
        for number in db.session.scalars(select(key).where(key.in_(ids[table]), condition))
    }


def _mark_those_alone(changes: Iterable[Change]) -> None:
    events = [one for one in changes if one.kind == "event"]
    query = (
        select(Participation.event_id)
        .where(
            Participation.event_id.in_([one.row[1] for one in events]),
            Participation.attendance == Attendance.PRESENT,
            Participation.archived_at.is_(None),
        )
        .group_by(Participation.event_id)
        .having(func.count(Participation.stakeholder_id.distinct()) > 1)
    )
    met = set(db.session.scalars(query))
    for one in events:
        one.alone = one.row[1] not in met


def _by_table(rows: Iterable[Row]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for table, number in rows:
        found[table].append(number)
    return found


def _matters(entry: AuditEntry) -> bool:
    if entry.action == "changed":
        telling = TELLING.get(entry.record)
        return telling is None or bool(telling & entry.changes.keys())
    # An event that is entered brings nobody together; that somebody came does.
    return entry.record != "Event" or entry.action == "deleted"


def _kind(entry: AuditEntry) -> str:
    """Return what kind of change it is."""
    pair = entry.changes.get("attendance", [None, None])
    if entry.record == "Participation" and PRESENT not in pair:
        return "invitation"
    return TABLES[entry.record]


def _put_away(entry: AuditEntry) -> bool:
    """Whether something was taken away; what merely ended is known from the row."""
    now = {name: pair[1] for name, pair in entry.changes.items()}
    was_there = entry.changes.get("attendance", [None])[0] == PRESENT
    return (
        entry.action == "deleted"
        or bool(now.get("archived_at") or now.get("merged_into_id"))
        or now.get("status") == "cancelled"
        or was_there
    )


def _organisations(entries: list[AuditEntry]) -> Iterator[set[int]]:
    """Yield for each entry the organisations that it is about, as they are recorded now."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for one in entries:
        wanted[one.record].add(_number(one))
    known = {record: _members(record, ids) for record, ids in wanted.items() if record in _MEMBERS}
    for one in entries:
        found = set(known.get(one.record, {}).get(_number(one), ()))
        if one.record == "Stakeholder":
            found.add(one.root_id)
        # What is gone from the row stands in the entry.
        for name, pair in one.changes.items():
            if name in _POINTERS:
                found.update(value for value in pair if isinstance(value, int))
        yield found


def _number(entry: AuditEntry) -> int:
    """Return the id by which the organisations of an entry are found."""
    return entry.record_id if entry.record == "Participation" else entry.root_id


_POINTERS = ("stakeholder_id", "giver_id", "receiver_id", "lead_id", "funder_id")

_MEMBERS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "Participation": (Participation.id, (Participation.stakeholder_id,)),
    "Event": (Participation.event_id, (Participation.stakeholder_id,)),
    "Agreement": (AgreementParty.agreement_id, (AgreementParty.stakeholder_id,)),
    "AgreementParty": (AgreementParty.agreement_id, (AgreementParty.stakeholder_id,)),
    "Commitment": (Commitment.id, (Commitment.giver_id, Commitment.receiver_id)),
    "Team": (TeamMember.team_id, (TeamMember.stakeholder_id,)),
    "TeamMember": (TeamMember.team_id, (TeamMember.stakeholder_id,)),
    "FollowUp": (FollowUp.id, (FollowUp.stakeholder_id,)),
    "Resource": (Resource.id, (Resource.stakeholder_id,)),
    "Programme": (Programme.id, (Programme.lead_id, Programme.funder_id)),
}
"""Of each model: by which id its organisations are found, and in which columns."""


def _members(record: str, ids: Iterable[int]) -> dict[int, set[int]]:
    key, columns = _MEMBERS[record]
    found: dict[int, set[int]] = defaultdict(set)
    for number, *ones in db.session.execute(select(key, *columns).where(key.in_(list(ids)))):
        found[number].update(one for one in ones if one is not None)
    return found


def _homes(ids: Iterable[int]) -> dict[int, Home]:
    query = select(Stakeholder.id, Stakeholder.sector, Stakeholder.region_code)
    rows = db.session.execute(query.where(Stakeholder.id.in_(list(ids))))
    return {one: (sector.value, region) for one, sector, region in rows}
