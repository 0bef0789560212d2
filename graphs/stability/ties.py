"""The ties of a network as arrays: what each record adds to each pair, and what a run leaves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.arrays import Actors
from graphs.build import NEAR_ENOUGH, ageing, counted_ties, latest_contact
from graphs.records import LAYERS, SECTORS, Actor, Evidence, Facts, Options, Tie

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Reals = NDArray[np.float64]

ATTENDANCE = LAYERS.index("attendance")


class Rows:
    """The records that can be missing, numbered: each row of a table once, whatever it proves."""

    def __init__(self, ties: Iterable[Tie], facts: Facts) -> None:
        """Number the rows of the ties that count and of all facts."""
        self.ties = list(ties)
        named = {tie.evidence for tie in self.ties} | set(_rows_of(facts))
        self.number: dict[Evidence, int] = {
            row: number for number, row in enumerate(sorted(row for row in named if row[0]))
        }
        self.total = len(self.number)
        self.of_ties = np.array([self.of(tie.evidence) for tie in self.ties], dtype=np.int64)
        self.of_encounters = [self.of(one.evidence) for one in facts.encounters]
        self.named = np.array([bool(tie.evidence[0]) for tie in self.ties], dtype=bool)

    def of(self, row: Evidence) -> int:
        """Return the number of a row; a record that names no table is a row of its own."""
        if row[0]:
            return self.number[row]
        self.total += 1
        return self.total - 1


def _rows_of(facts: Facts) -> Iterable[Evidence]:
    """Yield the row of every fact that can be missing; a post proves nothing."""
    yield from (one.evidence for one in facts.encounters)
    yield from (one.evidence for one in facts.invitations)
    for table, ones in (
        ("agreement", facts.agreements),
        ("commitment", facts.commitments),
        ("resource", facts.resources),
        ("follow_up", facts.actions),
        ("programme", facts.programmes),
        ("event", facts.gatherings),
    ):
        of_table: Any = ones
        yield from ((table, one.id) for one in of_table)


@dataclass(frozen=True, slots=True)
class Run:
    """The network without the records that one run leaves out."""

    kept: Flags
    """Which rows are there."""
    parts: Flags
    """Which contributions of records to pairs are there."""
    strength: Reals
    """Of every pair."""
    working: Flags
    """Which pairs work together."""
    degree: Numbers
    """Working partners of every organisation."""
    engaged: Flags


class Ties:
    """The organisations, the pairs that can work together, and what each record adds to each."""

    def __init__(self, actors: Iterable[Actor], rows: Rows, on: date, options: Options) -> None:
        """Lay the records out."""
        self.actors = Actors.of(sorted(actors, key=lambda one: one.id))
        self.at = {one: place for place, one in enumerate(self.actors.ids.tolist())}
        self.on, self.options, self.rows = on, options, rows
        names: Mapping[str, int] = {sector: at for at, sector in enumerate(SECTORS)}
        self.sector = np.array([names.get(one, len(SECTORS)) for one in self.actors.sectors], int)
        self._lay_out()

    def _lay_out(self) -> None:
        count = len(self.actors)
        pairs: list[int] = []
        of_tie: list[int] = []
        values: list[float] = []
        present: list[tuple[int, int]] = []
        layers, contacts, undated = [], [], []
        for number, tie in enumerate(self.rows.ties):
            members = sorted({self.at[one] for one in tie.members if one in self.at})
            contact = latest_contact(tie, self.on)
            layers.append(LAYERS.index(tie.layer))
            contacts.append(contact.toordinal() if contact else 0)
            undated.append(tie.layer == "attendance" and tie.starts is None)
            if tie.layer == "attendance":
                present += [(one, number) for one in members]
            if len(members) < 2:
                continue
            share = self.options.weights[tie.layer]
            if tie.layer != "support":
                share /= len(members) - 1
            if tie.layer == "attendance" and tie.starts is not None:
                share *= ageing(self.on, tie.starts, self.options)
            found = [one * count + other for one, other in combinations(members, 2)]
            pairs += found
            of_tie += [number] * len(found)
            values += [share] * len(found)
        keys, self.pair = np.unique(np.array(pairs, dtype=np.int64), return_inverse=True)
        self.one, self.other = keys // max(count, 1), keys % max(count, 1)
        self.tie = np.array(of_tie, dtype=np.int64)
        self.value = np.array(values, dtype=float)
        self.layer = np.array(layers, dtype=np.int64)
        self.contact = np.array(contacts, dtype=np.int64)
        self.undated = np.array(undated, dtype=bool)
        self.present = np.array(present, dtype=np.int64).reshape(-1, 2)
        self.hard = self.layer[self.tie] != ATTENDANCE
        self._forget_strangers()

    def _forget_strangers(self) -> None:
        """Leave out the pairs that work together in no run: half of all, from large events.

        Without a record a pair is never stronger; only what an event without a date weighs
        may grow, when the oldest with a date is missing.
        """
        everything = self.without(np.zeros(0, dtype=np.int64))
        possible = everything.working.copy()
        possible[self.pair[self.undated[self.tie]]] = True
        stays = possible[self.pair]
        self.one, self.other = self.one[possible], self.other[possible]
        self.pair = (np.cumsum(possible) - 1)[self.pair[stays]]
        self.tie, self.value, self.hard = self.tie[stays], self.value[stays], self.hard[stays]

    def number_of(self, one: int, other: int) -> int:
        """Return the number of the pair of two organisations, given by their ids."""
        places = sorted((self.at[one], self.at[other]))
        return int(np.searchsorted(self._keys, places[0] * len(self.actors) + places[1]))

    @cached_property
    def _keys(self) -> Numbers:
        """Return the pairs as numbers in order."""
        return self.one * len(self.actors) + self.other

    def without(self, dropped: Numbers) -> Run:
        """Return the network that is left without some rows."""
        kept = np.ones(self.rows.total, dtype=bool)
        kept[dropped] = False
        there = kept[self.rows.of_ties]
        parts = there[self.tie]
        values = np.where(parts, self.value, 0.0)
        if self.undated.any():
            values[self.undated[self.tie]] *= self._weight_of_undated(there)
        pairs, count = len(self.one), len(self.actors)
        strength = np.bincount(self.pair, values, minlength=pairs).astype(float)
        hard = np.bincount(self.pair[parts & self.hard], minlength=pairs) > 0
        known = np.bincount(self.pair[parts], minlength=pairs) > 0
        threshold = self.options.working_attendance - NEAR_ENOUGH
        working = hard | (known & (strength >= threshold))
        degree = np.bincount(self.one[working], minlength=count)
        degree += np.bincount(self.other[working], minlength=count)
        engaged = degree > 0
        engaged[self.present[there[self.present[:, 1]], 0]] = True
        return Run(kept, parts, strength, working, degree, engaged)

    def _weight_of_undated(self, there: Flags) -> float:
        """Return what an event without a date weighs: as much as the oldest one that is left."""
        dated = (self.layer == ATTENDANCE) & ~self.undated & there
        if not dated.any():
            return 1.0
        oldest = date.fromordinal(int(self.contact[dated].min()))
        return ageing(self.on, oldest, self.options)


def ties_of(
    actors: Iterable[Actor], ties: Iterable[Tie], facts: Facts, on: date, options: Options
) -> Ties:
    """Return the arrays of a network of n organisations and of records that make k pairs.

    Time O(n + k log k); memory O(n + k).
    """
    rows = Rows(counted_ties(ties, on, options), facts)
    return Ties(actors, rows, on, options)
