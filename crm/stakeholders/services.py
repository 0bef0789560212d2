"""Finding organisations, and changing what is known about them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, literal_column, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from crm import phones, versions
from crm.db import db
from crm.errors import Refused
from crm.language import _
from crm.regions import services as regions
from crm.regions.models import Level, Region
from crm.stakeholders import names, rules, vocabulary
from crm.stakeholders.models import (
    Kind,
    Sector,
    Stage,
    Stakeholder,
    StakeholderAlias,
    StakeholderIdentifier,
    Tag,
)
from crm.tables import matches
from crm.transaction import transaction
from crm.users import scope
from crm.users.models import User

AT_ONCE = 10_000
"""So many ids are asked for in one query: PostgreSQL takes no more than 65,535 values."""

DETAILS = (
    selectinload(Stakeholder.aliases),
    selectinload(Stakeholder.identifiers),
    selectinload(Stakeholder.tags),
    joinedload(Stakeholder.region).joinedload(Region.parent),
    joinedload(Stakeholder.kind),
    joinedload(Stakeholder.owner),
)


def found(
    q: str = "",
    *,
    sector: str | None = None,
    region: str | None = None,
    level: str | None = None,
    kind: int | None = None,
    stage: str | None = None,
    tag: str | None = None,
    owner: int | None = None,
    archived: bool = False,
) -> Select[Stakeholder]:
    """Return the query of the organisations that hold every word of ``q`` and fit the filters."""
    query = select(Stakeholder).where(
        Stakeholder.archived_at.is_not(None) if archived else Stakeholder.archived_at.is_(None),
        Stakeholder.merged_into_id.is_(None),
        *matches(Stakeholder.search_text, names.search_words(q)),
    )
    equals = {
        Stakeholder.sector: sector,
        Stakeholder.level: level,
        Stakeholder.kind_id: kind,
        Stakeholder.stage: stage,
        Stakeholder.owner_id: owner,
    }
    query = query.where(*(column == value for column, value in equals.items() if value))
    if region:
        query = query.where(regions.within(Stakeholder.region_code, region))
    if tag:
        query = query.where(Stakeholder.tags.any(Tag.name == tag))
    return query.options(
        joinedload(Stakeholder.region).joinedload(Region.parent), joinedload(Stakeholder.kind)
    )


def get(stakeholder_id: int) -> Stakeholder | None:
    """Return one organisation with all that its page shows of it."""
    return db.session.get(Stakeholder, stakeholder_id, options=DETAILS)


def counts_by_region() -> Subquery:
    """Return how many organisations each province and each district has, as code and organisations.

    Whatever lies below a district counts for it, and for its province.
    """
    return union_all(_counted(2), _counted(5)).subquery()


def _counted(length: int) -> Select[Any]:
    # Written into the statement: PostgreSQL takes two parameters for two different expressions.
    end: ColumnElement[int] = literal_column(str(length))
    beginning = func.substr(Stakeholder.region_code, literal_column("1"), end)
    return (
        select(beginning.label("code"), func.count().label("organisations"))
        .where(
            Stakeholder.archived_at.is_(None),
            Stakeholder.merged_into_id.is_(None),
            func.length(Stakeholder.region_code) >= length,
        )
        .group_by(beginning)
    )


def count_by_sector(region: str) -> dict[Sector, int]:
    """Return how many organisations of each sector work in a region or below it."""
    query = (
        select(Stakeholder.sector, func.count())
        .where(
            Stakeholder.archived_at.is_(None),
            Stakeholder.merged_into_id.is_(None),
            regions.within(Stakeholder.region_code, region),
        )
        .group_by(Stakeholder.sector)
    )
    return dict(db.session.execute(query).all())


def named(ids: Iterable[int]) -> dict[int, str]:
    """Return the names of organisations by their ids."""
    wanted = list(ids)
    found: dict[int, str] = {}
    for first in range(0, len(wanted), AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        query = select(Stakeholder.id, Stakeholder.name).where(Stakeholder.id.in_(some))
        found.update(db.session.execute(query).all())
    return found


def names_in(region: str) -> dict[int, str]:
    """Return the names by id of the organisations in use that work in a region or below it."""
    query = select(Stakeholder.id, Stakeholder.name).where(
        Stakeholder.archived_at.is_(None),
        Stakeholder.merged_into_id.is_(None),
        regions.within(Stakeholder.region_code, region),
    )
    return dict(db.session.execute(query).all())


def may_edit(by: User, stakeholder: Stakeholder) -> bool:
    """Whether a user may change an organisation: where it works in their regions."""
    return scope.may_edit(by, stakeholder.region_code)


def as_form(stakeholder: Stakeholder) -> dict[str, Any]:
    """Return what a form shows of an organisation."""
    return {
        column.key: getattr(stakeholder, column.key) for column in Stakeholder.__table__.columns
    } | {
        "aliases": [alias.name for alias in stakeholder.aliases],
        "identifiers": [f"{one.scheme}: {one.value}" for one in stakeholder.identifiers],
        "tags": [tag.name for tag in stakeholder.tags],
    }


def add(by: User | None, *, name: str, **values: Any) -> Stakeholder:
    """Add an organisation.

    :raises Refused: if it is there already, or the values contradict each other
    :raises NotYours: if it lies outside the regions of ``by``
    """
    with transaction(by=by):
        scope.require(by, values.get("region_code"), field="region_code")
        _check(None, name=name, **values)
        stakeholder = Stakeholder(name=name)
        db.session.add(stakeholder)
        _fill(stakeholder, name=name, **values)
    return stakeholder


def change(
    by: User | None, stakeholder_id: int, *, version: int, restore: bool = False, **values: Any
) -> Stakeholder:
    """Change what is known about an organisation.

    :raises Conflict: if somebody else changed or archived it since ``version``
    :raises Refused: if the values contradict each other
    :raises NotYours: if it lies outside the regions of ``by``, before or after
    """
    with transaction(by=by):
        stakeholder = db.session.get_one(Stakeholder, stakeholder_id, options=DETAILS)
        scope.require(by, stakeholder.region_code)
        scope.require(by, values.get("region_code"), field="region_code")
        versions.check(stakeholder, version, restore=restore)
        _check(stakeholder_id, **values)
        stakeholder.archived_at = None
        _fill(stakeholder, **values)
    return stakeholder


def archive(by: User, stakeholder_id: int, *, at: datetime) -> None:
    """Take an organisation out of lists, map and analysis; nothing of it is lost."""
    with transaction(by=by):
        stakeholder = db.session.get_one(Stakeholder, stakeholder_id)
        scope.require(by, stakeholder.region_code)
        stakeholder.archived_at = stakeholder.archived_at or at


def restore(by: User, stakeholder_id: int) -> None:
    """Put an archived organisation back."""
    with transaction(by=by):
        stakeholder = db.session.get_one(Stakeholder, stakeholder_id)
        scope.require(by, stakeholder.region_code)
        if stakeholder.merged_into_id:
            raise Refused(_("This record was merged into another one. Undo the merge instead."))
        stakeholder.archived_at = None


def _check(
    stakeholder_id: int | None,
    *,
    name: str,
    level: Level,
    region_code: str | None = None,
    phone: str = "",
    **_rest: Any,
) -> None:
    phones.readable(phone)
    regions.check(region_code)
    rules.has_place(level, region_code)
    twin = select(Stakeholder).where(
        Stakeholder.name_key == names.key(name),
        Stakeholder.region_code == region_code
        if region_code
        else Stakeholder.region_code.is_(None),
        Stakeholder.merged_into_id.is_(None),
        Stakeholder.id != stakeholder_id,
    )
    if stakeholder_id is None:
        twin = twin.where(Stakeholder.id.is_not(None))
    if other := db.session.scalars(twin).first():
        raise Refused(
            _("“%(name)s” is there already. Open it instead of adding it again.", name=other.name),
            field="name",
        )


def _fill(
    stakeholder: Stakeholder,
    *,
    name: str,
    short_name: str = "",
    aliases: Iterable[str] = (),
    identifiers: Iterable[str] = (),
    tags: Iterable[str] = (),
    phone: str = "",
    stage: Stage | None = Stage.IDENTIFIED,
    **values: Any,
) -> None:
    values |= phones.checked(phone)
    for column, value in {"short_name": short_name, "stage": stage, **values}.items():
        setattr(stakeholder, column, value)
    stakeholder.name = name
    stakeholder.name_key = names.key(name)
    stakeholder.search_text = names.search_text([name, short_name, *aliases])
    _set_aliases(stakeholder, aliases)
    _set_identifiers(stakeholder, identifiers)
    stakeholder.tags = vocabulary.tags(tags)


def _set_aliases(stakeholder: Stakeholder, typed: Iterable[str]) -> None:
    wanted = {names.key(name): name for name in typed if name}
    kept = {alias.key: alias for alias in stakeholder.aliases if alias.key in wanted}
    for key, alias in kept.items():
        alias.name = wanted[key]
    new = [StakeholderAlias(name=name, key=key) for key, name in wanted.items() if key not in kept]
    stakeholder.aliases = [*kept.values(), *new]


def _set_identifiers(stakeholder: Stakeholder, typed: Iterable[str]) -> None:
    wanted = set(rules.registered(typed))
    kept = [one for one in stakeholder.identifiers if (one.scheme, one.value) in wanted]
    known = {(one.scheme, one.value) for one in kept}
    new = [
        StakeholderIdentifier(scheme=scheme, value=value)
        for scheme, value in sorted(wanted - known)
    ]
    stakeholder.identifiers = [*kept, *new]


def kinds(sector: str | None = None) -> list[Kind]:
    """Return the kinds, those of one sector if named."""
    query = select(Kind).order_by(Kind.sector, Kind.name_id)
    return list(db.session.scalars(query.where(Kind.sector == sector) if sector else query))
