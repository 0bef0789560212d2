"""Sharing a map with people without an account: whose, which, until when, and how often."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from itsdangerous import BadSignature, Signer
from sqlalchemy import Select, select, update
from sqlalchemy.orm import joinedload

from crm.db import db
from crm.errors import NotYours, Refused
from crm.language import _
from crm.network.questions import Question
from crm.shares.models import MapShare, MapShareCount
from crm.stakeholders.models import Stakeholder
from crm.transaction import tick, transaction
from crm.users import scope
from crm.users.models import RoleName, User

USUAL, LONGEST = 30, 365
"""Days for which a link opens its map: as offered, and at most."""
Filters = Mapping[str, Sequence[str]]


def found(by: User, q: str = "") -> Select[MapShare]:
    """Return the query of the shares that a user may see: their own; administrators see all."""
    query = select(MapShare).join(MapShareCount).options(joinedload(MapShare.by))
    if not by.has_any([RoleName.ADMIN]):
        query = query.where(MapShare.by_id == by.id)
    for word in q.split():
        query = query.where(MapShare.title.icontains(word, autoescape=True))
    return query


def get(by: User, share_id: int) -> MapShare | None:
    """Return a share that the user may see."""
    return db.session.scalar(found(by).where(MapShare.id == share_id))


def counts(shares: Iterable[MapShare]) -> dict[int, MapShareCount]:
    """Return how often each of these was looked at, by id of the share."""
    ids = [one.id for one in shares]
    query = select(MapShareCount).where(MapShareCount.share_id.in_(ids))
    return {one.share_id: one for one in db.session.scalars(query)}


def token_of(share: MapShare, secret: str) -> str:
    """Return the part of the link by which a share is opened."""
    return _signer(secret).sign(share.nonce).decode()


def by_token(token: str, secret: str) -> MapShare | None:
    """Return the share of a link, whether it still opens or not; None: we never gave this link."""
    try:
        nonce = _signer(secret).unsign(token.encode()).decode()
    except (BadSignature, UnicodeError):
        return None
    return db.session.scalar(select(MapShare).where(MapShare.nonce == nonce))


def _signer(secret: str) -> Signer:
    return Signer(secret, salt="map-share", digest_method=hashlib.sha256)


def may_share(by: User, filters: Filters) -> bool:
    """Whether the map shows regions of this user only: who edits one region publishes that one."""
    if not by.scope:
        return True
    regions = list(filters.get("region", ()))
    if not regions or not all(regions):
        return False
    # The organisation in focus is shown wherever it lies.
    focus = [int(one) for one in filters.get("focus", ())]
    query = select(Stakeholder.region_code).where(Stakeholder.id.in_(focus))
    regions += db.session.scalars(query)
    return all(scope.may_edit(by, code) for code in regions)


def share(
    by: User,
    *,
    title: str,
    days: int,
    names_hidden: bool,
    question: Question,
    filters: Filters,
    at: datetime,
) -> MapShare:
    """Open a map to whoever gets its link, for some days.

    :param filters: as ``crm.maps.asking.kept`` returns them
    :raises Refused: if it has no title, or would stay open too long or not at all
    :raises NotYours: if it shows more than the regions given to ``by``
    """
    with transaction(by=by):
        if not title.strip():
            raise Refused(_("Give the map a title."), field="title")
        if not 1 <= days <= LONGEST:
            raise Refused(_("Choose from 1 to 365 days."), field="days")
        if not may_share(by, filters):
            raise NotYours(_("You may share maps of your own regions."))
        made = MapShare(
            nonce=secrets.token_urlsafe(32),
            title=title.strip(),
            by_id=by.id,
            at=at,
            on=question.on,
            months=question.months,
            filters={name: list(texts) for name, texts in filters.items()},
            names_hidden=names_hidden,
            expires_at=at + timedelta(days=days),
        )
        db.session.add(made)
        db.session.flush()
        db.session.add(MapShareCount(share_id=made.id))
    return made


def withdraw(by: User, share_id: int, *, at: datetime) -> MapShare:
    """Close a shared map for good; one that is closed already stays as it is.

    :raises NotYours: if somebody else shared it
    """
    with transaction(by=by):
        shared = get(by, share_id)
        if shared is None:
            raise NotYours(_("Somebody else has shared this map."))
        if shared.withdrawn_at is None:
            shared.withdrawn_at = at
    return shared


def count(shared: MapShare, *, at: datetime) -> None:
    """Count one more view; who it was is not asked."""
    tick(
        update(MapShareCount)
        .where(MapShareCount.share_id == shared.id)
        .values(views=MapShareCount.views + 1, last_at=at)
    )
