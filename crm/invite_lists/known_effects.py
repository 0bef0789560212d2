"""What is known about the effect of an event, and whether it is still true."""

from dataclasses import dataclass
from typing import Any

from crm.events.models import Event, EventStatus
from crm.invitations import services as invitations
from crm.invitations.models import Attendance
from crm.invite_lists.jobs import compute_effect, is_fresh, stored
from crm.invite_lists.services import draft
from crm.jobs import has_failed, later
from crm.network.questions import Question


@dataclass(frozen=True)
class Effect:
    """What is known about the effect of an event."""

    question: Question
    attended: bool
    """Whether somebody's attendance was entered: then it is measured."""
    asked: bool
    """Whether there is anybody of whom it could be told."""
    result: dict[str, Any] | None
    fresh: bool
    """Whether it is of the data and the rules as they are now."""
    failed: bool = False
    """Whether working it out failed a moment ago."""


def of(event: Event, question: Question) -> Effect:
    """Return what is known of an event's effect; have it worked out where it is old."""
    guests = invitations.of_event(event.id)
    counts = event.status is not EventStatus.CANCELLED and event.archived_at is None
    attended = counts and any(one.attendance is Attendance.PRESENT for one in guests)
    if attended and event.starts_on:
        question = Question(event.starts_on, question.months)
    elif attended:  # without a date it counts in no window
        question = Question(question.on, 0)
    planned = counts and event.status is EventStatus.PLANNED and (guests or draft(event.id))
    if not (attended or planned):
        return Effect(question, attended, False, None, True)
    kept = stored(event.id, question)
    key = f"effect:{event.id}:{question.on}:{question.months}"
    if not is_fresh(kept, event.id):
        later(compute_effect, event.id, question.on.isoformat(), question.months, once=key)
        # Where jobs run at once, the result is there now.
        kept = stored(event.id, question)
    fresh = is_fresh(kept, event.id)
    result = kept.result if kept else None
    return Effect(question, attended, True, result, fresh, not fresh and has_failed(key))
