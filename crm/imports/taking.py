"""Taking an import: batch by batch, each row behind a savepoint, so that a bad row fails alone."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Select, delete, exists, func, or_, select
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import aliased
from sqlalchemy.orm.exc import StaleDataError

from crm.db import db
from crm.errors import NotYours, Refused
from crm.imports import work
from crm.imports.meeting_take import MeetingTaker
from crm.imports.models import (
    Import,
    ImportFile,
    ImportRow,
    ImportShape,
    ImportStatus,
    Role,
    RowMatch,
    RowStatus,
)
from crm.imports.recorder import Recorder
from crm.imports.remembered import SKIP
from crm.imports.stakeholder_take import StakeholderTaker
from crm.language import _
from crm.transaction import transaction
from crm.users.models import User

BATCH = 25
"""How many rows are stored at once: as many as are lost when the power fails, and no half one."""

NEW = "new"


class Taker(Protocol):
    """Stores the rows of one shape."""

    def take(self, row: ImportRow) -> None:
        """Store one row; raise Refused where that may not be."""

    def took(self, row: ImportRow, entries: list[dict[str, Any]]) -> None:
        """Hear what a row has changed, once it is stored."""

    def finish(self, rows: Sequence[ImportRow]) -> None:
        """Store what follows from a group of rows together."""


TAKERS: dict[ImportShape, Callable[[User, int], Taker]] = {
    ImportShape.STAKEHOLDERS: StakeholderTaker,
    ImportShape.MEETINGS: MeetingTaker,
}


def begin(by: User, import_id: int, *, at: datetime) -> str:
    """Take the work of storing the rows; return the token that ``take`` goes on with.

    :raises Refused: if it was not previewed, or is being worked on at this moment
    """
    imported = db.session.get_one(Import, import_id)
    if imported.status not in (ImportStatus.PREVIEW, ImportStatus.RUNNING, ImportStatus.DONE):
        raise Refused(_("Look at the preview first."))
    return work.claim(by, import_id, ImportStatus.RUNNING, at=at)


def take(by: User, import_id: int, *, now: Callable[[], datetime], token: str = "") -> Import:
    """Store the rows of a previewed import; those that cannot be stored say why.

    Called again after it was stopped, or after more rows were decided, it takes up the rest.

    :param token: what ``begin`` has returned; empty: begin here
    """
    token = token or begin(by, import_id, at=now())
    with transaction(by=by):
        work.beat(import_id, token, at=now(), total=ready(import_id))
    taker = TAKERS[db.session.get_one(Import, import_id).shape](by, import_id)
    while _take_batch(by, import_id, token, taker, now, complete=True):
        pass
    left = -1
    while left:
        while _take_batch(by, import_id, token, taker, now):
            pass
        left = _try_again(by, import_id, token, left, now)
    with transaction(by=by):
        _close(import_id)
        work.end(import_id, token, ImportStatus.DONE)
    return db.session.get_one(Import, import_id)


def _waiting(import_id: int) -> Select[ImportRow]:
    """Return the query of the rows that can be taken: those without doubt, and decided ones."""
    meeting = aliased(ImportRow)
    undecided_meeting = exists().where(
        meeting.import_id == import_id,
        meeting.role == Role.MEETINGS,
        meeting.group == ImportRow.group,
        meeting.match == RowMatch.DOUBTFUL,
        meeting.decision == "",
    )
    return select(ImportRow).where(
        ImportRow.import_id == import_id,
        ImportRow.status == RowStatus.WAITING,
        or_(ImportRow.match != RowMatch.DOUBTFUL, ImportRow.decision != ""),
        or_(ImportRow.group == "", ~undecided_meeting),
    )


def ready(import_id: int) -> int:
    """Return how many rows can be taken now."""
    return db.session.scalar(select(func.count()).select_from(_waiting(import_id).subquery())) or 0


def storable(import_id: int) -> int:
    """Return how many of them say something that is not stored yet."""
    rows = _waiting(import_id).where(
        ImportRow.match.in_([RowMatch.NEW, RowMatch.UPDATE, RowMatch.DOUBTFUL]),
        ImportRow.decision != SKIP,
    )
    return db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _take_batch(
    by: User,
    import_id: int,
    token: str,
    taker: Taker,
    now: Callable[[], datetime],
    *,
    complete: bool = False,
) -> bool:
    """Store the next rows in one transaction; return whether there were any.

    :param complete: only those that have all that a new organisation needs: they count first
    """
    with transaction(by=by), Recorder(db.session()) as recorder:
        rows = _next(import_id, complete=complete)
        if not rows:
            return False
        at = now()
        work.beat(import_id, token, at=at, done=len(rows))
        for row in rows:
            _take_row(row, taker, recorder, at)
        _finish(rows, taker, recorder, at)
    return True


def _try_again(by: User, import_id: int, token: str, left: int, now: Callable[[], datetime]) -> int:
    """Let rows wait again that lack what a new organisation needs; return how many.

    Rows taken after them may have added the organisation, or the name, that they mean.

    :param left: how many waited the last time; as many as now: nothing has come of it
    """
    failed = select(ImportRow).where(
        ImportRow.import_id == import_id, ImportRow.status == RowStatus.FAILED
    )
    with transaction(by=by):
        rows = [row for row in db.session.scalars(failed) if row.facts.get("lacks")]
        if len(rows) == left:
            return 0
        for row in rows:
            row.status = RowStatus.WAITING
        work.beat(import_id, token, at=now(), done=-len(rows))
    return len(rows)


def _next(import_id: int, *, complete: bool) -> list[ImportRow]:
    waiting = _waiting(import_id).order_by(ImportRow.id)
    if complete:
        waiting = waiting.where(ImportRow.facts["lacks"].as_boolean().is_not(True))
    first = db.session.scalars(waiting.limit(1)).first()
    if first is None:
        return []
    if not first.group:
        return list(db.session.scalars(waiting.where(ImportRow.group == "").limit(BATCH)))
    # A meeting and all who came: together, as what follows from them needs them all.
    rows = _waiting(import_id).where(ImportRow.group == first.group).order_by(ImportRow.id)
    return sorted(db.session.scalars(rows), key=lambda row: bool(row.facts.get("lacks")))


def _take_row(row: ImportRow, taker: Taker, recorder: Recorder, at: datetime) -> None:
    if row.match is RowMatch.REFUSED and not row.facts.get("lacks"):
        row.status = RowStatus.FAILED
    elif row.decision == SKIP:
        row.status = RowStatus.SKIPPED
    else:
        row.status, row.reason = _attempt(lambda: taker.take(row), recorder, taker, row, at)


def _finish(rows: list[ImportRow], taker: Taker, recorder: Recorder, at: datetime) -> None:
    taken = [row for row in rows if row.status is RowStatus.TAKEN]
    if rows[0].group and taken:
        # Kept at a row that was taken: what it made, too, is undone with the import.
        _status, reason = _attempt(lambda: taker.finish(rows), recorder, taker, taken[0], at)
        taken[0].reason = reason


def _attempt(
    do: Callable[[], None], recorder: Recorder, taker: Taker, row: ImportRow, at: datetime
) -> tuple[RowStatus, str]:
    """Store something behind a savepoint and note it at its row; return what became of it."""
    recorder.begin()
    try:
        # Each row is written in a few flushes, not before every question it asks.
        with db.session.begin_nested(), db.session.no_autoflush:
            do()
            entries = recorder.entries()
    except work.LeftOut as left_out:
        return RowStatus.SKIPPED, str(left_out)
    except (Refused, NotYours, IntegrityError, StaleDataError, DataError) as error:
        return RowStatus.FAILED, _reason(error)
    row.undo = [*row.undo, *entries]
    row.taken_at = at
    taker.took(row, entries)
    return RowStatus.TAKEN, ""


def _reason(error: Exception) -> str:
    if isinstance(error, Refused):
        return str(error.message)
    if isinstance(error, NotYours):
        return str(_("It lies outside the regions you may edit."))
    if isinstance(error, IntegrityError):
        return str(_("Somebody was faster: this is stored already. Compare it again."))
    if isinstance(error, StaleDataError):
        return str(_("Somebody else changed this record at the same moment. Compare it again."))
    return str(_("A text is too long, or a number too large, to be stored."))


def _close(import_id: int) -> None:
    """Delete the files of an import of which no row waits: the rows hold what they said."""
    open_rows = select(func.count()).where(
        ImportRow.import_id == import_id, ImportRow.status == RowStatus.WAITING
    )
    if not db.session.scalar(open_rows):
        db.session.execute(delete(ImportFile).where(ImportFile.import_id == import_id))
