"""Finding programmes, and changing what is known about them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from crm import periods, versions
from crm.db import db
from crm.errors import Refused
from crm.language import _
from crm.programmes.models import Programme
from crm.regions import services as regions
from crm.regions.models import Region
from crm.stakeholders import names
from crm.tables import matches
from crm.transaction import transaction
from crm.users import scope
from crm.users.models import User

DETAILS = (
    selectinload(Programme.regions).joinedload(Region.parent),
    joinedload(Programme.lead),
    joinedload(Programme.funder),
)


def found(
    q: str = "",
    *,
    region: str | None = None,
    running_on: date | None = None,
    archived: bool = False,
) -> Select[Programme]:
    """Return the query of the programmes that hold every word of ``q`` and fit the filters."""
    query = select(Programme).where(
        Programme.archived_at.is_not(None) if archived else Programme.archived_at.is_(None),
        *matches(Programme.search_text, names.search_words(q)),
    )
    if region:
        query = query.where(Programme.regions.any(regions.within(Region.code, region)))
    if running_on:
        query = query.where(
            or_(Programme.starts.is_(None), Programme.starts <= running_on),
            or_(Programme.ends.is_(None), Programme.ends >= running_on),
        )
    return query.options(*DETAILS)


def of_region(code: str) -> list[Programme]:
    """Return the programmes of a region, of what lies in it and of what it lies in.

    Those with an end stand first, the earliest before the others.
    """
    parts = code.split(".")
    above = [".".join(parts[:length]) for length in range(1, len(parts))]
    there = or_(regions.within(Region.code, code), Region.code.in_(above))
    query = (
        select(Programme)
        .where(Programme.archived_at.is_(None), Programme.regions.any(there))
        .order_by(Programme.ends.is_(None), Programme.ends, Programme.name)
    )
    return list(db.session.scalars(query))


def get(programme_id: int) -> Programme | None:
    """Return one programme with all that its page shows of it."""
    return db.session.get(Programme, programme_id, options=DETAILS)


def by_id(ids: Iterable[int]) -> dict[int, Programme]:
    """Return programmes by their id, also those that are put away."""
    query = select(Programme).where(Programme.id.in_(set(ids)))
    return {one.id: one for one in db.session.scalars(query)}


def all_names(also: int | None = None) -> list[tuple[int, str]]:
    """Return the id and name of every programme in use, and of one more, by name."""
    wanted = or_(Programme.archived_at.is_(None), Programme.id == also)
    query = select(Programme.id, Programme.name).where(wanted).order_by(Programme.name)
    return [(one, name) for one, name in db.session.execute(query)]


def as_form(programme: Programme) -> dict[str, Any]:
    """Return what a form shows of a programme."""
    return {
        column.key: getattr(programme, column.key) for column in Programme.__table__.columns
    } | {"region_codes": [region.code for region in programme.regions]}


def may_edit(by: User, programme: Programme) -> bool:
    """Whether a user may change a programme: where all its regions are theirs."""
    codes = [region.code for region in programme.regions]
    return all(scope.may_edit(by, code) for code in codes or (None,))


def add(
    by: User | None, *, name: str, region_codes: Iterable[str] = (), **values: Any
) -> Programme:
    """Add a programme.

    :raises Refused: if it is there already, ends before it begins, or names an unknown region
    :raises NotYours: if it runs outside the regions of ``by``
    """
    codes = sorted(set(region_codes))
    with transaction(by=by):
        _require(by, codes, field="regions")
        _check(None, name=name, region_codes=codes, **values)
        programme = Programme(name=name)
        db.session.add(programme)
        _fill(programme, name=name, region_codes=codes, **values)
    return programme


def change(
    by: User | None,
    programme_id: int,
    *,
    version: int,
    restore: bool = False,
    name: str,
    region_codes: Iterable[str] = (),
    **values: Any,
) -> Programme:
    """Change what is known about a programme.

    :raises Conflict: if somebody else changed or archived it since ``version``
    :raises Refused: as ``add``
    :raises NotYours: if it runs outside the regions of ``by``, before or after
    """
    codes = sorted(set(region_codes))
    with transaction(by=by):
        programme = db.session.get_one(Programme, programme_id, options=DETAILS)
        _require(by, [region.code for region in programme.regions])
        _require(by, codes, field="regions")
        versions.check(programme, version, restore=restore)
        _check(programme_id, name=name, region_codes=codes, **values)
        programme.archived_at = None
        _fill(programme, name=name, region_codes=codes, **values)
    return programme


def archive(by: User, programme_id: int, *, at: datetime) -> None:
    """Take a programme out of the lists; nothing of it is lost."""
    with transaction(by=by):
        programme = db.session.get_one(Programme, programme_id)
        _require(by, [region.code for region in programme.regions])
        programme.archived_at = programme.archived_at or at


def restore(by: User, programme_id: int) -> None:
    """Put an archived programme back."""
    with transaction(by=by):
        programme = db.session.get_one(Programme, programme_id)
        _require(by, [region.code for region in programme.regions])
        programme.archived_at = None


def _require(by: User | None, codes: Iterable[str], field: str | None = None) -> None:
    # A programme belongs to all of its regions: whoever changes it must be at home in each.
    scope.require(by, *(tuple(codes) or (None,)), field=field)


def _check(
    programme_id: int | None,
    *,
    name: str,
    region_codes: Iterable[str],
    starts: date | None = None,
    ends: date | None = None,
    **_rest: Any,
) -> None:
    for code in region_codes:
        regions.check(code, "region_codes")
    periods.in_order(starts, ends)
    twin = select(Programme).where(
        Programme.search_text == names.search_text([name]),
        Programme.archived_at.is_(None),
        Programme.id != (programme_id or 0),
    )
    if other := db.session.scalars(twin).first():
        raise Refused(
            _("“%(name)s” is there already. Open it instead of adding it again.", name=other.name),
            field="name",
        )


def _fill(programme: Programme, *, name: str, region_codes: Iterable[str], **values: Any) -> None:
    for column, value in values.items():
        setattr(programme, column, value)
    programme.name = name
    programme.search_text = names.search_text([name])
    query = select(Region).where(Region.code.in_(list(region_codes))).order_by(Region.code)
    programme.regions = list(db.session.scalars(query))
