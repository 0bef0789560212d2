"""How many organisations are tied, were only seen, or neither: numbers that add up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Headcount:
    """All organisations, each counted in one of three groups; and what binds the first of them."""

    organisations: int
    tied: int
    """With a working tie: those that the map shows."""
    seen: int
    """Without one, but present at an event in the window. With those tied: at work."""
    neither: int
    ties: int
    """Working ties."""
    parts: int
    """Groups of two or more that are connected; who stands alone is no part."""
    largest: int


def of(numbers: Mapping[str, Any]) -> Headcount:
    """Return the headcount from the stored figures of a network."""
    everybody, alone, engaged = (numbers[name] for name in ("organisations", "isolated", "engaged"))
    return Headcount(
        organisations=everybody,
        tied=everybody - alone,
        # Whoever has a working tie is engaged: the other engaged were seen only.
        seen=engaged - (everybody - alone),
        neither=everybody - engaged,
        ties=numbers["working_ties"],
        parts=numbers["components"] - alone,
        largest=numbers["largest"] if everybody > alone else 0,
    )
