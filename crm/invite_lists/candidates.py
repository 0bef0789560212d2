"""Who may be invited under the rules of a list."""

from collections import Counter
from typing import Any

from sqlalchemy import and_, or_, select, true

from crm.db import db
from crm.errors import Refused
from crm.invite_lists.rules import Rules
from crm.language import _
from crm.network.plans import Invitee
from crm.regions import services as regions
from crm.stakeholders.models import Stakeholder, Tag

MOST_CANDIDATES = 5_000


def candidates(
    rules: Rules, invited: Counter[int] | None = None, away: Counter[int] | None = None
) -> list[Invitee]:
    """Return the organisations that the rules let in, with seats and what the wish adds.

    Whom the rules name is let in always, and so is who is on the guest list.

    :param invited: how many seats an organisation has already
    :param away: how many of its guests have said that they do not come: their seats are not filled
    :raises Refused: if they are more than the plan takes
    """
    invited, away = invited or Counter(), away or Counter()
    named = {*rules.must, *rules.prefer, *invited}
    let_in = and_(*_filters(rules))
    query = (
        select(Stakeholder.id, Stakeholder.sector, Stakeholder.region_code, Stakeholder.kind_id)
        .where(
            Stakeholder.archived_at.is_(None),
            Stakeholder.merged_into_id.is_(None),
            or_(let_in, Stakeholder.id.in_(named)),
        )
        .order_by(Stakeholder.id)
    )
    rows = db.session.execute(query.limit(MOST_CANDIDATES + 1)).all()
    if len(rows) > MOST_CANDIDATES:
        raise Refused(
            _("That is more than 5,000 candidates. Choose a region or leave out sectors."),
            field="region",
        )
    kinds = set(rules.prefer_kinds)
    return [
        Invitee(
            one,
            sector.value,
            region,
            preference=rules.plus
            if one in rules.prefer or {sector.value, str(kind)} & kinds
            else 0,
            seats=max(1, invited[one], rules.seats_of(one) - away[one]),
        )
        for one, sector, region, kind in rows
    ]


def _filters(rules: Rules) -> list[Any]:
    filters: list[Any] = [true()]
    if rules.region:
        above = [rules.region[:length] for length in (2, 5, 8) if length < len(rules.region)]
        filters.append(
            or_(
                regions.within(Stakeholder.region_code, rules.region),
                Stakeholder.region_code.in_(above),
                Stakeholder.region_code.is_(None),
            )
        )
    if rules.tag:
        tagged = Stakeholder.tags.any(Tag.name == rules.tag)
        sectors = rules.tag_sectors
        filters.append(or_(tagged, Stakeholder.sector.not_in(sectors)) if sectors else tagged)
    return filters
