"""The organisations that are there, held in memory to be matched with thousands of rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from crm.db import db
from crm.imports.remembered import Memory
from crm.stakeholders import names
from crm.stakeholders.likeness import ENOUGH, likeness, read
from crm.stakeholders.models import Sector, Stakeholder, StakeholderAlias
from crm.stakeholders.similar import Matcher

FEW = 200
"""So many organisations are read again rather than all that an import has touched."""


@dataclass
class Known:
    """What is compared of one organisation; one that is only in the file has a negative id."""

    id: int
    name: str
    search_text: str
    region_code: str | None
    sector: Sector
    version: int = 0
    archived_at: datetime | None = None
    row: int | None = None
    """The number of the row that adds it."""


@dataclass(frozen=True)
class Answer:
    """Which organisation a name means."""

    verdict: str
    """``same``, ``doubtful`` or ``new``."""
    known: Known | None = None
    matches: list[tuple[Known, float]] | None = None


class KnownOrganisations:
    """All organisations, and those that the file adds."""

    def __init__(self, only: Iterable[int] | None = None) -> None:
        """Read the names of all organisations that were not merged away, or of some of them."""
        query = select(
            Stakeholder.id,
            Stakeholder.name,
            Stakeholder.search_text,
            Stakeholder.region_code,
            Stakeholder.sector,
            Stakeholder.version,
            Stakeholder.archived_at,
            Stakeholder.name_key,
        ).where(Stakeholder.merged_into_id.is_(None))
        aliases = select(StakeholderAlias.stakeholder_id, StakeholderAlias.key)
        self.by_id: dict[int, Known] = {}
        self._exact: dict[tuple[str, str | None], list[Known]] = defaultdict(list)
        for row in _read(query, Stakeholder.id, only):
            known = Known(*row[:-1])
            self.by_id[known.id] = known
            self._exact[row.name_key, known.region_code].append(known)
        for stakeholder_id, key in _read(aliases, StakeholderAlias.stakeholder_id, only):
            if aliased := self.by_id.get(stakeholder_id):
                self._exact[key, aliased.region_code].append(aliased)
        self._matcher = Matcher(self.by_id.values())  # type: ignore[arg-type]

    def add(self, name: str, region_code: str | None, sector: Sector, row: int) -> Known:
        """Know an organisation that will be there once the file has been taken."""
        text = names.search_text([name])
        known = Known(-len(self.by_id) - 1, name, text, region_code, sector, row=row)
        self.by_id[known.id] = known
        self._exact[names.key(name), region_code].append(known)
        self._matcher.add(known)  # type: ignore[arg-type]
        return known

    def best(self, name: str, region_code: str | None, sector: Sector | None) -> Answer:
        """Return which organisation a name means, if any."""
        exact = self._exact.get((names.key(name), region_code), [])
        if len({one.id for one in exact}) == 1:
            return Answer("same", exact[0])
        verdict, found = self._matcher.best(name, region_code, sector)
        matches: list[tuple[Any, float]] = [(one.stakeholder, one.score) for one in found]
        return Answer(verdict, matches[0][0] if verdict == "same" else None, matches)

    def again(self, memory: Memory | None, name: str) -> Answer | None:
        """Return the organisation that a row was taken as before, while it is there and like it."""
        known = self.by_id.get((memory and memory.stakeholder_id) or 0)
        if known is None or (score := self.likeness(name, known)) < ENOUGH:
            return None
        return Answer("same", known, [(known, score)])

    def named(self, ids: Iterable[int]) -> dict[int, str]:
        """Return the names of organisations by their ids."""
        return {one: self.by_id[one].name for one in ids if one in self.by_id}

    def likeness(self, name: str, known: Known) -> float:
        """Return how alike a name is to those of one organisation, 0-100."""
        asked = read(name)
        written = names.written(known.search_text)
        region = known.region_code
        return max(likeness(asked, read(one), region, region) for one in written)


class TouchedOrganisations:
    """Those that an import has added or changed so far, as they are now."""

    def __init__(self, ids: Iterable[int]) -> None:
        """Keep which they are; they are read when the first name is asked for."""
        self._ids = set(ids)
        self._read = KnownOrganisations(())
        self._since: dict[int, None] = dict.fromkeys(self._ids)
        self._read_since: KnownOrganisations | None = None

    def add(self, ids: Iterable[int]) -> None:
        """Know that some more were touched, or some again."""
        self._since |= dict.fromkeys(ids)
        self._read_since = None

    def best(self, name: str, region_code: str | None, sector: Sector | None) -> Known | None:
        """Return the one that a name means without doubt."""
        if len(self._since) > FEW:
            self._ids |= set(self._since)
            self._read, self._since = KnownOrganisations(self._ids), {}
        if self._read_since is None:
            self._read_since = KnownOrganisations(self._since)
        for known in (self._read_since, self._read):
            answer = known.best(name, region_code, sector)
            if answer.verdict == "same" and answer.known and answer.known.archived_at is None:
                return answer.known
        return None


def _read(query: Any, column: Any, only: Iterable[int] | None) -> Iterator[Any]:
    if only is None:
        yield from db.session.execute(query)
        return
    ids = sorted(set(only))
    for first in range(0, len(ids), 500):
        yield from db.session.execute(query.where(column.in_(ids[first : first + 500])))
