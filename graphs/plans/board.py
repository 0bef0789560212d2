"""What plans of new ties stand on: who knows whom, and who can introduce whom."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from itertools import pairwise

from graphs.findings.ground import Ground
from graphs.places import path

STEPS = 3
"""So many steps apart, somebody can still be introduced: through one's partner's partner."""

Way = tuple[int, ...]
"""Two organisations and who stands between them, from one end to the other."""


class Board:
    """A network as those see it who plan new ties in it. Nothing here changes it."""

    def __init__(
        self,
        ground: Ground,
        offices: Mapping[str, int] | None = None,
        spared: Collection[int] = (),
        breadth: int = 12,
        not_through: Collection[int] = (),
    ) -> None:
        self.ground = ground
        self.offices = {
            code: one for code, one in (offices or {}).items() if one in ground.partners
        }
        self.spared = frozenset(spared)
        self.silent = self.spared | frozenset(not_through)
        """Who shall introduce nobody."""
        self.breadth = breadth

    @cached_property
    def known(self) -> dict[int, frozenset[int]]:
        """Return who can speak for whom: working partners.

        Of an organisation without any, those who met it: they are all that leads to it.
        """
        found = {one: set(others) for one, others in self.ground.partners.items()}
        for one, others in self.ground.partners.items():
            if not others:
                for other in self.ground.graph[one]:
                    found[one].add(other)
                    found[other].add(one)
        return {one: frozenset(others) for one, others in found.items()}

    @cached_property
    def inside(self) -> dict[str, frozenset[int]]:
        """Return the organisations of every region looked at."""
        return {region: frozenset(ones) for region, ones in self.ground.members.items()}

    def office(self, one: int) -> int | None:
        """Return the library office of an organisation: of its district, else of its province."""
        return next(iter(self._offices(one)), None)

    def is_office_of(self, one: int, other: int) -> bool:
        """Return whether one is a library office of the other: of its district, or its province."""
        return one in self._offices(other)

    def _offices(self, one: int) -> list[int]:
        """Return the library offices of where an organisation is, the nearest first."""
        steps = path(self.ground.places, self.ground.graph.nodes[one].get("region"))
        return [self.offices[step] for step in steps if step in self.offices]

    def makes_an_island(self, a: int, b: int) -> bool:
        """Return whether two who work with nobody would only have each other.

        Then their region falls into one part more, unless one of them is the office of the
        other, who can take it further.
        """
        partners = self.ground.partners
        own = self.is_office_of(a, b) or self.is_office_of(b, a)
        return not (partners[a] or partners[b] or own)

    def hubs(self, organisations: Iterable[int]) -> list[int]:
        """Return the organisations of most working ties, as many as the board is broad."""
        partners = self.ground.partners
        return sorted(organisations, key=lambda one: (-len(partners[one]), one))[: self.breadth]

    def ways(self, a: int, b: int, most: int = 1) -> list[Way]:
        """Return how two organisations can come to meet, the most plausible way first.

        Parameters
        ----------
        a, b : int
            Two organisations without a working tie.
        most : int
            How many ways to return at most, each through somebody else.

        Returns
        -------
        list of tuple of int
            ``(a, b)`` when they met before, or when one is a library office of the other;
            then through a common partner, the strongest first; through the library office that
            they share; through a partner who knows a partner. None of that: empty.
        """
        if self.ground.graph.has_edge(a, b):
            return [(a, b)]
        # Also that of the province, where the district has one of its own: nobody introduces it.
        if self.is_office_of(a, b) or self.is_office_of(b, a):
            return [(a, b)]
        office = self.office(a)
        shared = office if office is not None and office == self.office(b) else None
        between = (self.known[a] & self.known[b]) - self.silent
        found: list[Way] = [
            (a, c, b) for c in sorted(between, key=lambda c: self._weakest(a, c, b))
        ]
        if shared is not None and shared not in between | self.silent:
            found.append((a, shared, b))
        if len(found) < most:
            found += self._long_ways(a, b, between)[: most - len(found)]
        return found[:most]

    def _long_ways(self, a: int, b: int, between: frozenset[int]) -> list[Way]:
        """Return the best way of three steps through everybody who knows ``b``."""
        best: list[Way] = []
        for last in self.known[b] - self.silent - between - {a}:
            first = (self.known[a] & self.known[last]) - self.silent - {b}
            if first:
                best.append((a, min(first, key=lambda c: self._weakest(a, c, last)), last, b))
        return sorted(best, key=lambda way: self._weakest(*way))

    def _weakest(self, *way: int) -> tuple[float, tuple[int, ...]]:
        """Return an order of ways: by their weakest tie, the strongest first, then by ids."""
        return -min(self.ground.strength(one, other) for one, other in pairwise(way)), way
