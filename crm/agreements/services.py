"""Finding agreements, and changing what is known about them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from crm import periods, versions
from crm.agreements import rules
from crm.agreements.models import (
    EXPIRING_DAYS,
    Agreement,
    AgreementKind,
    AgreementParty,
    AgreementStatus,
)
from crm.agreements.rules import Party
from crm.db import db
from crm.errors import Refused
from crm.language import _
from crm.regions import services as regions
from crm.regions.models import Region
from crm.stakeholders import access, names
from crm.stakeholders.models import Stakeholder
from crm.tables import matches
from crm.transaction import transaction
from crm.users.models import User

DETAILS = (
    selectinload(Agreement.parties)
    .joinedload(AgreementParty.stakeholder)
    .joinedload(Stakeholder.region)
    .joinedload(Region.parent),
    joinedload(Agreement.parent),
    joinedload(Agreement.programme),
)


def found(
    q: str = "",
    *,
    today: date,
    status: AgreementStatus | None = None,
    kind: AgreementKind | None = None,
    sector: str | None = None,
    region: str | None = None,
    programme: int | None = None,
    undated: bool = False,
    archived: bool = False,
) -> Select[Agreement]:
    """Return the query of the agreements that hold every word of ``q`` and fit the filters."""
    query = select(Agreement).where(
        Agreement.archived_at.is_not(None) if archived else Agreement.archived_at.is_(None),
        *(_mentions(word) for word in names.search_words(q)),
    )
    if status:
        query = query.where(stands(status, today))
    if kind:
        query = query.where(Agreement.kind == kind)
    if programme:
        query = query.where(Agreement.programme_id == programme)
    if undated:
        query = query.where(Agreement.starts.is_(None))
    if sector:
        query = query.where(_has_party(Stakeholder.sector == sector))
    if region:
        query = query.where(_has_party(regions.within(Stakeholder.region_code, region)))
    return query.options(*DETAILS)


def stands(status: AgreementStatus, today: date) -> ColumnElement[bool]:
    """Return the condition under which ``Agreement.status(today)`` is this one."""
    soon = today + timedelta(days=EXPIRING_DAYS)
    begun = or_(Agreement.starts.is_(None), Agreement.starts <= today)
    return {
        AgreementStatus.PLANNED: Agreement.starts > today,
        AgreementStatus.ACTIVE: and_(begun, or_(Agreement.ends.is_(None), Agreement.ends > soon)),
        AgreementStatus.EXPIRING: and_(begun, Agreement.ends.between(today, soon)),
        AgreementStatus.EXPIRED: and_(begun, Agreement.ends < today),
    }[status]


def get(agreement_id: int) -> Agreement | None:
    """Return one agreement with all that its page shows of it."""
    return db.session.get(Agreement, agreement_id, options=DETAILS)


def of_stakeholder(stakeholder_id: int) -> list[Agreement]:
    """Return the agreements that an organisation signed, latest first."""
    query = select(Agreement).where(_has_party(Stakeholder.id == stakeholder_id))
    return _latest_first(query)


def of_programme(programme_id: int) -> list[Agreement]:
    """Return the agreements of a programme, latest first."""
    return _latest_first(select(Agreement).where(Agreement.programme_id == programme_id))


def below(agreement_id: int) -> list[Agreement]:
    """Return the agreements that were made under this one."""
    return _latest_first(select(Agreement).where(Agreement.parent_id == agreement_id))


def all_titles(also: int | None = None) -> list[tuple[int, str]]:
    """Return the id and title of every agreement in use, and of one more, by title."""
    query = (
        select(Agreement.id, Agreement.title)
        .where(or_(Agreement.archived_at.is_(None), Agreement.id == also))
        .order_by(Agreement.title)
    )
    return [(one, title) for one, title in db.session.execute(query)]


def as_form(agreement: Agreement) -> dict[str, Any]:
    """Return what a form shows of an agreement."""
    return {
        column.key: getattr(agreement, column.key) for column in Agreement.__table__.columns
    } | {"parties": [(one.stakeholder_id, one.number) for one in agreement.parties]}


def may_edit(by: User, agreement: Agreement) -> bool:
    """Whether a user may change an agreement: where one of its parties works in their regions."""
    return access.is_at_home(by, _party_ids(agreement))


def add(
    by: User | None,
    *,
    title: str,
    parties: Iterable[Party],
    kind: AgreementKind = AgreementKind.MOU,
    **values: Any,
) -> Agreement:
    """Add an agreement between two or more organisations.

    :param parties: the id of each organisation and its own number of the paper
    :raises Refused: if fewer than two organisations signed, one signed twice, or it ends before
        it begins
    :raises NotYours: if no party lies in the regions of ``by``
    """
    parties = list(parties)
    with transaction(by=by):
        access.require_one(by, [one for one, _number in parties], field="parties")
        _check(None, parties=parties, **values)
        agreement = Agreement(title=title, search_text="")
        db.session.add(agreement)
        _fill(agreement, title=title, parties=parties, kind=kind, **values)
    return agreement


def change(
    by: User | None,
    agreement_id: int,
    *,
    version: int,
    restore: bool = False,
    parties: Iterable[Party],
    **values: Any,
) -> Agreement:
    """Change what is known about an agreement.

    :raises Conflict: if somebody else changed or archived it since ``version``
    :raises Refused: as ``add``, or if it would stand above itself
    :raises NotYours: if no party lies in the regions of ``by``, before or after
    """
    parties = list(parties)
    with transaction(by=by):
        agreement = db.session.get_one(Agreement, agreement_id, options=DETAILS)
        access.require_one(by, _party_ids(agreement))
        access.require_one(by, [one for one, _number in parties], field="parties")
        versions.check(agreement, version, restore=restore)
        _check(agreement_id, parties=parties, **values)
        agreement.archived_at = None
        _fill(agreement, parties=parties, **values)
    return agreement


def archive(by: User, agreement_id: int, *, at: datetime) -> None:
    """Take an agreement out of lists, map and analysis; nothing of it is lost."""
    with transaction(by=by):
        agreement = db.session.get_one(Agreement, agreement_id, options=DETAILS)
        access.require_one(by, _party_ids(agreement))
        agreement.archived_at = agreement.archived_at or at


def restore(by: User, agreement_id: int) -> None:
    """Put an archived agreement back."""
    with transaction(by=by):
        agreement = db.session.get_one(Agreement, agreement_id, options=DETAILS)
        access.require_one(by, _party_ids(agreement))
        agreement.archived_at = None


def _mentions(word: str) -> ColumnElement[bool]:
    (title,) = matches(Agreement.search_text, [word])
    (name,) = matches(Stakeholder.search_text, [word])
    return or_(title, _has_party(name))


def _has_party(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Agreement.parties.any(AgreementParty.stakeholder.has(condition))


def _latest_first(query: Select[Agreement]) -> list[Agreement]:
    query = query.where(Agreement.archived_at.is_(None)).options(*DETAILS)
    query = query.order_by(Agreement.starts.desc().nulls_last(), Agreement.id.desc())
    return list(db.session.scalars(query))


def _party_ids(agreement: Agreement) -> list[int]:
    return [one.stakeholder_id for one in agreement.parties]


def _check(
    agreement_id: int | None,
    *,
    parties: list[Party],
    starts: date | None = None,
    ends: date | None = None,
    parent_id: int | None = None,
    **_rest: Any,
) -> None:
    rules.between_several(parties)
    periods.in_order(starts, ends)
    above, seen = parent_id, set()
    while above and above not in seen:
        if above == agreement_id:
            raise Refused(
                _("That agreement was itself made under this one. Choose another."),
                field="parent_id",
            )
        seen.add(above)
        above = db.session.scalar(select(Agreement.parent_id).where(Agreement.id == above))


def _fill(agreement: Agreement, *, title: str, parties: list[Party], **values: Any) -> None:
    for column, value in values.items():
        setattr(agreement, column, value)
    agreement.title = title
    agreement.search_text = names.search_text([title, *(number for _one, number in parties)])
    known = {one.stakeholder_id: one for one in agreement.parties}
    kept = []
    for stakeholder_id, number in parties:
        party = known.get(stakeholder_id) or AgreementParty(stakeholder_id=stakeholder_id)
        party.number = number
        kept.append(party)
    agreement.parties = kept
