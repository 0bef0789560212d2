"""Organisations to choose from in a form: all while they are few, else those searched for."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from crm.db import db
from crm.regions.models import Region
from crm.stakeholders import names, similar
from crm.stakeholders.models import Stakeholder
from crm.tables import matches

FEW = 500
"""So many organisations stand in one select; a page with all of 20,000 weighs megabytes."""

OFFERED = 30
"""So many organisations are offered for what was typed so far."""

TOLD = 10
"""So many organisations are named in a sentence."""

Choice = tuple[int, str]

IN_USE = and_(Stakeholder.archived_at.is_(None), Stakeholder.merged_into_id.is_(None))


@dataclass(frozen=True)
class Meant:
    """What a typed name means: one organisation, or those that it may mean."""

    one: int | None
    choices: list[Choice]

    @property
    def told(self) -> str:
        """The names that it may mean, as a sentence lists them."""
        few = [name for _one, name in self.choices[:TOLD]]
        return "; ".join(few + ["…"] * (len(self.choices) > TOLD))


class Organisations:
    """What a field asks about organisations, each only when it is asked."""

    def __init__(self, *also: int | None) -> None:
        """Offer all in use.

        :param also: ids that may stay chosen although they are in use no more: an archived
            organisation must not make a form impossible to save
        """
        self._may = or_(IN_USE, Stakeholder.id.in_([one for one in also if one]))

    @cached_property
    def are_few(self) -> bool:
        """Whether all of them fit into one select."""
        some = select(Stakeholder.id).where(IN_USE).limit(FEW + 1).subquery()
        return (db.session.scalar(select(func.count()).select_from(some)) or 0) <= FEW

    @cached_property
    def everyone(self) -> list[Choice]:
        """All that may be chosen, by name: to be asked for while they are few."""
        return _named(self._may)

    def among(self, ids: Iterable[int]) -> list[Choice]:
        """Return those of these ids that may be chosen, by name."""
        asked = set(ids)
        return _named(and_(self._may, Stakeholder.id.in_(asked))) if asked else []

    def called(self, ids: Iterable[int]) -> dict[int, str]:
        """Return the names of these ids, whether they may be chosen or not."""
        asked = set(ids)
        return dict(_named(Stakeholder.id.in_(asked))) if asked else {}

    def meant(self, text: str) -> Meant:
        """Return what a typed name means: a name, alias or abbreviation, or a part of only one."""
        words = names.search_words(text)
        if not words:
            return Meant(None, [])
        for fits in (_as_told(text), _is_called(text), and_(*_holding(words))):
            if found := _named(and_(IN_USE, fits), TOLD + 1):
                return Meant(found[0][0] if len(found) == 1 else None, found)
        alike = [match.stakeholder.id for match in similar.to(text)]
        return Meant(None, _named(and_(IN_USE, Stakeholder.id.in_(alike))) if alike else [])


def search(q: str) -> tuple[list[Choice], bool]:
    """Return the organisations to offer for a search, and whether there are more.

    Their regions count too: of 500 offices of one name, only that tells which is meant.
    """
    words = names.search_words(q)
    if not words:  # nothing but signs would match everything
        return [], False
    by_name = and_(*matches(Stakeholder.search_text, words))
    query = (
        select(Stakeholder.id)
        .outerjoin(Region, Region.code == Stakeholder.region_code)
        .where(IN_USE, *_holding(words))
        # The shortest name that holds all words is the one that is most likely meant.
        .order_by(
            case((by_name, 0), else_=1),
            func.length(Stakeholder.name),
            Stakeholder.name,
            Stakeholder.id,
        )
        .limit(OFFERED + 1)
    )
    ids = list(db.session.scalars(query))
    if not ids:
        # "Dispursip" where the name says no "kearsipan": what the warning of names alike knows.
        alike = (one.stakeholder for one in similar.to(q))
        ids = [one.id for one in alike if not one.archived_at]
    named = dict(_named(Stakeholder.id.in_(ids))) if ids else {}
    return [(one, named[one]) for one in ids[:OFFERED]], len(ids) > OFFERED


def _named(condition: ColumnElement[bool], limit: int | None = None) -> list[Choice]:
    """Return organisations by name; of one name, they are told apart by their regions.

    Every regency has a "Dinas Sosial".
    """
    other = aliased(Stakeholder)
    twin = select(other.id).where(
        other.name_key == Stakeholder.name_key,
        other.id != Stakeholder.id,
        other.archived_at.is_(None),
        other.merged_into_id.is_(None),
    )
    query = (
        select(Stakeholder.id, Stakeholder.name, Region.name, twin.exists())
        .outerjoin(Region, Region.code == Stakeholder.region_code)
        .where(condition)
        .order_by(Stakeholder.name, Region.name, Stakeholder.id)
        .limit(limit)
    )
    return [
        (one, f"{name} ({region})" if has_twin and region else name)
        for one, name, region, has_twin in db.session.execute(query)
    ]


def _holding(words: list[str]) -> list[ColumnElement[bool]]:
    """Return that an organisation holds every word in one of its names, or in its region's."""
    return [
        or_(*matches(Stakeholder.search_text, [word]), Region.name.icontains(word, autoescape=True))
        for word in words
    ]


def _is_called(name: str) -> ColumnElement[bool]:
    """Return that a name is, as compared, one of an organisation's: each is a line of its own."""
    lines = "\n" + Stakeholder.search_text + "\n"
    return lines.contains(f"\n{names.key(name)}\n", autoescape=True)


def _as_told(text: str) -> ColumnElement[bool]:
    """Return that a text is an organisation as we tell it apart: "Dinas Sosial (Kota Palu)"."""
    name, _bracket, region = text.rpartition(" (")
    return and_(_is_called(name), func.lower(Region.name) == region.removesuffix(")").lower())
