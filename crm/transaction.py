"""`with transaction(by=user):` is the only commit, and the only writer of the audit trail."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, SessionTransaction, object_session
from sqlalchemy.orm.exc import StaleDataError

from crm.audit.models import AuditEntry, DataVersion
from crm.db import WAL_IS_SAFE, Model, db

if TYPE_CHECKING:
    from crm.users.models import User

MASKED = "•••"

log = logging.getLogger("sinergi.transaction")


@contextmanager
def transaction(by: "User | None") -> Iterator[None]:
    """Commit the block on success, roll it back on error.

    :param by: the user who is responsible; None for the system itself
    """
    session = db.session()
    if "writing" in session.info:  # we are inside another block: let it commit
        yield
        session.flush()  # but what was added has its id, as after a commit
        return
    by_id = by.id if by is not None else None
    _start_afresh(session)
    session.info["writing"] = True
    try:
        yield
        session.flush()
        _write_audit(session, by_id)
        session.info["may_commit"] = True
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        for name in ("writing", "may_commit", "noted", "marks"):
            session.info.pop(name, None)


def adopt(by: "User | None") -> None:
    """Take over what a library changed in the session: do it again in a transaction of ours.

    A library changes rows it has read and then commits. Here its changes are put aside, so that
    they can be made on the rows as they are now, with the write lock held, and be logged.

    :raises StaleDataError: if somebody else changed one of the rows since the library read it
    """
    session = db.session()
    if "writing" in session.info:
        return
    if session.info.get("noted"):
        raise RuntimeError("A library's changes were flushed before they could be adopted.")
    with session.no_autoflush:
        new = list(session.new)
        changed = [(one, _set(one), _version(one)) for one in session.dirty if _set(one)]
    if not new and not changed:
        return
    for one in new:
        session.expunge(one)
    session.rollback()
    with transaction(by=by):
        for one, values, version in changed:
            if _version(one) != version:
                raise StaleDataError("Somebody else changed the row since it was read.")
            for name, value in values.items():
                setattr(one, name, value)
        session.add_all(new)


def _set(record: Any) -> dict[str, Any]:
    """Return the columns that were set since the record was read."""
    state = inspect(record)
    names = [column.key for column in state.mapper.column_attrs]
    return {
        name: list(value) if isinstance(value := getattr(record, name), list) else value
        for name in names
        if state.attrs[name].history.has_changes()
    }


def _version(record: Any) -> Any:
    column = inspect(type(record)).version_id_col
    return None if column is None else getattr(record, column.key)


def look_afresh() -> None:
    """End the read that went before: nothing waits for it, and the next one sees what is now."""
    db.session.rollback()


@contextmanager
def beside() -> Iterator[Session]:
    """Commit the block in a session of its own: what was read so far stays as it was read.

    For what is kept to be found again and has no history: pictures. A page that keeps one goes on
    with the results it began with, whatever a job has made of them meanwhile.
    """
    reading = db.session()
    if "writing" in reading.info:
        raise RuntimeError("Inside a transaction another session waits for the first one's lock.")
    if db.engine.dialect.name == "sqlite" and not WAL_IS_SAFE:
        _end_the_read(reading)
    with Session(db.engine) as session:
        session.connection(execution_options={"will_write": True})
        yield session
        session.flush()
        if session.info.get("noted"):
            raise RuntimeError("What has a history is written `with transaction(by=...)`.")
        session.info["may_commit"] = True
        session.commit()


def _end_the_read(session: Session) -> None:
    """End a read, but forget nothing of it: without WAL nobody commits while somebody reads."""
    if _has_changes(session):
        raise RuntimeError("Records were changed before `with beside()` began.")
    forgets, session.expire_on_commit = session.expire_on_commit, False
    session.info["may_commit"] = True
    try:
        session.commit()
    finally:
        session.expire_on_commit = forgets
        session.info.pop("may_commit")
    # Nothing is asked of the database yet; but whoever looks afresh then forgets what was read.
    session.begin()


def tick(statement: Any) -> None:
    """Move a clock of which no history is kept, unless the database is busy."""
    # What was read so far must not stand in the way of the write beside it.
    look_afresh()
    try:
        with db.engine.connect().execution_options(will_write=True) as connection:
            connection.execute(statement)
            connection.commit()
    except OperationalError:
        log.info("a clock was not moved: the database is busy")


def _start_afresh(session: Session) -> None:
    """End the read that went before: what we are about to change must be seen as it is now."""
    if _has_changes(session):
        raise RuntimeError("Records were changed before `with transaction(...)` began.")
    session.rollback()
    session.connection(execution_options={"will_write": True})


def _has_changes(session: Session) -> bool:
    pending = session.new or session.deleted or session.info.get("noted")
    return bool(pending) or any(session.is_modified(one) for one in session.dirty)


@event.listens_for(Session, "before_commit")
def _only_here(session: Session) -> None:
    if "may_commit" in session.info or session.in_nested_transaction():
        return
    raise RuntimeError("Only crm/transaction.py commits: use `with transaction(by=...)`.")


@event.listens_for(Session, "after_transaction_create")
def _mark(session: Session, began: SessionTransaction) -> None:
    if began.nested:
        session.info.setdefault("marks", {})[began] = len(session.info.get("noted", ()))


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, ended: SessionTransaction) -> None:
    # A flush that fails is a part of what is really undone: the savepoint around it, or all.
    while not ended.nested and ended.parent is not None:
        ended = ended.parent
    if ended.nested:
        del session.info.get("noted", [])[session.info["marks"][ended] :]
    else:
        session.info.pop("noted", None)
        session.info.pop("marks", None)


def note_access(by: "User", action: str, record: str, ids: Iterable[int], **details: Any) -> None:
    """Log that somebody saw or took away personal data."""
    with transaction(by=by):
        noted = db.session().info.setdefault("noted", [])
        noted.extend((action, record, one, record, one, details, False) for one in ids)


def created() -> list[tuple[str, int]]:
    """Return what this transaction has added so far, as names of models and ids, in order."""
    session = db.session()
    session.flush()
    noted = session.info.get("noted", [])
    gone = {(record, one) for action, record, one, *_ in noted if action == "deleted"}
    return [
        (record, one)
        for action, record, one, *_ in noted
        if action == "created" and (record, one) not in gone
    ]


def _write_audit(session: Session, by_id: int | None) -> None:
    noted = session.info.get("noted", [])
    shapes_network = any(one[-1] for one in noted)
    version = _raise_data_version(session) if shapes_network else None
    at = datetime.now(UTC)
    session.add_all(
        AuditEntry(
            at=at,
            by_id=by_id,
            action=action,
            record=record,
            record_id=record_id,
            root=root,
            root_id=root_id,
            changes=changes,
            data_version=version,
        )
        for action, record, record_id, root, root_id, changes, _ in noted
    )


def _raise_data_version(session: Session) -> int | None:
    # A counter in the same transaction, not max(audit.id): ids can become visible out of order.
    # Its row is locked until we commit, so what a version holds is there as soon as it is seen.
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(DataVersion).values(id=1, number=1)
    counted = statement.on_conflict_do_update(
        index_elements=["id"], set_={"number": DataVersion.number + 1}
    ).returning(DataVersion.number)
    return session.scalar(counted, execution_options={"counter": True})


@event.listens_for(Session, "after_flush")
def _note_flush(session: Session, _context: Any) -> None:
    for record in session.new:
        _note(session, "created", record)
    for record in session.dirty:
        _note(session, "changed", record)


@event.listens_for(Model, "before_delete", propagate=True)
def _note_delete(_mapper: Any, _connection: Any, record: Any) -> None:
    # Not session.deleted: rows that go because their parent let go of them are not among those.
    session = object_session(record)
    if session is not None:
        _note(session, "deleted", record)


def _note(session: Session, action: str, record: Any) -> None:
    if not isinstance(record, Model) or not record.audited:
        return
    if changes := _changes(action, record):
        name, (root, root_id) = type(record).__name__, _root(record)
        session.info.setdefault("noted", []).append(
            (action, name, record.id, root, root_id, changes, record.shapes_network)
        )


@event.listens_for(Session, "do_orm_execute")
def _no_bulk_writes(state: ORMExecuteState) -> None:
    if (state.is_update or state.is_delete) and not state.execution_options.get("counter"):
        mapper = state.bind_mapper
        if mapper is None or mapper.class_.audited:
            raise RuntimeError("A bulk update() or delete() would go round the audit trail.")


def _root(record: Any) -> tuple[str, int]:
    if not record.part_of:
        return type(record).__name__, record.id
    parent, key = _whole(inspect(record).mapper)
    value = getattr(record, record.part_of)
    if key.primary_key:
        return parent, value
    # Regions are pointed to by their code; the history knows them by their id, as all others.
    found = select(key.table.c.id).where(key == value)
    return parent, db.session.connection().scalars(found).one()


@cache
def _whole(part: Mapper[Any]) -> tuple[str, Any]:
    """Return the model a part belongs to, by name, and the column of it the part points to."""
    (key,) = part.columns[part.class_.part_of].foreign_keys
    parents = (
        mapper.class_.__name__
        for mapper in Model.registry.mappers
        if mapper.local_table is key.column.table
    )
    return next(parents), key.column


def _changes(action: str, record: Any) -> dict[str, list[Any]]:
    state = inspect(record)
    changes = {}
    for column in state.mapper.column_attrs:
        if column.key in ("id", "version"):
            continue
        history = state.attrs[column.key].history
        if action == "changed" and not history.has_changes():
            continue
        now = getattr(record, column.key)
        old = (history.deleted or [None])[0] if action == "changed" else None
        pair = [now, None] if action == "deleted" else [old, now]
        if pair == [None, None] or (action == "changed" and old == now):
            continue
        private = column.columns[0].info.get("private")
        changes[column.key] = [_plain(one, private=private) for one in pair]
    return changes


def _plain(value: Any, *, private: bool) -> Any:
    if value is None or value == "":
        return value
    if private:
        return MASKED
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
