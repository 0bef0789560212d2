"""The preview of a list of stakeholders: what each row is, compared with what we have."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from crm.db import db
from crm.imports import organisations, persons
from crm.imports.known import Answer, Known, KnownOrganisations
from crm.imports.models import Role, RowMatch
from crm.imports.persons import Person, PersonPlan
from crm.imports.places import Places
from crm.imports.snapshots import plain
from crm.imports.stakeholder_rows import StakeholderReader, StakeholderRow, missing_for_new
from crm.imports.tables import Row
from crm.language import _
from crm.stakeholders import services as stakeholders
from crm.stakeholders.likeness import ENOUGH, SAME
from crm.stakeholders.models import Stakeholder
from crm.users import scope
from crm.users.models import User


@dataclass
class Planned:
    """One row, and what was found out about it."""

    number: int
    cells: list[str]
    row: StakeholderRow
    match: RowMatch = RowMatch.NEW
    known: Known | None = None
    by_id: bool = False
    matches: list[tuple[Known, float]] = field(default_factory=list)
    reasons: list[Any] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def organisation(self) -> dict[str, Any]:
        """What the row says about the organisation it means."""
        said = self.row.organisation
        is_stored = self.known is not None and self.known.id > 0
        return {k: v for k, v in said.items() if not (is_stored and k in self.row.derived)}


class StakeholderPlanner:
    """Compares all rows at once: everything is looked up together, nothing row by row."""

    def __init__(self, by: User, fields: list[str]) -> None:
        """Read what there is."""
        self.by = by
        self.places = Places()
        self.reader = StakeholderReader(fields, self.places)
        self.organisations = KnownOrganisations()

    def plan(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """Return what is to be stored about each row."""
        planned = [Planned(number, cells, self.reader.read(cells)) for number, cells in rows]
        for one in planned:
            self._match(one)
        self._compare(planned)
        return [self._as_values(one) for one in planned]

    def _match(self, one: Planned) -> None:
        row = one.row
        if row.problems:
            one.match, one.reasons = RowMatch.REFUSED, row.problems
            return
        answer = self._by_id(one) or self.organisations.best(
            row.name, row.region_code, row.organisation.get("sector")
        )
        one.known, one.matches = answer.known, answer.matches or []
        if answer.verdict == "new":
            self._match_new(one)
        elif answer.verdict == "doubtful":
            one.match = RowMatch.DOUBTFUL
        elif one.known and one.known.archived_at:
            one.match, one.matches = RowMatch.DOUBTFUL, [(one.known, 100.0)]
            one.reasons = [_("It was archived. Take it as this one to put it back.")]
        self._match_scope(one)

    def _match_new(self, one: Planned) -> None:
        row = one.row
        one.reasons = missing_for_new(row)
        one.match = RowMatch.REFUSED if one.reasons else RowMatch.NEW
        if not one.reasons and scope.may_edit(self.by, row.region_code):
            sector = row.organisation["sector"]
            one.known = self.organisations.add(row.name, row.region_code, sector, one.number)

    def _match_scope(self, one: Planned) -> None:
        if one.match is RowMatch.REFUSED:
            return
        here = [one.row.region_code] if one.match is not RowMatch.DOUBTFUL else []
        if one.known:
            here.append(one.known.region_code)
        if not all(scope.may_edit(self.by, code) for code in here if code or self.by.scope):
            one.match = RowMatch.REFUSED
            one.reasons = [_("It lies outside the regions you may edit.")]

    def _by_id(self, one: Planned) -> Answer | None:
        """Follow a number of ours, unless the name says that it is another list's number."""
        known = self.organisations.by_id.get(one.row.id or 0)
        if known is None:
            return None
        likeness = self.organisations.likeness(one.row.name, known)
        one.by_id = likeness >= SAME
        if likeness < ENOUGH:
            return None
        verdict = "same" if one.by_id else "doubtful"
        return Answer(verdict, known if one.by_id else None, [(known, likeness)])

    def _compare(self, planned: list[Planned]) -> None:
        """Say what each row changes, as if those before it had been taken."""
        stored = [one.known.id for one in planned if one.known and one.known.id > 0]
        state = _stored(stored)
        people = persons.at(state)
        others = persons.elsewhere([one.row.contact for one in planned])
        groups: dict[int, _Group] = {}
        for one in planned:
            if one.match in (RowMatch.REFUSED, RowMatch.DOUBTFUL) or one.known is None:
                continue
            key = one.known.id
            if key not in groups:
                groups[key] = _Group(one.number, state.get(key), people.get(key, []))
            groups[key].add(one, others)

    def _as_values(self, one: Planned) -> dict[str, Any]:
        is_stored = one.known is not None and one.known.id > 0
        return {
            "role": Role.STAKEHOLDERS,
            "number": one.number,
            "cells": one.cells,
            "subject": one.row.subject[:500],
            "match": one.match,
            "match_id": one.known.id if one.known and is_stored else None,
            "match_version": one.known.version if one.known and is_stored else None,
            "matches": [self._candidate(*match) for match in one.matches],
            "facts": one.facts
            | {"name": one.row.name, "detail": self.places.name(one.row.region_code)}
            | ({"by_id": True} if one.by_id else {})
            | ({"with_row": one.known.row} if one.known and not is_stored else {}),
            "reason": " ".join(str(one) for one in one.reasons),
        }

    def _candidate(self, known: Known, score: float) -> dict[str, Any]:
        return {
            # One that only the file knows is called by its row.
            "id": known.id if known.row is None else f"row:{known.row}",
            "name": known.name,
            "detail": self.places.name(known.region_code),
            "score": round(score),
            "version": known.version,
        }


def _stored(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    wanted = sorted(set(ids))
    found = {}
    for first in range(0, len(wanted), 500):
        query = (
            select(Stakeholder)
            .where(Stakeholder.id.in_(wanted[first : first + 500]))
            .options(*stakeholders.DETAILS)
        )
        for one in db.session.scalars(query):
            found[one.id] = organisations.stored(one)
    return found


class _Group:
    """The rows about one organisation: what the first of them says counts, later ones add to it."""

    def __init__(self, first: int, state: dict[str, Any] | None, people: Iterable[Person]) -> None:
        self.first = first
        self.state = state
        self.people = list(people)
        self.said: dict[str, Any] = {}
        self.said_of: dict[str, dict[str, Any]] = defaultdict(dict)

    def add(self, one: Planned, others: dict[str, list[Person]]) -> None:
        """Find out what one more row adds."""
        said = one.organisation
        own = {name for name in said if name not in self.said}
        differing = [k for k in said if k in self.said and self.said[k] != said[k]]
        is_new = self.state is None
        if self.state is None:
            self.state = dict.fromkeys(organisations.FIELDS) | said
            self.state |= {name: said.get(name, []) for name in organisations.LISTS}
            changed: list[organisations.Change] = []
        else:
            changed = organisations.changes(self.state, said, may_rename=one.by_id, own=own)
            self.state |= {name: new for name, _old, new in changed}
        self.said = said | self.said
        plan, own_of = self._person(one, others)
        one.facts |= {
            "changes": _shown(changed),
            "own": sorted(own),
            "own_of": sorted(own_of),
            "person": _person_facts(plan, one.row.contact),
        }
        if differing and not is_new:
            one.facts["differs"] = [self.first, sorted(set(differing) - set(organisations.LISTS))]
        one.match = _match_of(is_new, one, changed, plan)

    def _person(self, one: Planned, others: dict[str, list[Person]]) -> tuple[PersonPlan, set[str]]:
        said = one.row.contact
        named = persons.new_person(said) if "name" in said else Person(None, "")
        own = {name for name in said if name not in self.said_of[named.key]}
        plan = persons.plan(said, self.people, others.get(named.key, ()), own)
        self.said_of[named.key] = dict(said) | self.said_of[named.key]
        person = plan.person or (named if plan.is_new or plan.post else None)
        if person is not None:
            for name, _old, new in plan.changes:
                setattr(person, name, new)
                if name == "phone":
                    person.phone_e164 = persons.number_of(new)
            if plan.post:
                person.posts.add(plan.post.casefold())
            if person not in self.people:
                self.people.append(person)
        return plan, own


def _match_of(
    is_new: bool, one: Planned, changed: list[organisations.Change], plan: PersonPlan
) -> RowMatch:
    if is_new:
        return RowMatch.NEW
    if not changed and plan.is_nothing:
        return RowMatch.SAME
    is_stored = one.known is not None and one.known.id > 0
    return RowMatch.UPDATE if is_stored else RowMatch.NEW


def _shown(changes: Iterable[organisations.Change]) -> list[list[Any]]:
    """Return changes as JSON can hold them; of a list only what is added."""
    return [
        [name, "", ", ".join(one for one in new if one not in old)]
        if isinstance(new, list)
        else [name, plain(old), plain(new)]
        for name, old, new in changes
    ]


def _person_facts(plan: PersonPlan, said: dict[str, Any]) -> dict[str, Any]:
    if plan.is_nothing:
        return {}
    return {
        "name": said.get("name", ""),
        "is_new": plan.is_new,
        "id": plan.person.id if plan.person else None,
        "version": plan.person.version if plan.person else None,
        "changes": _shown(plan.changes),
        "post": plan.post,
    }
