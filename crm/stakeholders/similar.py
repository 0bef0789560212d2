"""Organisations that may be the same one under another name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from rapidfuzz import fuzz, process
from sqlalchemy import case, or_, select

from crm.db import db
from crm.regions.place_names import KINDS
from crm.stakeholders import names
from crm.stakeholders.likeness import DOUBT, ENOUGH, GENERIC, SAME, Name, likeness, read
from crm.stakeholders.models import Sector, Stakeholder, StakeholderAlias

Verdict = Literal["same", "doubtful", "new"]

CANDIDATES = 40
"""How many organisations are compared in full."""


@dataclass(frozen=True)
class Match:
    """One organisation that a name may mean."""

    stakeholder: Stakeholder
    score: float
    """0-100; from 95 on: the same."""


class Answer(NamedTuple):
    """What a name means among the organisations that are there."""

    verdict: Verdict
    """``same``: the first match is it · ``doubtful``: a person decides · ``new``: none of them."""
    matches: list[Match]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is compared of an organisation."""

    id: int
    names: tuple[str, ...]
    region: str | None
    sector: Sector


def best(name: str, region_code: str | None = None, sector: Sector | None = None) -> Answer:
    """Return whether an organisation of this name is there, and the likeliest ones, best first."""
    known = _candidates(name, region_code)
    return _answer(_scored(name, region_code, sector, known), _load)


def to(name: str, *, region_code: str | None = None, limit: int = 5) -> list[Match]:
    """Return the organisations most like a name, best first."""
    if len(names.key(name)) < 3:
        return []
    return best(name, region_code or None).matches[:limit]


class Matcher:
    """The same as ``best`` for thousands of names: all organisations are held in memory."""

    def __init__(self, stakeholders: Iterable[Stakeholder]) -> None:
        """Read the names of all organisations."""
        self._known: list[_Known] = []
        self._stakeholders: dict[int, Stakeholder] = {}
        self._holders: dict[str, list[int]] = defaultdict(list)
        for one in stakeholders:
            self.add(one)

    def add(self, stakeholder: Stakeholder) -> None:
        """Know one more organisation."""
        known = _Known(
            stakeholder.id,
            tuple(names.written(stakeholder.search_text)),
            stakeholder.region_code,
            stakeholder.sector,
        )
        self._stakeholders[known.id] = stakeholder
        for mark in {mark for one in known.names for mark in _marks(read(one), known.region)}:
            self._holders[mark].append(len(self._known))
        self._known.append(known)

    def best(
        self, name: str, region_code: str | None = None, sector: Sector | None = None
    ) -> Answer:
        """Return whether an organisation of this name is there, and the likeliest ones."""
        known = [self._known[one] for one in self._likely(read(name), region_code)]
        return _answer(_scored(name, region_code, sector, known), self._loaded)

    def _likely(self, name: Name, region_code: str | None) -> list[int]:
        """Return those that share the rarest marks with a name."""
        holders = {mark: self._holders.get(mark, []) for mark in _marks(name, region_code)}
        rare = sorted((len(found), mark) for mark, found in holders.items() if found)
        votes: Counter[int] = Counter()
        for number, mark in rare:
            # A word that thousands share finds nothing that a rarer one has not found.
            if votes and number > 2_000:
                break
            for one in holders[mark]:
                votes[one] += 1.0 / number  # type: ignore[assignment]
        return [one for one, _ in votes.most_common(CANDIDATES)]

    def _loaded(self, ids: Sequence[int]) -> dict[int, Stakeholder]:
        return {one: self._stakeholders[one] for one in ids}


def _marks(name: Name, region: str | None) -> set[str]:
    """Return by what a name is found: the beginnings of its words, and its places."""
    places = name.places or ({region} if region else set())
    marks = {word[:5] for word in (*name.words, *name.numbers)}
    # Dinas Kesehatan and Kabupaten Lahat are both common: together they are rare.
    return marks | {f"{mark}@{code}" for mark in marks for code in places}


def _scored(
    name: str, region: str | None, sector: Sector | None, known: Iterable[_Known]
) -> list[tuple[float, int]]:
    asked = read(name)
    found = []
    for one in known:
        score = max(likeness(asked, read(other), region, one.region) for other in one.names)
        if score >= SAME and sector and sector != one.sector and not _is_exact(name, one):
            score = DOUBT
        if score >= ENOUGH:
            found.append((score, one.id))
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def _is_exact(name: str, known: _Known) -> bool:
    key = names.key(name)
    return any(names.key(one) == key for one in known.names)


def _answer(found: list[tuple[float, int]], load: object) -> Answer:
    found = found[:10]
    stakeholders = load([one for _, one in found])  # type: ignore[operator]
    matches = [Match(stakeholders[one], round(score, 1)) for score, one in found]
    certain = [match for match in matches if match.score >= SAME]
    if len(certain) == 1:
        return Answer("same", matches)
    return Answer("doubtful" if matches else "new", matches)


def _load(ids: Sequence[int]) -> dict[int, Stakeholder]:
    query = select(Stakeholder).where(Stakeholder.id.in_(ids))
    return {one.id: one for one in db.session.scalars(query)} if ids else {}


def _candidates(name: str, region_code: str | None) -> list[_Known]:
    """Return the organisations whose names are nearest to a name, letter by letter."""
    found = _found(name, region_code)
    nearest = process.extract(
        names.key(name), [key for key, _ in found], scorer=fuzz.token_set_ratio, limit=CANDIDATES
    )
    query = select(
        Stakeholder.id, Stakeholder.search_text, Stakeholder.region_code, Stakeholder.sector
    ).where(
        Stakeholder.id.in_({found[at][1] for _, _, at in nearest}),
        Stakeholder.merged_into_id.is_(None),
    )
    return [
        _Known(one, tuple(names.written(text)), region, sector)
        for one, text, region, sector in db.session.execute(query)
    ]


def _found(name: str, region_code: str | None) -> list[tuple[str, int]]:
    """Return the keys that share the telling words of a name, or its place, and whose they are."""
    asked = read(name)
    telling = sorted({word for word in asked.words if word not in GENERIC}, key=len)[-3:]
    if telling:
        return [*_share(NAMES, telling), *_share(ALIASES, telling)]
    # Only its place tells a Dinas Kesehatan from the others.
    place = sorted({word for word in asked.place_words if word not in KINDS}, key=len)[-1:]
    common = sorted(set(asked.words), key=len)[-2:] or place
    if not common:
        return []
    codes = asked.places or ({region_code} if region_code else set())
    found = _share(NAMES, common, Stakeholder.region_code.in_(codes))
    for table in (NAMES, ALIASES):
        found += _share(table, common, table[0] == names.key(name))
        if place:
            found += _share(table, common, _holds(table[0], place[0]))
    return found


NAMES = (Stakeholder.name_key, Stakeholder.id)
ALIASES = (StakeholderAlias.key, StakeholderAlias.stakeholder_id)


def _share(table: Any, words: Sequence[str], condition: Any = None) -> list[tuple[str, int]]:
    """Return the keys that share most words, at least one where there is no other condition.

    Mostly only the index of the keys is read, from one end to the other: no row of the table.
    """
    key, owner = table
    held = [_holds(key, word) for word in words]
    shared = sum((case((one, 1), else_=0) for one in held[1:]), case((held[0], 1), else_=0))
    condition = or_(*held) if condition is None else condition
    query = select(key, owner).where(condition).order_by(shared.desc()).limit(300)
    return [(one, whose) for one, whose in db.session.execute(query)]


def _holds(key: Any, word: str) -> Any:
    # The beginning of a long word is found even where its end is mistyped.
    return key.contains(word[:6], autoescape=True)
