"""The old day asked again with the records of now: what the calendar did is nobody's work."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import numpy as np

import graphs.build
from crm.network import records, settings
from crm.network.analysis import active_regions, findings_in
from crm.network.facts import facts
from crm.network.questions import Question
from graphs.arrays import Groups
from graphs.records import Evidence, Facts


def standing(was: date, question: Question, entered: Collection[Evidence]) -> set[str]:
    """Return the keys of the findings that would stand had the day not moved on.

    What was entered since counts as on the old day where it is of a day since: else a visit of
    today would close nothing that stood yesterday.

    :param entered: the rows that were changed since the old day was asked
    """
    by, old, rows = settings.in_force(), replace(question, on=was), frozenset(entered)
    ties = _earlier(records.groups(), was, question.on, rows)
    graph = graphs.build.network(records.organisations(), ties, was, by.options(old))
    places = records.places()
    known = _merged(facts(was), facts(question.on), was, question.on, rows)
    found = findings_in(graph, places, active_regions(graph, places), by, known)
    return {one.key for one in found}


def _earlier(groups: Groups, was: date, now: date, rows: frozenset[Evidence]) -> Groups:
    """Return ties of which those entered since begin on the old day at the latest."""
    ours = np.zeros(len(groups), dtype=bool)
    for at, table in enumerate(groups.tables):
        numbers = [number for name, number in rows if name == table]
        ours |= (groups.table == at) & np.isin(groups.number, numbers)
    first, last = was.toordinal(), now.toordinal()

    def earlier(days: np.ndarray) -> np.ndarray:
        return np.where(ours & (days > first) & (days <= last), first, days)

    return replace(groups, starts=earlier(groups.starts), realised=earlier(groups.realised))


def _merged(old: Facts, new: Facts, was: date, now: date, rows: frozenset[Evidence]) -> Facts:
    """Return the facts of the old day, and those entered since as they are known now."""

    def earlier(day: date | None) -> date | None:
        return was if day is not None and was < day <= now else day

    return replace(
        old,
        encounters=(
            *old.encounters,
            *(
                replace(one, day=was)
                for one in new.encounters
                if one.evidence in rows and earlier(one.day) != one.day
            ),
        ),
        agreements=tuple(
            replace(one, starts=earlier(one.starts)) if ("agreement", one.id) in rows else one
            for one in old.agreements
        ),
        commitments=(
            *(one for one in old.commitments if ("commitment", one.id) not in rows),
            *(
                replace(one, promised=earlier(one.promised), realised=earlier(one.realised))
                for one in new.commitments
                if ("commitment", one.id) in rows
            ),
        ),
        resources=tuple(
            replace(one, starts=earlier(one.starts)) if ("resource", one.id) in rows else one
            for one in old.resources
        ),
        actions=tuple(
            replace(one, done=earlier(one.done)) if ("follow_up", one.id) in rows else one
            for one in old.actions
        ),
        invitations=(
            *(one for one in old.invitations if one.evidence not in rows),
            *(one for one in new.invitations if one.evidence in rows),
        ),
    )
