"""What checks are made of, and what they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graphs.index.blocks import Regions
from graphs.index.together import Picture
from graphs.records import Facts
from graphs.stability.ties import Flags, Run, Ties

Check = Callable[[Run, Picture], Flags]


@dataclass(frozen=True, slots=True)
class Ground:
    """What all checks are made from."""

    ties: Ties
    regions: Regions
    facts: Facts
    limits: Mapping[str, float]
