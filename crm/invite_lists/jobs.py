"""The work behind the effect of an event: working it out and keeping it."""

from datetime import date

from sqlalchemy import select

from crm import clock
from crm.db import db
from crm.events.models import Event
from crm.invite_lists.effects import work_out
from crm.invite_lists.models import StoredEffect
from crm.invite_lists.services import draft
from crm.jobs import job
from crm.network.analysis import METHOD
from crm.network.jobs import data_version
from crm.network.questions import Question
from crm.transaction import transaction

KEPT = 60
"""How many effects are kept."""


@job
def compute_effect(event_id: int, on: str, months: int) -> None:
    """Work out an event's effect and keep it, unless that was done already."""
    question = Question(date.fromisoformat(on), months)
    if is_fresh(stored(event_id, question), event_id):
        return
    version, rules_version = data_version(), _rules_version(event_id)
    event = db.session.get_one(Event, event_id)
    result = work_out(event, question)
    with transaction(by=None):
        old = stored(event_id, question)
        # Another worker was here first, with the same data or newer: theirs stands.
        if old is not None and _is_of(old, rules_version) and old.data_version >= version:
            return
        if old is not None:
            db.session.delete(old)
            db.session.flush()
        db.session.add(
            StoredEffect(
                event_id=event_id,
                on=question.on,
                window_days=question.window_days or 0,
                data_version=version,
                method=METHOD,
                rules_version=rules_version,
                computed_at=clock.now(),
                result=result,
            )
        )
        db.session.flush()
        latest = select(StoredEffect).order_by(
            StoredEffect.computed_at.desc(), StoredEffect.id.desc()
        )
        for old in db.session.scalars(latest.offset(KEPT)):
            db.session.delete(old)


def stored(event_id: int, question: Question) -> StoredEffect | None:
    """Return what is kept of an event, perhaps of older data."""
    query = select(StoredEffect).where(
        StoredEffect.event_id == event_id,
        StoredEffect.on == question.on,
        StoredEffect.window_days == (question.window_days or 0),
    )
    return db.session.scalar(query)


def is_fresh(kept: StoredEffect | None, event_id: int) -> bool:
    """Whether an effect is of the data and of the rules as they are now."""
    return (
        kept is not None
        and kept.data_version == data_version()
        and _is_of(kept, _rules_version(event_id))
    )


def _is_of(kept: StoredEffect, rules_version: int) -> bool:
    """Whether an effect is of this version of the rules, and of this program."""
    return (kept.method, kept.rules_version) == (METHOD, rules_version)


def _rules_version(event_id: int) -> int:
    stored = draft(event_id)
    return stored.version if stored else 0
