"""Plans of introductions: kept by the analysis, asked for with the wishes of an address."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from crm.db import db
from crm.introductions import telling
from crm.introductions.telling import Line
from crm.introductions.wishes import Wishes
from crm.network import services as network
from crm.network.models import Analysis, StoredFinding
from crm.network.services import Answer, Plan
from crm.regions import services as regions

PARTED = ("single-broker", "split-region")
"""The gaps that fewest ties against exits are for."""


def plan(known: Answer, wishes: Wishes) -> Plan:
    """Return the best introductions under some wishes, as far as they are worked out."""
    return network.plan("introductions", known, wishes.asked)


def fewest(known: Answer, region: str) -> Plan:
    """Return the fewest ties after which no single exit parts a region."""
    return network.plan("fewest", known, {"region": region})


def of_region(known: Answer, region: str) -> Plan:
    """Return the plan with which the page of introductions opens for a region, without wishes."""
    return plan(known, Wishes(region=region))


def lines(known: Answer, found: Plan) -> list[Line] | None:
    """Return a plan in words; None where it is not there yet, or of other data than the answer."""
    analysis = known.analysis
    if analysis is None or found.answer is None or found.version != analysis.data_version:
        return None
    return telling.lines(analysis, found.answer, known.question.on)


@dataclass(frozen=True)
class Parted:
    """A region that a single exit would part, or that is parted already."""

    code: str
    name: str
    severity: float
    """Of all gaps that say so."""
    many: int
    """How many they are."""


def parted(analysis: Analysis) -> list[Parted]:
    """Return the regions that hang on single organisations, or fall apart, the worst first."""
    total = func.sum(StoredFinding.severity)
    query = (
        select(StoredFinding.region_code, total, func.count())
        .where(
            StoredFinding.analysis_id == analysis.id,
            StoredFinding.code.in_(PARTED),
            StoredFinding.region_code.is_not(None),
        )
        .group_by(StoredFinding.region_code)
        .order_by(total.desc(), StoredFinding.region_code)
    )
    rows: list[Any] = list(db.session.execute(query))
    names = regions.names_of({code for code, _total, _many in rows})
    return [Parted(code, names.get(code, code), float(sum_), many) for code, sum_, many in rows]
