"""Where a user may edit: users bound to regions edit only there, all others everywhere."""

from typing import TYPE_CHECKING

from crm.errors import NotYours

if TYPE_CHECKING:
    from crm.users.models import User


def may_edit(user: "User | None", region_code: str | None) -> bool:
    """Whether a user may change rows of a region; None as user is the system itself."""
    if user is None or not user.scope:
        return True
    code = region_code or ""
    return any(code == one or code.startswith(f"{one}.") for one in user.scope)


def require(user: "User | None", region_code: str | None) -> None:
    """Refuse a change outside the regions of a user.

    :raises NotYours: if the row lies elsewhere, or belongs to the whole country
    """
    if not may_edit(user, region_code):
        raise NotYours
