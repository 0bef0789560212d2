"""Notes what taking a row creates and changes, so that exactly this can be undone."""

from types import TracebackType
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from crm.db import Model
from crm.imports import snapshots


class Recorder:
    """Listens to a session while rows are taken.

    An entry is ``{"record", "id", "created", "print", "version"}`` and, for a change, ``"old"``:
    the values before, and ``"linked"``: which links (tags) were added.
    """

    def __init__(self, session: Session) -> None:
        """Listen from ``with`` on."""
        self.session = session
        self._touched: dict[Model, dict[str, Any]] = {}

    def __enter__(self) -> "Recorder":
        """Begin to listen."""
        event.listen(self.session, "after_flush", self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Listen no more."""
        event.remove(self.session, "after_flush", self._note)

    def begin(self) -> None:
        """Forget what was noted: a new row begins."""
        self._touched.clear()

    def entries(self) -> list[dict[str, Any]]:
        """Return what was noted since ``begin``, with each record as it stands now."""
        self.session.flush()
        noted = [
            {"record": type(record).__name__, "id": record.id}
            | facts
            | {"print": snapshots.fingerprint(record), "version": getattr(record, "version", 0)}
            for record, facts in self._touched.items()
        ]
        self.begin()
        return noted

    def _note(self, session: Session, _context: Any) -> None:
        for record in session.new:
            if _is_kept(record):
                self._touched[record] = {"created": True}
        for record in session.dirty:
            if _is_kept(record) and record not in self._touched:
                old, linked = _old_values(record), _new_links(record)
                if old or linked:
                    self._touched[record] = {"created": False, "old": old, "linked": linked}
            elif record in self._touched and not self._touched[record]["created"]:
                facts = self._touched[record]
                facts["old"] = _old_values(record) | facts["old"]
                facts["linked"] = _merged(facts["linked"], _new_links(record))


def _is_kept(record: Any) -> bool:
    return isinstance(record, Model) and record.audited and type(record).__name__ != "Import"


def _old_values(record: Model) -> dict[str, Any]:
    state = inspect(record)
    old = {}
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if column.key in ("id", "version") or not history.has_changes():
            continue
        before = (history.deleted or [None])[0]
        if before != getattr(record, column.key):
            old[column.key] = snapshots.plain(before)
    return old


def _new_links(record: Model) -> dict[str, list[int]]:
    state = inspect(record)
    return {
        one.key: [other.id for other in added]
        for one in snapshots.links(type(record))
        if one.key in state.dict and (added := state.attrs[one.key].history.added)
    }


def _merged(one: dict[str, list[int]], other: dict[str, list[int]]) -> dict[str, list[int]]:
    return {key: [*one.get(key, []), *other.get(key, [])] for key in one | other}
