"""The pages of findings that no longer stand."""

from collections.abc import Sequence

from flask import request
from sqlalchemy import Select, select
from werkzeug.wrappers import Response

from crm.auth import VIEWER, allow
from crm.fields import ANY
from crm.gaps.closing_words import CauseTeller, causes
from crm.gaps.forms import ClosedFilters
from crm.gaps.sentences import Teller
from crm.gaps.views import bp
from crm.gaps.words import FINDING_NAMES
from crm.language import _
from crm.network import closings, services
from crm.network.models import ClosedFinding
from crm.pages import page
from crm.regions import services as regions
from crm.regions.models import Region
from crm.tables import Column, Listing, download_kind


@bp.get("/gaps/closed")
@allow(VIEWER)
def closed() -> Response:
    """List what was closed, the latest first, and by what."""
    filters = ClosedFilters(request.args)
    filters.region.choices = regions.choices(ANY)
    filters.drop_invalid()
    teller, why = Teller(), CauseTeller()

    def prepare(rows: Sequence[ClosedFinding]) -> None:
        why.learn(rows)
        teller.learn(closings.as_it_stood(one) for one in rows)

    listing = Listing(
        _("Closed gaps"),
        _columns(teller, why),
        _query(filters, request.args.get("q", "")),
        request.args,
        filters,
        "-closed",
        prepare=prepare,
    )
    if kind := download_kind(request.args):
        return listing.download(kind)
    return page(
        "gaps/closed.html",
        listing=listing,
        filters=filters,
        tell=lambda one: teller.tell(closings.as_it_stood(one)),
        why=why,
        since=closings.kept_since(),
        any_organisation=services.has_organisations(),
    )


def _query(filters: ClosedFilters, q: str) -> Select[ClosedFinding]:
    query = select(ClosedFinding)
    if filters.region.data:
        query = query.where(regions.within(ClosedFinding.region_code, filters.region.data))
    if filters.sector.data:
        query = query.where(ClosedFinding.sector_marks.contains(f"|{filters.sector.data.value}|"))
    if filters.code.data:
        query = query.where(ClosedFinding.code == filters.code.data)
    if filters.cause.data:
        query = query.where(ClosedFinding.cause.in_(causes(filters.cause.data)))
    for word in q.split():
        named = select(Region.code).where(Region.name.icontains(word, autoescape=True))
        query = query.where(ClosedFinding.region_code.in_(named))
    return query


def _columns(teller: Teller, why: CauseTeller) -> list[Column]:
    def told(one: ClosedFinding) -> str:
        return teller.tell(closings.as_it_stood(one)).sentence

    return [
        Column("closed", _("Closed on"), ClosedFinding.closed_at, lambda one: one.closed_at),
        Column("finding", _("What was missing"), None, told),
        Column("cause", _("Closed by"), ClosedFinding.cause, why.tell),
        Column(
            "severity", _("Severity"), ClosedFinding.severity, lambda one: round(one.severity, 1),
            True,
        ),
        Column(
            "code", _("Kind of gap"), ClosedFinding.code, lambda one: FINDING_NAMES[one.code]
        ),
        Column("reopened", _("Back since"), None, lambda one: one.reopened_at, hidden=True),
        Column("region", _("Region code"), None, lambda one: one.region_code, hidden=True),
        Column("key", _("Key"), None, lambda one: one.key, hidden=True),
    ]  # fmt: skip
