"""How far stored results hang on single records: worked out after them, by a job of its own."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update

import graphs.stability
from crm.db import db
from crm.jobs import is_waiting, job, later
from crm.network import records, settings
from crm.network.facts import facts
from crm.network.found import as_found
from crm.network.jobs import data_version, is_fresh, stored
from crm.network.models import Analysis, StabilityState, StoredFinding, StoredStability
from crm.network.questions import Question
from crm.network.services import Answer
from crm.transaction import look_afresh, tick, transaction
from crm.users import scope
from crm.users.models import User
from graphs.records import Stability

ATTEMPTS = 3
"""A job that was killed this often is reported, and begun again only when somebody asks for it."""
WORD = 0.5
"""Seconds after which a job says how far it is, and looks whether it is still wanted."""
ONCE = "stability"
"""One at a time for all questions, so that somebody else's page never waits for it."""


@dataclass(frozen=True)
class Progress:
    """How far the stability of an answer has come, as its page says it."""

    state: str
    """One of the states, or ``waiting``, or ``off`` where nobody works it out."""
    done: int = 0
    runs: int = 0
    index: dict[str, Any] | None = None
    """The interval of each region's index, by code; None until everything is done."""
    steered: bool = False
    """Whether who looks at it may cancel it, and begin it again."""

    @property
    def is_open(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in ("waiting", StabilityState.RUNNING)

    def interval(self, region: str) -> tuple[float, float] | None:
        """Return between what the index of a region mostly lies; None where that is not known."""
        found = (self.index or {}).get(region)
        return (found[0], found[1]) if found else None


OFF = Progress("off")


def follow(answer: Answer, runs: int) -> Progress:
    """Return how far the stability of an answer is; have it worked out where nobody does."""
    if not runs or answer.analysis is None or not answer.fresh:
        return OFF
    number, question = answer.analysis.id, answer.question
    row = _row(number)
    if row is None or (row.state is StabilityState.RUNNING and not is_waiting(ONCE)):
        if row is not None and row.attempts >= ATTEMPTS:
            return Progress(StabilityState.FAILED, row.done, row.runs)
        later(work_out, question.on.isoformat(), question.months, runs, once=ONCE)
        # Where jobs run at once, it is there now.
        row = _row(number)
    if row is None:
        return Progress("waiting", runs=runs)
    is_done = row.state is StabilityState.DONE
    return Progress(row.state, row.done, row.runs, row.index if is_done else None)


def may_steer(by: User) -> bool:
    """Whether a user may cancel it or begin it again: both concern whoever looks at the results."""
    return scope.may_edit(by, None)


def cancel(by: User, question: Question) -> None:
    """Have nobody work it out any more for these results.

    :raises NotYours: if ``by`` edits in some regions only
    """
    scope.require(by, None)
    with transaction(by=None):
        analysis = stored(question)
        row = analysis and _row(analysis.id)
        if analysis and row is None:  # it waits for its turn
            row = StoredStability(analysis_id=analysis.id, attempts=0, done=0, runs=0, index={})
            db.session.add(row)
        if row and row.state is not StabilityState.DONE:
            row.state = StabilityState.CANCELLED


def begin_again(by: User, question: Question) -> None:
    """Forget that it was cancelled, or failed: the next look at the page has it worked out.

    :raises NotYours: if ``by`` edits in some regions only
    """
    scope.require(by, None)
    with transaction(by=None):
        analysis = stored(question)
        row = analysis and _row(analysis.id)
        if row and row.state is not StabilityState.DONE:
            db.session.delete(row)


@job
def work_out(on: str, months: int, runs: int) -> None:
    """Work out the stability of the stored results of a question, and keep it with them."""
    question = Question(date.fromisoformat(on), months)
    analysis = stored(question)
    if analysis is None or not is_fresh(analysis, data_version()):
        return
    number, version = analysis.id, analysis.data_version
    if not _begin(number, runs):
        return
    begun = time.perf_counter()
    try:
        answer = _ask(question, number, version, runs)
        if answer is not None:
            _keep(number, version, answer, time.perf_counter() - begun)
    except Exception:
        look_afresh()
        with transaction(by=None):
            if row := _row(number):
                row.state = StabilityState.FAILED
        raise


def _row(analysis_id: int) -> StoredStability | None:
    query = select(StoredStability).where(StoredStability.analysis_id == analysis_id)
    return db.session.scalar(query)


def _begin(analysis_id: int, runs: int) -> bool:
    """Write down that it is worked out from now on; False where that was done or is not wanted."""
    with transaction(by=None):
        row = _row(analysis_id)
        if row is None:
            row = StoredStability(analysis_id=analysis_id, attempts=0, index={})
            db.session.add(row)
        elif row.state is not StabilityState.RUNNING:
            return False
        row.state, row.done, row.runs = StabilityState.RUNNING, 0, runs
        row.attempts += 1
    return True


def _ask(question: Question, number: int, version: int, runs: int) -> Stability | None:
    analysis = db.session.get_one(Analysis, number)
    query = select(StoredFinding).where(StoredFinding.analysis_id == number)
    findings = [as_found(one) for one in db.session.scalars(query.order_by(StoredFinding.rank))]
    regions = list(analysis.regions)
    actors, ties, places = records.actors(), records.ties(), records.places()
    known, by = facts(question.on), settings.in_force()
    # What follows reads nothing: no reader may stand in the way of writers for so long.
    look_afresh()
    return graphs.stability.stability(
        actors,
        ties,
        question.on,
        places,
        regions,
        findings,
        options=by.options(question),
        thresholds=by.thresholds,
        facts=known,
        runs=runs,
        progress=_now_and_then(lambda done, _all: _tell(number, done)),
        cancelled=_now_and_then(lambda: _is_unwanted(number, version)),
    )


def _now_and_then(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that is really called only when it was not for a while."""
    last = time.monotonic()

    def called(*arguments: Any) -> Any:
        nonlocal last
        if time.monotonic() - last < WORD:
            return None
        last = time.monotonic()
        return function(*arguments)

    return called


def _tell(number: int, done: int) -> None:
    tick(update(StoredStability).where(StoredStability.analysis_id == number).values(done=done))


def _is_unwanted(number: int, version: int) -> bool:
    """Whether somebody cancelled it, or the results are no longer those of the data."""
    look_afresh()
    row = _row(number)
    return row is None or row.state is not StabilityState.RUNNING or data_version() != version


def _keep(number: int, version: int, found: Stability, seconds: float) -> None:
    """Store everything at once: a part of it is never shown."""
    with transaction(by=None):
        row = _row(number)
        if row is None or row.state is not StabilityState.RUNNING or data_version() != version:
            return
        keys = select(StoredFinding.id, StoredFinding.key).where(
            StoredFinding.analysis_id == number
        )
        shares = [
            {"id": one, "stability": found.findings[key]} for one, key in db.session.execute(keys)
        ]
        if shares:
            db.session.execute(update(StoredFinding), shares)
        row.state, row.done, row.seconds = StabilityState.DONE, found.runs, seconds
        row.records = found.records
        row.index = {code: list(ends) for code, ends in found.index.items() if ends is not None}
