"""Organisations and groups in columns, as rows of a database come: no object for each."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from graphs.records import LAYERS, Actor, Tie

Numbers = NDArray[Any]
Record = TypeVar("Record")
NEVER = 0
"""The number of a day that is not known; 1 is the first of January of the year 1."""


class Columns(Sequence[Record]):
    """Columns that can be read as a sequence of records, each made when it is asked for."""

    @abstractmethod
    def _record(self, at: int) -> Record:
        """Return the record of a row."""

    def __iter__(self) -> Iterator[Record]:
        """Return all records in order."""
        return map(self._record, range(len(self)))

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> list[Record]: ...
    def __getitem__(self, at: int | slice) -> Record | list[Record]:
        """Return a record, or a list of some."""
        where = range(len(self))[at]
        return (
            self._record(where) if isinstance(where, int) else [self._record(one) for one in where]
        )


@dataclass(frozen=True, eq=False)
class Actors(Columns[Actor]):
    """Organisations in columns: each :class:`graphs.records.Actor` is a row."""

    ids: Numbers
    sectors: Sequence[str]
    levels: Sequence[str]
    regions: Sequence[str | None]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.ids)

    def _record(self, at: int) -> Actor:
        return Actor(int(self.ids[at]), self.sectors[at], self.levels[at], self.regions[at])

    @classmethod
    def of(cls, actors: Iterable[Actor]) -> "Actors":
        """Return the columns of some records."""
        rows = list(actors)
        return cls(
            np.array([one.id for one in rows], dtype=np.int64),
            [one.sector for one in rows],
            [one.level for one in rows],
            [one.region for one in rows],
        )


@dataclass(frozen=True, eq=False)
class Groups(Columns[Tie]):
    """Groups that something binds together, in columns: each :class:`graphs.records.Tie` is a row.

    Examples
    --------
    >>> groups = Groups.of([Tie("team", (3, 1), date(2017, 11, 6), evidence=("team", 7))])
    >>> groups.members.tolist(), len(groups)
    ([3, 1], 1)
    >>> groups[0] == Tie("team", (3, 1), date(2017, 11, 6), evidence=("team", 7))
    True
    """

    layer: Numbers
    """The place of its layer in ``LAYERS``."""
    table: Numbers
    """The place of the table of its evidence in `tables`."""
    number: Numbers
    """The id of its evidence."""
    starts: Numbers
    ends: Numbers
    realised: Numbers
    """Days by their ordinal number, `NEVER` where they are not known."""
    first: Numbers
    """Where the members of each group begin in `members`, one more than there are groups."""
    members: Numbers
    """The ids of the members of all groups."""
    tables: tuple[str, ...] = field(default=("",))

    def __len__(self) -> int:
        """Return how many groups there are."""
        return len(self.layer)

    def _record(self, at: int) -> Tie:
        members = self.members[self.first[at] : self.first[at + 1]]
        return Tie(
            LAYERS[self.layer[at]],
            tuple(members.tolist()),
            day_of(self.starts[at]),
            day_of(self.ends[at]),
            day_of(self.realised[at]),
            (self.tables[self.table[at]], int(self.number[at])),
        )

    @cached_property
    def sizes(self) -> Numbers:
        """How many members each group has."""
        return np.diff(self.first)

    @classmethod
    def of(cls, ties: Iterable[Tie]) -> "Groups":
        """Return the columns of some records.

        Raises
        ------
        ValueError
            If one has a layer that does not exist.
        """
        rows = list(ties)
        tables = tuple(sorted({one.evidence[0] for one in rows})) or ("",)
        at = {table: place for place, table in enumerate(tables)}

        def column(value: Callable[[Tie], int]) -> Numbers:
            return np.array([value(one) for one in rows], dtype=np.int64)

        return cls(
            column(lambda one: layer_of(one.layer)),
            column(lambda one: at[one.evidence[0]]),
            column(lambda one: one.evidence[1]),
            column(lambda one: number_of(one.starts)),
            column(lambda one: number_of(one.ends)),
            column(lambda one: number_of(one.realised)),
            np.cumsum([0] + [len(one.members) for one in rows]),
            np.array([member for one in rows for member in one.members], dtype=np.int64),
            tables,
        )

    @classmethod
    def of_layer(
        cls,
        layer: str,
        table: str,
        numbers: Numbers,
        days: tuple[Numbers, Numbers, Numbers],
        sizes: Numbers,
        members: Numbers,
    ) -> "Groups":
        """Return groups of one layer and one table of evidence.

        ``days`` are the first and the last, and the one on which a promise was kept; `members`
        those of all groups, one after the other.
        """
        return cls(
            np.full(len(numbers), layer_of(layer)),
            np.zeros(len(numbers), dtype=np.int64),
            numbers,
            *days,
            np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            members,
            (table,),
        )

    @classmethod
    def joined(cls, parts: Sequence["Groups"]) -> "Groups":
        """Return the groups of several parts, one after the other."""
        tables = tuple(sorted({table for one in parts for table in one.tables})) or ("",)
        at = {table: place for place, table in enumerate(tables)}
        shifts = np.cumsum([0] + [len(one.members) for one in parts])
        firsts = [one.first[:-1] + shift for one, shift in zip(parts, shifts, strict=False)]

        def column(name: str) -> Numbers:
            return np.concatenate([getattr(one, name) for one in parts])

        renamed = [np.array([at[name] for name in one.tables])[one.table] for one in parts]
        return cls(
            column("layer"),
            np.concatenate(renamed),
            column("number"),
            column("starts"),
            column("ends"),
            column("realised"),
            np.concatenate([*firsts, shifts[-1:]]),
            column("members"),
            tables,
        )


def layer_of(name: str) -> int:
    """Return the place of a layer, or refuse one that does not exist."""
    if name not in LAYERS:
        raise ValueError(f"{name!r} is not a layer; layers are {', '.join(LAYERS)}.")
    return LAYERS.index(name)


def number_of(day: date | None) -> int:
    """Return the number of a day, `NEVER` for None."""
    return day.toordinal() if day else NEVER


def day_of(number: int) -> date | None:
    """Return the day of a number, None for `NEVER`."""
    return date.fromordinal(int(number)) if number else None
