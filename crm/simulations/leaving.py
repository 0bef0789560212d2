"""Who leaves in a simulation: it stands in the address of the page, or in a scenario."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MOST = 500
"""So many of a kind are read; who ticks more means everything."""


@dataclass(frozen=True)
class Leaving:
    """Organisations, posts and programmes by id."""

    organisations: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    programmes: tuple[int, ...] = ()
    ever: bool = False
    """Whether the programmes are taken away with their past, as if they had never been."""

    def __bool__(self) -> bool:
        """Whether anybody leaves."""
        return bool(self.organisations or self.positions or self.programmes)

    @property
    def asked(self) -> dict[str, Any]:
        """Who leaves as plain values, in one order: the same exit is the same question."""
        return {
            "organisations": sorted(self.organisations),
            "positions": sorted(self.positions),
            "programmes": sorted(self.programmes),
            # Without a programme it makes no difference.
            "ever": self.ever and bool(self.programmes),
        }

    @property
    def args(self) -> dict[str, Any]:
        """Who leaves as parameters of an address."""
        said: dict[str, Any] = {
            "organisation": [str(one) for one in self.organisations],
            "position": [str(one) for one in self.positions],
            "programme": [str(one) for one in self.programmes],
            "ever": "y" if self.ever else "",
        }
        return {name: value for name, value in said.items() if value}


def leaving(
    organisations: Iterable[int] | None,
    positions: Iterable[int] | None,
    programmes: Iterable[int] | None,
    ever: bool,
) -> Leaving:
    """Return who leaves, each once."""
    first, second, third = (
        tuple(dict.fromkeys(one or ()))[:MOST] for one in (organisations, positions, programmes)
    )
    return Leaving(first, second, third, ever)
