"""What the rows of a file have said about each thing: the first counts, whenever it is taken."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

Turn = tuple[bool, int]
"""Which row counts: complete ones before others, then by their number in the file.

It follows from the row alone, so that the same file says the same thing the second time.
"""


class Said:
    """Who said what first; rows may be heard in any order."""

    def __init__(self) -> None:
        """Nobody has said anything."""
        self._first: dict[Hashable, dict[str, tuple[Turn, Any]]] = defaultdict(dict)

    def own(self, thing: Hashable, names: Iterable[str], turn: Turn) -> set[str]:
        """Return about which facts no row before this one has said anything."""
        said = self._first.get(thing, {})
        return {name for name in names if name not in said or turn <= said[name][0]}

    def otherwise(self, thing: Hashable, said: Mapping[str, Any], turn: Turn) -> dict[str, int]:
        """Return about which facts a row before this one says otherwise, and which row."""
        first = self._first.get(thing, {})
        return {
            name: first[name][0][1]
            for name, value in said.items()
            if name in first and first[name][0] < turn and first[name][1] != value
        }

    def hear(self, thing: Hashable, said: Mapping[str, Any], turn: Turn) -> None:
        """Remember what one more row says."""
        for name in self.own(thing, said, turn):
            self._first[thing][name] = (turn, said[name])
