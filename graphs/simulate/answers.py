"""What a simulation is asked and what it answers: frozen records without a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import networkx as nx

from graphs.plans.answers import Pair
from graphs.records import Evidence, Index


@dataclass(frozen=True, slots=True)
class Removal:
    """What is taken away. Who or what is not there is not looked at."""

    organisations: frozenset[int] = frozenset()
    memberships: frozenset[tuple[Evidence, int]] = frozenset()
    """An organisation's part in a group, as (row of the group, organisation): what hangs on a
    person who leaves. The others of the group stay tied as before."""
    programmes: frozenset[int] = frozenset()
    """By id, as in `Facts.programmes`: everything that they finance."""
    since: date | None = None
    """From this day on the programmes finance nothing: what was held or kept before has happened
    and stays. None: as if they had never financed anything."""


@dataclass(frozen=True, slots=True)
class State:
    """A network in a few numbers."""

    organisations: int
    ties: int
    """Working ties."""
    engaged: int
    components: int
    """Isolated organisations are components."""
    largest: int
    """Organisations of the largest component."""
    fragmentation: float | None
    """F, 0-1; None for fewer than two organisations."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What a region, or the whole, loses."""

    ties: int = 0
    """Working ties with at least one end in the region."""
    money: int = 0
    """Rupiah promised to organisations of the region that will not come."""
    unvalued: int = 0
    """Promises among them whose value is not recorded."""
    commitments: tuple[int, ...] = ()
    """Their ids; what was promised stands in their rows."""
    kinds: Mapping[str, int] = field(default_factory=dict)
    """How many promises of money, goods, training, … are lost."""


@dataclass(frozen=True, slots=True)
class Heir:
    """Who could take over, and why."""

    organisation: int
    offers: tuple[str, ...]
    """Kinds of what is lost that it offers."""
    resources: tuple[int, ...]
    """Ids of these offers."""
    reaches: tuple[int, ...]
    """The bereaved with whom it works."""
    steps: int | None
    """Steps to the nearest of the bereaved afterwards; None: no path leads there."""
    distance: int
    """0: in the region of one of the bereaved, 1: in the province of one, 2: elsewhere."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """A network before and after a removal, on one day."""

    on: date
    removed: tuple[int, ...]
    """The organisations that were there and are not any more."""
    before: State
    after: State
    index: Mapping[str | None, tuple[Index, Index]]
    """Per region, and of the country as None, before and after."""
    sectors_lost: Mapping[str, tuple[str, ...]]
    """Regions that lose a sector: which of them were engaged, and are not any more."""
    lost_ties: tuple[Pair, ...]
    """Pairs that worked together and do not any more."""
    weakened_ties: tuple[Pair, ...]
    """Pairs that still work together, with less behind it."""
    cut_off: tuple[int, ...]
    """Organisations that stay, and lose their connection to most of those they had."""
    losses: Mapping[str | None, Loss]
    """Per region, and altogether as None."""
    bereaved: tuple[int, ...]
    """Organisations that stay, and lose a working tie or something they were promised."""
    heirs: tuple[Heir, ...]
    """The nearest first."""
    graph: nx.Graph = field(compare=False, repr=False)
    """The network afterwards, all its ties."""
