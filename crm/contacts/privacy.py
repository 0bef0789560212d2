"""Personal data in the interface: who sees it, and how it looks to those who do not."""

from crm.spreadsheets import plain
from crm.users.models import RoleName, User

CLEAR_FOR = (RoleName.EDITOR, RoleName.ORGANISER, RoleName.ADMIN)
"""Who needs to call and write to people."""


def may_see(user: User) -> bool:
    """Whether a user sees telephone numbers and addresses."""
    return user.has_any(CLEAR_FOR)


def masked(value: str) -> str:
    """Return a value of which only the ends can be read: 08•••••78, h•••@sumsel.go.id.

    Two digits at each end tell two numbers of a list apart; more of a short one would give it away.
    """
    text = plain(value)
    if not text:
        return ""
    name, at, host = text.partition("@")
    if at:
        return f"{name[:1]}•••@{host}"
    return f"{text[:2]}•••••{text[-2:]}" if len(text) > 8 else "•••••"


def shown(value: str, user: User) -> str:
    """Return a value as this user may see it."""
    return value if may_see(user) else masked(value)
