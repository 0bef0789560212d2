"""Lists made better by exchanging one guest: the same sum also ranks the reserves."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.plans.question import Question

ROUNDS = 200
NOTHING = 1e-7
"""Points of severity below which two lists are worth the same."""


@dataclass(frozen=True, slots=True)
class Exchanges:
    """What a change of one guest does to a list of k guests, for n candidates."""

    inside: NDArray[np.int64]
    """k positions of the guests."""
    loses: NDArray[np.float64]
    """n, points lost when a candidate leaves; only meaningful for guests."""
    adds: NDArray[np.float64]
    """n, points won when a candidate comes as well; only meaningful for the others."""
    wins: NDArray[np.float64]
    """n × k, points won when a candidate comes in the place of a guest."""
    may_leave: NDArray[np.bool_]
    may_come: NDArray[np.bool_]
    may_replace: NDArray[np.bool_]
    """n × k, whether the exchange keeps every rule."""


def exchanges(question: Question[Any], chosen: NDArray[np.bool_]) -> Exchanges:
    """Price every single change of a list that keeps the rules.

    Notes
    -----
    With c guests touching a finding of severity w, one more guest adds a = w at c = 0 and
    d·w at c = 1, one guest less loses b = w at c = 1 and d·w at c = 2, where d is the
    diminishing share. Candidate r in the place of guest g wins a over r, loses b over g, and
    gets back b - a over the findings that both touch. One sparse product of n × m by m × k.
    """
    inside = np.flatnonzero(chosen)
    touches, counts = question.touches, question.counts(chosen)
    w, d = question.severity, question.diminishing
    coming = w * (counts == 0) + d * w * (counts == 1)
    going = w * (counts == 1) + d * w * (counts == 2)
    adds = touches @ coming + question.preference
    loses = touches @ going + question.preference
    both = (touches.multiply(going - coming)).tocsr() @ touches[inside].T
    wins = adds[:, None] - loses[None, inside] + both.toarray()

    member = question.member
    counted = member @ chosen
    full, scarce = (counted >= question.high) * 1.0, (counted <= question.low) * 1.0
    ours = member[:, inside].toarray()
    too_many = (member.multiply(full[:, None])).T @ (1 - ours)
    too_few = scarce @ ours - (member.multiply(scarce[:, None])).T @ ours
    return Exchanges(
        inside=inside,
        loses=loses,
        adds=adds,
        wins=wins,
        may_leave=chosen & (scarce @ member == 0),
        may_come=~chosen & (full @ member == 0),
        may_replace=~chosen[:, None] & (too_many + too_few == 0),
    )


def improve(question: Question[Any], chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return a list at least as good, to which no single guest or exchange adds anything."""
    chosen = chosen.copy()
    for _ in range(ROUNDS):
        now = exchanges(question, chosen)
        come = np.where(now.may_come, now.adds, -np.inf)
        best = int(np.argmax(come)) if len(come) else -1
        if best >= 0 and come[best] > NOTHING:
            chosen[best] = True
            continue
        wins = np.where(now.may_replace, now.wins, -np.inf)
        if not wins.size or wins.max() <= NOTHING:
            break
        new, place = divmod(int(np.argmax(wins)), len(now.inside))
        chosen[now.inside[place]], chosen[new] = False, True
    return chosen


def settle(question: Question[Any], chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return an equally good list without idle guests, and with the lower id where it is equal.

    The programme itself is not asked for this: a vanishing price on each guest turns it into
    a search for the smallest of all best lists, which takes it from 0.1 s to minutes.
    """
    chosen = chosen.copy()
    now = exchanges(question, chosen)
    for guest in np.flatnonzero(chosen)[::-1]:
        place = int(np.searchsorted(now.inside, guest))
        equal = now.may_replace[:guest, place] & (now.wins[:guest, place] >= -NOTHING)
        if equal.any():
            chosen[guest], chosen[int(np.argmax(equal))] = False, True
            now = exchanges(question, chosen)
    for guest in np.flatnonzero(chosen)[::-1]:
        if now.may_leave[guest] and now.loses[guest] <= NOTHING:
            chosen[guest] = False
            now = exchanges(question, chosen)
    return chosen
