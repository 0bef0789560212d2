"""What each row of a list of stakeholders changes, as if those that count before it were taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from crm.db import db
from crm.imports import organisations, persons
from crm.imports.known import Known
from crm.imports.models import RowMatch
from crm.imports.persons import Person, PersonPlan
from crm.imports.said import Said, Turn
from crm.imports.snapshots import plain
from crm.imports.stakeholder_rows import StakeholderRow
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Stakeholder


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
    lacks: bool = False
    """Whether only what a new organisation needs keeps it from being one."""

    @property
    def turn(self) -> Turn:
        """Which row counts where several speak of the same."""
        return self.row.turn(self.number)


def compare(planned: Sequence[Planned]) -> None:
    """Say what each row changes; those that count come first."""
    stored = [one.known.id for one in planned if one.known and one.known.id > 0]
    state = _stored(stored)
    people = persons.at(state)
    others = persons.elsewhere([one.row.contact for one in planned])
    said = Said()
    groups: dict[int, _Group] = {}
    for one in planned:
        if one.match in (RowMatch.REFUSED, RowMatch.DOUBTFUL) or one.known is None:
            continue
        key = one.known.id
        if key not in groups:
            groups[key] = _Group(key, said, state.get(key), people.get(key, []))
        groups[key].add(one, others)


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

    def __init__(
        self, key: int, said: Said, state: dict[str, Any] | None, people: Iterable[Person]
    ) -> None:
        self.key = key
        self.said = said
        self.state = state
        self.people = list(people)

    def add(self, one: Planned, others: dict[str, list[Person]]) -> None:
        """Find out what one more row adds."""
        said = one.row.explicit(by_id=one.by_id)
        own = self.said.own(self.key, said, one.turn)
        differing = self.said.otherwise(self.key, said, one.turn)
        self.said.hear(self.key, said, one.turn)
        is_new = self.state is None
        if self.state is None:
            full = one.row.organisation
            self.state = dict.fromkeys(organisations.FIELDS) | full
            self.state |= {name: full.get(name, []) for name in organisations.LISTS}
            changed: list[organisations.Change] = []
        else:
            changed = organisations.changes(self.state, said, own=own)
            self.state |= {name: new for name, _old, new in changed}
        plan = self._person(one, others)
        one.facts |= {
            "changes": _shown(changed),
            "person": _person_facts(plan, one.row.contact),
        }
        # Another name is kept beside the first, so it is not said in vain.
        if fields := sorted(set(differing) & set(organisations.FIELDS) - {"name"}):
            first = min(differing[name] for name in fields)
            one.facts["differs"] = [first, [name for name in fields if differing[name] == first]]
        one.match = _match_of(is_new, one, changed, plan)

    def _person(self, one: Planned, others: dict[str, list[Person]]) -> PersonPlan:
        said = one.row.contact
        named = persons.new_person(said) if "name" in said else Person(None, "")
        plan = persons.plan(said, self.people, others.get(named.key, ()))
        person = plan.person or (named if plan.is_new or plan.post else None)
        if person is None:
            return plan
        # A contact of two organisations is one person: what was said there counts here too.
        key = ("contact", person.id) if person.id else (self.key, person.key)
        plan.leave(self.said.own(key, said, one.turn))
        self.said.hear(key, said, one.turn)
        for name, _old, new in plan.changes:
            setattr(person, name, new)
            if name == "phone":
                person.phone_e164 = persons.number_of(new)
        if plan.post:
            person.posts.add(plan.post.casefold())
        if person not in self.people:
            self.people.append(person)
        return plan


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
