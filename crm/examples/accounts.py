"""The example accounts: one for each role, with passwords that everybody may know."""

from dataclasses import dataclass
from datetime import datetime

from crm.users import services as users
from crm.users.models import RoleName, User


@dataclass(frozen=True)
class Account:
    """One example account."""

    email: str
    name: str
    role: RoleName
    password: str


ACCOUNTS = (
    Account("pembaca@contoh.example", "Contoh Pembaca", RoleName.VIEWER, "lihat-peta-2017"),
    Account("penyunting@contoh.example", "Contoh Penyunting", RoleName.EDITOR, "catat-mitra-2017"),
    Account(
        "penyelenggara@contoh.example",
        "Contoh Penyelenggara",
        RoleName.ORGANISER,
        "undang-tamu-2017",
    ),
    Account("admin@contoh.example", "Contoh Admin", RoleName.ADMIN, "kelola-ruang-2017"),
)


def open_all() -> User:
    """Add the accounts, or open them again; return the editor's."""
    for one in ACCOUNTS:
        user = users.by_email(one.email)
        if user is None:
            users.add(None, email=one.email, name=one.name, roles=[one.role], password=one.password)
        elif not user.active:
            users.enable(None, user)
    editor = users.by_email(ACCOUNTS[1].email)
    if editor is None:
        raise LookupError("The example editor was not stored.")
    return editor


def close_all(now: datetime) -> str | None:
    """Disable the accounts and end their sessions; what they did stays in the history.

    The administrator stays where there is no other, with a password that only the caller learns.
    """
    password = None
    for one in ACCOUNTS:
        user = users.by_email(one.email)
        if user is None or not user.active:
            continue
        if one.role is RoleName.ADMIN and users.is_last_admin(user):
            password = users.reset_password(None, user, now=now)
        else:
            users.disable(None, user, now=now)
    return password


def is_open() -> bool:
    """Whether somebody could sign in with a password that everybody may know."""
    found = (users.by_email(one.email) for one in ACCOUNTS)
    return any(user is not None and user.active for user in found)
