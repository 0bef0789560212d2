"""A graph that networkx reads and that holds no object for a tie."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graphs.arrays.columns import Actors, Groups, day_of
from graphs.arrays.gathering import spans
from graphs.records import LAYERS

Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Pairs:
    """What is known of m pairs, in order of their ends."""

    one: Numbers
    other: Numbers
    """The places of both ends, the first smaller."""
    strength: NDArray[np.float64]
    works: NDArray[np.bool_]
    shares: NDArray[np.float64]
    """By pair and layer, in the order of ``LAYERS``; nan where there is no such layer."""
    contact: Numbers
    """The number of the last day."""
    first: Numbers
    last: Numbers
    """Where the groups that prove a pair begin and end in `Compact.proof`, in order of rows."""

    def only(self, which: NDArray[Any]) -> "Pairs":
        """Return some of the pairs."""
        return Pairs(*(getattr(self, one.name)[which] for one in fields(self)))


@dataclass(frozen=True, slots=True)
class Rows:
    """Pairs seen from both of their ends."""

    starts: Numbers
    ends: Numbers
    """As in :class:`graphs.arrays.form.Arrays`; partners in order."""
    pair: Numbers
    """The number of the pair that each of `ends` is."""


class Compact(nx.Graph):
    """A network of :func:`graphs.build.network` in columns, to be read and never changed.

    Everything that reads an ``nx.Graph`` reads it. Dicts of nodes are made once they are asked
    for, the dict of an edge each time; changing one changes nothing here. Copies and subgraphs
    are ordinary graphs of networkx.
    """

    def __new__(cls, *columns: Any, **attributes: Any) -> Any:
        """Return a compact graph, or a plain one without columns: networkx asks so for copies."""
        return object.__new__(cls) if columns else nx.Graph(**attributes)

    def __init__(
        self,
        actors: Actors,
        attended: NDArray[np.bool_],
        pairs: Pairs,
        groups: Groups,
        proof: Numbers,
        on: date,
    ) -> None:
        """Take the columns as they are; actors in order of id, `proof` numbers of groups."""
        self.graph = {"on": on}
        self.__networkx_cache__: dict[str, Any] = {}
        self.actors, self.attended, self.pairs = actors, attended, pairs
        self.groups, self.proof = groups, proof
        nx.freeze(self)

    @cached_property
    def nodes_in_order(self) -> Sequence[int]:
        """The ids as Python numbers; a node is named by its place here."""
        ids: list[int] = self.actors.ids.tolist()
        return ids

    @cached_property
    def rows(self) -> Rows:
        """The partners of every organisation, in order."""
        one, other = self.pairs.one, self.pairs.other
        count, total = len(self.actors), len(one)
        starts = np.zeros(count + 1, dtype=np.int32)
        degrees = np.bincount(one, minlength=count) + np.bincount(other, minlength=count)
        np.cumsum(degrees, out=starts[1:])
        # As the pairs are in order, so are the partners before each one, and those after it.
        order = np.argsort(np.concatenate([other, one]), kind="stable")
        numbers = np.arange(total, dtype=np.int32)
        ends = np.concatenate([one, other])[order].astype(np.int32)
        return Rows(starts, ends, np.concatenate([numbers, numbers])[order])

    def column(self, name: str) -> Sequence[Any]:
        """Return an attribute of all nodes, in order."""
        columns: dict[str, Sequence[Any]] = {
            "sector": self.actors.sectors,
            "level": self.actors.levels,
            "region": self.actors.regions,
        }
        return self.attended.tolist() if name == "attended" else columns[name]

    @cached_property
    def _node(self) -> dict[int, dict[str, Any]]:
        names = ("sector", "level", "region", "attended")
        rows = zip(*map(self.column, names), strict=True)
        return {
            one: dict(zip(names, row, strict=True))
            for one, row in zip(self.nodes_in_order, rows, strict=True)
        }

    @property
    def _adj(self) -> "Adjacency":
        # Made each time: kept here, the two would hold each other, and the columns with them.
        return Adjacency(self)

    @cached_property
    def at(self) -> dict[int, int]:
        """The place of each organisation, by id."""
        return {one: place for place, one in enumerate(self.nodes_in_order)}

    @cached_property
    def sectors(self) -> tuple[list[str], Numbers]:
        """The names of the sectors there are, in order, and which of them each organisation is."""
        names = sorted(set(self.actors.sectors))
        number = {name: at for at, name in enumerate(names)}
        codes = map(number.__getitem__, self.actors.sectors)
        return names, np.fromiter(codes, dtype=np.int64, count=len(self))

    def edge(self, number: int) -> dict[str, Any]:
        """Return what is known of a pair, as :func:`graphs.build.network` says it."""
        pairs = self.pairs
        shares = pairs.shares[number].tolist()
        return {
            "strength": float(pairs.strength[number]),
            "layers": {
                layer: share for layer, share in zip(LAYERS, shares, strict=True) if share == share
            },
            "last_contact": day_of(pairs.contact[number]),
            "evidence": self.evidence(number),
            "working": bool(pairs.works[number]),
        }

    def evidence(self, number: int) -> list[tuple[str, int]]:
        """Return the rows that prove a pair, in order, each once."""
        which = self.proof[self.pairs.first[number] : self.pairs.last[number]].tolist()
        rows = dict.fromkeys(map(self.names_of_groups.__getitem__, which))
        return [row for row in rows if row[0]]

    def proofs(self, one: int) -> list[tuple[str, int]]:
        """Return the rows that prove the ties of an organisation, the strongest tie first."""
        numbers = np.array(self.strongest(one)[1], dtype=np.int64)
        first = self.pairs.first[numbers]
        which = self.proof[spans(first, self.pairs.last[numbers] - first)].tolist()
        rows = dict.fromkeys(map(self.names_of_groups.__getitem__, which))
        return [row for row in rows if row[0]]

    @cached_property
    def names_of_groups(self) -> list[tuple[str, int]]:
        """The row of each group: its table and its id."""
        tables = map(self.groups.tables.__getitem__, self.groups.table.tolist())
        return list(zip(tables, self.groups.number.tolist(), strict=True))

    def number_of(self, one: int, other: int) -> int | None:
        """Return the number of the pair of two organisations, None where there is no tie."""
        place, end = self.at.get(one), self.at.get(other)
        if place is None or end is None:
            return None
        first, last = self.rows.starts[place : place + 2].tolist()
        ends = self.rows.ends[first:last]
        found = int(ends.searchsorted(end))
        return (
            int(self.rows.pair[first + found])
            if found < last - first and ends[found] == end
            else None
        )

    def strongest(self, one: int) -> tuple[list[int], list[int]]:
        """Return the partners of an organisation, the strongest first, and the pairs they are."""
        place = self.at[one]
        arcs = slice(*self.rows.starts[place : place + 2].tolist())
        partners, pairs = self.rows.ends[arcs], self.rows.pair[arcs]
        order = np.lexsort((partners, -self.pairs.strength[pairs]))
        return self.actors.ids[partners[order]].tolist(), pairs[order].tolist()

    @cached_property
    def working(self) -> "Compact":
        """The same organisations with the ties that work."""
        return self.only(self.pairs.works)

    def among(self, members: NDArray[np.bool_]) -> "Compact":
        """Return some organisations, and the ties among them."""
        where = np.flatnonzero(members)
        place = np.cumsum(members) - 1
        actors = Actors(
            self.actors.ids[where],
            [self.actors.sectors[at] for at in where.tolist()],
            [self.actors.levels[at] for at in where.tolist()],
            [self.actors.regions[at] for at in where.tolist()],
        )
        inside = members[self.pairs.one] & members[self.pairs.other]
        pairs = self.pairs.only(inside)
        ends = place[pairs.one].astype(np.int32), place[pairs.other].astype(np.int32)
        moved = replace(pairs, one=ends[0], other=ends[1])
        on = self.graph["on"]
        return Compact(actors, self.attended[where], moved, self.groups, self.proof, on)

    def only(self, which: NDArray[Any]) -> "Compact":
        """Return the same organisations with some of the pairs only."""
        return Compact(
            self.actors,
            self.attended,
            self.pairs.only(which),
            self.groups,
            self.proof,
            self.graph["on"],
        )

    def __iter__(self) -> Iterator[int]:
        """Return the ids, for which no dict of nodes is made."""
        return iter(self.nodes_in_order)

    def __contains__(self, one: object) -> bool:
        """Return whether it is one of them."""
        return isinstance(one, int) and one in self.at

    def __len__(self) -> int:
        """Return how many organisations there are."""
        return len(self.actors)

    def number_of_nodes(self) -> int:
        """Return how many organisations there are."""
        return len(self.actors)

    def number_of_edges(self, u: Any = None, v: Any = None) -> int:
        """Return how many ties there are, in all or between two."""
        return len(self.pairs.one) if u is None else int(self.has_edge(u, v))


class Adjacency(Mapping[int, "Partners"]):
    """The partners of every organisation, by id."""

    __slots__ = ("graph",)

    def __init__(self, graph: Compact) -> None:
        """Read from a graph."""
        self.graph = graph

    def __getitem__(self, one: int) -> "Partners":
        """Return the partners of an organisation."""
        return Partners(self.graph, self.graph.at[one])

    def __iter__(self) -> Iterator[int]:
        """Return all organisations."""
        return iter(self.graph.nodes_in_order)

    def __len__(self) -> int:
        """Return how many organisations there are."""
        return len(self.graph.actors)

    def __contains__(self, one: object) -> bool:
        """Return whether it is one of them."""
        return one in self.graph.at


class Partners(Mapping[int, dict[str, Any]]):
    """What is known of each tie of one organisation, by partner."""

    __slots__ = ("first", "graph", "last", "place")

    def __init__(self, graph: Compact, place: int) -> None:
        """Read from a graph."""
        self.graph, self.place = graph, place
        self.first, self.last = graph.rows.starts[place : place + 2].tolist()

    def __getitem__(self, other: int) -> dict[str, Any]:
        """Return what is known of the tie to a partner."""
        number = self.graph.number_of(self.graph.nodes_in_order[self.place], other)
        if number is None:
            raise KeyError(other)
        return self.graph.edge(number)

    def __iter__(self) -> Iterator[int]:
        """Return the partners in order of id."""
        return iter(self.graph.actors.ids[self.graph.rows.ends[self.first : self.last]].tolist())

    def __len__(self) -> int:
        """Return how many partners there are."""
        return self.last - self.first

    def __contains__(self, other: object) -> bool:
        """Return whether somebody is a partner."""
        one = self.graph.nodes_in_order[self.place]
        return isinstance(other, int) and self.graph.number_of(one, other) is not None
