"""The sectors and kinds of organisations that an organiser may prefer."""

from typing import Any

from crm.language import _
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Sector
from crm.stakeholders.vocabulary import kind_name
from crm.words import label


def kinds() -> list[tuple[str, Any]]:
    """Return what may be preferred, each with its code: every sector, then its kinds."""
    found: list[tuple[str, Any]] = []
    of_sector = stakeholders.kinds()
    for sector in Sector:
        found.append((sector.value, _("All of %(sector)s", sector=label(sector))))
        found += [(str(one.id), kind_name(one)) for one in of_sector if one.sector is sector]
    return found
