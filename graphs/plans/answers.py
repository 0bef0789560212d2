"""What the plans answer: frozen records of ids, keys and numbers, without a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphs.records import Finding, Index

Pair = tuple[int, int]
"""Two organisations, the lower id first."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """One line of a plan: who should meet whom, through whom, and what for."""

    a: int
    b: int
    through: int | None
    """Who introduces them; None where they know each other, or one of them is the office."""
    path: tuple[int, ...]
    """The way from ``a`` to ``b``, both included."""
    closes: tuple[str, ...] = ()
    """Keys of the findings that this tie alone closes, most severe first."""
    relieves: Mapping[str, float] = field(default_factory=dict)
    """Findings that it makes less severe, with the share of their severity, 0-1."""
    worth: float = 0.0
    """Points of severity that would stay without this line, the others being kept."""
    reason: str = "severity"
    """``severity``, or ``must`` where the user asked for it."""


@dataclass(frozen=True, slots=True)
class Introductions:
    """The answer of the plan of introductions."""

    lines: tuple[Introduction, ...] = ()
    """By worth, then by ids."""
    total: float = 0.0
    """Severity closed and relieved by all lines together, each finding once."""
    possible: float = 0.0
    """Severity of all findings asked for."""
    bound: float = 0.0
    """No plan within the rules is worth more."""
    gap: float | None = None
    """Relative distance of ``total`` to ``bound``; 0 is proven best; None when impossible."""
    open: tuple[str, ...] = ()
    """Findings that no line closes, most severe first; some may be relieved."""
    beyond: tuple[str, ...] = ()
    """Those of them that no introduction of known organisations closes or relieves."""
    candidates: int = 0
    """Pairs among which was chosen."""
    clashes: tuple[str, ...] = ()
    """When impossible: rules that cannot be kept together, as ``limit``, ``must``, ``must_not``,
    ``spared``, ``per_organisation`` or ``per_introducer``."""
    relaxation: tuple[tuple[str, int], ...] = ()
    """When impossible: the fewest of these rules to loosen, and by how many ties each."""

    @property
    def possible_at_all(self) -> bool:
        """Whether some plan keeps every rule."""
        return not self.clashes


@dataclass(frozen=True, slots=True)
class Augmentation:
    """The fewest ties that hold a network together."""

    ties: tuple[Pair, ...] = ()
    bound: int = 0
    """Fewer ties than this cannot do it."""
    gap: float = 0.0
    """(ties - bound) / ties; 0 is proven fewest."""
    parts: int = 0
    """Components that are left, as no allowed tie joins them; 1 when all hold together."""
    splitting: tuple[int, ...] = ()
    """Organisations whose exit would still part others, as no allowed tie goes around them."""
    weak: tuple[Pair, ...] = ()
    """Ties whose loss would still part others."""
    lines: tuple[Introduction, ...] = ()
    """For a region: through whom each tie can come about."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two states of one network."""

    index: Mapping[str | None, tuple[Index, Index]] = field(default_factory=dict)
    """Per region, the index before and after; None is the whole country."""
    closed: tuple[Finding, ...] = ()
    """Findings that stand no more, as they stood before."""
    opened: tuple[Finding, ...] = ()
    """Findings that stand only now."""
    changed: tuple[tuple[Finding, Finding], ...] = ()
    """Findings that still stand with another severity, before and after."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A number that is not known yet."""

    before: float | None
    """What it is without the event."""
    mean: float | None
    low: float | None
    """It stays above this in 95 of 100 cases, and above `high` in 5."""
    high: float | None


@dataclass(frozen=True, slots=True)
class Prediction:
    """What an event may bring about, given each guest's chance to come."""

    guests: float
    """How many are expected to come."""
    severity: float
    """Severity of the findings that somebody who comes touches, on average."""
    findings: Mapping[str, float] = field(default_factory=dict)
    """The chance of each finding to be touched, 0-1."""
    index: Mapping[str | None, Expected] = field(default_factory=dict)
    exact: bool = True
    """Whether every possible company was looked at, and not only ``runs`` of them."""
    runs: int = 0
