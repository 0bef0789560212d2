"""Who works on an import: one at a time, visible from outside, and replaceable when it dies."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select

from crm.db import db
from crm.errors import Refused
from crm.imports.models import Import, ImportStatus, ImportWork
from crm.language import _
from crm.transaction import transaction
from crm.users.models import User

SILENT = {
    ImportStatus.MATCHING: timedelta(minutes=5),
    ImportStatus.RUNNING: timedelta(seconds=30),
    ImportStatus.UNDOING: timedelta(seconds=30),
}
"""Who has not been heard of for so long has died; comparing is done in one piece."""

WORKING = tuple(SILENT)


class Lost(Exception):
    """Somebody else took the work over, or finished it."""


class LeftOut(Exception):
    """A row is left out, as the one that it depends on was; the message says so."""


def of(import_id: int) -> ImportWork | None:
    """Return who works on an import, if somebody ever did."""
    return db.session.scalar(select(ImportWork).where(ImportWork.import_id == import_id))


def is_stopped(imported: Import, now: datetime) -> bool:
    """Whether an import is under way, but nobody works on it any more."""
    if imported.status not in WORKING:
        return False
    work = of(imported.id)
    return work is None or not work.token or now - work.beat_at > SILENT[imported.status]


def claim(by: User | None, import_id: int, status: ImportStatus, *, at: datetime) -> str:
    """Take the work on an import; whoever had it before stops at the next batch.

    :raises Refused: if somebody is at it
    """
    token = secrets.token_hex(8)
    with transaction(by=by):
        imported = db.session.get_one(Import, import_id)
        work = of(import_id)
        if imported.status in WORKING and not is_stopped(imported, at):
            raise Refused(_("This import is being worked on at this moment."))
        imported.status = status
        imported.error = ""
        if work is None:
            work = ImportWork(import_id=import_id)
            db.session.add(work)
        work.token, work.beat_at, work.done, work.total = token, at, 0, 0
    return token


def beat(import_id: int, token: str, *, at: datetime, done: int = 0, total: int = 0) -> None:
    """Say, inside a transaction, that the work goes on.

    The row is changed each time: two workers at once would collide here, and one of them stop.

    :raises Lost: if somebody else has the work now
    """
    work = of(import_id)
    if work is None or work.token != token:
        raise Lost
    work.beat_at = at
    work.done += done
    work.total = total or work.total
    db.session.flush()


def end(import_id: int, token: str, status: ImportStatus, *, error: str = "") -> None:
    """Lay the work down, inside a transaction."""
    work = of(import_id)
    if work is None or work.token != token:
        raise Lost
    work.token = ""
    imported = db.session.get_one(Import, import_id)
    imported.status = status
    imported.error = error[:500]
