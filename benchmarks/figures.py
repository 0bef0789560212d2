"""A figure beside its peer, taken in the same run, turn by turn: noise then meets both alike."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter
from typing import Any

UNITS = {"ms": 1000.0, "s": 1.0}


@dataclass(frozen=True)
class Figure:
    """One measured number, what it is compared with, and how much it may be."""

    name: str
    size: int
    database: str
    unit: str
    value: float
    best: float
    peer: str
    peer_value: float
    runs: int
    most: float | None = None
    """At most this; None: only for information."""
    is_ratio: bool = False
    """Whether ``most`` is about the ratio, and not about the value."""

    @property
    def ratio(self) -> float:
        """How many times the peer."""
        return self.value / self.peer_value if self.peer_value else float("inf")

    @property
    def is_met(self) -> bool | None:
        """Whether the figure keeps to what was promised; None where nothing was."""
        if self.most is None:
            return None
        return (self.ratio if self.is_ratio else self.value) <= self.most

    def as_dict(self) -> dict[str, Any]:
        """Return everything about the figure as plain data."""
        return {**asdict(self), "ratio": round(self.ratio, 3), "is_met": self.is_met}


def compared(
    name: str,
    ours: Callable[[], object],
    peer: Callable[[], object],
    *,
    about: str,
    size: int,
    database: str,
    unit: str = "ms",
    runs: int = 15,
    warm: bool = True,
    most: float | None = None,
    is_ratio: bool = False,
) -> Figure:
    """Run both in turns and return the medians; ``best`` is the fastest run of ours.

    :param about: what the peer is
    :param warm: run both once before it counts; not for what must be cold
    """
    if warm:
        ours()
        peer()
    times: tuple[list[float], list[float]] = [], []
    for _ in range(runs):
        for kept, work in zip(times, (ours, peer), strict=True):
            begun = perf_counter()
            work()
            kept.append((perf_counter() - begun) * UNITS[unit])
    mine, theirs = times
    return Figure(
        name=name,
        size=size,
        database=database,
        unit=unit,
        value=median(mine),
        best=min(mine),
        peer=about,
        peer_value=median(theirs),
        runs=runs,
        most=most,
        is_ratio=is_ratio,
    )


def beside_the_fastest(
    name: str,
    ours: Callable[[], object],
    peers: Mapping[str, Callable[[], object]],
    **options: Any,
) -> Figure:
    """Compare with the fastest of several peers, each tried once; ``options`` as above."""
    tried: dict[str, float] = {}
    for about, peer in peers.items():
        begun = perf_counter()
        peer()
        tried[about] = perf_counter() - begun
    about = min(tried, key=tried.__getitem__)
    return compared(name, ours, peers[about], about=about, **options)
