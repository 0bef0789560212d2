"""The rules of an event's invite list, and taking the list over as invitations."""

from dataclasses import replace

from sqlalchemy import select

from crm.db import db
from crm.errors import Conflict, Refused
from crm.events.models import Event
from crm.formats import number
from crm.invitations import services as invitations
from crm.invitations.models import Invitation
from crm.invite_lists.building import Built
from crm.invite_lists.models import InviteDraft
from crm.invite_lists.rules import Rules, from_json
from crm.language import _
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders
from crm.transaction import transaction
from crm.users import scope
from crm.users.models import User


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
        else:  # the chances to come are kept by keep_chances
            known = from_json(stored.rules)
            rules = replace(rules, chance=known.chance, chances=known.chances)
        stored.rules = rules.as_json()
    return stored


def keep_chances(
    by: User, event: Event, chance: int | None, chances: dict[int, int | None], *, version: int
) -> None:
    """Keep what the organiser knows about the chance of guests to come, in percent.

    :param chance: of those of whom nothing is known; None: from experience
    :param chances: by organisation, None: nothing is known of it any more; all others keep theirs
    :raises Refused: if somebody else changed rules or chances since ``version``
    :raises NotYours: if the event lies outside the regions of ``by``
    """
    with transaction(by=by):
        scope.require(by, event.region_code)
        if any(not 0 <= one <= 100 for one in (chance, *chances.values()) if one is not None):
            raise Refused(_("A chance is a number from 0 to 100."), field="chance")
        stored = draft(event.id)
        if (stored.version if stored else 0) != version:
            raise Refused(_("Somebody else changed this list in the meantime. Look at it again."))
        rules = rules_of(event)
        if stored is None:
            stored = InviteDraft(event_id=event.id)
            db.session.add(stored)
        # The form shows those who are on the list now: who was before keeps what was typed.
        known = dict(rules.chances) | chances
        typed = sorted((one, percent) for one, percent in known.items() if percent is not None)
        stored.rules = replace(rules, chance=chance, chances=tuple(typed)).as_json()


def take_over(
    by: User, event: Event, built: Built, reasons: dict[tuple[int, int], str], *, seen: str
) -> int:
    """Put the guests of a list on the event's guest list as drafts of invitations.

    Who is on it already stays as they are. Returns how many were added.

    :param reasons: why, by organisation and seat
    :param seen: the mark of the list that the user was shown
    :raises Refused: if rules, data or guest list have changed since, so that others are on it
    :raises NotYours: if the event lies outside the regions of ``by``
    """
    added = 0
    with transaction(by=by):
        scope.require(by, event.region_code)
        if seen != built.seen:
            raise Refused(_("The list has changed since you looked at it. Look at it again."))
        for guest in sorted(built.answer.guests, key=lambda one: one.seat):
            if built.is_invited(guest):
                continue
            post = built.post(guest)
            invitations.add(
                by,
                event.id,
                stakeholder_id=guest.organisation,
                position_id=post.id if post else None,
                beside=guest.seat > 1,
                invitation=Invitation.DRAFT,
                invited_on=None,
                reason=reasons.get((guest.organisation, guest.seat), "")[:1000],
            )
            added += 1
    return added


def _check(rules: Rules) -> None:
    if rules.capacity < 1:
        raise Refused(_("There must be room for at least one guest."), field="capacity")
    both = set(rules.must) & set(rules.never)
    if both:
        raise Refused(_("An organisation stands under “must” and under “never”."), field="never")
    if unwanted := stakeholders.named(set(rules.prefer) & set(rules.never)):
        message = _(
            "%(names)s cannot be preferred and never be invited. Take it out of one of the two.",
            names="; ".join(unwanted.values()),
        )
        raise Refused(message, field="prefer")
    if rules.seats < 1 or rules.seats > rules.capacity:
        raise _too_many(rules.seats, rules.capacity, "seats")
    if rules.more_from and not rules.more_seats:
        raise Refused(_("How many guests may these organisations send?"), field="more_seats")
    if rules.more_seats and not 1 <= rules.more_seats <= rules.capacity:
        raise _too_many(rules.more_seats, rules.capacity, "more_seats")
    for one in (*rules.sectors, *rules.regions):
        if None not in (one.minimum, one.maximum) and one.minimum > one.maximum:  # type: ignore[operator]
            raise Refused(_("A least number is above its most."), field="capacity")
    for one in rules.regions:
        regions.check(one.value, field="regions")


def _too_many(seats: int, capacity: int, field: str) -> Refused:
    message = _(
        "An organisation may send from 1 to %(capacity)s guests, as many as there are seats in "
        "all, not %(seats)s.",
        capacity=number(capacity),
        seats=number(seats),
    )
    return Refused(message, field=field)
