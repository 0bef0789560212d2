"""What holds for every person, whoever enters them."""

from crm.contacts.models import Basis
from crm.errors import Refused
from crm.language import _


def grounded(phone: str, email: str, basis: Basis | None) -> None:
    """Refuse ways to reach a person that are kept without any ground."""
    if (phone or email) and basis is None:
        raise Refused(
            _("Choose why these data may be kept: law 27/2022 asks for a ground."), field="basis"
        )


def post_with_place(stakeholder_id: int | None, position: str) -> None:
    """Refuse a post without its organisation, and the other way round."""
    if position and stakeholder_id is None:
        raise Refused(_("Choose the organisation of this post."), field="stakeholder_id")
    if stakeholder_id is not None and not position:
        raise Refused(_("Say which post the person holds there."), field="position")
