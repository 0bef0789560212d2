"""What the user wants of a plan of introductions: all of it stands in the address of the page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from crm.addresses import whole

USUAL = 5
MOST = 50
"""So many introductions may be asked for; nobody makes more of them in a year."""
WISHES = 40
"""So many wishes of a kind are read."""

Pair = tuple[int, int]


@dataclass(frozen=True)
class Wishes:
    """For where, how many, and who surely or never."""

    region: str = ""
    k: int = USUAL
    must: tuple[Pair, ...] = ()
    """Pairs that surely meet."""
    never: tuple[Pair, ...] = ()
    """Pairs that are not to meet."""
    not_through: tuple[int, ...] = ()
    """Who shall introduce nobody."""
    spared: tuple[int, ...] = ()
    """Who shall be left in peace altogether."""
    per_introducer: int | None = None
    """How many introductions one organisation may be asked for."""

    @property
    def asked(self) -> dict[str, Any]:
        """The wishes as plain values, in one order: the same wishes are the same question."""
        return {
            "region": self.region,
            "k": self.k,
            "must": [list(pair) for pair in sorted(self.must)],
            "never": [list(pair) for pair in sorted(self.never)],
            "not_through": sorted(self.not_through),
            "spared": sorted(self.spared),
            "per_introducer": self.per_introducer,
        }

    @property
    def args(self) -> dict[str, Any]:
        """The wishes as parameters of an address, without those that are as usual."""
        said: dict[str, Any] = {
            "region": self.region,
            "k": "" if self.k == USUAL else str(self.k),
            "per_introducer": str(self.per_introducer or ""),
            "must": [f"{one}-{other}" for one, other in self.must],
            "never": [f"{one}-{other}" for one, other in self.never],
            "not_through": [str(one) for one in self.not_through],
            "spared": [str(one) for one in self.spared],
        }
        return {name: value for name, value in said.items() if value}

    @property
    def named(self) -> set[int]:
        """All organisations that some wish names."""
        pairs = {one for pair in (*self.must, *self.never) for one in pair}
        return pairs | {*self.not_through, *self.spared}

    def toggled(self, kind: str, what: Any) -> dict[str, Any]:
        """Return the parameters with one wish more; with one less where it was wished already.

        :param kind: ``must``, ``never``, ``not_through`` or ``spared``
        :param what: a pair, or an organisation
        """
        what = tuple(sorted(what)) if kind in ("must", "never") else what
        now = getattr(self, kind)
        changes: dict[str, Any] = {
            kind: tuple(one for one in now if one != what) if what in now else (*now, what)
        }
        # Surely and never at once is no wish: the last word counts.
        if other := {"must": "never", "never": "must"}.get(kind):
            changes[other] = tuple(one for one in getattr(self, other) if one != what)
        return replace(self, **changes).args


def pairs(texts: Iterable[str]) -> tuple[Pair, ...]:
    """Return the pairs that an address names as ``12-34``; what is no pair is not looked at."""
    found: dict[Pair, None] = {}
    for text in texts:
        one, other = (whole(part) for part in (text.partition("-")[0], text.partition("-")[2]))
        if one is not None and other is not None and one != other:
            found[min(one, other), max(one, other)] = None
    return tuple(found)[:WISHES]


def numbers(texts: Iterable[str]) -> tuple[int, ...]:
    """Return the organisations that an address names, each once."""
    found = dict.fromkeys(one for one in map(whole, texts) if one is not None)
    return tuple(found)[:WISHES]
