"""What holds for every agreement, whoever enters it."""

from crm.errors import Refused
from crm.language import _

Party = tuple[int, str]
"""An organisation's id, and the number that it filed the paper under."""


def between_several(parties: list[Party]) -> None:
    """Refuse parties that are fewer than two, or one of them twice."""
    ids = [one for one, _number in parties]
    if len(set(ids)) < len(ids):
        raise Refused(_("One organisation stands here twice. Remove one row."), field="parties")
    if len(ids) < 2:
        raise Refused(_("An agreement needs at least two organisations."), field="parties")
