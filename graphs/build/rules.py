"""When a group counts, how much an event still weighs, and what makes a tie work."""

from collections.abc import Iterable
from datetime import date

from graphs.records import LAYERS, Options, Tie

NEAR_ENOUGH = 1e-9
"""Tolerance of the threshold of a working tie, so that 0.1 in ten parts is still 0.1."""


def counted_ties(ties: Iterable[Tie], on: date, options: Options) -> list[Tie]:
    """Return the ties that count on the day, in an order that does not depend on the input."""
    counted = []
    for tie in ties:
        if tie.layer not in LAYERS:
            raise ValueError(f"{tie.layer!r} is not a layer; layers are {', '.join(LAYERS)}.")
        if tie.layer not in options.weights:
            raise ValueError(f"The options have no weight for the layer {tie.layer!r}.")
        if _counts(tie, on, options.window_days):
            counted.append(tie)
    return sorted(counted, key=lambda tie: (tie.starts or date.min, tie.evidence, tie.members))


def _counts(tie: Tie, on: date, window_days: int | None) -> bool:
    """Return whether a group binds its members on the day."""
    if tie.starts is not None and tie.starts > on:
        return False
    if tie.layer == "attendance":
        return window_days is None or (
            tie.starts is not None and (on - tie.starts).days <= window_days
        )
    if tie.layer == "support" and tie.realised is not None and tie.realised <= on:
        in_window = window_days is None or (on - tie.realised).days <= window_days
        return in_window or (tie.ends is not None and on <= tie.ends)
    return tie.ends is None or on <= tie.ends


def ageing(on: date, day: date, options: Options) -> float:
    """Return how much an event of that day still weighs."""
    return 2.0 ** (-(on - day).days / options.half_life_days)


def undated_weight(counted: list[Tie], on: date, options: Options) -> float:
    """Return what an event without a date weighs: as much as the oldest one with a date."""
    days = [tie.starts for tie in counted if tie.layer == "attendance" and tie.starts is not None]
    return ageing(on, min(days), options) if days else 1.0


def latest_contact(tie: Tie, on: date) -> date | None:
    """Return the last known day up to ``on`` on which the members did something together."""
    if tie.layer == "support" and tie.realised is not None and tie.realised <= on:
        return tie.realised
    return tie.starts
