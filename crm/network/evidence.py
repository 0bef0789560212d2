"""The rows behind a finding: what they are called, when they were, and where they open."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import select

from crm.actions.models import FollowUp
from crm.agreements.models import Agreement
from crm.auth import may
from crm.commitments.models import Commitment
from crm.db import db
from crm.events.models import Event
from crm.formats import day, period
from crm.network.models import StoredFinding
from crm.programmes.models import Programme
from crm.regulations.models import Team
from crm.resources.models import Resource

SHOWN = 30


@dataclass(frozen=True)
class Row:
    """One row that proves something."""

    table: str
    title: str
    day: str
    url: str | None


@dataclass(frozen=True)
class Evidence:
    """The rows behind a finding, the latest of them shown."""

    rows: list[Row]
    more: int


def of(finding: StoredFinding) -> Evidence:
    """Return the rows behind a finding."""
    wanted: dict[str, list[int]] = {}
    for table, number in finding.evidence:
        wanted.setdefault(table, []).append(number)
    found: list[tuple[date, Row]] = []
    for table, numbers in wanted.items():
        found.extend(_READERS[table](numbers) if table in _READERS else [])
    found.sort(key=lambda pair: (pair[0], pair[1].title), reverse=True)
    return Evidence([row for _, row in found[:SHOWN]], max(len(found) - SHOWN, 0))


def _link(endpoint: str, **values: Any) -> str | None:
    return url_for(endpoint, **values) if may(endpoint) else None


def _agreements(numbers: list[int]) -> list[tuple[date, Row]]:
    rows = db.session.scalars(select(Agreement).where(Agreement.id.in_(numbers)))
    return [
        (
            one.starts or date.min,
            Row(
                "agreement",
                one.title,
                period(one.starts, one.ends),
                _link("agreements.show", agreement_id=one.id),
            ),
        )
        for one in rows
    ]


def _events(numbers: list[int]) -> list[tuple[date, Row]]:
    rows = db.session.scalars(select(Event).where(Event.id.in_(numbers)))
    return [
        (
            one.starts_on or date.min,
            Row(
                "event",
                one.title,
                day(one.starts_on, one.date_precision),
                _link("events.show", event_id=one.id),
            ),
        )
        for one in rows
    ]


def _commitments(numbers: list[int]) -> list[tuple[date, Row]]:
    rows = db.session.scalars(select(Commitment).where(Commitment.id.in_(numbers)))
    return [
        (
            one.promised_on or date.min,
            Row(
                "commitment",
                one.what,
                day(one.promised_on),
                _link("stakeholders.show", stakeholder_id=one.giver_id),
            ),
        )
        for one in rows
    ]


def _teams(numbers: list[int]) -> list[tuple[date, Row]]:
    rows = db.session.scalars(select(Team).where(Team.id.in_(numbers)))
    return [
        (
            one.starts or date.min,
            Row(
                "team",
                one.name,
                period(one.starts, one.ends),
                _link("regulations.team", team_id=one.id),
            ),
        )
        for one in rows
    ]


def _follow_ups(numbers: list[int]) -> list[tuple[date, Row]]:
    rows = db.session.scalars(select(FollowUp).where(FollowUp.id.in_(numbers)))
    return [
        (
            one.due_on or date.min,
            Row(
                "follow_up",
                one.title,
                day(one.due_on),
                _link("actions.show", action_id=one.id),
            ),
        )
        for one in rows
    ]


def _programmes(numbers: list[int]) -> list[tuple[date, Row]]:
    rows = db.session.scalars(select(Programme).where(Programme.id.in_(numbers)))
    return [
        (
            one.starts or date.min,
            Row(
                "programme",
                one.name,
                period(one.starts, one.ends),
                _link("programmes.show", programme_id=one.id),
            ),
        )
        for one in rows
    ]


def _resources(numbers: list[int]) -> list[tuple[date, Row]]:
    rows = db.session.scalars(select(Resource).where(Resource.id.in_(numbers)))
    return [
        (
            one.starts or date.min,
            Row(
                "resource",
                one.what,
                period(one.starts, one.ends),
                _link("stakeholders.show", stakeholder_id=one.stakeholder_id),
            ),
        )
        for one in rows
    ]


_READERS = {
    "agreement": _agreements,
    "event": _events,
    "commitment": _commitments,
    "team": _teams,
    "follow_up": _follow_ups,
    "programme": _programmes,
    "resource": _resources,
}
