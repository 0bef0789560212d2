"""The preview: every row beside what we have, and what the user decides about the doubtful ones."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from crm.db import db
from crm.errors import Refused
from crm.imports import columns, work
from crm.imports.meeting_plan import MeetingPlanner
from crm.imports.models import (
    Import,
    ImportRow,
    ImportShape,
    ImportStatus,
    Role,
    RowMatch,
    RowStatus,
)
from crm.imports.remembered import SKIP
from crm.imports.stakeholder_plan import StakeholderPlanner
from crm.imports.tables import Row
from crm.imports.taking import NEW
from crm.imports.uploads import ROLES, rows_of, unfinished
from crm.language import _
from crm.transaction import transaction
from crm.users.models import User


def begin(by: User, import_id: int, *, at: datetime) -> str:
    """Take the work of comparing; return the token that ``preview`` goes on with.

    :raises Refused: if a required column is missing, or something was taken already
    """
    imported = unfinished(import_id)
    for role in ROLES[imported.shape]:
        if lacking := columns.missing(role, imported.tables[role]["fields"]):
            raise Refused(
                _("No column is chosen for “%(field)s”.", field=lacking[0].label), field=role
            )
    return work.claim(by, import_id, ImportStatus.MATCHING, at=at)


def preview(by: User, import_id: int, *, at: datetime, token: str = "") -> Import:
    """Compare every row with what we have; nothing is stored but the comparison.

    :param token: what ``begin`` has returned; empty: begin here
    """
    token = token or begin(by, import_id, at=at)
    imported = db.session.get_one(Import, import_id)
    try:
        values = _planned(by, imported, rows_of(imported))
    except Refused as refused:
        with transaction(by=by):
            work.end(import_id, token, ImportStatus.MAPPING, error=str(refused.message))
        raise
    with transaction(by=by):
        db.session.execute(delete(ImportRow).where(ImportRow.import_id == import_id))
        if values:
            defaults = _DEFAULTS | {"import_id": import_id}
            db.session.execute(insert(ImportRow), [defaults | one for one in values])
        work.end(import_id, token, ImportStatus.PREVIEW)
    return db.session.get_one(Import, import_id)


def compare_again(by: User, import_id: int) -> int:
    """Compare the rows that failed, or were never decided, with what we have now; say how many.

    :raises Refused: if the import is not over, or was undone
    """
    imported = db.session.get_one(Import, import_id)
    if imported.status is not ImportStatus.DONE:
        raise Refused(_("Rows are compared again after the others have been taken."))
    rows: dict[Role, list[Row]] = {role: [] for role in ROLES[imported.shape]}
    query = select(ImportRow).where(ImportRow.import_id == import_id)
    for row in db.session.scalars(query.order_by(ImportRow.role, ImportRow.number)):
        rows[row.role].append((row.number, row.cells))
    planned = {(one["role"], one["number"]): one for one in _planned(by, imported, rows)}
    with transaction(by=by):
        left = query.where(ImportRow.status.in_([RowStatus.FAILED, RowStatus.WAITING]))
        again = list(db.session.scalars(left))
        for row in again:
            for name, value in planned[row.role, row.number].items():
                setattr(row, name, value)
            row.status, row.decision = RowStatus.WAITING, ""
        db.session.get_one(Import, import_id).status = ImportStatus.PREVIEW
    return len(again)


_DEFAULTS: dict[str, Any] = {
    "subject": "",
    "group": "",
    "match_id": None,
    "match_version": None,
    "matches": [],
    "facts": {},
    "decision": "",
    "status": RowStatus.WAITING,
    "reason": "",
    "taken_at": None,
    "undo": [],
}


def _planned(by: User, imported: Import, rows: dict[Role, list[Row]]) -> list[dict[str, Any]]:
    fields = {role: imported.tables[role]["fields"] for role in rows}
    if imported.shape is ImportShape.STAKEHOLDERS:
        planner = StakeholderPlanner(by, fields[Role.STAKEHOLDERS])
        return planner.plan(rows[Role.STAKEHOLDERS])
    meetings = MeetingPlanner(by, fields[Role.MEETINGS], fields[Role.PARTICIPATIONS])
    return meetings.plan(rows[Role.MEETINGS], rows[Role.PARTICIPATIONS])


def decide(by: User, import_id: int, decisions: dict[int, str]) -> int:
    """Say what rows are: ``new``, ``skip``, one of their matches, or nothing yet; return how many.

    Other doubtful rows about the same organisation follow, unless they were decided themselves.

    :raises Refused: if a choice is none of the row's, or the row was taken already
    """
    with transaction(by=by):
        chosen = _rows(import_id, decisions)
        for row in chosen:
            decision = decisions[row.id]
            if decision not in choices_of(row):
                raise Refused(_("Row %(row)s cannot be that.", row=row.number))
            row.decision = decision
        followers = {
            (row.role, row.subject): row.decision
            for row in chosen
            if row.match is RowMatch.DOUBTFUL and row.subject
        }
        followed = _follow(import_id, followers, {row.id for row in chosen})
    return len(chosen) + followed


def decide_all(by: User, import_id: int, decision: str) -> int:
    """Decide all doubtful rows at once: ``new``, ``skip``, or ``best``: the likeliest match."""
    with transaction(by=by):
        query = _open_rows(import_id).where(ImportRow.match == RowMatch.DOUBTFUL)
        rows = list(db.session.scalars(query))
        for row in rows:
            wanted = str(row.matches[0]["id"]) if decision == "best" and row.matches else decision
            if wanted in choices_of(row):
                row.decision = wanted
    return len(rows)


def choices_of(row: ImportRow) -> list[str]:
    """Return the decisions that are possible for a row."""
    if row.match is RowMatch.REFUSED:
        return [""]
    if row.match is not RowMatch.DOUBTFUL:
        return ["", SKIP]
    return ["", NEW, SKIP, *(str(one["id"]) for one in row.matches)]


def _open_rows(import_id: int) -> Any:
    return select(ImportRow).where(
        ImportRow.import_id == import_id, ImportRow.status == RowStatus.WAITING
    )


def _rows(import_id: int, ids: Iterable[int]) -> list[ImportRow]:
    query = _open_rows(import_id).where(ImportRow.id.in_(list(ids)))
    rows = list(db.session.scalars(query))
    if len(rows) != len(list(ids)):
        raise Refused(_("A row was taken already, or is gone. Reload the page."))
    return rows


def _follow(import_id: int, followers: dict[tuple[Role, str], str], decided: set[int]) -> int:
    if not followers:
        return 0
    query = _open_rows(import_id).where(
        ImportRow.match == RowMatch.DOUBTFUL,
        ImportRow.subject.in_([subject for _role, subject in followers]),
    )
    count = 0
    for row in db.session.scalars(query):
        decision = followers.get((row.role, row.subject))
        if decision is not None and row.id not in decided and decision in choices_of(row):
            row.decision = decision
            count += 1
    return count
