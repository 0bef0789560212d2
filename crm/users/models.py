"""Users: who signs in, what they may do, and where."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from flask_security.core import RoleMixin, UserMixin
from flask_security.datastore import AsaList
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model


class RoleName(StrEnum):
    """What a user may do; a user may have several roles."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ORGANISER = "organiser"
    ADMIN = "admin"


class UserRole(Model, RoleMixin):
    """That a user has a role; which roles there are is fixed in the code."""

    __table_args__ = (UniqueConstraint("user_id", "name"),)
    part_of = "user_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[RoleName]


class User(Model, UserMixin):
    """Somebody with an account; the column names are those that Flask-Security expects."""

    __table_args__ = (CheckConstraint("email = lower(email)", name="email_in_small_letters"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str]
    password: Mapped[str | None] = mapped_column(String(255), info={"private": True})
    # Somebody else knows it: before anything else the user chooses another.
    password_is_initial: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    # Who the user is to Flask-Security; stands in the cookie instead of the id.
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, info={"private": True})
    language: Mapped[str] = mapped_column(String(2), default="id")
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255), info={"private": True})
    tf_phone_number: Mapped[str | None] = mapped_column(String(128), info={"private": True})
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(
        MutableList.as_mutable(AsaList()), info={"private": True}
    )
    version: Mapped[int] = mapped_column(default=1)

    roles: Mapped[list[UserRole]] = relationship(  # type: ignore[assignment]
        lazy="selectin", cascade="all, delete-orphan"
    )
    regions: Mapped[list["UserRegion"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    def has_any(self, roles: Iterable[str]) -> bool:
        """Whether the user has one of these roles; every user is a viewer."""
        wanted = {str(role) for role in roles}
        return RoleName.VIEWER in wanted or any(role.name in wanted for role in self.roles)

    @property
    def role_names(self) -> tuple[RoleName, ...]:
        """The user's roles in the order in which they widen."""
        have = {role.name for role in self.roles}
        return tuple(role for role in RoleName if role in have)

    @property
    def has_second_factor(self) -> bool:
        """Whether signing in also asks for a code."""
        return bool(self.tf_primary_method and self.tf_totp_secret)

    @property
    def scope(self) -> tuple[str, ...]:
        """The regions in which the user may edit; empty: everywhere."""
        return tuple(sorted(one.region_code for one in self.regions))


class UserRegion(Model):
    """That a user edits only in this region and below it."""

    __table_args__ = (UniqueConstraint("user_id", "region_code"),)
    part_of = "user_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"))


class UserSession(Model):
    """One signed-in browser: the cookie alone opens nothing once this row has ended."""

    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    # Of the token in the cookie: who reads the database still cannot sign in.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    # The user asked to stay signed in on this device.
    stays: Mapped[bool] = mapped_column(default=False)
    # Of the code that was given: no code signs in twice.
    totp_counter: Mapped[int | None]
    address: Mapped[str] = mapped_column(default="")
    browser: Mapped[str] = mapped_column(default="")

    user: Mapped[User] = relationship()
