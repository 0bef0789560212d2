"""Building an event's invite list, and taking it over as invitations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from crm.contacts.models import Position
from crm.db import db
from crm.errors import Conflict, Refused
from crm.events.models import Event
from crm.invitations import services as invitations
from crm.invitations.models import Answer, Attendance, Invitation
from crm.invite_lists.models import InviteDraft
from crm.invite_lists.rules import Rules, as_plan, from_json
from crm.language import _
from crm.network.models import Analysis, StoredFinding
from crm.network.plans import Invitee, InviteList, Rule, plan_invites
from crm.regions import services as regions
from crm.regions.models import Level, Region
from crm.stakeholders.models import Stakeholder, Tag
from crm.transaction import transaction
from crm.users import scope
from crm.users.models import User

MOST_CANDIDATES = 5_000

HEADS = {
    "kepala",
    "rektor",
    "direktur",
    "ketua",
    "pimpinan",
    "bupati",
    "wali",
    "walikota",
    "gubernur",
}
"""First words of the posts to which a letter goes when an organisation has several."""
PARTS = {
    "bagian", "bidang", "biro", "divisi", "jurusan", "program", "seksi", "sub", "subbag",
    "subbagian", "subbidang", "tata", "unit", "upt", "uptd", "urusan",
}  # fmt: skip
"""Words that make somebody the head of a part only: kepala bidang, kepala tata usaha."""


@dataclass(frozen=True)
class Built:
    """An invite list with everything that its page says about it."""

    answer: InviteList
    plan_rules: list[Rule]
    """The rules as the answer counts them."""
    candidates: int
    gone: list[int]
    """Organisations that must be invited and are archived or merged: they are left out."""
    unknown: tuple[str, ...]
    """Regions of which guests are demanded, and where no organisation is known."""
    organisations: dict[int, Stakeholder]
    """Guests and reserves."""
    posts: dict[int, Position]
    """Organisation -> the post that the letter goes to."""
    findings: dict[str, StoredFinding]
    """The findings of the event's region, by key."""
    invited: set[int]
    """Organisations that are on the guest list already; each has one of the seats."""

    @property
    def seen(self) -> str:
        """The mark of this list's new guests: ``take_over`` takes none but those it showed."""
        new = sorted({one.organisation for one in self.answer.guests} - self.invited)
        return sha256(repr(new).encode()).hexdigest()[:16]


def draft(event_id: int) -> InviteDraft | None:
    """Return the stored rules of an event's list."""
    return db.session.scalar(select(InviteDraft).where(InviteDraft.event_id == event_id))


def rules_of(event: Event) -> Rules:
    """Return the rules of an event's list; before the first time those that most begin with."""
    stored = draft(event.id)
    if stored is not None:
        return from_json(stored.rules)
    return Rules(capacity=event.capacity or 60, region=event.region_code)


def keep_rules(by: User, event: Event, rules: Rules, *, version: int) -> InviteDraft:
    """Keep the rules of an event's list.

    :raises Conflict: if somebody else changed them since ``version``; 0 means there were none
    :raises NotYours: if the event lies outside the regions of ``by``
    """
    with transaction(by=by):
        scope.require(by, event.region_code)
        _check(rules)
        stored = draft(event.id)
        if (stored.version if stored else 0) != version:
            raise Conflict(_("Somebody else changed these rules in the meantime."), stored)
        if stored is None:
            stored = InviteDraft(event_id=event.id)
            db.session.add(stored)
        stored.rules = rules.as_json()
    return stored


def build(event: Event, rules: Rules, analysis: Analysis, *, on: date, reserves: int = 10) -> Built:
    """Return the best invite list under these rules.

    Who is on the event's guest list already has a seat and stays; who declined is not asked again.

    :param on: the day on which a post must be held to be written to
    :raises Refused: if more are on the guest list than there are seats
    """
    invited, declined = _listed(event)
    if len(invited) > rules.capacity:
        message = _(
            "%(number)s organisations are on the guest list already: more than there are seats.",
            number=len(invited),
        )
        raise Refused(message, field="capacity")
    must = {*rules.must, *invited}
    invitees = candidates(rules, invited)
    known = {one.id for one in invitees}
    findings = _findings(analysis, rules.region)
    plan_rules = as_plan(rules, _districts(rules.region))
    answer = plan_invites(
        invitees,
        findings,
        plan_rules,
        capacity=rules.capacity,
        must=must & known,
        never=({*rules.never} - invited) | (declined - must),
        reserves=reserves,
    )
    chosen = [one.organisation for one in (*answer.guests, *answer.reserves)]
    return Built(
        answer=answer,
        plan_rules=plan_rules,
        candidates=len(invitees),
        gone=sorted(must - known),
        unknown=_unknown(plan_rules, invitees),
        organisations=_organisations(chosen),
        posts=_posts(chosen, on),
        findings={one.key: one for one in findings},
        invited=invited,
    )


def _listed(event: Event) -> tuple[set[int], set[int]]:
    """Return who is on the guest list of an event, and who does not come, also if taken off it."""
    listed: set[int] = set()
    declined: set[int] = set()
    for one in invitations.of_event(event.id):
        away = one.answer is Answer.NO or one.attendance is Attendance.ABSENT
        (declined if away else listed).add(one.stakeholder_id)
    gone = (one for one in invitations.taken_off(event.id) if one.answer is Answer.NO)
    declined.update(one.stakeholder_id for one in gone)
    return listed, declined - listed


def _unknown(rules: list[Rule], invitees: list[Invitee]) -> tuple[str, ...]:
    codes = {one.region_code or "" for one in invitees}
    return tuple(
        rule.value
        for rule in rules
        if rule.what == "region"
        and rule.minimum
        and not any(f"{code}.".startswith(f"{rule.value}.") for code in codes)
    )


def candidates(rules: Rules, invited: Iterable[int] = ()) -> list[Invitee]:
    """Return the organisations that the rules let in; those invited, or that must come, always.

    :raises Refused: if they are more than the plan takes
    """
    query = select(Stakeholder.id, Stakeholder.sector, Stakeholder.region_code).where(
        Stakeholder.archived_at.is_(None), Stakeholder.merged_into_id.is_(None)
    )
    filters: list[Any] = []
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
    if filters and (must := {*rules.must, *invited}):
        all_filters = filters[0]
        for one in filters[1:]:
            all_filters = all_filters & one
        filters = [or_(all_filters, Stakeholder.id.in_(must))]
    rows = db.session.execute(
        query.where(*filters).order_by(Stakeholder.id).limit(MOST_CANDIDATES + 1)
    ).all()
    if len(rows) > MOST_CANDIDATES:
        raise Refused(
            _("That is more than 5,000 candidates. Choose a region or leave out sectors."),
            field="region",
        )
    return [Invitee(one, sector.value, code) for one, sector, code in rows]


def take_over(by: User, event: Event, built: Built, reasons: dict[int, str], *, seen: str) -> int:
    """Put the guests of a list on the event's guest list as drafts of invitations.

    Who is on it already stays as they are. Returns how many were added.

    :param seen: the mark of the list that the user was shown
    :raises Refused: if rules, data or guest list have changed since, so that others are on it
    :raises NotYours: if the event lies outside the regions of ``by``
    """
    added = 0
    with transaction(by=by):
        scope.require(by, event.region_code)
        if seen != built.seen:
            raise Refused(_("The list has changed since you looked at it. Look at it again."))
        present = {one.stakeholder_id for one in invitations.of_event(event.id)}
        for guest in built.answer.guests:
            if guest.organisation in present:
                continue
            post = built.posts.get(guest.organisation)
            invitations.add(
                by,
                event.id,
                stakeholder_id=guest.organisation,
                position_id=post.id if post else None,
                invitation=Invitation.DRAFT,
                invited_on=None,
                reason=reasons.get(guest.organisation, "")[:1000],
            )
            added += 1
    return added


def _check(rules: Rules) -> None:
    if rules.capacity < 1:
        raise Refused(_("There must be room for at least one guest."), field="capacity")
    both = set(rules.must) & set(rules.never)
    if both:
        raise Refused(_("An organisation stands under “must” and under “never”."), field="never")
    for one in (*rules.sectors, *rules.regions):
        if None not in (one.minimum, one.maximum) and one.minimum > one.maximum:  # type: ignore[operator]
            raise Refused(_("A least number is above its most."), field="capacity")
    for one in rules.regions:
        regions.check(one.value, field="regions")


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


def _posts(ids: Iterable[int], on: date) -> dict[int, Position]:
    """Return the post of each organisation to which its letter goes: the head's, else the first."""
    query = (
        select(Position)
        .where(Position.stakeholder_id.in_(list(ids)), Position.archived_at.is_(None))
        .options(joinedload(Position.contact))
        .order_by(Position.id)
    )
    found: dict[int, Position] = {}
    for one in db.session.scalars(query):
        if not one.held_on(on):
            continue
        kept = found.get(one.stakeholder_id)
        if kept is None or _rank(one) < _rank(kept):
            found[one.stakeholder_id] = one
    return found


def _rank(position: Position) -> tuple[int, int]:
    """Return how far a post is from the head's: 0 is the head, then heads of parts, then others."""
    words = position.title.casefold().split()
    if not words or words[0] not in HEADS:
        return 2, 0
    return (1, 0) if PARTS.intersection(words[1:]) else (0, len(words))
