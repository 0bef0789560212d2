"""Undoing an import: what it made is removed, what it changed is put back, unless changed since."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from crm.audit.words import RECORDS
from crm.db import Model, db
from crm.errors import Refused
from crm.imports import snapshots, work
from crm.imports.models import Import, ImportRow, ImportStatus, RowStatus
from crm.imports.undo_plan import Key, Made, batches, kept_of, made_by, present
from crm.language import _
from crm.transaction import transaction
from crm.users.models import User


def begin(by: User, import_id: int, *, at: datetime) -> str:
    """Take the work of undoing; return the token that ``undo`` goes on with.

    :raises Refused: if nothing was taken, or it is being worked on at this moment
    """
    imported = db.session.get_one(Import, import_id)
    taken = select(ImportRow.id).where(
        ImportRow.import_id == import_id, ImportRow.status == RowStatus.TAKEN
    )
    if imported.status is ImportStatus.UNDONE or db.session.scalar(taken.limit(1)) is None:
        raise Refused(_("There is nothing to undo: no row of this import is stored."))
    return work.claim(by, import_id, ImportStatus.UNDOING, at=at)


def undo(by: User, import_id: int, *, now: Callable[[], datetime], token: str = "") -> Import:
    """Remove what an import made and put back what it changed; what changed since is kept.

    Called again after it was stopped, it takes up the rest.

    :param token: what ``begin`` has returned; empty: begin here
    """
    token = token or begin(by, import_id, at=now())
    made = made_by(import_id)
    kept = kept_of(made)
    left = [key for key in made if key not in kept]
    with transaction(by=by):
        work.beat(import_id, token, at=now(), total=len(left))
    for keys in batches([key for key in left if not made[key].created]):
        with transaction(by=by):
            work.beat(import_id, token, at=now(), done=len(keys))
            for key, record in present(keys).items():
                _put_back(record, made[key])
    for keys in _in_deletion_order([key for key in left if made[key].created]):
        with transaction(by=by):
            work.beat(import_id, token, at=now(), done=len(keys))
            kept |= _remove(keys)
    with transaction(by=by):
        _mark_rows(import_id, kept)
        work.end(import_id, token, ImportStatus.UNDONE)
    return db.session.get_one(Import, import_id)


def _put_back(record: Model, one: Made) -> None:
    for name, value in one.old.items():
        setattr(record, name, snapshots.restored(type(record), name, value))
    for name, ids in one.linked.items():
        links = getattr(record, name)
        for other in [other for other in links if other.id in ids]:
            links.remove(other)


def _remove(keys: list[Key]) -> dict[Key, str]:
    kept = {}
    for key, record in present(keys).items():
        try:
            with db.session.begin_nested():
                db.session.delete(record)
        except IntegrityError:
            kept[key] = str(_("it is used by something else"))
    return kept


def _in_deletion_order(keys: list[Key]) -> Iterator[list[Key]]:
    """Yield batches of records, those that refer to others before these."""
    order = {table.name: at for at, table in enumerate(Model.metadata.sorted_tables)}
    classes = {name: mapper.class_ for name, mapper in snapshots.mappers().items()}
    by_kind: dict[str, list[Key]] = defaultdict(list)
    for key in keys:
        by_kind[key[0]].append(key)
    for name in sorted(by_kind, key=lambda one: -order[classes[one].__tablename__]):
        yield from batches(by_kind[name][::-1])


def _mark_rows(import_id: int, kept: dict[Key, str]) -> None:
    """Say at each row what became of it: which of its records were kept, and why."""
    told = {key: _told(key, record, kept[key]) for key, record in present(kept).items()}
    query = select(ImportRow).where(
        ImportRow.import_id == import_id, ImportRow.status == RowStatus.TAKEN
    )
    for row in db.session.scalars(query):
        keys = dict.fromkeys((entry["record"], entry["id"]) for entry in row.undo)
        reasons = [told[key] for key in keys if key in told]
        row.status = RowStatus.KEPT if reasons else RowStatus.UNDONE
        row.reason = " ".join(reasons)


def _told(key: Key, record: Model, reason: str) -> str:
    name = getattr(record, "name", None) or getattr(record, "title", None) or key[1]
    return f"{RECORDS.get(key[0], key[0])} “{name}”: {reason}."
