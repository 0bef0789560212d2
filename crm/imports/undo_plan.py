"""What undoing an import may remove and put back, and what must stay because it changed since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect, select

from crm.db import Model, db
from crm.imports import snapshots
from crm.imports.models import ImportRow, RowStatus
from crm.language import _

BATCH = 100

Key = tuple[str, int]
"""The kind of a record, and its id."""


@dataclass
class Made:
    """What an import did to one record, over all its rows."""

    created: bool = False
    old: dict[str, Any] = field(default_factory=dict)
    linked: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    prints: set[str] = field(default_factory=set)


def made_by(import_id: int) -> dict[Key, Made]:
    """Return what the taken rows did, record by record, in the order in which they did it."""
    query = (
        select(ImportRow)
        .where(ImportRow.import_id == import_id, ImportRow.status == RowStatus.TAKEN)
        .order_by(ImportRow.taken_at, ImportRow.id)
    )
    made: dict[Key, Made] = {}
    for row in db.session.scalars(query):
        for entry in row.undo:
            one = made.setdefault((entry["record"], entry["id"]), Made())
            one.created = one.created or entry["created"]
            one.old = entry.get("old", {}) | one.old
            one.prints.add(entry["print"])
            for name, ids in entry.get("linked", {}).items():
                one.linked[name].update(ids)
    return made


def kept_of(made: dict[Key, Made]) -> dict[Key, str]:
    """Return the records that must stay, with the reason: changed since, or used by others."""
    kept = {}
    for keys in batches(list(made)):
        for key, record in present(keys).items():
            if _changed_since(record, made[key]):
                kept[key] = str(_("it was changed since"))
    created = {key for key, one in made.items() if one.created}
    uses = [*_uses(created), *_link_uses(created, made)]
    while True:
        more = {
            used
            for user, used in uses
            if used not in kept and (user not in created or user in kept)
        }
        if not more:
            return kept
        kept |= dict.fromkeys(more, str(_("it is used by something else")))


def _changed_since(record: Model, one: Made) -> bool:
    if snapshots.fingerprint(record) in one.prints:
        return False
    if one.created:
        return True
    # Stopped in the middle: what was put back already is no change of somebody else's.
    now = snapshots.columns(record)
    linked = {
        name: {other.id for other in getattr(record, name)} & ids
        for name, ids in one.linked.items()
    }
    return any(now[name] != old for name, old in one.old.items()) or any(linked.values())


def _uses(created: set[Key]) -> Iterator[tuple[Key, Key]]:
    """Yield which record refers to which of the created ones."""
    ids = _ids(created)
    classes = {name: mapper.class_ for name, mapper in snapshots.mappers().items()}
    kind_of = {cls.__tablename__: name for name, cls in classes.items()}
    secondary = {link.secondary for cls in classes.values() for link in snapshots.links(cls)}
    for name, cls in classes.items():
        if cls.__table__ in secondary or not cls.audited:
            continue
        for column in cls.__table__.columns:
            for key in column.foreign_keys:
                used = kind_of[key.column.table.name]
                if key.column.name == "id" and ids[used]:
                    attribute = inspect(cls).get_property_by_column(column).class_attribute
                    for user, one in _pairs(cls.id, attribute, ids[used]):
                        yield (name, user), (used, one)


def _link_uses(created: set[Key], made: dict[Key, Made]) -> Iterator[tuple[Key, Key]]:
    """Yield which record is linked to which of the created ones by somebody else: a new tag."""
    ids = _ids(created)
    for name, mapper in snapshots.mappers().items():
        for link in snapshots.links(mapper.class_):
            used = link.mapper.class_.__name__
            ((_id, owner),) = link.synchronize_pairs
            ((_other_id, other),) = link.secondary_synchronize_pairs or ()
            for owner_id, one in _pairs(owner, other, ids[used]):
                key = (name, owner_id)
                is_ours = key in made and one in made[key].linked[link.key]
                if key not in created and not is_ours:
                    yield key, (used, one)


def _pairs(user: Any, used: Any, ids: list[int]) -> Iterator[tuple[int, int]]:
    for first in range(0, len(ids), 500):
        query = select(user, used).where(used.in_(ids[first : first + 500]))
        yield from ((one, other) for one, other in db.session.execute(query))


def _ids(keys: Iterable[Key]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = defaultdict(list)
    for name, one in keys:
        ids[name].append(one)
    return ids


def present(keys: Iterable[Key]) -> dict[Key, Model]:
    """Return the records that are still there."""
    found: dict[Key, Model] = {}
    for name, wanted in _ids(keys).items():
        cls = snapshots.mappers()[name].class_
        for first in range(0, len(wanted), 500):
            query = select(cls).where(cls.id.in_(wanted[first : first + 500]))
            found |= {(name, record.id): record for record in db.session.scalars(query)}
    return found


def batches(keys: list[Key]) -> Iterator[list[Key]]:
    for first in range(0, len(keys), BATCH):
        yield keys[first : first + BATCH]
