"""Imports from beginning to end: start, map_columns, preview, decide, take, resume, undo."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, Text, cast, func, literal_column, select
from sqlalchemy.orm import joinedload

from crm.db import db
from crm.events.models import Event
from crm.imports import columns, previews, taking, undoing, work
from crm.imports.models import (
    Import,
    ImportRow,
    ImportShape,
    ImportStatus,
    ImportWork,
    Role,
    RowMatch,
    RowStatus,
)
from crm.imports.previews import choices_of, compare_again, decide, decide_all, preview
from crm.imports.taking import ready, storable, take
from crm.imports.undoing import undo
from crm.imports.uploads import ROLES, choose_table, discard, map_columns, reopen, start
from crm.language import _
from crm.stakeholders import services as stakeholders
from crm.transaction import transaction
from crm.users.models import User

__all__ = [
    "ROLES",
    "begin",
    "choices_of",
    "choose_table",
    "compare_again",
    "decide",
    "decide_all",
    "discard",
    "map_columns",
    "preview",
    "ready",
    "reopen",
    "resume",
    "start",
    "storable",
    "take",
    "undo",
]

resume = take
"""Take up the rest of an import that was stopped in the middle."""

AT_ONCE = 3_000
"""So many rows are compared while the user waits; more are compared in the background."""


def found(
    q: str = "", *, shape: ImportShape | None = None, status: ImportStatus | None = None
) -> Select[Import]:
    """Return the query of the imports whose file names hold ``q``."""
    query = select(Import).options(joinedload(Import.by))
    if q:
        query = query.where(func.lower(Import.filename).contains(q.lower(), autoescape=True))
    if shape:
        query = query.where(Import.shape == shape)
    return query.where(Import.status == status) if status else query


def get(import_id: int) -> Import | None:
    """Return one import."""
    return db.session.get(Import, import_id, options=[joinedload(Import.by)])


def rows(
    import_id: int,
    q: str = "",
    *,
    role: Role | None = None,
    match: RowMatch | None = None,
    status: RowStatus | None = None,
    undecided: bool = False,
) -> Select[ImportRow]:
    """Return the query of an import's rows whose cells hold ``q`` and that fit the filters."""
    query = select(ImportRow).where(ImportRow.import_id == import_id)
    if q:
        text = func.lower(cast(ImportRow.cells, Text))
        query = query.where(text.contains(q.lower(), autoescape=True))
    equals = {ImportRow.role: role, ImportRow.match: match, ImportRow.status: status}
    query = query.where(*(column == value for column, value in equals.items() if value))
    if undecided:
        query = query.where(
            ImportRow.match == RowMatch.DOUBTFUL,
            ImportRow.decision == "",
            ImportRow.status == RowStatus.WAITING,
        )
    return query


def counts(import_ids: list[int]) -> dict[int, dict[Any, int]]:
    """Return how many rows of each match, and of each status, imports have."""
    result: dict[int, dict[Any, int]] = {one: {"rows": 0, "undecided": 0} for one in import_ids}
    # Written out, not a parameter: PostgreSQL groups by the same expression only.
    is_undecided = ImportRow.decision == literal_column("''")
    query = (
        select(
            ImportRow.import_id,
            ImportRow.match,
            ImportRow.status,
            is_undecided,
            func.count(),
        )
        .where(ImportRow.import_id.in_(import_ids))
        .group_by(ImportRow.import_id, ImportRow.match, ImportRow.status, is_undecided)
    )
    for one, match, status, is_open, number in db.session.execute(query):
        count = result[one]
        for key in ("rows", match, status):
            count[key] = count.get(key, 0) + number
        if match is RowMatch.DOUBTFUL and is_open and status is RowStatus.WAITING:
            count["undecided"] += number
    return result


def counts_of(import_id: int) -> dict[Any, int]:
    """Return how many rows of each match, and of each status, one import has."""
    return counts([import_id])[import_id]


def is_small(imported: Import) -> bool:
    """Whether an import is compared while the user waits."""
    return sum(imported.tables[role]["rows"] for role in ROLES[imported.shape]) <= AT_ONCE


def progress(imported: Import, now: datetime) -> dict[str, Any]:
    """Return how far the work on an import has come, and whether anybody is at it."""
    doing = work.of(imported.id) or ImportWork(done=0, total=0)
    return {
        "done": doing.done or 0,
        "total": doing.total or 0,
        "working": imported.status in work.WORKING,
        "stopped": work.is_stopped(imported, now),
    }


NOT_STORED = (RowStatus.FAILED, RowStatus.WAITING, RowStatus.KEPT)


def not_stored(import_id: int) -> dict[Role, int]:
    """Return how many rows of each table were not stored as they came, where there are any."""
    query = (
        select(ImportRow.role, func.count())
        .where(ImportRow.import_id == import_id, ImportRow.status.in_(NOT_STORED))
        .group_by(ImportRow.role)
    )
    return dict(iter(db.session.execute(query)))


def matched(rows: Iterable[ImportRow]) -> dict[tuple[str, int], str]:
    """Return what the records that rows were found to be are called, by kind of page and id."""
    found = [(row.role, row.match_id) for row in rows if row.match_id is not None]
    meetings = [one for role, one in found if role is Role.MEETINGS]
    others = [one for role, one in found if role is not Role.MEETINGS]
    titles = select(Event.id, Event.title).where(Event.id.in_(meetings))
    return {("meetings", one): title for one, title in db.session.execute(titles)} | {
        ("organisations", one): name for one, name in stakeholders.named(others).items()
    }


def failed(import_id: int, role: Role) -> tuple[list[str], list[list[Any]]]:
    """Return the rows that were not stored as they came, with the reason before them."""
    imported = db.session.get_one(Import, import_id)
    headings = imported.tables[role]["headings"]
    query = rows(import_id, role=role).where(ImportRow.status.in_(NOT_STORED))
    body = [
        [row.number, row.reason or _why_waiting(row), *row.cells, *[""] * len(headings)][
            : len(headings) + 2
        ]
        for row in db.session.scalars(query.order_by(ImportRow.number))
    ]
    return [str(_("Row")), str(_("Reason")), *headings], body


def _why_waiting(row: ImportRow) -> str:
    if row.match is RowMatch.DOUBTFUL:
        names = ", ".join(one["name"] for one in row.matches[:3])
        return str(_("Not decided: is it one of these? %(names)s", names=names))
    return str(_("Not taken yet."))


def begin(by: User, import_id: int, what: str, *, at: datetime) -> str:
    """Take the work of ``preview``, ``take`` or ``undo``, to be done in the background."""
    beginnings: dict[str, Callable[..., str]] = {
        "preview": previews.begin,
        "take": taking.begin,
        "undo": undoing.begin,
    }
    return beginnings[what](by, import_id, at=at)


def stop(import_id: int, token: str, error: str) -> None:
    """Record that the work on an import broke off; it can be taken up again."""
    with transaction(by=None):
        doing = work.of(import_id)
        if doing is None or doing.token != token:
            return
        doing.token = ""
        doing.beat_at -= timedelta(days=1)
        imported = db.session.get_one(Import, import_id)
        imported.error = error[:500]
        if imported.status is ImportStatus.MATCHING:
            imported.status = ImportStatus.MAPPING


def template(role: Role) -> list[str]:
    """Return the headings of an empty table to be filled in."""
    return [str(one.label) for one in columns.FIELDS[role] if one.name != "id"]
