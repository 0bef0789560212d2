"""Accounts: who may sign in, with which roles, and where they may edit."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select

from crm.db import db
from crm.errors import Conflict, Refused
from crm.language import LANGUAGES, _
from crm.transaction import transaction
from crm.users import passwords, places, sessions
from crm.users.models import RoleName, User, UserRegion, UserRole


def get(user_id: int) -> User | None:
    """Return the user with this number."""
    return db.session.get(User, user_id)


def by_email(email: str) -> User | None:
    """Return the user who signs in with this e-mail address, however it is written."""
    return db.session.scalar(select(User).where(User.email == _small(email)))


def found(*, q: str = "", role: RoleName | None = None, active: bool | None = None) -> Select[User]:
    """Return the query for all users that a search and the filters leave."""
    query = select(User)
    for word in q.lower().split():
        query = query.where(
            or_(
                func.lower(User.name).contains(word, autoescape=True),
                User.email.contains(word, autoescape=True),
            )
        )
    if role is not None:
        query = query.where(User.roles.any(UserRole.name == role))
    if active is not None:
        query = query.where(User.active == active)
    return query


def all_names() -> list[tuple[int, str]]:
    """Return the id and the name of every user who may sign in, for a select field."""
    query = select(User.id, User.name).where(User.active).order_by(func.lower(User.name), User.id)
    return [(user_id, name) for user_id, name in db.session.execute(query)]


def as_form(user: User) -> dict[str, Any]:
    """Return what the form shows of a user."""
    return {
        "name": user.name,
        "email": user.email,
        "roles": list(user.role_names),
        "regions": list(user.scope),
    }


def is_last_admin(user: User) -> bool:
    """Whether nobody else could administer if this user did not."""
    return _others_who_administer(user) == 0


def add(
    by: User | None,
    *,
    email: str,
    name: str,
    roles: Iterable[RoleName],
    regions: Iterable[str] = (),
    language: str = "id",
    password: str | None = None,
) -> tuple[User, str]:
    """Add a user, and return it with its password.

    :param password: None: one is made, and the user must choose another when signing in first
    :raises Refused: if the address is taken, a role is missing or a region or password is no good
    """
    first_password = password or passwords.make()
    with transaction(by=by):
        _refuse_taken(email)
        _refuse_none(roles)
        _refuse_unknown(regions)
        if password is not None:
            _refuse_weak(password, name=name, email=email)
        user = User(
            email=_small(email),
            name=name,
            password=passwords.kept(first_password),
            password_is_initial=password is None,
            fs_uniquifier=secrets.token_hex(32),
            language=language,
            roles=[UserRole(name=role) for role in _sorted(roles)],
            regions=[UserRegion(region_code=code) for code in sorted(set(regions))],
        )
        db.session.add(user)
    return user, first_password


def change(
    by: User | None,
    user: User,
    *,
    version: int,
    email: str,
    name: str,
    roles: Iterable[RoleName],
    regions: Iterable[str] = (),
) -> None:
    """Change who a user is and what they may do.

    :raises Conflict: if somebody else changed the user since version ``version``
    :raises Refused: if the e-mail address is taken, or nobody could administer afterwards
    """
    with transaction(by=by):
        _refuse_stale(user, version)
        _refuse_taken(email, but=user)
        _refuse_none(roles)
        _refuse_unknown(regions)
        if RoleName.ADMIN in user.role_names and RoleName.ADMIN not in set(roles):
            _refuse_lockout(by, user, field="roles")
        user.email, user.name = _small(email), name
        _replace(user, roles, regions)
        # A change of a role alone must count too: two administrators may be at it.
        user.version += 1


def choose(by: User, *, name: str, language: str) -> None:
    """Let users change their own name and language."""
    with transaction(by=by):
        by.name, by.language = name, language


def choose_language(by: User, language: str) -> None:
    """Let users change their own language.

    :raises Refused: if Sinergi does not speak it
    """
    if language not in LANGUAGES:
        raise Refused(_("Sinergi does not speak this language."), field="language")
    with transaction(by=by):
        by.language = language


def disable(by: User | None, user: User, *, now: datetime) -> None:
    """Lock a user out, at once and on every device; what they did stays.

    :raises Refused: if it is their own account, or nobody could administer afterwards
    """
    with transaction(by=by):
        _refuse_lockout(by, user)
        user.active = False
        end_sessions(by, user, now=now)


def enable(by: User | None, user: User) -> None:
    """Let a user sign in again."""
    with transaction(by=by):
        user.active = True


def set_password(
    by: User | None, user: User, password: str, *, now: datetime, keep: int | None = None
) -> None:
    """Set a password that the user knows, and end their other sessions.

    :param keep: the id of the session in which it is done
    :raises Refused: if the password is too weak, or the one they have
    """
    with transaction(by=by):
        _refuse_weak(password, name=user.name, email=user.email)
        if passwords.fits(password, user.password):
            raise Refused(_("This is the password you have now."), field="password")
        user.password = passwords.kept(password)
        user.password_is_initial = False
        end_sessions(by, user, now=now, keep=keep)


def change_password(by: User, present: str, password: str, *, now: datetime, keep: int) -> None:
    """Let users change their own password, for which they must know the one they have.

    :raises Refused: if they do not, or the new one is too weak
    """
    if not passwords.fits(present, by.password):
        raise Refused(_("The password is not right."), field="present")
    set_password(by, by, password, now=now, keep=keep)


def reset_password(by: User | None, user: User, *, now: datetime) -> str:
    """Give a user a new first password, end their sessions, and return the password."""
    password = passwords.make()
    with transaction(by=by):
        user.password = passwords.kept(password)
        user.password_is_initial = True
        end_sessions(by, user, now=now)
    return password


def end_sessions(by: User | None, user: User, *, now: datetime, keep: int | None = None) -> int:
    """Sign a user out everywhere, but for the session ``keep``, and return of how many."""
    open_ones = [one for one in sessions.of_user(user, now) if one.id != keep]
    with transaction(by=by):
        # Whoever stopped half-way, with a password but no code yet, stops there too.
        if keep is None:
            user.fs_uniquifier = secrets.token_hex(32)
        return sessions.end(by, open_ones, now)


def remove_second_factor(by: User | None, user: User) -> None:
    """Let a user sign in with the password alone: the phone is lost, and the codes are too."""
    with transaction(by=by):
        user.tf_primary_method = user.tf_totp_secret = user.tf_phone_number = None
        user.mf_recovery_codes = None


def _small(email: str) -> str:
    return email.strip().lower()


def _sorted(roles: Iterable[RoleName]) -> list[RoleName]:
    wanted = set(roles)
    return [role for role in RoleName if role in wanted]


def _replace(user: User, roles: Iterable[RoleName], regions: Iterable[str]) -> None:
    """Take away what is not wanted any more and add what is new; the rest keeps its row."""
    wanted, codes = _sorted(roles), sorted(set(regions))
    user.roles[:] = [one for one in user.roles if one.name in wanted] + [
        UserRole(name=role) for role in wanted if role not in user.role_names
    ]
    user.regions[:] = [one for one in user.regions if one.region_code in codes] + [
        UserRegion(region_code=code) for code in codes if code not in user.scope
    ]


def _refuse_stale(user: User, version: int) -> None:
    if user.version != version:
        raise Conflict(_("Somebody else changed this account in the meantime."), user)


def _refuse_taken(email: str, but: User | None = None) -> None:
    taken = by_email(email)
    if taken is not None and taken is not but:
        raise Refused(_("Somebody has an account with this e-mail address."), field="email")


def _refuse_none(roles: Iterable[RoleName]) -> None:
    if not set(roles):
        raise Refused(_("Choose at least one role."), field="roles")


def _refuse_unknown(codes: Iterable[str]) -> None:
    known = places.names_of(codes)
    for code in codes:
        if code not in known:
            raise Refused(
                _("There is no region with the code %(code)s.", code=code), field="regions"
            )


def _refuse_weak(password: str, *, name: str, email: str) -> None:
    if fault := passwords.fault(password, name=name, email=email):
        raise Refused(fault, field="password")


def _refuse_lockout(by: User | None, user: User, field: str | None = None) -> None:
    if by is user:
        raise Refused(
            _("You cannot take this from yourself: ask another administrator."), field=field
        )
    if RoleName.ADMIN in user.role_names and is_last_admin(user):
        raise Refused(
            _("This is the last administrator: make somebody else one first."), field=field
        )


def _others_who_administer(user: User) -> int:
    query = (
        select(User.id)
        .where(User.active, User.id != user.id, User.roles.any(UserRole.name == RoleName.ADMIN))
        # Two administrators who take the role from each other must do so one after the other.
        .with_for_update()
    )
    return len(db.session.scalars(query).all())
