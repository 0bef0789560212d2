"""Where a user may edit: everywhere, or in the regions given to them and below those."""

from crm.errors import NotYours
from crm.language import _
from crm.users.models import User


def may_edit(user: User | None, region_code: str | None) -> bool:
    """Whether the user may edit rows of this region; of no region means: of all of Indonesia.

    :param user: None for the system itself, which may
    """
    if user is None or not user.scope:
        return True
    if region_code is None:
        return False
    return any(region_code == own or region_code.startswith(f"{own}.") for own in user.scope)


def require(user: User | None, *region_codes: str | None, field: str | None = None) -> None:
    """Refuse a user who may not edit in one of these regions: the row's, or where it moves to.

    :param field: the field of a form in which the user has chosen them
    :raises NotYours: if one of them lies outside the regions given to the user
    """
    if not all(may_edit(user, code) for code in region_codes):
        raise NotYours(_("This lies outside the regions you may edit."), field)
