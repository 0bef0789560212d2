"""Introductions as a question in numbers: what each tie takes away, and the user's rules."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import fsum
from typing import TypeVar

import numpy as np

from graphs.plans.answers import Pair
from graphs.plans.candidates import Relief, Tie
from graphs.plans.closing import CLOSED
from graphs.plans.question import Question, Row, incidence

TieQuestion = Question[Tie]

Common = TypeVar("Common")


def ask(ties: Sequence[Tie], weights: Mapping[str, float], rows: Sequence[Row]) -> TieQuestion:
    """Write the plan as a programme: what counts is each relief, once."""
    shares: dict[Relief, float] = {}
    for tie in ties:
        shares.update(tie.reliefs)
    of_finding: dict[str, list[Relief]] = defaultdict(list)
    for key, mark in shares:
        of_finding[key].append((key, mark))
    reliefs: list[Relief] = []
    severity: list[float] = []
    whole: dict[str, list[int]] = {}
    for key, ones in of_finding.items():
        partial = sorted((one for one in ones if one[1] != CLOSED), key=repr)
        taken = fsum(shares[one] for one in partial)
        # Reliefs may together be worth more than all: then each counts for less.
        scale = weights[key] / max(1.0, taken)
        first = len(reliefs)
        reliefs += partial
        severity += [shares[one] * scale for one in partial]
        if (key, CLOSED) in shares:
            reliefs.append((key, CLOSED))
            severity.append(max(0.0, weights[key] - taken * scale))
            whole[key] = list(range(first, len(reliefs)))
    column = {relief: at for at, relief in enumerate(reliefs)}
    touched = [
        [
            at
            for relief in tie.reliefs
            for at in (whole[relief[0]] if relief[1] == CLOSED else [column[relief]])
        ]
        for tie in ties
    ]
    return Question(
        candidates=tuple(ties),
        keys=tuple(f"{key}|{mark}" for key, mark in reliefs),
        severity=np.array(severity, dtype=float),
        preference=np.zeros(len(ties)),
        touches=incidence(touched, len(reliefs)),
        names=tuple(row[0] for row in rows),
        member=incidence([row[1] for row in rows], len(ties)),
        low=np.array([row[2] for row in rows], dtype=float),
        high=np.array([row[3] for row in rows], dtype=float),
    )


def rules(
    ties: Sequence[Tie],
    k: int,
    pinned: Collection[Pair],
    refused: Collection[Pair],
    spared: Collection[int],
    per_organisation: int | None,
    per_introducer: int | None,
) -> list[Row]:
    """Write every rule as a row over the candidates."""
    rows: list[Row] = [("limit", list(range(len(ties))), 0, k)]
    of_pair = _grouped(ties, lambda tie: [tie.pair])
    rows += [("must", of_pair[pair], 1, np.inf) for pair in pinned]
    rows += [("must_not", of_pair[pair], 0, 0) for pair in refused if pair in of_pair]
    rows += [
        ("spared", ways, 0, 0)
        for pair, ways in of_pair.items()
        if pair[0] in spared or pair[1] in spared
    ]
    rows += [("pair", ways, 0, 1) for ways in of_pair.values() if len(ways) > 1]
    for name, most, grouped in (
        ("per_organisation", per_organisation, _grouped(ties, lambda tie: tie.pair)),
        ("per_introducer", per_introducer, _grouped(ties, lambda tie: tie.way[1:-1])),
    ):
        if most is not None:
            rows += [(name, same, 0, most) for same in grouped.values() if len(same) > most]
    return [row for row in rows if row[1] or row[2] > 0]


def _grouped(ties: Sequence[Tie], by: Callable[[Tie], Iterable[Common]]) -> dict[Common, list[int]]:
    """Return the positions of the ties by what they have in common."""
    found: dict[Common, list[int]] = defaultdict(list)
    for at, tie in enumerate(ties):
        for one in by(tie):
            found[one].append(at)
    return found
