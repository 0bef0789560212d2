"""Who was met and who was invited, in columns, as there are as many as there are participations."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from graphs.arrays.columns import Columns, Numbers, day_of, number_of
from graphs.records import Encounter, Invitation

NOBODY = -1
"""The number of a person of whom nothing was written down."""


@dataclass(frozen=True, eq=False)
class Encounters(Columns[Encounter]):
    """Encounters in columns: each :class:`graphs.records.Encounter` is a row.

    Examples
    --------
    >>> met = Encounters.of([Encounter(7, None, person=3, evidence=("event", 1))])
    >>> met.person.tolist(), met.ours.tolist(), met[0]
    ([3], [-1], Encounter(organisation=7, day=None, person=3, ours=None, evidence=('event', 1)))
    """

    tables: tuple[str, ...]
    organisation: Numbers
    day: Numbers
    """By its ordinal number, `NEVER` where it is not known."""
    person: Numbers
    ours: Numbers
    """`NOBODY` where it is not known."""
    table: Numbers
    """The place of the table of its evidence in `tables`."""
    number: Numbers

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.organisation)

    def _record(self, at: int) -> Encounter:
        person, ours = int(self.person[at]), int(self.ours[at])
        return Encounter(
            int(self.organisation[at]),
            day_of(self.day[at]),
            None if person == NOBODY else person,
            None if ours == NOBODY else ours,
            (self.tables[self.table[at]], int(self.number[at])),
        )

    @classmethod
    def of(cls, encounters: Iterable[Encounter]) -> "Encounters":
        """Return the columns of some records; themselves, if they are columns."""
        if isinstance(encounters, Encounters):
            return encounters
        rows = list(encounters)
        tables = tuple(sorted({one.evidence[0] for one in rows})) or ("",)
        cells = [
            (
                one.organisation,
                number_of(one.day),
                NOBODY if one.person is None else one.person,
                NOBODY if one.ours is None else one.ours,
                tables.index(one.evidence[0]),
                one.evidence[1],
            )
            for one in rows
        ]
        return cls.of_rows(cells, tables)

    @classmethod
    def of_rows(cls, rows: Iterable[tuple[int, ...]], tables: tuple[str, ...]) -> "Encounters":
        """Return the columns of rows that hold the numbers of the columns."""
        return cls(tables, *np.array(list(rows), dtype=np.int64).reshape(-1, 6).T)


@dataclass(frozen=True, eq=False)
class Invitations(Columns[Invitation]):
    """Invitations in columns: each :class:`graphs.records.Invitation` is a row.

    Examples
    --------
    >>> Invitations.of([Invitation(7, None, ("event", 1))])[0]
    Invitation(organisation=7, day=None, evidence=('event', 1))
    """

    table: str
    organisation: Numbers
    day: Numbers
    """Of the event, by its ordinal number, `NEVER` where it is not known."""
    number: Numbers
    """The id of its evidence."""

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.organisation)

    def _record(self, at: int) -> Invitation:
        evidence = (self.table, int(self.number[at]))
        return Invitation(int(self.organisation[at]), day_of(self.day[at]), evidence)

    @classmethod
    def of(cls, invitations: Iterable[Invitation]) -> "Invitations":
        """Return the columns of some records of one table; themselves, if they are columns.

        Raises
        ------
        ValueError
            If their evidence is of several tables.
        """
        if isinstance(invitations, Invitations):
            return invitations
        rows = list(invitations)
        tables = {one.evidence[0] for one in rows} or {""}
        if len(tables) > 1:
            raise ValueError(f"Invitations are of one table, not of {sorted(tables)}.")
        cells = [(one.organisation, number_of(one.day), one.evidence[1]) for one in rows]
        return cls(tables.pop(), *np.array(cells, dtype=np.int64).reshape(-1, 3).T)
