"""Building an event's invite list from its rules, the gaps, and who is on the guest list."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from crm.contacts import heads
from crm.contacts.models import Position
from crm.db import db
from crm.errors import Refused
from crm.events.models import Event
from crm.invitations import services as invitations
from crm.invitations.models import Answer, Attendance
from crm.invite_lists.candidates import candidates
from crm.invite_lists.rules import Rules, as_plan
from crm.language import _
from crm.network.models import Analysis, StoredFinding
from crm.network.plans import Guest, Invitee, InviteList, Rule, plan_invites
from crm.regions import services as regions
from crm.regions.models import Level, Region
from crm.stakeholders.models import Stakeholder

TIME_LIMIT = 2.0
"""Seconds after which the best list found so far is shown, with its distance to the best."""


@dataclass(frozen=True)
class GuestList:
    """Who is on the guest list of an event before a list is built."""

    posts: dict[int, list[Position | None]]
    """For each organisation that has seats already, the post of each; None where none is named."""
    away: Counter[int]
    """How many guests of an organisation do not come, also when they were taken off the list."""

    @property
    def seats(self) -> Counter[int]:
        """How many seats each organisation has."""
        return Counter({one: len(named) for one, named in self.posts.items()})


@dataclass(frozen=True)
class Built:
    """An invite list with everything that its page says about it."""

    answer: InviteList
    rules: Rules
    plan_rules: list[Rule]
    """The rules as the answer counts them,"""
    available: list[int]
    """and for each how many guests of that sector or region could be invited at all."""
    candidates: int
    """Organisations that may be invited."""
    gone: list[int]
    """Organisations that are asked for and archived or merged: they are left out."""
    unknown: tuple[str, ...]
    """Regions of which guests are demanded, and where no organisation is known."""
    organisations: dict[int, Stakeholder]
    """Guests and reserves."""
    posts: dict[int, list[Position | None]]
    """Organisation -> the posts to which its letters go, the first guest's first."""
    findings: dict[str, StoredFinding]
    """The findings of the event's region, by key."""
    invited: Counter[int]
    """How many guests of each organisation are on the guest list already: they have seats."""
    preferred: dict[int, float]
    """The points that the organiser's wish gives an organisation."""

    @property
    def seen(self) -> str:
        """The mark of this list's new guests: ``take_over`` takes none but those it showed."""
        new = [one for one in self.answer.guests if not self.is_invited(one)]
        return sha256(
            repr(sorted((one.organisation, one.seat) for one in new)).encode()
        ).hexdigest()[:16]

    def is_invited(self, guest: Guest) -> bool:
        """Whether a guest is on the event's guest list already."""
        return guest.seat <= self.invited[guest.organisation]

    def post(self, guest: Guest) -> Position | None:
        """Return the post to which the letter goes, if one is known."""
        known = self.posts.get(guest.organisation, [])
        return known[guest.seat - 1] if guest.seat <= len(known) else None


def build(event: Event, rules: Rules, analysis: Analysis, *, on: date, reserves: int = 10) -> Built:
    """Return the best invite list under these rules.

    Who is on the event's guest list already has a seat and stays; who declined is not asked again.

    :param on: the day on which a post must be held to be written to
    :raises Refused: if more are on the guest list than there are seats
    """
    listed = guest_list(event)
    seats = listed.seats
    if seats.total() > rules.capacity:
        message = _(
            "%(number)s guests are on the guest list already: more than there are seats.",
            number=seats.total(),
        )
        raise Refused(message, field="capacity")
    must = Counter(set(rules.must)) | seats
    invitees = candidates(rules, seats, listed.away)
    known = {one.id for one in invitees}
    declined = {one for one in listed.away if not seats[one]}
    never = ({*rules.never} - set(seats)) | (declined - set(must))
    findings = _findings(analysis, rules.region)
    plan_rules = as_plan(rules, _districts(rules.region))
    answer = plan_invites(
        invitees,
        findings,
        plan_rules,
        capacity=rules.capacity,
        must=[one for one in must.elements() if one in known],
        never=never,
        diminishing=rules.second_guest / 100,
        reserves=reserves,
        time_limit=TIME_LIMIT,
    )
    chosen = {one.organisation for one in (*answer.guests, *answer.reserves)}
    return Built(
        answer=answer,
        rules=rules,
        plan_rules=plan_rules,
        available=[_available(rule, invitees, never) for rule in plan_rules],
        candidates=len(known - never),
        gone=sorted({*must, *rules.prefer} - known),
        unknown=_unknown(plan_rules, invitees),
        organisations=_organisations(chosen),
        posts=_posts(chosen, listed, on),
        findings={one.key: one for one in findings},
        invited=seats,
        preferred={one.id: one.preference for one in invitees if one.preference},
    )


def guest_list(event: Event) -> GuestList:
    """Return who is on the guest list of an event, and who does not come."""
    listed = GuestList({}, Counter())
    for one in invitations.of_event(event.id):
        if one.answer is Answer.NO or one.attendance is Attendance.ABSENT:
            listed.away[one.stakeholder_id] += 1
        else:
            listed.posts.setdefault(one.stakeholder_id, []).append(one.position)
    gone = (one for one in invitations.taken_off(event.id) if one.answer is Answer.NO)
    listed.away.update(one.stakeholder_id for one in gone)
    return listed


def _available(rule: Rule, invitees: Iterable[Invitee], never: Collection[int]) -> int:
    """Return how many guests could be counted for a rule if everybody came who may."""
    return sum(
        one.seats
        for one in invitees
        if one.id not in never
        and (
            one.sector == rule.value
            if rule.what == "sector"
            else f"{one.region_code or ''}.".startswith(f"{rule.value}.")
        )
    )


def _unknown(rules: list[Rule], invitees: list[Invitee]) -> tuple[str, ...]:
    codes = {one.region_code or "" for one in invitees}
    return tuple(
        rule.value
        for rule in rules
        if rule.what == "region"
        and rule.minimum
        and not any(f"{code}.".startswith(f"{rule.value}.") for code in codes)
    )


def _findings(analysis: Analysis, region: str | None) -> list[StoredFinding]:
    query = select(StoredFinding).where(StoredFinding.analysis_id == analysis.id)
    if region:
        query = query.where(regions.within(StoredFinding.region_code, region))
    return list(db.session.scalars(query.order_by(StoredFinding.rank)))


def _districts(region: str | None) -> list[str]:
    if not region:
        return []
    query = select(Region.code).where(
        regions.within(Region.code, region), Region.level == Level.DISTRICT
    )
    return sorted(db.session.scalars(query))


def _organisations(ids: Iterable[int]) -> dict[int, Stakeholder]:
    query = (
        select(Stakeholder)
        .where(Stakeholder.id.in_(list(ids)))
        .options(joinedload(Stakeholder.region).joinedload(Region.parent))
    )
    return {one.id: one for one in db.session.scalars(query)}


def _posts(ids: Iterable[int], listed: GuestList, on: date) -> dict[int, list[Position | None]]:
    """Return to which posts of each organisation letters went, and to which the next would go."""
    known = heads.ranked(ids, on)
    found: dict[int, list[Position | None]] = {}
    for one in ids:
        named = listed.posts.get(one, [])
        found[one] = [*named, *(post for post in known.get(one, []) if post not in named)]
    return found
