"""Teams that exist by decree (SK), and who belongs to them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from crm.db import db
from crm.errors import Refused
from crm.language import _
from crm.regions import services as regions
from crm.regulations.models import Team, TeamMember
from crm.transaction import transaction
from crm.users import scope
from crm.users.models import User


def get(team_id: int) -> Team | None:
    """Return one team with its members."""
    members = selectinload(Team.members)
    return db.session.get(
        Team,
        team_id,
        options=(
            members.joinedload(TeamMember.stakeholder),
            members.joinedload(TeamMember.position),
            members.joinedload(TeamMember.contact),
            joinedload(Team.region),
            joinedload(Team.regulation),
        ),
    )


def of_region(region_code: str) -> list[Team]:
    """Return the teams of a region and of those below it, by name."""
    query = (
        select(Team)
        .where(Team.archived_at.is_(None), regions.within(Team.region_code, region_code))
        .order_by(Team.name)
    )
    return list(db.session.scalars(query))


def add(
    by: User | None,
    *,
    name: str,
    members: Iterable[Mapping[str, Any]] = (),
    region_code: str | None = None,
    starts: date | None = None,
    ends: date | None = None,
    **values: Any,
) -> Team:
    """Record a team with its members.

    :param members: of each the columns of TeamMember: ``stakeholder_id``, and where they are
        known ``role``, ``position_id``, ``contact_id``, ``starts``, ``ends``
    :raises Refused: if the region is not known, it ends before it begins, or a member stands
        there twice in the same role
    :raises NotYours: if it lies outside the regions of ``by``
    """
    rows = [dict(member) for member in members]
    with transaction(by=by):
        scope.require(by, region_code)
        regions.check(region_code)
        if starts and ends and ends < starts:
            raise Refused(_("The end lies before the beginning."), field="ends")
        seats = [(row["stakeholder_id"], row.get("role", "")) for row in rows]
        if len(set(seats)) < len(seats):
            raise Refused(_("One member stands here twice in the same role."), field="members")
        team = Team(name=name, region_code=region_code, starts=starts, ends=ends, **values)
        team.members = [TeamMember(**row) for row in rows]
        db.session.add(team)
    return team
