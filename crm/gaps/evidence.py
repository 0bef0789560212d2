"""The rows behind a finding: what they are called, when they were, and where they open."""

from collections.abc import Callable, Iterable
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
    return of_rows(finding.evidence)


def of_rows(pairs: Iterable[Any]) -> Evidence:
    """Return rows, named by table and id, the latest first."""
    wanted: dict[str, list[int]] = {}
    for table, number in pairs:
        wanted.setdefault(table, []).append(number)
    found: list[tuple[date, Row]] = []
    for table, numbers in wanted.items():
        found.extend(_rows_of(table, numbers) if table in _TABLES else [])
    found.sort(key=lambda pair: (pair[0], pair[1].title), reverse=True)
    return Evidence([row for _, row in found[:SHOWN]], max(len(found) - SHOWN, 0))


def _link(endpoint: str, **values: Any) -> str | None:
    return url_for(endpoint, **values) if may(endpoint) else None


def _rows_of(table: str, numbers: list[int]) -> list[tuple[date, Row]]:
    kind, name, first, written, endpoint, argument, of = _TABLES[table]
    return [
        (
            getattr(one, first) or date.min,
            Row(
                table,
                getattr(one, name),
                written(one),
                _link(endpoint, **{argument: getattr(one, of)}),
            ),
        )
        for one in db.session.scalars(select(kind).where(kind.id.in_(numbers)))
    ]


def _lasting(one: Any) -> str:
    return period(one.starts, one.ends)


_TABLES: dict[str, tuple[Any, str, str, Callable[[Any], str], str, str, str]] = {
    "agreement": (
        Agreement, "title", "starts", _lasting, "agreements.show", "agreement_id", "id"
    ),
    "event": (
        Event, "title", "starts_on", lambda one: day(one.starts_on, one.date_precision),
        "events.show", "event_id", "id",
    ),
    "commitment": (
        Commitment, "what", "promised_on", lambda one: day(one.promised_on),
        "stakeholders.show", "stakeholder_id", "giver_id",
    ),
    "team": (Team, "name", "starts", _lasting, "regulations.team", "team_id", "id"),
    "follow_up": (
        FollowUp, "title", "due_on", lambda one: day(one.due_on), "actions.show", "action_id", "id"
    ),
    "programme": (
        Programme, "name", "starts", _lasting, "programmes.show", "programme_id", "id"
    ),
    "resource": (
        Resource, "what", "starts", _lasting, "stakeholders.show", "stakeholder_id",
        "stakeholder_id",
    ),
}  # fmt: skip
"""Of each table: what its rows are called, by which day they stand in order, how that is written,
and the page that opens them with its argument and the column that fills it."""
