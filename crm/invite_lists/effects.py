"""What the guests of an event may change, and what they have changed, as plain values.

Before anybody's attendance is entered it is about the invite list; after that about the guest list,
on the day of the event, so that what was to be expected stands beside what has come of it.
"""

from collections import Counter
from typing import Any

from sqlalchemy import select

from crm.db import db
from crm.errors import Refused
from crm.events.models import Event
from crm.invitations import services as invitations
from crm.invitations.models import Answer, Attendance, Invitation, Participation, ParticipationRole
from crm.invite_lists import building
from crm.invite_lists.chances import Chance, chances
from crm.invite_lists.services import rules_of
from crm.network import jobs as network
from crm.network.event_effects import Comer, Stage
from crm.network.plans import Invitee
from crm.network.questions import Question
from crm.stakeholders.models import Stakeholder


def work_out(event: Event, question: Question) -> dict[str, Any]:
    """Return what is to be expected of an event, and what was measured, as plain values."""
    guests = invitations.of_event(event.id)
    present = {one.stakeholder_id for one in guests if one.attendance is Attendance.PRESENT}
    seats = _invited(guests) if present else _to_invite(event, question)
    hosts = _hosts(event, guests)
    answers = {one.stakeholder_id: one.answer for one in guests}
    rules = rules_of(event)
    likely = chances(event, set(seats) - hosts, answers, rules)
    known = _invitees({*seats, *present}, seats)
    comers = [Comer(known[one], likely[one].value) for one in likely if one in known]
    stage = Stage(question, event.id, rules.region)
    away = {
        one.stakeholder_id
        for one in guests
        if one.attendance is Attendance.ABSENT or one.answer is Answer.NO
    }
    missing = [one for one in seats if one in known and one not in present]
    absent = [known[one] for one in missing if one in away]
    return {
        "expected": stage.expected(comers, hosts) if comers else None,
        "measured": stage.measured([known[one] for one in present if one in known], absent)
        if present
        else None,
        "present": len(present),
        "unknown": len(missing) - len(absent),
        "chances": [_plain(one, seats[one.organisation]) for one in likely.values()],
    }


def _to_invite(event: Event, question: Question) -> Counter[int]:
    """Return whom the invite list would invite, with how many seats."""
    network.compute(question.on.isoformat(), question.months)
    analysis = network.stored(question)
    if analysis is None:  # forgotten in this very moment: whoever still wants it asks again
        return Counter()
    try:
        built = building.build(
            event, rules_of(event), analysis, on=event.starts_on or question.on, reserves=0
        )
    except Refused:  # the page of the list says why there is none
        return Counter()
    return Counter(one.organisation for one in built.answer.guests)


def _invited(guests: list[Participation]) -> Counter[int]:
    """Return who was invited, with how many seats; who came unasked was not."""
    return Counter(one.stakeholder_id for one in guests if one.invitation is not Invitation.NONE)


def _hosts(event: Event, guests: list[Participation]) -> set[int]:
    """Return who is there in any case."""
    hosts = {one.stakeholder_id for one in guests if one.role is ParticipationRole.HOST}
    return hosts | ({event.host_id} if event.host_id else set())


def _invitees(ids: set[int], seats: Counter[int]) -> dict[int, Invitee]:
    query = select(Stakeholder.id, Stakeholder.sector, Stakeholder.region_code).where(
        Stakeholder.id.in_(ids)
    )
    return {
        one: Invitee(one, sector.value, region, seats=seats[one] or 1)
        for one, sector, region in db.session.execute(query)
    }


def _plain(one: Chance, seats: int) -> dict[str, Any]:
    return {
        "organisation": one.organisation,
        "value": one.value,
        "why": one.why,
        "invited": one.invited,
        "came": one.came,
        "seats": seats,
    }
