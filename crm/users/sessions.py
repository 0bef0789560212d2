"""Signed-in browsers: started, seen, ended on the server, whatever a cookie may say."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import joinedload

from crm.db import db
from crm.transaction import tick, transaction
from crm.users.models import User, UserSession

IDLE = timedelta(hours=12)
LONGEST = timedelta(hours=24)
IDLE_STAYING = timedelta(days=14)
LONGEST_STAYING = timedelta(days=60)
"""How long a session lasts unused and at all; longer on a device whose owner asked for it."""

SEEN_EVERY = timedelta(minutes=1)
KEPT = timedelta(days=90)


def find(token: str, now: datetime) -> UserSession | None:
    """Return the session of this token, with its user, if it is still good."""
    query = (
        select(UserSession)
        .where(UserSession.token_hash == _hash(token), UserSession.ended_at.is_(None))
        .options(
            joinedload(UserSession.user).joinedload(User.roles),
            joinedload(UserSession.user).joinedload(User.regions),
        )
    )
    found = db.session.scalars(query).unique().one_or_none()
    return found if found and found.user.active and is_good(found, now) else None


def is_good(session: UserSession, now: datetime) -> bool:
    """Whether the session has neither ended, nor grown too old, nor been left alone too long."""
    idle, longest = (IDLE_STAYING, LONGEST_STAYING) if session.stays else (IDLE, LONGEST)
    if session.ended_at is not None:
        return False
    return now - session.seen_at < idle and now - session.started_at < longest


def of_user(user: User, now: datetime) -> list[UserSession]:
    """Return where the user is signed in, last seen first."""
    query = (
        select(UserSession)
        .where(UserSession.user_id == user.id, UserSession.ended_at.is_(None))
        .order_by(UserSession.seen_at.desc())
    )
    return [one for one in db.session.scalars(query) if is_good(one, now)]


def last_seen(user_ids: Iterable[int]) -> dict[int, datetime]:
    """Return when each user was last seen, as far as that is still kept."""
    query = (
        select(UserSession.user_id, func.max(UserSession.seen_at))
        .where(UserSession.user_id.in_(list(user_ids)))
        .group_by(UserSession.user_id)
    )
    return dict(db.session.execute(query).all())


def last_totp_counter(user: User) -> int | None:
    """Return the counter of the last code with which the user signed in."""
    query = select(func.max(UserSession.totp_counter)).where(UserSession.user_id == user.id)
    return db.session.scalar(query)


def start(
    user: User,
    now: datetime,
    *,
    stays: bool = False,
    totp_counter: int | None = None,
    address: str = "",
    browser: str = "",
) -> str:
    """Start a session, and return its token, which is kept nowhere but in the cookie."""
    token = secrets.token_urlsafe(32)
    with transaction(by=user):
        # Addresses and browsers are personal data: they are kept no longer than they serve.
        db.session.execute(
            delete(UserSession).where(
                UserSession.user_id == user.id, UserSession.started_at < now - KEPT
            )
        )
        db.session.add(
            UserSession(
                token_hash=_hash(token),
                user_id=user.id,
                started_at=now,
                seen_at=now,
                stays=stays,
                totp_counter=totp_counter,
                address=address[:100],
                browser=browser[:500],
            )
        )
    return token


def see(session: UserSession, now: datetime) -> bool:
    """Note that the session is in use, not more often than is worth a write; return if it was."""
    if now - session.seen_at < SEEN_EVERY:
        return False
    statement = update(UserSession).where(UserSession.id == session.id).values(seen_at=now)
    tick(statement)
    return True


def end(by: User | None, sessions: Iterable[UserSession], now: datetime) -> int:
    """End these sessions at once, and return how many they were."""
    ids = [one.id for one in sessions]
    with transaction(by=by):
        open_ones = list(
            db.session.scalars(
                select(UserSession).where(UserSession.id.in_(ids), UserSession.ended_at.is_(None))
            )
        )
        for one in open_ones:
            one.ended_at = now
    return len(open_ones)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
