"""The library offices: the desks from which the teams work."""

import re
from collections.abc import Iterable

from sqlalchemy import select

from crm.db import db
from crm.stakeholders.choices import IN_USE
from crm.stakeholders.models import Kind, Sector, Stakeholder

KIND = "library_office"

_NAMED = re.compile(r"(dinas|badan|kantor)\b.*\bperpustakaan\b", re.IGNORECASE)
"""Dinas Perpustakaan, Dinas Kearsipan dan Perpustakaan, Badan Perpustakaan dan Arsip Daerah …"""


def library_offices(ids: Iterable[int] | None = None) -> dict[int, str]:
    """Return the regions of library offices by id: of provinces and districts, of some or all.

    Where no kind is recorded the name tells.
    """
    query = (
        select(Stakeholder.id, Stakeholder.region_code, Stakeholder.name, Kind.code)
        .outerjoin(Kind, Kind.id == Stakeholder.kind_id)
        .where(IN_USE, Stakeholder.sector == Sector.OPD, Stakeholder.region_code.is_not(None))
    )
    if ids is not None:
        query = query.where(Stakeholder.id.in_(list(ids)))
    return {
        one: region
        for one, region, name, kind in db.session.execute(query)
        if region and (kind == KIND or (kind is None and _NAMED.match(name)))
    }


def office_for(stakeholder_id: int) -> int | None:
    """Return the library office nearest to an organisation: of its district, else its province."""
    visited = db.session.get(Stakeholder, stakeholder_id)
    region = visited.region_code if visited else None
    around = [(len(home), -one) for one, home in library_offices().items() if lies_in(region, home)]
    nearest = -max(around)[1] if around else None
    return nearest if nearest != stakeholder_id else None


def lies_in(region: str | None, home: str) -> bool:
    """Whether a region is that of an office, or lies below it: then the office is its own."""
    return f"{region}.".startswith(f"{home}.")
