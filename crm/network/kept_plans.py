"""Plans that were worked out before: kept per version of the data, so that a page only reads."""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from crm.db import db
from crm.network import introducing, leaving, settings_effect, two_days
from crm.network.analysis import METHOD
from crm.network.models import Analysis, StoredPlan
from crm.network.questions import Question
from crm.transaction import transaction

KEPT = 80
"""How many answers are kept."""

Asked = dict[str, Any]
"""What is asked beside day and window: plain values, as they stand in JSON."""

KINDS: dict[str, Callable[[Question, Analysis, Asked], dict[str, Any]]] = {
    "introductions": introducing.introductions,
    "fewest": introducing.fewest,
    "exit": leaving.leave,
    "settings": settings_effect.effect,
    "compare": two_days.compare,
}
"""What can be asked, and who works it out."""


def stored(kind: str, question: Question, asked: Asked) -> StoredPlan | None:
    """Return what is kept of a plan, perhaps of older data."""
    key = digest(kind, question, asked)
    return db.session.scalar(select(StoredPlan).where(StoredPlan.key == key))


def renew(kind: str, question: Question, analysis: Analysis, asked: Asked, now: datetime) -> None:
    """Work out a plan from the data as it is now, and keep it."""
    version = analysis.data_version
    answer = KINDS[kind](question, analysis, asked)
    # Where somebody has asked the same in the same moment, theirs is kept: it is the same.
    with suppress(IntegrityError, StaleDataError), transaction(by=None):
        kept = stored(kind, question, asked)
        if kept is None:
            kept = StoredPlan(key=digest(kind, question, asked))
            db.session.add(kept)
        elif kept.data_version > version:  # somebody worked it out from newer data meanwhile
            return
        kept.data_version, kept.computed_at, kept.answer = version, now, answer
        db.session.flush()
        query = select(StoredPlan).order_by(StoredPlan.computed_at.desc(), StoredPlan.id.desc())
        for old in db.session.scalars(query.offset(KEPT)):
            db.session.delete(old)


def digest(kind: str, question: Question, asked: Asked) -> str:
    """Return what tells a plan from all others."""
    # A newer program may find something else in the same data.
    said = [METHOD, kind, question.on.isoformat(), question.months, asked]
    text = json.dumps(said, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
