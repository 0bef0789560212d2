"""Finding and keeping scenarios, and what can be ticked in one."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from crm import versions
from crm.addresses import whole
from crm.contacts.models import Position
from crm.db import db
from crm.errors import Refused
from crm.invitations.models import Attendance, Participation
from crm.language import _
from crm.network.questions import EARLIEST, LATEST, LONGEST, Question
from crm.simulations.leaving import leaving
from crm.simulations.models import Scenario
from crm.stakeholders import names
from crm.stakeholders.models import Stakeholder
from crm.tables import matches
from crm.transaction import transaction
from crm.users import scope
from crm.users.models import User


def found(q: str = "", *, archived: bool = False) -> Select[Scenario]:
    """Return the query of the scenarios that hold every word of ``q``."""
    return (
        select(Scenario)
        .where(
            Scenario.archived_at.is_not(None) if archived else Scenario.archived_at.is_(None),
            *matches(Scenario.search_text, names.search_words(q)),
        )
        .options(joinedload(Scenario.by))
    )


def get(scenario_id: int) -> Scenario | None:
    """Return one scenario."""
    return db.session.get(Scenario, scenario_id, options=[joinedload(Scenario.by)])


def all_titles() -> list[tuple[int, str]]:
    """Return the id and title of every scenario in use, the latest first."""
    query = (
        select(Scenario.id, Scenario.title)
        .where(Scenario.archived_at.is_(None))
        .order_by(Scenario.at.desc(), Scenario.id.desc())
    )
    return [(one, title) for one, title in db.session.execute(query)]


def question(scenario: Scenario) -> Question:
    """Return the day and window of a scenario."""
    return Question(scenario.on, scenario.months)


def as_form(scenario: Scenario) -> dict[str, Any]:
    """Return what a form shows of a scenario."""
    return {
        "title": scenario.title,
        "about": scenario.about,
        "on": scenario.on,
        "window": question(scenario).args["window"],
        "organisation": scenario.organisations,
        "position": scenario.positions,
        "programme": scenario.programmes,
        "ever": scenario.ever,
    }


def may_edit(by: User, scenario: Scenario) -> bool:
    """Whether a user may change a scenario: their own, or any where they edit all of Indonesia.

    Who leaves in it may work anywhere, so it belongs to no region.
    """
    return scenario.by_id == by.id or scope.may_edit(by, None)


def keep(by: User, *, at: datetime, **values: Any) -> Scenario:
    """Keep a scenario under a title.

    :raises Refused: if nobody leaves, or the day or window is none
    """
    with transaction(by=by):
        scenario = Scenario(by=by, at=at)
        _fill(scenario, **values)
        db.session.add(scenario)
    return scenario


def change(
    by: User, scenario_id: int, *, version: int, restore: bool = False, **values: Any
) -> Scenario:
    """Change a scenario.

    :raises Conflict: if somebody else changed or archived it since ``version``
    :raises Refused: as ``keep``
    :raises NotYours: if ``by`` may not change it
    """
    with transaction(by=by):
        scenario = _theirs(by, scenario_id)
        versions.check(scenario, version, restore=restore)
        scenario.archived_at = None
        _fill(scenario, **values)
    return scenario


def archive(by: User, scenario_id: int, *, at: datetime) -> None:
    """Take a scenario out of the list; nothing of it is lost."""
    with transaction(by=by):
        scenario = _theirs(by, scenario_id)
        scenario.archived_at = scenario.archived_at or at


def restore(by: User, scenario_id: int) -> None:
    """Put an archived scenario back."""
    with transaction(by=by):
        _theirs(by, scenario_id).archived_at = None


def _theirs(by: User, scenario_id: int) -> Scenario:
    """Return a scenario that a user may change."""
    scenario = db.session.get_one(Scenario, scenario_id)
    if scenario.by_id != by.id:
        scope.require(by, None)
    return scenario


def _fill(
    scenario: Scenario,
    *,
    title: str,
    about: str,
    on: date,
    window: str,
    organisation: Iterable[int],
    position: Iterable[int],
    programme: Iterable[int],
    ever: bool,
) -> None:
    who = leaving(organisation, position, programme, ever)
    if not who:
        raise Refused(
            _("Choose at least one organisation, post or programme that leaves."),
            field="organisation",
        )
    if not EARLIEST <= on <= LATEST:
        raise Refused(_("No network is known on this day."), field="on")
    months = 0 if window == "all" else whole(window)
    if months is None or months > LONGEST or (months == 0 and window != "all"):
        raise Refused(_("Choose one of the windows."), field="window")
    scenario.title, scenario.about = title, about
    scenario.search_text = names.search_text([title])
    scenario.on, scenario.months = on, months
    scenario.organisations = list(who.organisations)
    scenario.positions = list(who.positions)
    scenario.programmes = list(who.programmes)
    scenario.ever = who.ever


def posts(also: Iterable[int] = ()) -> list[tuple[int, str]]:
    """Return the posts on whose holders a meeting hangs, with their organisation, by its name.

    :param also: posts that are chosen already
    """
    came = (
        select(Participation.id)
        .where(
            Participation.attendance == Attendance.PRESENT,
            Participation.archived_at.is_(None),
            Participation.stakeholder_id == Position.stakeholder_id,
            or_(
                Participation.position_id == Position.id,
                Participation.contact_id == Position.contact_id,
                Participation.represented_by_id == Position.contact_id,
            ),
        )
        .exists()
    )
    in_use = Position.archived_at.is_(None) & Stakeholder.archived_at.is_(None) & came
    return _posts(or_(in_use, Position.id.in_(list(also))))


def named_posts(ids: Iterable[int]) -> dict[int, str]:
    """Return posts by id with their organisation; whether or not anything hangs on them."""
    return dict(_posts(Position.id.in_(set(ids))))


def _posts(wanted: ColumnElement[bool]) -> list[tuple[int, str]]:
    query = (
        select(Position.id, Position.title, Stakeholder.name)
        .join(Stakeholder, Stakeholder.id == Position.stakeholder_id)
        .where(wanted)
        .order_by(Stakeholder.name, Position.title, Position.id)
    )
    return [(one, f"{name}: {title}") for one, title, name in db.session.execute(query)]
