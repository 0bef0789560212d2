"""Why each guest is on a list, who stands in for them, and what stays open."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from graphs.plans.exchange import NOTHING, exchanges
from graphs.plans.question import Question
from graphs.records import Candidate, Guest


def guests(
    question: Question[Candidate], chosen: NDArray[np.bool_], must: Mapping[int, int]
) -> tuple[Guest, ...]:
    """Return the guests by what would be lost without them, then by id."""
    now, counts = exchanges(question, chosen), question.counts(chosen)
    scarce = _minimum_rules(question, chosen)
    lines, seats = list[Guest](), Counter[int]()
    for at in np.flatnonzero(chosen).tolist():
        one = question.candidates[at]
        keys = _keys_of(question, at)
        worth = float(now.loses[at])
        seats[one.id] += 1
        lines.append(
            Guest(
                id=one.id,
                organisation=one.organisation,
                worth=worth,
                closes=tuple(question.keys[key] for key in keys if counts[key] == 1),
                shares=tuple(question.keys[key] for key in keys if counts[key] > 1),
                reason=(
                    "must"
                    if seats[one.id] <= must.get(one.id, 0)
                    else _reason(worth - one.preference, one.preference)
                ),
                rules=_kept_by(question, scarce, at),
                seat=seats[one.id],
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.worth, line.id, line.seat)))


def reserve_guests(
    question: Question[Candidate], chosen: NDArray[np.bool_], most: int
) -> tuple[Guest, ...]:
    """Return who to call when a guest stays away, in the order in which to call.

    A reserve is worth what it adds on average when one guest, each equally likely, stays
    away and it comes instead; nothing where the exchange would break a rule. The second
    reserve is chosen as if the first had come as well, and so on, greedily.
    """
    # Whoever must come may still fall ill: somebody has to be able to stand in.
    free = question.only(name for name in question.names if name != "must")
    stands_in = exchanges(free, chosen).may_replace
    scarce, still_open = _minimum_rules(question, chosen), question.counts(chosen) == 0
    keeps = np.array([bool(_kept_by(question, scarce, at)) for at in range(len(chosen))], bool)
    with_us, found = chosen.copy(), list[Guest]()
    seats = Counter(question.candidates[at].id for at in np.flatnonzero(chosen))
    while len(found) < most and stands_in.any():
        severity, preference = _average_gain(free, chosen, with_us, stands_in)
        # Who adds nothing and keeps no rule is no reserve: all of them at once, as they are many.
        stands_in[(severity + preference <= NOTHING) & ~keeps] = False
        able = stands_in.any(axis=1)
        if not able.any():
            break
        at = int(np.argmax(np.where(able, severity + preference, -np.inf)))
        kept = _kept_by(question, scarce, at)
        worth = float(severity[at] + preference[at])
        one, keys = question.candidates[at], _keys_of(question, at)
        seats[one.id] += 1
        found.append(
            Guest(
                id=one.id,
                organisation=one.organisation,
                worth=worth,
                closes=tuple(question.keys[key] for key in keys if still_open[key]),
                shares=tuple(question.keys[key] for key in keys if not still_open[key]),
                reason=_reason(float(severity[at]), float(preference[at])),
                rules=kept,
                seat=seats[one.id],
            )
        )
        with_us[at] = True
        stands_in &= ~_shut_out(free, with_us, at)[:, None]
    return tuple(found)


def uncovered(question: Question[Candidate], chosen: NDArray[np.bool_]) -> tuple[str, ...]:
    """Return the findings that nobody on the list touches, most severe first."""
    open_ones = np.flatnonzero(question.counts(chosen) == 0)
    return tuple(question.keys[at] for at in open_ones)


def _average_gain(
    question: Question[Candidate],
    chosen: NDArray[np.bool_],
    with_us: NDArray[np.bool_],
    stands_in: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what each candidate adds in severity and in preference, of length n each."""
    now = exchanges(question, with_us)
    of_list = chosen[now.inside]
    gains = now.wins[:, of_list] + now.loses[now.inside][of_list]
    share = stands_in.mean(axis=1)
    preference = question.preference * share
    severity = np.where(stands_in, gains, 0.0).mean(axis=1) - preference
    return severity, preference


def _shut_out(
    question: Question[Candidate], with_us: NDArray[np.bool_], at: int
) -> NDArray[np.bool_]:
    """Return who is no reserve any more once this one is: itself, and its full organisation."""
    company = np.array([name == "per_organisation" for name in question.names], dtype=bool)
    full = company & (question.member @ with_us >= question.high)
    mine = full * question.member[:, [at]].toarray()[:, 0]
    out = mine @ question.member > 0
    out[at] = True
    return np.asarray(out, dtype=bool)


def _keys_of(question: Question[Candidate], at: int) -> list[int]:
    """Return the findings of a candidate that weigh something, most severe first."""
    start, end = question.touches.indptr[at : at + 2]
    return [int(key) for key in question.touches.indices[start:end] if question.severity[key] > 0]


def _minimum_rules(
    question: Question[Candidate], chosen: NDArray[np.bool_]
) -> list[tuple[int, int]]:
    """Return row and index of the minimum rules that are just kept: one guest less breaks them."""
    counted = question.member @ chosen
    return [
        (row, int(name.split(":")[1]))
        for row, name in enumerate(question.names)
        if name.endswith(":minimum") and counted[row] <= question.low[row]
    ]


def _kept_by(
    question: Question[Candidate], scarce: list[tuple[int, int]], at: int
) -> tuple[int, ...]:
    """Return the minimum rules among these for which a candidate counts."""
    return tuple(index for row, index in scarce if question.member[row, at])


def _reason(severity: float, preference: float) -> str:
    """Return the strongest reason to invite somebody who need not be invited."""
    if severity > NOTHING:
        return "severity"
    return "preference" if preference > NOTHING else "minimum"
